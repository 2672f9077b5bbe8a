import { describe, expect, it } from 'vitest';
import { sourceFile } from './dropped-files';
import { fileNameMistake, freeName } from './file-names';

describe('the name of a file', () => {
  it('may have folders and letters of every script', () => {
    for (const name of ['main.py', 'lib/util.py', '.hidden', 'žluť.txt', 'two words']) expect(fileNameMistake(name, ['other'])).toBeUndefined();
  });

  it('is refused before the server has to', () => {
    for (const name of ['', '/etc', '../up', 'a//b', 'a/./b', 'back\\slash', '-rf', 'a/-b', 'tab\there', 'x'.repeat(101)]) {
      expect(fileNameMistake(name, []), name).toBeDefined();
    }
    expect(fileNameMistake('a', ['a'])).toBeDefined();
    expect(fileNameMistake('a', ['a/b'])).toBeDefined();
    expect(fileNameMistake('a/b', ['a'])).toBeDefined();
  });

  it('gets a number when it is taken', () => {
    expect(freeName('a.py', ['a.py', 'a2.py'])).toBe('a3.py');
    expect(freeName('.env', ['.env'])).toBe('.env2');
  });
});

describe('a file from this computer', () => {
  it('is text when it is text, else base64', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(sourceFile('a', bytes('žluť'))).toEqual({ name: 'a', content: 'žluť' });
    expect(sourceFile('a', Uint8Array.of(0xff, 0x00))).toEqual({ name: 'a', content: '/wA=', encoding: 'base64' });
    expect(sourceFile('a', bytes('a\0b')).encoding).toBe('base64');
  });
});
