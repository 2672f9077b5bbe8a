// What nobody needs in the first second: loaded when the editor already stands.
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Prec, type Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';

// Backspace between two brackets has to be asked before the default Backspace.
export const extras: Extension = [closeBrackets(), highlightSelectionMatches(), Prec.high(keymap.of(closeBracketsKeymap)), keymap.of(searchKeymap)];
