// A line of arguments, cut up as a shell would: spaces between them, quotes around spaces.

export function splitArguments(line: string): string[] {
  const found: string[] = [];
  for (const word of line.match(/(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*(?:"|$)|'[^']*(?:'|$)|\\$)+/g) ?? []) {
    found.push(word.replace(/"((?:[^"\\]|\\[\s\S])*)(?:"|$)|'([^']*)(?:'|$)|\\([\s\S])/g, unquote));
  }
  return found;
}

function unquote(_: string, double?: string, single?: string, escaped?: string): string {
  return double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? '';
}

/** A word that a POSIX shell reads as this text. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
