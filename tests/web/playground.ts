// The page, as somebody who uses it sees it.
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { Server } from './server';

export class Playground {
  readonly editor: Locator;
  readonly output: Locator;
  readonly outcome: Locator;
  readonly run: Locator;
  readonly stop: Locator;

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    this.editor = page.locator('.cm-content');
    this.output = page.getByRole('log', { name: 'Output of the program' });
    this.outcome = page.getByRole('region', { name: 'Outcome' });
    this.run = page.getByRole('button', { name: 'Run', exact: true });
    this.stop = page.getByRole('button', { name: 'Stop', exact: true });
  }

  async open(address = this.url) {
    await this.page.goto(address);
    await expect(this.editor).toBeVisible();
  }

  async choose(language: string) {
    await this.page.getByRole('button', { name: /^Language:/ }).click();
    await this.page.getByLabel('Find a language').fill(language);
    await this.page.getByRole('button', { name: new RegExp(`^${language.replaceAll('+', '\\+')} \\d`) }).click();
  }

  async write(code: string) {
    await this.editor.click();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(code);
  }

  async runs(code: string) {
    await this.write(code);
    await this.run.click();
  }

  async finishes() {
    await expect(this.outcome.getByText('Finished.').last()).toBeVisible();
  }

  /** No barrier that axe knows of. */
  async isAccessible() {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([]);
  }
}

export { expect };

export const test = base.extend<{ playground: Playground; complaints: string[] }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  /** What the browser complained about: errors of scripts, and what the page's policy forbade. */
  complaints: async ({}, use) => use([]),
  playground: async ({ page, server, complaints }, use) => {
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => /Content Security Policy|Refused to/.test(message.text()) && complaints.push(message.text()));
    const playground = new Playground(page, server.url);
    await playground.open();
    await use(playground);
    expect(complaints).toEqual([]);
  },
});
