import { describe, expect, it } from 'vitest';
import { readLines } from './ndjson';

async function read(pieces: Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      pieces.forEach((piece) => controller.enqueue(piece));
      controller.close();
    },
  });
  const found: unknown[] = [];
  for await (const lines of readLines(body)) found.push(...lines);
  return found;
}

const EVENTS = [{ seq: 1, data: 'žluťoučký 日本 🦀' }, { seq: 2, data: 'two\nlines' }];
const BYTES = new TextEncoder().encode(EVENTS.map((event) => JSON.stringify(event)).join('\n') + '\n');

describe('a stream of JSON lines', () => {
  it('is the same wherever the network cuts it', async () => {
    for (let at = 0; at <= BYTES.length; at++) expect(await read([BYTES.subarray(0, at), BYTES.subarray(at)])).toEqual(EVENTS);
  });

  it('may arrive byte by byte', async () => {
    expect(await read([...BYTES].map((byte) => Uint8Array.of(byte)))).toEqual(EVENTS);
  });

  it('may lack the last end of a line, and have empty lines', async () => {
    expect(await read([new TextEncoder().encode('{"seq":1}\n\n{"seq":2}')])).toEqual([{ seq: 1 }, { seq: 2 }]);
  });

  it('says so when a line is cut off for good', async () => {
    await expect(read([new TextEncoder().encode('{"seq":1}\n{"se')])).rejects.toThrow(SyntaxError);
  });
});
