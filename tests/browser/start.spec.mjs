// How the page starts: index.html paints all of it, the program takes its place, and if it does not come, the page says so.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { dist } from './browser.mjs';
import { expect, test } from './fixture.mjs';

const WASM = '**/*.wasm';
const GLUE = '**/tcp-web-*.js';
const STYLES = '**/tcp-web-*.css';

/** All that has a place of its own. */
const PLACED = [
  'header.top', '.transport button', '.time', '.host', '.host h2', '.badge', '.note', '.host .buttons button', '.typed',
  '.netstat', '.netstat table', '.netstat th', '.netstat td', '.machine', 'svg.diagram', '.diagram .node', '.diagram .token',
  '.beyond', '.wire', '.gate', '.lane', '.told p', '.firewall', '.toggle', '.firewall select', '.terminal', '.terminal input', 'footer',
].join(', ');

/** Where all that stands, each with its words. */
const places = (page) =>
  page.locator(PLACED).evaluateAll((all) =>
    all.map((it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return [it.tagName, it.getAttribute('class'), ...[x, y, width, height].map(Math.round)].join(' ');
    }),
  );

/** Keeps the program on its way until what is returned is called. */
const holds = async (page, what = WASM) => {
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route(what, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
};

const observe = () => {
  window.seen = { 'layout-shift': [], 'largest-contentful-paint': [] };
  for (const type of Object.keys(window.seen)) {
    const note = ({ value, size, element, sources }) => {
      const nodes = sources?.map(({ node }) => node?.outerHTML?.slice(0, 80)) ?? [element?.outerHTML.slice(0, 80)];
      window.seen[type].push([value ?? size, ...nodes].join(' '));
    };
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  }
};

const twoFrames = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)))));

for (const [width, height] of [[390, 844], [768, 1024], [1280, 720], [1920, 1080]]) {
  test(`nothing moves when the program starts, at ${width} px`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(observe);
    const letGo = await holds(page);
    await page.goto('./');
    await expect(page.locator('#page[inert]')).toBeVisible();
    await twoFrames(page);
    const painted = await places(page);
    expect(painted.length).toBeGreaterThan(80);
    const before = await page.evaluate(() => window.seen['largest-contentful-paint'].length);
    letGo();
    await expect(page.locator('#page:not([inert])')).toBeVisible();
    await twoFrames(page);
    expect(await places(page)).toEqual(painted);
    const animated = () =>
      document.getAnimations().filter(({ playState }) => playState === 'running').map(({ animationName, effect }) => `${animationName} ${effect.target.outerHTML.slice(0, 80)}`);
    expect(await page.evaluate(animated), 'what comes in once more').toEqual([]);
    const seen = await page.evaluate(() => window.seen);
    expect(seen['layout-shift'], 'layout shifts').toEqual([]);
    expect(seen['largest-contentful-paint'].slice(before), 'larger paints').toEqual([]);
  });
}

test('nothing moves when the page comes in pieces', async ({ page }) => {
  const whole = readFileSync(join(dist, 'index.html'), 'utf8');
  const cut = whole.indexOf('<section class="card host" data-host=S');
  expect(cut).toBeGreaterThan(0);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.write(whole.slice(0, cut));
    setTimeout(() => response.end(whole.slice(cut)), 500);
  });
  await new Promise((listens) => server.listen(0, '127.0.0.1', listens));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(observe);
  // Only the page comes from there.
  await holds(page, /tcp-web-/);
  await page.goto(`http://127.0.0.1:${server.address().port}/`, { waitUntil: 'domcontentloaded' });
  await twoFrames(page);
  expect((await page.evaluate(() => window.seen))['layout-shift']).toEqual([]);
  server.close();
});

test('what is painted is what the program draws', async ({ page }) => {
  const letGo = await holds(page);
  await page.goto('./');
  // The program adds headings that nobody sees.
  const words = () =>
    page.locator('#page').evaluate((it) => {
      const headings = [...it.querySelectorAll('h2.unseen')];
      headings.forEach(({ style }) => (style.display = 'none'));
      const seen = it.innerText;
      headings.forEach(({ style }) => (style.display = ''));
      return seen;
    });
  const painted = (await words()).replace('loading …', 'at rest: nothing is due');
  letGo();
  await expect(page.locator('#page:not([inert])')).toBeVisible();
  await expect.poll(words).toBe(painted);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page is painted and says what it needs', async ({ page }) => {
    await page.goto('./');
    for (const part of ['.top', '.host[data-host="C"]', '.host[data-host="S"]', 'svg.diagram', '.wire', '.firewall']) {
      await expect(page.locator(part)).toBeVisible();
    }
    const needs = page.locator('noscript p');
    await expect(needs).toBeVisible();
    await expect(needs).toContainText('needs JavaScript and WebAssembly');
  });
});

test.describe('if a file does not come', () => {
  test.use({ mayComplain: /ERR_FAILED|Failed to fetch/ });

  for (const [what, file] of [['module', WASM], ['glue', GLUE], ['styles', STYLES]]) {
    test(`the page says so and tries again: the ${what}`, async ({ page }) => {
      await page.route(file, (route) => route.abort());
      await page.goto('./');
      const alert = page.getByRole('alert');
      await expect(alert).toContainText('has not come', { timeout: 10_000 });
      await page.unroute(file);
      await alert.getByRole('button', { name: 'Try again' }).click();
      await expect(page.locator('#page:not([inert])')).toBeVisible();
      await expect(alert).toBeHidden();
    });
  }
});

test('a file that only comes late is missed after less than ten seconds, and welcome', async ({ tab, page }) => {
  const letGo = await holds(page);
  await tab.goto();
  const alert = page.getByRole('alert');
  await expect(page.locator('#page[inert]')).toBeVisible();
  await tab.passes(1_000);
  await expect(alert).toBeHidden();
  await tab.passes(9_000);
  await expect(alert).toContainText('has not come');
  letGo();
  await expect(page.locator('#page:not([inert])')).toBeVisible();
  await expect(alert).toBeHidden();
});

test.describe('without WebAssembly', () => {
  test('the page says so', async ({ page }) => {
    await page.addInitScript(() => delete window.WebAssembly);
    await page.goto('./');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('needs WebAssembly', { timeout: 10_000 });
    await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
