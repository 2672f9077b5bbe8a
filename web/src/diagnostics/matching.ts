// What the formats of messages have in common: a line that matches a pattern names a place and says something.
import type { Locator } from './locations';
import type { Diagnostic, Severity } from './parse';

/** One diagnostic for every match of a pattern with the groups file, line, and if it has them column, severity, message. */
export function matches(text: string, pattern: string, locator: Locator, message?: string): Diagnostic[] {
  return [...text.matchAll(new RegExp(pattern, 'gm'))].map((match) => {
    const { file = '', line, column, severity, message: said } = match.groups ?? {};
    return {
      file: locator.resolve(file),
      line: Number(line),
      ...(column && { column: Number(column) }),
      severity: severityOf(severity),
      message: tidy(message ?? said ?? ''),
    };
  });
}

export function severityOf(word: string | undefined): Severity {
  return /warning|notice|deprecated/i.test(word ?? '') ? 'warning' : 'error';
}

function tidy(message: string): string {
  return message.trim().replace(/\s+/g, ' ');
}
