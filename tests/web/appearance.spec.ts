// For every eye and every screen.
import { expect, test } from './playground';

const COLOURFUL = 'import sys\nfor i in range(16): print(f"\\033[38;5;{i}mcolour {i}\\033[0m")\nprint("warning", file=sys.stderr)\nprint(1 / 0)\n';

for (const theme of ['light', 'dark'] as const) {
  test(`the ${theme} theme has no barrier in any state`, async ({ playground, page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await playground.choose('Python');
    await playground.isAccessible();
    await playground.runs(COLOURFUL);
    await expect(playground.outcome).toContainText('exit code 1');
    await playground.isAccessible();
    await playground.runs('import time\nprint("going", flush=True)\ntime.sleep(60)\n');
    await expect(playground.output).toContainText('going');
    await playground.isAccessible();
    await playground.stop.click();
    await playground.isAccessible();

    for (const name of ['Limits', 'Share']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      await playground.isAccessible();
      await page.keyboard.press('Escape');
    }
    for (const name of [/^Language:/, /^Theme:/, /^Actions for/]) {
      await page.getByRole('button', { name }).click();
      await playground.isAccessible();
      await page.keyboard.press('Escape');
    }
    await page.getByRole('tab', { name: 'Terminal' }).click();
    await expect(page.locator('.xterm')).toBeVisible();
    await playground.isAccessible();
  });
}

test('the theme follows the system until one is chosen, and the choice stays', async ({ playground, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.getByRole('button', { name: /^Theme:/ }).click();
  await page.getByRole('button', { name: 'Light' }).click();
  expect(await background()).toBe(light);
  await page.reload();
  await expect(playground.editor).toBeVisible();
  expect(await background()).toBe(light);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('everything fits, and the result comes to the front', async ({ playground, page }) => {
    const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await playground.choose('Python');
    await fits();
    await playground.isAccessible();
    await playground.run.click();
    await playground.finishes();
    await expect(playground.output).toBeVisible();
    await expect(playground.editor).toBeHidden();
    await fits();
    await playground.isAccessible();
    await page.getByRole('button', { name: 'Limits' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await fits();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Program', exact: true }).click();
    await expect(playground.editor).toBeVisible();
  });

  test('a place in the output leads back to the program', async ({ playground, page }) => {
    await playground.choose('Python');
    await playground.runs('print(1)\nprint(1 / 0)\n');
    await playground.output.getByRole('button', { name: /main\.py", line 2/ }).click();
    await expect(playground.editor).toBeVisible();
    await expect(page.locator('.cm-activeLine')).toContainText('1 / 0');
  });
});
