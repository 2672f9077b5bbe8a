// Languages that are read word by word, without a grammar.
import { StreamLanguage, type StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

const PARSERS: Record<string, () => Promise<StreamParser<unknown>>> = {
  shell: async () => (await import('@codemirror/legacy-modes/mode/shell')).shell,
  lua: async () => (await import('@codemirror/legacy-modes/mode/lua')).lua,
  perl: async () => (await import('@codemirror/legacy-modes/mode/perl')).perl,
  ruby: async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby,
};

export async function simpleMode(name: keyof typeof PARSERS): Promise<Extension> {
  return StreamLanguage.define(await PARSERS[name]!());
}
