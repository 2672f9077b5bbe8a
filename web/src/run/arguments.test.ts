import { describe, expect, it } from 'vitest';
import { quote, splitArguments } from './arguments';

describe('a line of arguments', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['  a  b ', ['a', 'b']],
    ['--flag "two words" \'and three more\'', ['--flag', 'two words', 'and three more']],
    ['a"b c"d', ['ab cd']],
    ['"" \'\'', ['', '']],
    ['a\\ b "say \\"hi\\"" \'back\\slash\'', ['a b', 'say "hi"', 'back\\slash']],
    ['"not closed yet', ['not closed yet']],
    ['日本 🦀', ['日本', '🦀']],
  ])('%s', (line, expected) => expect(splitArguments(line)).toEqual(expected));

  it('survives being quoted', () => {
    for (const word of ['plain', 'two words', "it's", '$HOME', '', 'a\nb', '"']) expect(splitArguments(quote(word))).toEqual([word]);
  });
});
