// The colours and type styles of a terminal (SGR, ECMA-48 §8.3.117), read from a program's output. Everything else that a
// terminal would act on is left out: the output pane is a sheet of text, no screen.

/** A colour: one of the 16 of the theme, or a fixed one as `rgb(…)`. */
export type Colour = number | string;

export interface Style {
  foreground?: Colour;
  background?: Colour;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  inverse?: boolean;
}

export interface Span {
  text: string;
  style: Style;
}

export const PLAIN: Style = Object.freeze({});

// CSI sequences, OSC strings (ended by BEL or ST), and the two-character escapes.
const ESCAPE = /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-Z\\^-~])/g;
const UNFINISHED = /\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[PX^_][^\x1b]*\x1b?|[ -/]*)$/;
const LONGEST_ESCAPE = 4096;

/** Cuts a text into stretches of one style, beginning with `style`; gives back the style it ends with. */
export function parse(text: string, style: Style): { spans: Span[]; style: Style } {
  if (!text.includes('\x1b')) return { spans: text === '' ? [] : [{ text, style }], style };
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(ESCAPE)) {
    if (match.index > at) spans.push({ text: text.slice(at, match.index), style });
    if (match[2] === 'm') style = select(match[1] ?? '', style);
    at = match.index + match[0].length;
  }
  if (at < text.length) spans.push({ text: text.slice(at), style });
  return { spans, style };
}

/** Where an escape sequence begins that the text does not finish; the text's length when there is none. */
export function unfinished(text: string): number {
  const at = text.lastIndexOf('\x1b');
  if (at < 0 || text.length - at > LONGEST_ESCAPE) return text.length;
  // An ESC may be the end of a string terminator: the sequence began earlier.
  const match = UNFINISHED.exec(text.slice(Math.max(0, text.lastIndexOf('\x1b', at - 1), at - LONGEST_ESCAPE)));
  return match ? text.length - match[0].length : text.length;
}

/** The style after a "select graphic rendition". */
function select(parameters: string, before: Style): Style {
  const style = { ...before };
  // `38:2::r:g:b` is the standard's form, `38;2;r;g;b` everybody's.
  const codes = parameters.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  if (/\d:/.test(parameters) && codes[1] === 2 && codes.length === 6) codes.splice(2, 1);
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!;
    if (code === 38 || code === 48) {
      const [colour, used] = extended(codes.slice(at + 1));
      if (colour !== undefined) style[code === 38 ? 'foreground' : 'background'] = colour;
      at += used;
    } else if (code === 0) {
      for (const key of Object.keys(style) as (keyof Style)[]) delete style[key];
    } else {
      apply(code, style);
    }
  }
  return style;
}

function apply(code: number, style: Style) {
  if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 3) style.italic = true;
  else if (code === 4 || code === 21) style.underline = true;
  else if (code === 7) style.inverse = true;
  else if (code === 9) style.strike = true;
  else if (code === 22) delete style.bold, delete style.dim;
  else if (code === 23) delete style.italic;
  else if (code === 24) delete style.underline;
  else if (code === 27) delete style.inverse;
  else if (code === 29) delete style.strike;
  else if (code === 39) delete style.foreground;
  else if (code === 49) delete style.background;
  else if (code >= 30 && code <= 37) style.foreground = code - 30;
  else if (code >= 40 && code <= 47) style.background = code - 40;
  else if (code >= 90 && code <= 97) style.foreground = code - 82;
  else if (code >= 100 && code <= 107) style.background = code - 92;
}

/** The colour after a 38 or 48, and how many numbers it took. */
function extended([kind, ...rest]: number[]): [Colour | undefined, number] {
  if (kind === 5) return [indexed(rest[0] ?? 0), 2];
  if (kind === 2) return [`rgb(${[0, 1, 2].map((at) => Math.min(255, rest[at] ?? 0)).join(' ')})`, 4];
  return [undefined, 1];
}

/** Of the 256 colours: 16 of the theme, a cube of 6×6×6, 24 greys. */
function indexed(index: number): Colour | undefined {
  if (index < 16) return index;
  if (index > 255) return undefined;
  if (index >= 232) return `rgb(${Array(3).fill(8 + (index - 232) * 10).join(' ')})`;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`;
}
