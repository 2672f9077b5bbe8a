// What runs can be stopped, and nothing of it is left.
import { expect, test } from './playground';

/** In the program's command line: the test knows its process by it. */
const mark = () => `endless-${Math.random().toString(36).slice(2)}`;

test('Stop ends an endless loop, and the server has no process of it any more', async ({ playground, page, server }) => {
  const name = mark();
  await playground.choose('Python');
  await page.getByRole('textbox', { name: 'Arguments' }).fill(name);
  await playground.runs('print("started", flush=True)\nwhile True: pass\n');
  await expect(playground.output).toContainText('started');
  expect(server.processesWith(name)).not.toEqual([]);
  await playground.stop.click();
  await expect(playground.outcome).toContainText('Stopped by you');
  await expect(playground.run).toBeEnabled();
  await expect.poll(() => server.processesWith(name)).toEqual([]);
});

test('a page that is closed leaves nothing running', async ({ playground, page, server }) => {
  const name = mark();
  await playground.choose('Python');
  await page.getByRole('textbox', { name: 'Arguments' }).fill(name);
  await playground.runs('import time\nprint("started", flush=True)\ntime.sleep(60)\n');
  await expect(playground.output).toContainText('started');
  await page.goto('about:blank');
  await expect.poll(() => server.processesWith(name)).toEqual([]);
});

test('another run can be started after a stop', async ({ playground }) => {
  await playground.choose('Python');
  await playground.runs('print("first", flush=True)\nwhile True: pass\n');
  await expect(playground.output).toContainText('first');
  await playground.stop.click();
  await playground.runs('print("second")\n');
  await playground.finishes();
  await expect(playground.output).toContainText('second');
  expect(await playground.output.textContent()).not.toContain('first');
});
