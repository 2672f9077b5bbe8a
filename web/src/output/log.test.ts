import { describe, expect, it } from 'vitest';
import { BLOCK_LENGTH, BLOCK_LINES, OutputLog } from './log';
import { earlier, grown, later, WINDOW_BLOCKS } from './window';

const pieces = (log: OutputLog) => log.blocks.flatMap((block) => block.pieces);

describe('the output log', () => {
  it('joins what belongs to one line, and keeps the streams apart', () => {
    const log = new OutputLog();
    log.append('stdout', 'run', 'a');
    log.append('stdout', 'run', 'b\n');
    log.append('stderr', 'run', 'e\n');
    log.append('stdout', 'run', 'c\n');
    expect(pieces(log).map(({ stream, text }) => [stream, text])).toEqual([['stdout', 'ab\n'], ['stderr', 'e\n'], ['stdout', 'c\n']]);
  });

  it('cuts a flood into blocks, losing nothing', async () => {
    const log = new OutputLog();
    const text = 'y\n'.repeat(100_000) + 'x'.repeat(100_000);
    log.append('stdout', 'run', text);
    expect(Math.max(...log.blocks.map((block) => block.lines))).toBeLessThanOrEqual(BLOCK_LINES);
    expect(Math.max(...log.blocks.map((block) => block.length))).toBeLessThanOrEqual(BLOCK_LENGTH);
    expect(pieces(log).map((piece) => piece.text).join('')).toBe(text);
    expect(await log.blob().text()).toBe(text);
  });

  it('does not cut a character in two', () => {
    const log = new OutputLog();
    log.append('stdout', 'run', 'a' + '🦀'.repeat(BLOCK_LENGTH));
    expect(pieces(log).every((piece) => !/[\ud800-\udbff]$/.test(piece.text))).toBe(true);
  });

  it('carries a colour into the next block, and joins a sequence that was cut', () => {
    const log = new OutputLog();
    log.append('stdout', 'run', 'a\n\x1b[3');
    log.append('stdout', 'run', '1mred\n');
    log.append('stdout', 'run', 'still red\n');
    expect(pieces(log).map((piece) => piece.text)).toEqual(['a\n', '\x1b[31mred\n', 'still red\n']);
    expect(pieces(log)[2]!.style).toEqual({ foreground: 1 });
  });

  it('lets a carriage return start the line anew', () => {
    const log = new OutputLog();
    for (const step of ['10 %\r', '20 %\r', '30 %\r']) log.append('stdout', 'run', step);
    log.append('stdout', 'run', 'done\r\nnext\n');
    expect(pieces(log).map((piece) => piece.text).join('')).toBe('done\nnext\n');
  });

  it('keeps bytes that are no text for the download', async () => {
    const log = new OutputLog();
    log.append('stdout', 'run', '/wA=', 'base64');
    expect([...new Uint8Array(await log.blob().arrayBuffer())]).toEqual([255, 0]);
    expect(pieces(log)[0]!.text).toBe('\ufffd\0');
  });
});

describe('the window into it', () => {
  it('follows the end', () => {
    expect(grown({ from: 0, to: 3 }, 100, true)).toEqual({ from: 100 - WINDOW_BLOCKS, to: 100 });
  });

  it('stays where somebody reads', () => {
    expect(grown({ from: 0, to: 3 }, 100, false)).toEqual({ from: 0, to: WINDOW_BLOCKS });
    expect(grown({ from: 50, to: 65 }, 100, false)).toEqual({ from: 50, to: 65 });
  });

  it('moves up and down within bounds', () => {
    expect(earlier({ from: 3, to: 18 })).toEqual({ from: 0, to: 18 });
    expect(later({ from: 80, to: 95 }, 100).to).toBe(100);
    const { from, to } = earlier({ from: 90, to: 113 });
    expect(to - from).toBeLessThanOrEqual(WINDOW_BLOCKS + 8);
  });
});
