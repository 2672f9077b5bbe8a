import { describe, expect, it } from 'vitest';
import { parse, PLAIN, unfinished } from './ansi';

const spans = (text: string) => parse(text, PLAIN).spans;

describe('the colours of a terminal', () => {
  it('leaves plain text in one piece', () => {
    expect(spans('plain\n')).toEqual([{ text: 'plain\n', style: {} }]);
    expect(spans('')).toEqual([]);
  });

  it('reads the 16 colours and the type styles', () => {
    expect(spans('\x1b[1;31mred\x1b[0m \x1b[92mgreen\x1b[39m.')).toEqual([
      { text: 'red', style: { bold: true, foreground: 1 } },
      { text: ' ', style: {} },
      { text: 'green', style: { foreground: 10 } },
      { text: '.', style: {} },
    ]);
    expect(spans('\x1b[3;4;7;9;2mx')[0]!.style).toEqual({ italic: true, underline: true, inverse: true, strike: true, dim: true });
    expect(spans('\x1b[44;103mx')[0]!.style).toEqual({ background: 11 });
    expect(spans('\x1b[1;2mx\x1b[22my')[1]!.style).toEqual({});
  });

  it('reads 256 colours and true colour, with semicolons and with colons', () => {
    expect(spans('\x1b[38;5;9mx')[0]!.style).toEqual({ foreground: 9 });
    expect(spans('\x1b[38;5;196mx')[0]!.style).toEqual({ foreground: 'rgb(255 0 0)' });
    expect(spans('\x1b[48;5;244mx')[0]!.style).toEqual({ background: 'rgb(128 128 128)' });
    expect(spans('\x1b[38;2;1;2;3;1mx')[0]!.style).toEqual({ foreground: 'rgb(1 2 3)', bold: true });
    expect(spans('\x1b[38:2::1:2:3mx')[0]!.style).toEqual({ foreground: 'rgb(1 2 3)' });
    expect(spans('\x1b[38;2;999;2;3mx')[0]!.style).toEqual({ foreground: 'rgb(255 2 3)' });
    expect(spans('\x1b[38;5;999mx')[0]!.style).toEqual({});
  });

  it('takes an empty code for a reset, and ignores unknown ones', () => {
    expect(spans('\x1b[31ma\x1b[mb')[1]!.style).toEqual({});
    expect(spans('\x1b[55;73ma')[0]!.style).toEqual({});
  });

  it('leaves out what moves the cursor, sets titles and makes links', () => {
    expect(spans('a\x1b[2J\x1b[1;1Hb\x1b]0;title\x07c\x1b]8;;http://x\x1b\\d\x1b(Be\x1b=f').map((span) => span.text).join('')).toBe('abcdef');
  });

  it('hands the style on to the next text', () => {
    const { style } = parse('\x1b[31mred', PLAIN);
    expect(parse('still', style).spans).toEqual([{ text: 'still', style: { foreground: 1 } }]);
  });

  it('finds the beginning of a sequence that has not ended', () => {
    expect(unfinished('done')).toBe(4);
    expect(unfinished('a\x1b')).toBe(1);
    expect(unfinished('a\x1b[38;5')).toBe(1);
    expect(unfinished('a\x1b[31m')).toBe(6);
    expect(unfinished('a\x1b]0;title')).toBe(1);
    expect(unfinished('a\x1b]0;title\x1b')).toBe(1);
    expect(unfinished('a\x1b]0;title\x07')).toBe(11);
    expect(unfinished(`\x1b]${'x'.repeat(10_000)}`)).toBe(10_002);
  });
});
