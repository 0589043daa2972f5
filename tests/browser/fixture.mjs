// `test` as every test here imports it: one that fails when the page complains.
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';

export { expect };

export const test = base.extend({
  /** What the page may complain about in a test that gives it a reason to. */
  mayComplain: [/^$/, { option: true }],

  /**
   * A page on which any error, warning, failed request or refused one fails the test,
   * also when all that the test itself asked for came true.
   */
  page: async ({ page, mayComplain }, use) => {
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(`page error: ${error.stack ?? error.message}`));
    page.on('crash', () => complaints.push('the page crashed'));
    page.on('console', (message) => {
      if (['error', 'warning', 'assert'].includes(message.type())) {
        complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    await use(page);
    const unexpected = complaints.filter((complaint) => !mayComplain.test(complaint));
    expect(unexpected, 'what the page complained about').toEqual([]);
  },

  /** What somebody set on an earlier visit. The terminals stay where a first visit has them, below both tables. */
  settings: ['terminals=below', { option: true }],

  /** Opens the page, with an optional fragment, and waits until the program has drawn. */
  open: async ({ page, settings }, use) => {
    await use(async (fragment = '') => {
      await page.addInitScript((line) => {
        localStorage.getItem('tcp-states.settings') ?? localStorage.setItem('tcp-states.settings', line);
      }, settings);
      await page.goto(`./${fragment}`);
      await expect(page.locator('#page:not([inert])')).toBeVisible();
    });
  },

  /** Fails with what axe finds wrong in the whole page, one line for each place. */
  axe: async ({ page }, use) => {
    await use(async () => {
      // A colour half-way between two themes is neither's.
      await page.evaluate(() => {
        const ends = ({ effect }) => Number.isFinite(effect.getComputedTiming().endTime);
        return Promise.allSettled(document.getAnimations().filter(ends).map((animation) => animation.finished));
      });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const lines = violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`),
      );
      expect(lines, 'what axe found').toEqual([]);
    });
  },
});
