// Finds places in the program's files that a text names, in the ways that compilers and interpreters name them.

export interface Location {
  file: string;
  line: number;
  column?: number;
}

export interface FoundLocation {
  from: number;
  to: number;
  location: Location;
}

/** Knows the program's files; everything it finds is in one of them. */
export class Locator {
  #names = new Map<string, string>();
  #pattern: RegExp | undefined;

  constructor(files: string[]) {
    for (const name of files) this.#names.set(name, name);
    // Stack traces of Java name a file without its folder.
    for (const name of files) {
      const base = name.slice(name.lastIndexOf('/') + 1);
      if (!this.#names.has(base)) this.#names.set(base, name);
    }
    if (files.length > 0) this.#pattern = new RegExp(this.#places(), 'g');
  }

  /** A pattern for the name of one of the files, as programs write it: with or without the working directory. */
  get file(): string {
    const escaped = [...this.#names.keys()].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return `(?<![\\w/.-])(?:/work/|\\./)?(?<file>${escaped.join('|')})`;
  }

  /** The program's name for a file that was matched. */
  resolve(matched: string): string {
    return this.#names.get(matched) ?? matched;
  }

  find(text: string): FoundLocation[] {
    const names = [...this.#names.keys()];
    if (!this.#pattern || !names.some((name) => text.includes(name))) return [];
    return [...text.matchAll(this.#pattern)].map((match) => {
      const groups = match.groups!;
      const number = (name: string) => Number(groups[`${name}1`] ?? groups[`${name}2`] ?? groups[`${name}3`]);
      const column = number('column');
      const location = { file: this.resolve(groups['file']!), line: number('line'), ...(column > 0 && { column }) };
      return { from: match.index, to: match.index + match[0].length, location };
    });
  }

  #places(): string {
    // main.c:3:7 and main.rb:3; main.ts(3,7); File "main.py", line 3 · main.sh: line 3 · main.php on line 3 · main.pl line 3
    const forms = [
      ':(?<line1>\\d+)(?::(?<column1>\\d+))?',
      '\\((?<line2>\\d+),(?<column2>\\d+)\\)',
      '(?:", |:? |:? on )line (?<line3>\\d+)',
    ];
    return `${this.file}(?:${forms.join('|')})`;
  }
}
