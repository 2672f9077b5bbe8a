// What is kept in this browser. A browser that keeps nothing (private windows, full storage) is no reason to stop working.
import { isProgram, type Program } from './program';

const PREFIX = 'codecanvas:';

function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Nothing is kept then.
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

export function loadProgram(language: string): Program | undefined {
  const program = parse(read(`program:${language}`));
  return isProgram(program) ? program : undefined;
}

export const saveProgram = (program: Program) => write(`program:${program.language}`, JSON.stringify(program));
export const forgetProgram = (language: string) => write(`program:${language}`, null);

/** The changes to a program that came with a link, as long as the page is at that link. */
export function loadShared(fragment: string): Program | undefined {
  const kept = parse(read('shared')) as { fragment?: string; program?: unknown } | null;
  return kept?.fragment === fragment && isProgram(kept.program) ? kept.program : undefined;
}

export const saveShared = (fragment: string, program: Program) => write('shared', JSON.stringify({ fragment, program }));

export const loadPreference = (name: string) => read(name);
export const savePreference = (name: string, value: string | null) => write(name, value);
