// The first paint: whatever an address or an earlier visit asks for is there before the program comes, and nothing moves
// when it does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { dist } from './browser.mjs';
import { expect, test } from './fixture.mjs';

/** Addresses that change what is painted first. */
const ADDRESSES = [
  '',
  '?theme=contrast',
  '?theme=projector&scale=125',
  '?view=ladder',
  '?view=both',
  '?panels=state,diagram,wire',
  '?panels=diagram',
  '?panels=netstat,terminals,time',
  '?terminal=server-lower&title=Week+3%3A+what+a+firewall+does',
  '?terminal=network',
  '?embed=on&title=Week+3',
  '?embed=on&terminal=client-lower',
  '?present=on&theme=dark',
  '?present=on&view=ladder',
  '?scale=200',
  '?scale=80&lock=time,firewall,settings,terminals',
  '?motion=reduced&narrate=off&embed=off',
  // Of these, some parts are wrong, and ignored.
  '?theme=red&view=both&view=none&panels=state,,wire&title=%20&scale=1000&constructor=on&__proto__=on',
  '?present=off&embed=auto&title=a%0Ab&terminal=none&theme=dark&theme=light',
];

/** Addresses under which the program shows something else than the beginning. */
const SCENES = ['?scene=synack-dropped&pause=2', '?scene=whole-connection&pause=end&embed=on', '?scene=syn-dropped&present=on'];

/** What comes after the first paint. */
const LATER = /\.(wasm|css)$/;

const PLACED = [
  'header.top', '.name', '.tagline', '.transport button', '.time', '.pick', '.timebar', '.host', '.host h2', '.badge', '.note',
  '.host .buttons button', '.typed', '.netstat', '.machine', '.diagram-frame', 'svg.diagram', '.diagram .node', '.wire', '.gate',
  '.lane', '.told', '.told p', '.firewall', '.toggle', '.firewall select', '.terminals', '.terminal', '.terminal[data-front] input', '.network',
  '.arrangement', 'footer',
].join(', ');

const places = (page) =>
  page.locator(PLACED).evaluateAll((all) =>
    all.map((it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return [it.tagName, it.getAttribute('class'), ...[x, y, width, height].map(Math.round)].join(' ');
    }),
  );

/** The attributes of the root element, and the name in the tab. */
const root = (page) => page.evaluate(() => ({ ...document.documentElement.dataset, still: undefined }));

const twoFrames = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));

const observe = () => {
  window.shifts = [];
  const note = ({ value, sources }) => window.shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80))].join(' '));
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'layout-shift', buffered: true });
};

/** Keeps files on their way until what is returned is called. */
const holds = async (page, files) => {
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route(files, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
};

/** Goes to an address. A page that paints before it has loaded waits for its later styles with its load, and they are held. */
const arrives = (page, address) => page.goto(`./${address}`, { waitUntil: 'domcontentloaded' });

/** Opens an address, and returns what was painted first and what the program and its styles then made of it. */
async function opens(page, address) {
  const letGo = await holds(page, LATER);
  await page.goto(`./kernel.html`);
  await arrives(page, address);
  await expect(page.locator('#page[inert]')).toBeAttached();
  await twoFrames(page);
  const painted = { places: await places(page), root: await root(page) };
  letGo();
  await expect(page.locator('#page:not([inert])')).toBeAttached();
  await twoFrames(page);
  await page.unroute(LATER);
  return { painted, drawn: { places: await places(page), root: await root(page) } };
}

for (const [width, height] of [[390, 844], [768, 1024], [1280, 720], [1920, 1080]]) {
  test(`nothing moves under any address, at ${width} px`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width, height });
    await page.addInitScript(observe);
    for (const address of [...ADDRESSES, ...SCENES]) {
      await test.step(address, async () => {
        const { painted, drawn } = await opens(page, address);
        expect(painted.places.length).toBeGreaterThan(80);
        const { theme = 'system', terminals = 'below', view = 'machine' } = painted.root;
        const playing = SCENES.includes(address) && { playing: '' };
        expect(drawn.root, `attributes of ${address}`).toEqual({ ...painted.root, theme, terminals, view, ...playing });
        if (!SCENES.includes(address)) expect(drawn.places, `places of ${address}`).toEqual(painted.places);
        expect(await page.evaluate(() => window.shifts), `layout shifts of ${address}`).toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `${address} sticks out`).toBeLessThanOrEqual(0);
      });
    }
  });

  for (const kept of ['theme=contrast terminals=beside', 'theme=projector terminals=away', 'theme=dark pace=slow']) {
    test(`nothing moves after a visit with ${kept}, at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.addInitScript(observe);
      await page.addInitScript((line) => localStorage.setItem('tcp-states.settings', line), kept);
      const { painted, drawn } = await opens(page, '');
      expect(painted.root.theme).toBe(kept.match(/theme=(\w+)/)[1].replace('projector', 'contrast'));
      expect(drawn.root).toEqual({ terminals: 'below', view: 'machine', ...painted.root });
      expect(drawn.places).toEqual(painted.places);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }
}

/** All that the styles say of every element. */
const looks = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('html, body *')].map((it) => {
      const style = getComputedStyle(it);
      const name = [it.tagName, it.getAttribute('class')].join(' ');
      return [name, ...[...style].map((property) => `${property}: ${style.getPropertyValue(property)}`)].join('; ');
    }),
  );

for (const [width, height] of [[390, 844], [1280, 720], [1920, 1080]]) {
  test(`the styles that come later change nothing that is painted, at ${width} px`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height });
    for (const address of ['', '?theme=contrast&view=both', '?view=ladder', '?present=on', '?embed=on&terminal=client-lower&scale=125']) {
      await test.step(address, async () => {
        await holds(page, '**/*.wasm');
        const letGo = await holds(page, '**/*.css');
        await arrives(page, address);
        await twoFrames(page);
        const before = await looks(page);
        expect(before.length).toBeGreaterThan(400);
        letGo();
        await expect.poll(() => page.evaluate(() => document.styleSheets.length)).toBe(2);
        await twoFrames(page);
        expect(await looks(page)).toEqual(before);
      });
    }
  });
}

test('what an address asks for is there at the first paint', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const shown = async (selector) => page.locator(selector).first().isVisible();
  await opens(page, '?panels=diagram,wire&embed=on&view=both');
  expect(await root(page)).toMatchObject({ panels: 'diagram,wire', embed: 'on', view: 'both', terminals: 'away' });
  for (const selector of ['.machine', '.wire', '.ladder']) expect(await shown(selector), selector).toBe(true);
  for (const selector of ['.host', '.netstat', '.firewall', '.terminals', '.timebar', '.transport', 'footer', '.scenes']) {
    expect(await shown(selector), selector).toBe(false);
  }
});

test('the script in the head has at most 1 kB', async () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const [, script] = page.match(/<script>(.*?)<\/script>/s);
  expect(script).toContain('netstat|diagram');
  expect(Buffer.byteLength(script)).toBeLessThanOrEqual(1024);
});
