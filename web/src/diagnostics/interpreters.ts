// The messages of interpreters: what they say before they start a program, and when it fails.
import { matches } from './matching';
import type { Diagnostic, Format } from './parse';

/** The last own place of a traceback, with its last line, which has the error: `ZeroDivisionError: division by zero`. */
export const python: Format = (text, locator) => {
  const found: Diagnostic[] = [];
  let place: Diagnostic | undefined;
  for (const line of text.split('\n')) {
    const named = matches(line, `^ +File "${locator.file}", line (?<line>\\d+)`, locator)[0];
    if (named) place = named;
    else if (place && /^[\w.]+(?:: |$)/.test(line) && !line.startsWith('Traceback')) {
      found.push({ ...place, message: line.trim() });
      place = undefined;
    }
  }
  return found;
};

/** `/work/main.js:2`, the line, a caret, and then `ReferenceError: y is not defined`. */
export const node: Format = (text, locator) => {
  const pattern = `^${locator.file}:(?<line>\\d+)$(?:\\n.*){0,6}?\\n(?<message>(?:Uncaught )?[A-Z]\\w*(?: \\[\\w+\\])?: .*)$`;
  return matches(text, pattern, locator).map((found) => {
    // The stack has the column, where the error was thrown and not only read.
    const frame = matches(text, `\\(?(?:file://)?${locator.file}:${found.line}:(?<column>\\d+)`, locator)[0];
    return frame?.column && frame.file === found.file ? { ...found, column: frame.column } : found;
  });
};

/** ``main.rb:2:in `/': divided by 0 (ZeroDivisionError)`` and `main.rb:3: syntax error, unexpected …` */
export const ruby: Format = (text, locator) =>
  matches(text, `^${locator.file}:(?<line>\\d+):(?:in [\`'].*?':)? (?<severity>warning: )?(?<message>.*)$`, locator);

/** `PHP Parse error: syntax error, … in /work/main.php on line 3` */
export const php: Format = (text, locator) => [
  ...matches(
    text,
    `^(?:PHP )?(?<severity>(?:Parse|Fatal|Recoverable fatal) error|Warning|Notice|Deprecated): +(?!Uncaught)(?<message>.*) in ${locator.file} on line (?<line>\\d+)`,
    locator,
  ),
  ...matches(text, `^(?:PHP )?Fatal error: +(?<message>Uncaught .*) in ${locator.file}:(?<line>\\d+)`, locator),
];

/** `no more at main.pl line 3.` */
export const perl: Format = (text, locator) => matches(text, `^(?<message>.+) at ${locator.file} line (?<line>\\d+)[.,]`, locator);

/** `lua: main.lua:2: oops` */
export const lua: Format = (text, locator) => matches(text, `^\\S*lua\\S*: ${locator.file}:(?<line>\\d+): (?<message>.*)$`, locator);

/** `main.sh: line 2: nosuchcommand: command not found` */
export const bash: Format = (text, locator) => matches(text, `^${locator.file}: line (?<line>\\d+): (?<message>.*)$`, locator);
