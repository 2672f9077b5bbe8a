// What a program wrote, in the order it arrived. Made for floods: text is kept in blocks of some hundred lines, and only blocks
// that are looked at become elements of the page (see view.ts). All of it stays available for the download.
import { fromBase64 } from '../api/base64';
import type { Encoding, PhaseName, StreamName } from '../api/types';
import { parse, PLAIN, unfinished, type Style } from './ansi';

/** A stretch of one stream. It ends with a line, unless the program has not ended the line yet or it is very long. */
export interface Piece {
  stream: StreamName;
  phase: PhaseName;
  text: string;
  /** The style in which the text begins. */
  style: Style;
}

export interface Block {
  pieces: Piece[];
  lines: number;
  length: number;
}

export const BLOCK_LINES = 200;
export const BLOCK_LENGTH = 16_384;
/** How much of the output is searched for messages of compilers and interpreters. */
const MESSAGES_LENGTH = 131_072;

export class OutputLog {
  readonly blocks: Block[] = [];
  /** The first of each stream and phase, for finding error messages. */
  readonly messages = { compile: '', stdout: '', stderr: '' };
  #raw: (string | Uint8Array<ArrayBuffer>)[] = [];
  #style: Record<StreamName, Style> = { stdout: PLAIN, stderr: PLAIN };
  #pending: Record<StreamName, string> = { stdout: '', stderr: '' };
  #decoder = new TextDecoder();
  #listener = () => {};

  /** Calls `listener` whenever something was added. */
  onChange(listener: () => void) {
    this.#listener = listener;
  }

  get isEmpty() {
    return this.#raw.length === 0;
  }

  append(stream: StreamName, phase: PhaseName, data: string, encoding: Encoding = 'utf8') {
    if (data === '') return;
    const raw = encoding === 'base64' ? fromBase64(data) : data;
    this.#raw.push(raw);
    const text = typeof raw === 'string' ? raw : this.#decoder.decode(raw);
    this.note(stream, phase, text);

    const whole = this.#pending[stream] + text;
    const end = unfinished(whole);
    this.#pending[stream] = whole.slice(end);
    this.#add(stream, phase, whole.slice(0, end));
    this.#listener();
  }

  /** Keeps a text for finding messages only. */
  note(stream: StreamName, phase: PhaseName, text: string) {
    const messages = phase === 'compile' ? 'compile' : stream;
    if (this.messages[messages].length < MESSAGES_LENGTH) this.messages[messages] += text;
  }

  /** Everything, byte by byte as the program wrote it. */
  blob(): Blob {
    return new Blob(this.#raw, { type: 'application/octet-stream' });
  }

  #add(stream: StreamName, phase: PhaseName, text: string) {
    for (let at = 0; at < text.length; ) {
      const block = this.#openBlock();
      const [end, lines] = cut(text, at, BLOCK_LINES - block.lines, BLOCK_LENGTH - block.length);
      const part = text.slice(at, end);
      const open = block.pieces.at(-1);
      if (open?.stream === stream && open.phase === phase && !open.text.endsWith('\n')) {
        open.text = overtype(open.text + part);
      } else {
        block.pieces.push({ stream, phase, text: overtype(part), style: this.#style[stream] });
      }
      block.lines += lines;
      block.length += part.length;
      this.#style[stream] = parse(part, this.#style[stream]).style;
      at = end;
    }
  }

  #openBlock(): Block {
    const last = this.blocks.at(-1);
    if (last && last.lines < BLOCK_LINES && last.length < BLOCK_LENGTH) return last;
    const block = { pieces: [], lines: 0, length: 0 };
    this.blocks.push(block);
    return block;
  }
}

/** Where to cut so that at most so many lines and characters are before the cut; and how many lines these are. */
function cut(text: string, from: number, lines: number, length: number): [number, number] {
  const most = Math.min(text.length, from + length);
  let end = from;
  let found = 0;
  while (found < lines) {
    const next = text.indexOf('\n', end);
    if (next < 0 || next >= most) break;
    end = next + 1;
    found++;
  }
  if (found === lines || (found > 0 && end === text.length)) return [end, found];
  // The rest has no end of a line, or one too far away.
  if (most === text.length) return [most, found];
  if (found > 0 && length >= BLOCK_LENGTH / 2) return [end, found];
  // Not between the two halves of a character.
  return [/[\ud800-\udbff]/.test(text[most - 1]!) ? most + 1 : most, found];
}

/** A carriage return starts the line anew: what was there is written over. Progress bars are drawn that way. */
function overtype(text: string): string {
  if (!text.includes('\r')) return text;
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1))
    .join('\n');
}
