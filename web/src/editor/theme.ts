// How code looks. Colours are variables of the style sheet, so that a change of theme needs no change of the editor.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags as t } from '@lezer/highlight';

export const editorTheme = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--code-size)', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--accent-text)', padding: '10px 0 40px' },
  '.cm-line': { padding: '0 14px' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--accent-text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--faint-text)', border: 'none', borderRight: '1px solid var(--margin-rule)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 10px 0 4px', minWidth: '34px' },
  '.cm-activeLine': { backgroundColor: 'var(--active-line)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--selection)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--match)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--match)', outline: '1px solid var(--strong-line)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--error)' },
  '.cm-searchMatch': { backgroundColor: 'var(--match)', outline: '1px solid var(--strong-line)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--selection)' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)', borderColor: 'var(--line) !important' },
});

export const codeColours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [t.keyword, t.modifier, t.operatorKeyword], class: 'code-keyword' },
    { tag: [t.string, t.special(t.string), t.regexp, t.character], class: 'code-string' },
    { tag: [t.escape], class: 'code-escape' },
    { tag: [t.number, t.bool, t.null, t.atom, t.self], class: 'code-number' },
    { tag: [t.comment], class: 'code-comment' },
    { tag: [t.function(t.variableName), t.function(t.propertyName), t.macroName, t.standard(t.variableName)], class: 'code-function' },
    { tag: [t.typeName, t.className, t.namespace, t.standard(t.typeName)], class: 'code-type' },
    { tag: [t.definition(t.variableName), t.definition(t.propertyName)], class: 'code-definition' },
    { tag: [t.meta, t.processingInstruction, t.annotation, t.labelName], class: 'code-meta' },
    { tag: [t.operator, t.punctuation], class: 'code-punctuation' },
    { tag: t.invalid, class: 'code-invalid' },
  ]),
);
