// Reads the messages of compilers and interpreters, so that the editor can mark their lines.
import { Locator, type Location } from './locations';
import { gcc, go, java, rust, typescript } from './compilers';
import { bash, lua, node, perl, php, python, ruby } from './interpreters';

export type Severity = 'error' | 'warning';

export interface Diagnostic extends Location {
  severity: Severity;
  message: string;
}

/** A format: reads what was written, names files through the locator. */
export type Format = (text: string, locator: Locator) => Diagnostic[];

const FORMATS: Record<string, Format> = {
  bash, c: gcc, 'c++': gcc, go, java, lua, nodejs: node, perl, php, python3: python, ruby, rust, typescript,
};

const MOST = 200;
const STYLING = /\x1b\[[0-?]*[ -/]*[@-~]/g;

export function parseDiagnostics(language: string, text: string, files: string[]): Diagnostic[] {
  const format = FORMATS[language];
  if (!format || files.length === 0) return [];
  const found = format(text.replace(STYLING, '').replaceAll('\r\n', '\n'), new Locator(files));
  const seen = new Set<string>();
  return found
    .filter((one) => {
      const key = `${one.file}:${one.line}:${one.message}`;
      return one.line > 0 && !seen.has(key) && seen.add(key);
    })
    .slice(0, MOST);
}
