// Keeps the page's view of an output log up to date: once per frame at most, and never more than a window of it.
import { grown, earlier, later, type Window } from './window';
import type { OutputLog } from './log';
import { blockElement, updateBlock, type Links } from './render';

export interface ViewState {
  linesBefore: number;
  linesAfter: number;
  empty: boolean;
}

export class OutputView {
  #window: Window = { from: 0, to: 0 };
  #shown: Window = { from: 0, to: 0 };
  #following = true;
  #frame = 0;
  /** Where we scrolled to. A reader who wants to look at something scrolls above it. */
  #end = 0;
  #resized = new ResizeObserver(() => this.#following && this.#toEnd());

  constructor(
    readonly log: OutputLog,
    readonly scroller: HTMLElement,
    readonly list: HTMLElement,
    readonly links: Links,
    readonly changed: (state: ViewState) => void,
  ) {
    list.replaceChildren();
    log.onChange(() => this.#schedule());
    scroller.onscroll = () => this.#scrolled();
    // Blocks get their real height when they come into view.
    this.#resized.observe(list);
    this.#schedule();
  }

  destroy() {
    cancelAnimationFrame(this.#frame);
    this.log.onChange(() => {});
    this.scroller.onscroll = null;
    this.#resized.disconnect();
  }

  showEarlier() {
    this.#following = false;
    const first = this.list.firstElementChild as HTMLElement | null;
    const before = first?.offsetTop ?? 0;
    this.#window = earlier(this.#window);
    this.#draw();
    // What the reader looked at stays where it was.
    if (first?.isConnected) this.scroller.scrollTop += first.offsetTop - before;
  }

  showLater() {
    this.#window = later(this.#window, this.log.blocks.length);
    this.#draw();
  }

  showLatest() {
    this.#following = true;
    this.#schedule();
  }

  #schedule() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#window = grown(this.#window, this.log.blocks.length, this.#following);
      this.#draw();
      if (this.#following) this.#toEnd();
    });
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const atEnd = scrollHeight - scrollTop - clientHeight < 24;
    if (atEnd) this.#following ||= this.#window.to === this.log.blocks.length;
    else if (scrollTop < this.#end - 1) this.#following = false;
    if (!this.#following) this.#end = scrollTop;
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#end = this.scroller.scrollTop;
  }

  #draw() {
    const { blocks } = this.log;
    const { from, to } = this.#window;
    const { list } = this;
    // Out of the window, at both ends; nothing is left when the windows do not meet.
    if (from >= this.#shown.to || to <= this.#shown.from) {
      list.replaceChildren();
      this.#shown = { from, to: from };
    }
    for (; this.#shown.from < from; this.#shown.from++) list.firstElementChild?.remove();
    for (; this.#shown.to > to; this.#shown.to--) list.lastElementChild?.remove();
    if (this.#shown.to > this.#shown.from) updateBlock(list.lastElementChild as HTMLElement, blocks[this.#shown.to - 1]!, this.links);
    for (; this.#shown.from > from; this.#shown.from--) list.prepend(this.#element(this.#shown.from - 1));
    for (; this.#shown.to < to; this.#shown.to++) list.append(this.#element(this.#shown.to));
    this.changed({ linesBefore: this.#lines(0, from), linesAfter: this.#lines(to, blocks.length), empty: blocks.length === 0 });
  }

  #element(at: number): HTMLElement {
    const element = blockElement();
    updateBlock(element, this.log.blocks[at]!, this.links);
    return element;
  }

  #lines(from: number, to: number): number {
    let lines = 0;
    for (let at = from; at < to; at++) lines += Math.max(1, this.log.blocks[at]!.lines);
    return lines;
  }
}
