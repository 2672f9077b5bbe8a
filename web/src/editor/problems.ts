// Marks in the editor for what compilers and interpreters complained about: a sign in the gutter, an underline, and the message
// below the line. A mark goes away when its line is edited.
import { RangeSet, StateEffect, StateField, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, keymap, WidgetType, type DecorationSet } from '@codemirror/view';
import type { Diagnostic } from '../diagnostics/parse';

export const showProblems = StateEffect.define<Diagnostic[]>();

class Sign extends GutterMarker {
  constructor(readonly severity: Diagnostic['severity'], readonly messages: string) {
    super();
  }

  override eq(other: Sign) {
    return other.severity === this.severity && other.messages === this.messages;
  }

  override toDOM() {
    const sign = document.createElement('span');
    sign.className = `problem-sign ${this.severity}`;
    // A shape for each, not only a colour.
    sign.textContent = this.severity === 'error' ? '✕' : '!';
    sign.title = this.messages;
    return sign;
  }
}

class Message extends WidgetType {
  constructor(readonly problem: Diagnostic) {
    super();
  }

  override eq(other: Message) {
    return other.problem.message === this.problem.message && other.problem.severity === this.problem.severity;
  }

  override toDOM() {
    const message = document.createElement('div');
    message.className = `problem-message ${this.problem.severity}`;
    message.textContent = this.problem.message;
    return message;
  }
}

interface Marks {
  signs: RangeSet<Sign>;
  decorations: DecorationSet;
}

const NONE: Marks = { signs: RangeSet.empty, decorations: Decoration.none };

const marks = StateField.define<Marks>({
  create: () => NONE,
  update(value, transaction) {
    let { signs, decorations } = value;
    if (transaction.docChanged) {
      const edited = new Set<number>();
      transaction.changes.iterChangedRanges((_fromA, _toA, from, to) => {
        for (let at = from; at <= to; ) {
          const line = transaction.state.doc.lineAt(at);
          edited.add(line.from);
          at = line.to + 1;
        }
      });
      const untouched = (at: number) => !edited.has(transaction.state.doc.lineAt(at).from);
      signs = signs.map(transaction.changes).update({ filter: untouched });
      decorations = decorations.map(transaction.changes).update({ filter: untouched });
    }
    for (const effect of transaction.effects) {
      if (effect.is(showProblems)) return marksOf(effect.value, transaction.state);
    }
    return { signs, decorations };
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.decorations),
    gutter({ class: 'problem-gutter', markers: (view) => view.state.field(field).signs }),
  ],
});

function marksOf(problems: Diagnostic[], state: EditorState): Marks {
  const signs: Range<Sign>[] = [];
  const decorations: Range<Decoration>[] = [];
  const byLine = Map.groupBy(problems.filter((one) => one.line <= state.doc.lines), (one) => one.line);
  for (const [number, all] of byLine) {
    const line = state.doc.line(number);
    const worst = all.find((one) => one.severity === 'error') ?? all[0]!;
    signs.push(new Sign(worst.severity, all.map((one) => one.message).join('\n')).range(line.from));
    decorations.push(Decoration.line({ class: `problem-line ${worst.severity}` }).range(line.from));
    for (const problem of all) {
      decorations.push(Decoration.widget({ widget: new Message(problem), side: 1, block: true }).range(line.to));
      const [from, to] = wordAt(state, line.from, problem.column);
      if (to > from) decorations.push(Decoration.mark({ class: `problem-word ${problem.severity}` }).range(from, to));
    }
  }
  return { signs: RangeSet.of(signs, true), decorations: Decoration.set(decorations, true) };
}

/** The word at a column; the whole line's text when the column is not known. */
function wordAt(state: EditorState, lineStart: number, column: number | undefined): [number, number] {
  const line = state.doc.lineAt(lineStart);
  const indent = /^\s*/.exec(line.text)![0].length;
  const from = column === undefined ? indent : Math.min(column - 1, Math.max(0, line.text.length - 1));
  const length = column === undefined ? line.text.length - from : (/^(?:\w+|"[^"]*"|'[^']*'|.)/.exec(line.text.slice(from))?.[0].length ?? 0);
  return [line.from + from, line.from + from + length];
}

/** Moves to the next marked line, from the last to the first. */
function nextProblem(view: EditorView): boolean {
  const { signs } = view.state.field(marks);
  if (signs.size === 0) return false;
  const cursor = signs.iter(view.state.doc.lineAt(view.state.selection.main.head).to + 1);
  const at = cursor.value ? cursor.from : signs.iter().from;
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  return true;
}

export const problems = (): Extension => [marks, keymap.of([{ key: 'F8', run: nextProblem }])];
