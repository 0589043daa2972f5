// `test` as every test here imports it: one that fails when the page complains.
import { writeFileSync } from 'node:fs';

import { expect, test as base } from '@playwright/test';
import axeCore from 'axe-core/axe.min.js';

import { engines } from './layer/engines.mjs';
import { Tab } from './layer/tab.mjs';

export { expect };

/** A script that leaves in the browser what an earlier visit would have left. */
const visitedBefore = (settings) => `try {
  localStorage.getItem('tcp-states.settings') ?? localStorage.setItem('tcp-states.settings', ${JSON.stringify(settings)});
} catch { /* A page that may not store has not been visited before. */ }`;

export const test = base.extend({
  /** What the page may complain about in a test that gives it a reason to. */
  mayComplain: [/^$/, { option: true }],

  /** What somebody set on an earlier visit. The terminals stay where a first visit has them, below both tables. */
  settings: ['terminals=below', { option: true }],

  /** The browser, started once by each worker; its name is the project's. */
  engine: [
    async ({}, use, { project }) => {
      const { start, missing } = engines[project.name];
      const engine = start ? await start({ baseURL: project.use.baseURL }) : { missing, close: () => {} };
      await use(engine);
      await engine.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  /** A window in that browser. A test that fails leaves a picture of it. */
  driver: async ({ engine, viewport, colorScheme, javaScriptEnabled, hasTouch }, use, info) => {
    info.skip(Boolean(engine.missing), engine.missing);
    const driver = await engine.fresh({ viewport, colorScheme, javaScriptEnabled, hasTouch });
    await use(driver);
    if (info.status !== info.expectedStatus) {
      writeFileSync(info.outputPath('page.png'), await driver.screenshot());
    }
    await driver.close();
  },

  /**
   * The page over the verbs that all browsers have, its clock in the test's hand. Any error, warning, failed request or
   * refused one fails the test, also when all that the test itself asked for came true.
   */
  tab: async ({ engine, driver, settings, mayComplain }, use) => {
    await driver.inject(visitedBefore(settings));
    const tab = await Tab.of(driver, engine.baseURL);
    await use(tab);
    const complaints = (await tab.complaints()).filter((complaint) => !mayComplain.test(complaint));
    expect(complaints, 'what the page complained about').toEqual([]);
  },

  /** The same window as Playwright's page, in Chromium only; without `tab`, on the browser's own clock. */
  page: async ({ driver, mayComplain }, use) => {
    await use(driver.page);
    const complaints = driver.complaints().filter((complaint) => !mayComplain.test(complaint));
    expect(complaints, 'what the page complained about').toEqual([]);
  },

  /** Opens Playwright's page, with an optional fragment, and waits until the program has drawn. */
  open: async ({ page, driver, settings }, use) => {
    await use(async (fragment = '') => {
      await driver.inject(visitedBefore(settings));
      await page.goto(`./${fragment}`);
      await expect(page.locator('#page:not([inert])')).toBeVisible();
    });
  },

  /**
   * Fails with what axe finds wrong by all its rules, or by those named, one line for each place: in the whole page, or
   * within what a selector finds, which may be nothing.
   */
  axe: async ({ page }, use) => {
    await use(async (rules, within) => {
      // Once for each page: to read it takes longer than most of what it does.
      if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source);
      const options = Array.isArray(rules) ? { runOnly: rules } : { rules: { 'target-size': { enabled: true } } };
      const violations = await page.evaluate(
        async ([options, within]) => {
          // A colour half-way between two themes is neither's.
          const ends = ({ effect }) => Number.isFinite(effect.getComputedTiming().endTime);
          document.getAnimations().filter(ends).forEach((animation) => animation.finish());
          const inside = within && document.querySelector(within) !== null;
          window.underTest?.live(true);
          try {
            // A lab in a frame of the page has the same landmarks as the page; it is a page of its own, and looked at as one.
            const where = { exclude: ['iframe'], ...(inside ? { include: [within] } : {}) };
            return (await window.axe.run(where, { ...options, iframes: false, resultTypes: ['violations'] })).violations;
          } finally {
            window.underTest?.live(false);
          }
        },
        [options, within],
      );
      const lines = violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`),
      );
      expect(lines, 'what axe found').toEqual([]);
    });
  },
});
