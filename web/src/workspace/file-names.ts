// What a file may be called; the server's rules, told before it has to.

export function fileNameMistake(name: string, others: string[]): string | undefined {
  if (name === '') return 'A file needs a name.';
  if (others.includes(name)) return `There is already a file “${name}”.`;
  if (name.startsWith('/')) return 'A name is relative: without a “/” at its beginning.';
  if (name.includes('\\')) return 'Folders are separated by “/”.';
  if (/[\x00-\x1f\x7f]/.test(name)) return 'A name has no control characters.';
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'A name has no empty part, “.” or “..”.';
  if (parts.some((part) => part.startsWith('-'))) return 'No part of a name begins with “-”.';
  const size = (text: string) => new TextEncoder().encode(text).length;
  if (size(name) > 256 || parts.some((part) => size(part) > 100)) return 'This name is too long.';
  const clash = others.find((other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`));
  return clash ? `“${clash}” is in the way: a name is a file or a folder, not both.` : undefined;
}

/** A name that is still free: `file2.py` when `file.py` is taken. */
export function freeName(wanted: string, taken: string[]): string {
  const dot = wanted.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ''];
  let name = wanted;
  for (let number = 2; taken.includes(name); number++) name = `${stem}${number}${extension}`;
  return name;
}
