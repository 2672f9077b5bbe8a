// What the page says when something is in the way. The server's refusals are played by the test: a real one is hard to overload.
import { expect, test } from './playground';

const problem = (status: number, detail: string, field?: string) => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify({ error: detail, title: 'Problem', status, detail, field }),
});

test('a server that is not there, and comes back', async ({ playground, page }) => {
  await page.route('**/api/**', (route) => route.abort());
  await page.reload();
  await expect(page.getByRole('heading', { name: 'The server cannot be reached.' })).toBeVisible();
  await playground.isAccessible();
  await page.unroute('**/api/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(playground.editor).toBeVisible();
});

test('a server that goes away while the page is open', async ({ playground, page }) => {
  await page.route('**/api/v1/run', (route) => route.abort());
  await playground.run.click();
  await expect(playground.outcome.getByRole('alert')).toContainText('The server cannot be reached.');
  await playground.isAccessible();
  await page.unroute('**/api/v1/run');
  await page.getByRole('button', { name: 'Try again' }).click();
  await playground.finishes();
});

test('a busy server is asked again after the time it names', async ({ playground, page }) => {
  let asked = 0;
  await page.route('**/api/v1/run', (route) => {
    if (asked++ > 0) return route.continue();
    return route.fulfill({ ...problem(503, 'every runner is busy and the queue is full'), headers: { 'Retry-After': '3', 'Content-Type': 'application/json' } });
  });
  await playground.run.click();
  await expect(playground.outcome).toContainText('The server is busy.');
  await expect(playground.outcome).toContainText(/in [123] seconds?/);
  await playground.isAccessible();
  await playground.finishes();
  expect(asked).toBe(2);
});

test('waiting for a busy server can be given up', async ({ playground, page }) => {
  await page.route('**/api/v1/run', (route) => route.fulfill({ ...problem(503, 'busy'), headers: { 'Retry-After': '30', 'Content-Type': 'application/json' } }));
  await playground.run.click();
  await page.getByRole('button', { name: 'Give up' }).click();
  await expect(playground.run).toBeEnabled();
});

test('a refusal names the field and has the words of the server', async ({ playground, page }) => {
  await page.route('**/api/v1/run', (route) => route.fulfill(problem(422, '`limits.memory_bytes` is above the ceiling', 'limits.memory_bytes')));
  await playground.run.click();
  const alert = playground.outcome.getByRole('alert');
  await expect(alert).toContainText('The server refused to run this.');
  await expect(alert).toContainText('`limits.memory_bytes` is above the ceiling.');
  await expect(alert.locator('code')).toHaveText('limits.memory_bytes');
  await playground.isAccessible();
});

test('a program that is too large', async ({ playground }) => {
  await playground.choose('Python');
  await playground.write(`# ${'x'.repeat(1_200_000)}\n`);
  await playground.run.click();
  await expect(playground.outcome.getByRole('alert')).toContainText('too large');
});

test('an answer that breaks off', async ({ playground, page }) => {
  await page.route('**/api/v1/run', (route) =>
    route.fulfill({
      contentType: 'application/x-ndjson',
      body: '{"seq":1,"type":"phase_started","phase":"run"}\n{"seq":2,"type":"stdout","phase":"run","data":"so far\\n"}\n',
    }),
  );
  await playground.run.click();
  await expect(playground.outcome.getByRole('alert')).toContainText('The connection was lost.');
  await expect(playground.output).toContainText('so far');
});

test('a language that is not installed is shown with the command that installs it', async ({ playground, page }) => {
  await page.route('**/api/v1/languages', async (route) => {
    const answer = await (await route.fetch()).json();
    const lua = answer.details.find((language: { id: string }) => language.id === 'lua');
    Object.assign(lua, { available: false, version: undefined, reason: 'lua was not found', install: 'sudo apt-get install -y lua5.4' });
    await route.fulfill({ json: answer });
  });
  await page.reload();
  await page.getByRole('button', { name: /^Language:/ }).click();
  const panel = page.getByRole('group', { name: 'Languages' });
  await expect(panel).toContainText('lua was not found');
  await expect(panel).toContainText('sudo apt-get install -y lua5.4');
  await expect(panel.getByRole('button', { name: /^Lua/ })).toHaveCount(0);
  await playground.isAccessible();
});
