// The theme's colours, for a terminal that draws by itself and knows no variables of a style sheet.
import type { ITheme } from '@xterm/xterm';

const NAMES = [
  'black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white',
  'brightBlack', 'brightRed', 'brightGreen', 'brightYellow', 'brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite',
] as const;

export function terminalColours(within: HTMLElement): ITheme {
  const probe = document.createElement('span');
  within.append(probe);
  // Only the colour of an element says what `light-dark()` comes to.
  const colour = (variable: string) => {
    probe.style.color = `var(${variable})`;
    return getComputedStyle(probe).color;
  };
  const theme: ITheme = {
    background: colour('--surface'),
    foreground: colour('--text'),
    cursor: colour('--accent-text'),
    cursorAccent: colour('--surface'),
    selectionBackground: colour('--selection'),
  };
  NAMES.forEach((name, at) => (theme[name] = colour(`--ansi-${at}`)));
  probe.remove();
  return theme;
}
