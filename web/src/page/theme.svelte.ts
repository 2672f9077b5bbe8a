// The theme that was chosen. public/theme.js applies it when the page is loaded, the style sheet does the rest.
import { loadPreference, savePreference } from '../workspace/storage';

export type ThemeChoice = 'system' | 'light' | 'dark';

const kept = loadPreference('theme');

export const theme = $state<{ choice: ThemeChoice }>({ choice: kept === 'light' || kept === 'dark' ? kept : 'system' });

export function chooseTheme(choice: ThemeChoice) {
  theme.choice = choice;
  savePreference('theme', choice === 'system' ? null : choice);
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
}
