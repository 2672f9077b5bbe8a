// A great deal of output does not make the page slow.
import { expect, test, type Playground } from './playground';

/** Longer than any pause that a user would notice, with room for a machine that compiles something else at the time. */
const LONGEST_PAUSE_MS = 5_000;
const MOST_ELEMENTS = 4000;

async function allowAllOutput(playground: Playground) {
  await playground.page.getByRole('button', { name: 'Limits' }).click();
  await playground.page.getByRole('slider', { name: 'Output' }).press('End');
  await playground.page.keyboard.press('Escape');
}

/** Measures the pauses between frames while something happens. */
async function longestPause(playground: Playground, during: () => Promise<void>): Promise<number> {
  await playground.page.evaluate(() => {
    const measured = window as unknown as { longest: number };
    measured.longest = 0;
    let last = performance.now();
    const frame = (now: number) => {
      measured.longest = Math.max(measured.longest, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await during();
  return playground.page.evaluate(() => (window as unknown as { longest: number }).longest);
}

test('ten megabytes of output leave the page responsive, and all of it can be had', async ({ playground, page }) => {
  await playground.choose('Python');
  await allowAllOutput(playground);
  const pause = await longestPause(playground, async () => {
    await playground.runs('for i in range(200000):\n    print(f"{i:06}", "x" * 45)\n');
    await playground.finishes();
  });
  expect(pause).toBeLessThan(LONGEST_PAUSE_MS);
  await expect(playground.output).toContainText('199999 x');
  expect(await page.locator('*').count()).toBeLessThan(MOST_ELEMENTS);

  await playground.output.hover();
  await page.mouse.wheel(0, -1_000_000);
  await page.getByRole('button', { name: /Show earlier output/ }).click();
  expect(await page.locator('*').count()).toBeLessThan(MOST_ELEMENTS);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download all of the output' }).click();
  const { promises: files } = await import('node:fs');
  const text = await files.readFile(await (await download).path(), 'utf8');
  expect(text.length).toBe(200_000 * 53);
  expect(text.startsWith('000000 x')).toBe(true);
});

test('a program that never stops writing can be stopped', async ({ playground }) => {
  await playground.choose('Bash');
  await allowAllOutput(playground);
  const pause = await longestPause(playground, async () => {
    await playground.runs('while true; do echo y; done\n');
    await expect(playground.output).toContainText('y');
    await playground.stop.click();
  });
  expect(pause).toBeLessThan(LONGEST_PAUSE_MS);
  await expect(playground.outcome).toContainText('Stopped by you');
});

test('output that is cut says how much is missing', async ({ playground }) => {
  await playground.choose('Python');
  await playground.runs('print("x" * 3 * 1024 * 1024)\n');
  await playground.finishes();
  await expect(playground.outcome).toContainText(/the last 2 MiB of 3 MiB of stdout is missing/);
});
