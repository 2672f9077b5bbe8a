// The editor's knowledge of each language. A language is loaded when it is first chosen, and no other one.
import { indentUnit } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

const FOUR_SPACES = indentUnit.of('    ');
const TWO_SPACES = indentUnit.of('  ');
const TABS = indentUnit.of('\t');

const simple = async (name: 'shell' | 'lua' | 'perl' | 'ruby') => (await import('./simple-modes')).simpleMode(name);

const MODES: Record<string, () => Promise<Extension>> = {
  bash: async () => [await simple('shell'), TWO_SPACES],
  c: async () => [(await import('@codemirror/lang-cpp')).cpp(), FOUR_SPACES],
  'c++': async () => [(await import('@codemirror/lang-cpp')).cpp(), FOUR_SPACES],
  go: async () => [(await import('@codemirror/lang-go')).go(), TABS],
  java: async () => [(await import('@codemirror/lang-java')).java(), FOUR_SPACES],
  lua: async () => [await simple('lua'), TWO_SPACES],
  nodejs: async () => [(await import('@codemirror/lang-javascript')).javascript(), TWO_SPACES],
  perl: async () => [await simple('perl'), FOUR_SPACES],
  php: async () => [(await import('@codemirror/lang-php')).php(), FOUR_SPACES],
  python3: async () => [(await import('@codemirror/lang-python')).python(), FOUR_SPACES],
  ruby: async () => [await simple('ruby'), TWO_SPACES],
  rust: async () => [(await import('@codemirror/lang-rust')).rust(), FOUR_SPACES],
  typescript: async () => [(await import('@codemirror/lang-javascript')).javascript({ typescript: true }), TWO_SPACES],
};

const EXTENSIONS: Record<string, string> = {
  '.sh': 'bash', '.bash': 'bash', '.c': 'c', '.h': 'c', '.cpp': 'c++', '.cc': 'c++', '.cxx': 'c++', '.hpp': 'c++', '.go': 'go',
  '.java': 'java', '.lua': 'lua', '.js': 'nodejs', '.mjs': 'nodejs', '.cjs': 'nodejs', '.pl': 'perl', '.pm': 'perl',
  '.php': 'php', '.py': 'python3', '.rb': 'ruby', '.rs': 'rust', '.ts': 'typescript',
};

/** The mode of a file: by its extension, else that of the program's language. Data files have none. */
export async function modeOf(file: string, language: string): Promise<Extension> {
  const dot = file.lastIndexOf('.');
  const extension = dot > 0 ? file.slice(dot).toLowerCase() : '';
  const id = EXTENSIONS[extension] ?? (extension === '' ? language : undefined);
  const load = id === undefined ? undefined : MODES[id === 'c' && language === 'c++' ? 'c++' : id];
  try {
    return (await load?.()) ?? [];
  } catch {
    // Without its mode a language is plain text, and can still be written and run.
    return [];
  }
}
