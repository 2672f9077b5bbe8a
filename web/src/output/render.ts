// Turns pieces of output into elements of the page. A program's output only ever becomes text nodes, never markup.
import type { Location } from '../diagnostics/locations';
import { parse, type Colour, type Style } from './ansi';
import type { Block, Piece } from './log';

export interface Links {
  /** Where in a text places in the program's files are named. */
  find(text: string): { from: number; to: number; location: Location }[];
  open(location: Location): void;
}

// Terminals act on control characters; a page shows them.
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/g;
const controlPicture = (character: string) => {
  const code = character.charCodeAt(0);
  if (code === 0x07 || code === 0x0d) return '';
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
};

export function blockElement(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'block';
  return element;
}

/** Brings a block's element up to date. Pieces only ever get longer: finished ones are left alone. */
export function updateBlock(element: HTMLElement, block: Block, links: Links) {
  const last = element.children.length - 1;
  for (let at = Math.max(0, last); at < block.pieces.length; at++) {
    const piece = block.pieces[at]!;
    const existing = element.children[at] as HTMLElement | undefined;
    if (existing?.dataset['length'] === String(piece.text.length)) continue;
    const previous = block.pieces[at - 1];
    const rendered = pieceElement(piece, previous?.stream !== piece.stream, links);
    if (existing) existing.replaceWith(rendered);
    else element.append(rendered);
  }
}

function pieceElement(piece: Piece, first: boolean, links: Links): HTMLElement {
  const element = document.createElement('div');
  element.className = `piece ${piece.stream} ${piece.phase}`;
  element.dataset['length'] = String(piece.text.length);
  if (piece.stream === 'stderr' && first) element.append(streamLabel());
  const { spans } = parse(piece.text, piece.style);
  const text = spans.map((span) => span.text).join('');
  const places = links.find(text);
  let at = 0;
  for (const span of spans) {
    const end = at + span.text.length;
    for (const place of places.filter((place) => place.to > at && place.from < end)) {
      if (place.from < at) continue; // A link that a colour cuts in two begins before: its first half is enough.
      appendText(element, text.slice(at, place.from), span.style);
      element.append(linkElement(text.slice(place.from, Math.min(place.to, end)), place.location, links));
      at = Math.min(place.to, end);
    }
    appendText(element, text.slice(at, end), span.style);
    at = end;
  }
  return element;
}

/** For those who do not see the colour. CSS keeps it out of what is copied. */
function streamLabel(): HTMLElement {
  const label = document.createElement('span');
  label.className = 'stream-label';
  label.textContent = 'stderr';
  return label;
}

function linkElement(text: string, location: Location, links: Links): HTMLElement {
  const link = document.createElement('button');
  link.type = 'button';
  link.className = 'place';
  link.textContent = text;
  link.title = `Show line ${location.line} of ${location.file}`;
  link.onclick = () => links.open(location);
  return link;
}

function appendText(parent: HTMLElement, text: string, style: Style) {
  if (text === '') return;
  const shown = text.replace(CONTROL, controlPicture);
  if (Object.keys(style).length === 0) {
    parent.append(shown);
    return;
  }
  const span = document.createElement('span');
  span.textContent = shown;
  dress(span, style);
  parent.append(span);
}

function dress(element: HTMLElement, style: Style) {
  let { foreground, background } = style;
  if (style.inverse) {
    [foreground, background] = [background, foreground];
    element.classList.add('inverse');
  }
  if (foreground !== undefined) element.style.color = css(foreground);
  if (background !== undefined) element.style.backgroundColor = css(background);
  for (const name of ['bold', 'dim', 'italic', 'underline', 'strike'] as const) {
    if (style[name]) element.classList.add(name);
  }
}

const css = (colour: Colour) => (typeof colour === 'number' ? `var(--ansi-${colour})` : colour);
