// Everything can be done with the keyboard alone.
import { expect, test } from './playground';

test('a program is written, run, and its mistake visited without a mouse', async ({ playground, page }) => {
  await playground.choose('Python');
  await playground.editor.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('if True:\nprint(1 / 0)');
  // The editor has indented by itself.
  await page.keyboard.press('Control+Enter');
  await expect(playground.outcome).toContainText('exit code 1');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await expect(page.locator('.cm-activeLine')).toHaveText('    print(1 / 0)');
});

test('Tab indents, and after Escape it leaves the editor', async ({ playground, page }) => {
  await playground.write('x = 1');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Tab');
  await expect(playground.editor).toHaveText('    x = 1');
  await page.keyboard.press('Shift+Tab');
  await expect(playground.editor).toHaveText('x = 1');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(playground.editor).not.toBeFocused();
});

test('comments are toggled and text is found', async ({ playground, page }) => {
  await playground.choose('Python');
  await playground.write('answer = 42');
  await page.keyboard.press('Control+/');
  await expect(playground.editor).toHaveText('# answer = 42');
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused();
  await playground.isAccessible();
});

test('Tab reaches every control of the page', async ({ playground, page }) => {
  await playground.run.click();
  await playground.finishes();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const reached = new Set<string>();
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    // Out of the editor, where Tab indents.
    if (await playground.editor.evaluate((element) => element === document.activeElement)) await page.keyboard.press('Escape');
    reached.add(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? ''));
  }
  const names = [...reached].join('\n');
  for (const name of [/^Language:/m, /^Run$/m, /^Limits$/m, /^Share$/m, /^Theme:/m, /^main\./m, /^Add a file$/m, /^Actions for/m, /^Program text of/m, /^Input/m, /^Width of the editor$/m, /^Output$/m, /^Output of the program$/m]) {
    expect(names).toMatch(name);
  }
});

test('the language is chosen, files are renamed and removed by keys', async ({ playground, page }) => {
  await page.getByRole('button', { name: /^Language:/ }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('bash');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'main.sh' })).toBeVisible();
  await page.getByRole('button', { name: 'Add a file' }).press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('../up');
  await expect(page.getByText('A name has no empty part')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('data.txt');
  await page.keyboard.press('Enter');
  const tab = page.getByRole('tab', { name: 'data.txt' });
  await expect(tab).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(tab).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'main.sh' })).toHaveAttribute('aria-selected', 'true');
});

test('the panes are resized with the arrow keys', async ({ page, playground }) => {
  await expect(playground.editor).toBeVisible();
  const line = page.getByRole('separator', { name: 'Width of the editor' });
  const before = Number(await line.getAttribute('aria-valuenow'));
  await line.press('ArrowRight');
  expect(Number(await line.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
});
