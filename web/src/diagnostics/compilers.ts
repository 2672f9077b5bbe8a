// The messages of compilers, and of the programs they made.
import { matches, severityOf } from './matching';
import type { Format } from './parse';

/** `main.c:4:20: error: ‘answer’ undeclared` */
export const gcc: Format = (text, locator) =>
  matches(text, `^${locator.file}:(?<line>\\d+):(?:(?<column>\\d+):)? (?<severity>(?:fatal )?error|warning): (?<message>.*)$`, locator);

/** `./main.go:6:14: cannot use …`, and the first own place below `panic: …`. */
export const go: Format = (text, locator) => [
  ...matches(text, `^${locator.file}:(?<line>\\d+):(?:(?<column>\\d+):)? (?<message>.*)$`, locator),
  ...matches(text, `^(?<message>(?:panic|fatal error): .*)$(?:\\n(?!panic: |fatal error: ).*)*?\\n\\t${locator.file}:(?<line>\\d+)`, locator),
];

/** `error[E0425]: cannot find …` with ` --> main.rs:4:20` below, and `thread 'main' panicked at main.rs:3:21:`. */
export const rust: Format = (text, locator) => [
  ...matches(
    text,
    `^(?<severity>error|warning)(?:\\[\\w+\\])?: (?<message>.*)$(?:\\n(?!error|warning|\\s*--> ).*)*?\\n\\s*--> ${locator.file}:(?<line>\\d+):(?<column>\\d+)`,
    locator,
  ),
  ...matches(text, `panicked at ${locator.file}:(?<line>\\d+):(?<column>\\d+):\\n(?<message>.*)$`, locator),
];

/** `main.ts(1,7): error TS2322: Type 'string' is not …` */
export const typescript: Format = (text, locator) =>
  matches(text, `^${locator.file}\\((?<line>\\d+),(?<column>\\d+)\\): (?<severity>error|warning) (?<message>.*)$`, locator);

/** `Main.java:3: error: …`, where a caret two lines below has the column; and the first own place of an exception. */
export const java: Format = (text, locator) => {
  const compile = [...text.matchAll(new RegExp(`^${locator.file}:(?<line>\\d+): (?<severity>error|warning): (?<message>.*)$`, 'gm'))].map((match) => {
    const { file = '', line, severity, message = '' } = match.groups!;
    const caret = /^\n(?!\S+\.java:\d)(?:.*\n){1,3}?( *)\^\s*$/m.exec(text.slice(match.index + match[0].length));
    const column = caret?.index === 0 ? caret[1]!.length + 1 : undefined;
    return { file: locator.resolve(file), line: Number(line), ...(column && { column }), severity: severityOf(severity), message };
  });
  const thrown = matches(text, `^Exception in thread "[^"]*" (?<message>.*)$(?:\\n\\s+at .*)*?\\n\\s+at [^\\n]*\\(${locator.file}:(?<line>\\d+)\\)`, locator);
  return [...compile, ...thrown];
};
