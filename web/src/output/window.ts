// Which blocks of the output are in the page: a window that follows the end, and can be moved up and down.

export const WINDOW_BLOCKS = 15;
const STEP = 8;

export interface Window {
  from: number;
  to: number;
}

/** The window after new blocks arrived. A reader who looks at something keeps it: their window only grows until it is full. */
export function grown(window: Window, blocks: number, following: boolean): Window {
  if (following) return { from: Math.max(window.from, blocks - WINDOW_BLOCKS), to: blocks };
  return { from: window.from, to: Math.max(window.to, Math.min(blocks, window.from + WINDOW_BLOCKS)) };
}

export function earlier(window: Window): Window {
  const from = Math.max(0, window.from - STEP);
  return { from, to: Math.min(window.to, from + WINDOW_BLOCKS + STEP) };
}

export function later(window: Window, blocks: number): Window {
  const to = Math.min(blocks, window.to + STEP);
  return { from: Math.max(window.from, to - WINDOW_BLOCKS - STEP), to };
}
