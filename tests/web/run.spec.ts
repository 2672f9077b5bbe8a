// Programs are run, and what they do is shown.
import { expect, test } from './playground';

test('a Python program says hello', async ({ playground }) => {
  await playground.choose('Python');
  await playground.runs('print("Hello from Python")\n');
  await playground.finishes();
  await expect(playground.output).toContainText('Hello from Python');
});

test('a C++ program says hello', async ({ playground }) => {
  await playground.choose('C++');
  await playground.runs('#include <iostream>\nint main() { std::cout << "Hello from C++\\n"; }\n');
  await playground.finishes();
  await expect(playground.output).toContainText('Hello from C++');
});

test('input and arguments reach the program', async ({ playground, page }) => {
  await playground.choose('Python');
  await page.getByRole('textbox', { name: 'Standard input' }).fill('from stdin\n');
  await page.getByRole('textbox', { name: 'Arguments' }).fill('one "two words"');
  await playground.runs('import sys\nprint(input(), sys.argv[1:])\n');
  await playground.finishes();
  await expect(playground.output).toContainText("from stdin ['one', 'two words']");
});

test('a program of several files runs', async ({ playground, page }) => {
  await playground.choose('Python');
  await playground.write('from greet import hello\nhello()\n');
  await page.getByRole('button', { name: 'Add a file' }).click();
  await page.getByLabel('Name of the file').fill('greet.py');
  await page.keyboard.press('Enter');
  await playground.runs('def hello():\n    print("from another file")\n');
  await playground.finishes();
  await expect(playground.output).toContainText('from another file');
});

test('output appears while the program runs', async ({ playground }) => {
  await playground.choose('Python');
  await playground.runs('import time\nprint("early", flush=True)\ntime.sleep(5)\nprint("late")\n');
  await expect(playground.output).toContainText('early');
  await expect(playground.stop).toBeVisible();
  expect(await playground.output.textContent()).not.toContain('late');
});

test('stdout and stderr are told apart, also without colour', async ({ playground }) => {
  await playground.choose('Python');
  await playground.runs('import sys\nprint("to stdout", flush=True)\nprint("to stderr", file=sys.stderr)\n');
  await playground.finishes();
  await expect(playground.output.locator('.stdout')).toHaveText('to stdout\n');
  await expect(playground.output.locator('.stderr')).toContainText('to stderr');
  await expect(playground.output.locator('.stderr .stream-label')).toHaveText('stderr');
});

test('a compile error marks its line and links to it', async ({ playground, page }) => {
  await playground.choose('C++');
  await playground.runs('#include <iostream>\n\nint main() {\n    std::cout << answer;\n}\n');
  await expect(playground.outcome).toContainText('The compiler found a mistake');
  await expect(playground.editor.locator('.problem-line.error')).toHaveText('    std::cout << answer;');
  await expect(playground.editor.locator('.problem-message.error')).toContainText('answer');
  await expect(page.locator('.problem-sign.error')).toBeVisible();
  await playground.output.getByRole('button', { name: /main\.cpp:4:/ }).first().click();
  await expect(playground.editor).toBeFocused();
  await expect(page.locator('.cm-activeLine')).toHaveText('    std::cout << answer;');
});

test('a traceback marks its line', async ({ playground }) => {
  await playground.choose('Python');
  await playground.runs('print("fine")\nprint(1 / 0)\n');
  await expect(playground.outcome).toContainText('Ended with exit code 1.');
  await expect(playground.editor.locator('.problem-message')).toHaveText('ZeroDivisionError: division by zero');
});

test('a program that is stopped is told why, with what was allowed', async ({ playground, page }) => {
  await playground.choose('Python');
  await page.getByRole('button', { name: 'Limits' }).click();
  await page.getByRole('slider', { name: 'Processor time' }).press('Home');
  await page.keyboard.press('Escape');
  await playground.runs('while True: pass\n');
  await expect(playground.outcome).toContainText(/Stopped: used \d\.\d\d s of processor time, 100 ms are allowed\./);
});

test('markup in the output is shown as text', async ({ playground, page }) => {
  await playground.choose('Python');
  const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script><b>bold</b>';
  await playground.runs(`print(${JSON.stringify(markup)})\n`);
  await playground.finishes();
  await expect(playground.output).toContainText(markup);
  await expect(playground.output.locator('img, script, b')).toHaveCount(0);
  await expect(page).toHaveTitle('codecanvas');
});

test('code is kept when the page is loaded again', async ({ playground, page }) => {
  await playground.choose('Python');
  await playground.write('print("kept")\n');
  await playground.choose('Bash');
  await playground.write('echo kept too\n');
  await page.reload();
  await expect(playground.editor).toContainText('echo kept too');
  await playground.choose('Python');
  await expect(playground.editor).toContainText('print("kept")');
});
