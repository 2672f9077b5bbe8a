// A program on a terminal.
import { expect, test } from './playground';

test.beforeEach(async ({ playground, page }) => {
  await playground.choose('Python');
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await expect(page.locator('.xterm')).toBeVisible();
});

test('input() is answered in the terminal', async ({ playground, page }) => {
  await playground.runs('name = input("Your name? ")\nprint(f"Hello, {name}!")\n');
  const screen = page.locator('.xterm-rows');
  await expect(screen).toContainText('Your name?');
  await page.keyboard.type('Ada\n');
  await expect(screen).toContainText('Hello, Ada!');
  await playground.finishes();
});

test('the program is told the size of the terminal, and of its changes', async ({ playground, page }) => {
  const size = 'import os, signal, time\ndef show(*_): print("columns", os.get_terminal_size().columns, flush=True)\n';
  await playground.runs(`${size}signal.signal(signal.SIGWINCH, show)\nshow()\nwhile True: time.sleep(1)\n`);
  const screen = page.locator('.xterm-rows');
  await expect(screen).toContainText(/columns \d+/);
  await page.setViewportSize({ width: 1000, height: 700 });
  await expect(screen).toContainText(/columns (\d+)[^]*columns (?!\1)\d+/);
  await playground.stop.click();
});

test('Ctrl-C interrupts, Ctrl-D ends the input', async ({ playground, page }) => {
  const screen = page.locator('.xterm-rows');
  await playground.runs('try:\n    input("first> ")\nexcept KeyboardInterrupt:\n    print("interrupted")\ntry:\n    input("second> ")\nexcept EOFError:\n    print("end of input")\n');
  await expect(screen).toContainText('first>');
  await page.keyboard.press('Control+c');
  await expect(screen).toContainText('interrupted');
  await expect(screen).toContainText('second>');
  await page.keyboard.press('Control+d');
  await expect(screen).toContainText('end of input');
  await playground.finishes();
});

test('Stop ends what waits for input', async ({ playground, page }) => {
  await playground.runs('input("waiting ")\n');
  await expect(page.locator('.xterm-rows')).toContainText('waiting');
  await playground.stop.click();
  await expect(playground.outcome).toContainText('Stopped by you');
});

test('the keyboard finds its way out', async ({ playground, page }) => {
  await playground.runs('input("waiting ")\n');
  await expect(page.locator('.xterm-rows')).toContainText('waiting');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(playground.stop).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(playground.outcome).toContainText('Stopped by you');
});
