// What the editor can do, put together from CodeMirror's parts.
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import {
  drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { problems } from './problems';
import { codeColours, editorTheme } from './theme';

/** Holds the language's mode, which arrives after the text. */
export const mode = new Compartment();
/** Holds what is loaded later: see extras.ts. */
export const later = new Compartment();
/** Holds the label, which has the file's name. */
export const label = new Compartment();

export interface EditorEvents {
  changed(text: string): void;
  run(): void;
}

export const labelled = (text: string) => EditorView.contentAttributes.of({ 'aria-label': text, tabindex: '0' });

export function editorState(text: string, name: string, events: EditorEvents): EditorState {
  return EditorState.create({ doc: text, extensions: [commands(events), appearance(), problems(), mode.of([]), later.of([]), label.of(labelled(name))] });
}

function commands(events: EditorEvents): Extension {
  const run = () => {
    events.run();
    return true;
  };
  return [
    // Above the default keys, where Mod-Enter adds a line.
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
    history(),
    indentOnInput(),
    rectangularSelection(),
    EditorState.allowMultipleSelections.of(true),
    // Escape, then Tab leaves the editor: the view does that by itself.
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) events.changed(update.state.doc.toString());
    }),
  ];
}

function appearance(): Extension {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    drawSelection(),
    dropCursor(),
    bracketMatching(),
    codeColours,
    editorTheme,
  ];
}
