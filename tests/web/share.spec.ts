// A program is handed on by a link.
import { expect, Playground, test } from './playground';

test('a link opened by somebody else gives the same program, and it runs', async ({ playground, page, browser }) => {
  await playground.choose('Python');
  await page.getByRole('textbox', { name: 'Arguments' }).fill('"a b"');
  await playground.write('import sys\nprint("shared žluť 🦀", sys.argv[1])\n');
  await page.getByRole('button', { name: 'Share' }).click();
  const field = page.getByRole('textbox', { name: 'Link to this program' });
  await expect(field).toHaveValue(/#p=1\./);

  const context = await browser.newContext();
  const other = new Playground(await context.newPage(), playground.url);
  await other.open(await field.inputValue());
  await expect(other.editor).toContainText('shared žluť 🦀');
  await expect(other.page.getByText('Opened from a link')).toBeVisible();
  await other.run.click();
  await other.finishes();
  await expect(other.output).toContainText('shared žluť 🦀 a b');
  await context.close();
});

test('a link does not overwrite what somebody has', async ({ playground, page }) => {
  await playground.choose('Python');
  await playground.write('print("from the link")\n');
  await page.getByRole('button', { name: 'Share' }).click();
  const field = page.getByRole('textbox', { name: 'Link to this program' });
  // It is made while the dialog opens.
  await expect(field).toHaveValue(/#p=1\./);
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  await playground.write('print("my own")\n');

  await page.goto('about:blank');
  await playground.open(link);
  await expect(playground.editor).toContainText('from the link');
  await page.getByRole('button', { name: 'Back to my own' }).click();
  await expect(playground.editor).toContainText('my own');
  expect(page.url()).not.toContain('#');
});

test('a damaged link says so', async ({ playground, page }) => {
  await page.goto('about:blank');
  await playground.open(`${playground.url}/#p=1.broken`);
  await expect(page.getByText('This link is damaged')).toBeVisible();
});

test('the same run as a command', async ({ playground, page }) => {
  await playground.choose('Python');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByLabel('Command with curl')).toContainText(`${playground.url}/api/v1/run`);
  await expect(page.getByLabel('Command with codecanvas')).toContainText(`codecanvas run main.py -l python3 --url ${playground.url}`);
});
