// Access: ways past what comes first, headings, targets large enough for a hand, what is read aloud, and colours that the
// reader brings. What axe finds has a file of its own.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region, role } from './layer/tab.mjs';

const focused = (tab) => tab.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());

/** A connection whose SYN|ACK is dropped, with whatever that shows, unless the address shows something by itself. */
const half = async (tab, address = '') => {
  const lab = await Lab.open(tab, address);
  if (/scene|present/.test(address)) return lab;
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.passes(2_500);
  return lab;
};

test('two links lead past what comes first', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  for (const [name, id] of [['Skip to the hosts', 'main'], ['Skip to the terminals', 'terminals']]) {
    await tab.key('Tab');
    expect(await focused(tab)).toBe(name);
    await expect(page.getByText(name)).toBeInViewport();
    if (id === 'terminals') continue;
    await tab.key('Enter');
    await lab.passes(FRAME);
    expect(await focused(tab)).toBe(id);
    await tab.key('Tab');
    expect(await tab.evaluate(() => document.activeElement.closest('main') !== null)).toBe(true);
    await tab.open();
    await tab.key('Tab');
  }
  await tab.click(role('link', 'Skip to the terminals'));
  expect(await focused(tab)).toBe('terminals');
  expect(await tab.evaluate(() => location.hash), 'the address stays').toBe('');
  // In a page of another, and where there are none, nothing leads to terminals.
  for (const address of ['?embed=on', '?panels=state,diagram', '?present=on']) {
    await tab.open(address);
    expect(await page.getByText('Skip to the terminals').isVisible(), address).toBe(false);
  }
});

test('each region has a heading', async ({ tab }) => {
  for (const address of ['', '?view=both', '?scene=syn-dropped&pause=1', '?present=on&view=ladder']) {
    await tab.resize(...(address === '?view=both' ? [1720, 900] : [1280, 720]));
    const lab = await Lab.open(tab, address);
    if (address === '?view=both') {
      await lab.presses('C_m', 'Connect');
      await lab.passes(2_000);
      await lab.clicks(region('State machine'), button('List'));
      await lab.clicks(region('State machine'), button(/^Inspect SYN( |$)/));
    }
    const without = await tab.evaluate(() =>
      [...document.querySelectorAll('section, [role="region"]')]
        .filter((it) => it.checkVisibility() && !it.querySelector('h1, h2, h3, caption'))
        .map((it) => it.outerHTML.slice(0, 80)));
    expect(without, address).toEqual([]);
  }
});

/** Targets that are smaller than this number of pixels, each as a line; what is written in a sentence may be. */
const small = (tab, least) =>
  tab.evaluate((size) => {
    const reaches = (element, hit) => hit && (element === hit || element.contains(hit));
    return window.underTest.controls().flatMap(({ role, name, region: where, box: [, , width, height] }, at) => {
      const element = window.underTest.elements()[at];
      // What lies over the page is looked at alone.
      const over = document.querySelector('dialog:modal, :popover-open');
      if (over && !over.contains(element)) return [];
      // A drawing has a list; a sentence has its line.
      if (element.matches('svg *, .terminal input, [tabindex]:not(a, button, input, select, summary, textarea), .pass')) return [];
      if (element.matches('a') && getComputedStyle(element).display === 'inline') return [];
      // A label belongs to what is pressed, and so does the row of a connection.
      const label = element.closest('label');
      const target = element.closest('.entry') ?? (label?.control === element ? label : element);
      target.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      const own = element.getBoundingClientRect();
      const box = target.getBoundingClientRect().height < own.height ? own : target.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const far = size / 2 - 1;
      const fits = (length, points) => length >= size - 0.5 || points.every(([left, top]) => reaches(element, document.elementFromPoint(left, top)));
      const wide = fits(box.width, [[x - far, y], [x + far, y]]);
      const high = fits(box.height, [[x, y - far], [x, y + far]]);
      return wide && high ? [] : [`${role} “${name}” of “${where}”: ${Math.round(width)} × ${Math.round(height)}`];
    });
  }, least);

/** What is opened to look at its targets. */
const OPENED = {
  'nothing': () => {},
  'the settings': (lab) => lab.clicks(button('Settings')),
  'the help': (lab) => lab.clicks(button('Help')),
  'share': (lab) => lab.clicks(button('Share')),
  'the scenes': (lab) => lab.clicks(button(/^Scenes/)),
  'why': (lab) => lab.clicks(button('Why?')),
  'a gate': (lab) => lab.clicks(region('Wire'), button(/^OUT S_m/)),
};

for (const [width, height] of [[1280, 720], [1024, 576], [390, 844]]) {
  test(`no target is smaller than 24 pixels, at ${width} px`, async ({ tab }) => {
    await tab.resize(width, height);
    for (const address of ['', '?view=ladder', '?present=on&scene=synack-dropped&pause=2', '?scene=syn-dropped&pause=1']) {
      await half(tab, address);
      expect(await small(tab, 24), address).toEqual([]);
    }
  });
}

test.describe('touched', () => {
  test.use({ hasTouch: true });

  for (const [width, height] of [[390, 844], [1024, 768], [1280, 800]]) {
    test(`no target is smaller than 44 pixels, at ${width} px`, async ({ tab }) => {
      test.setTimeout(120_000);
      await tab.resize(width, height);
      expect(await tab.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
      for (const address of ['', '?view=ladder', '?scene=syn-dropped&pause=1']) {
        await half(tab, address);
        expect(await small(tab, 44), address).toEqual([]);
        const wider = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `${address} sticks out`).toBeLessThanOrEqual(0);
      }
      for (const [name, open] of Object.entries(OPENED)) {
        const lab = await half(tab);
        await tab.evaluate(() => scrollTo(0, 0));
        await open(lab);
        await lab.passes(FRAME);
        const inside = await small(tab, 44);
        expect(inside, name).toEqual([]);
      }
    });
  }
});

test('what is read aloud is a choice, and is kept', async ({ tab, page }) => {
  const lab = await half(tab);
  const live = () =>
    tab.evaluate(() => ['.says', '.states', '.meaning'].map((part) => document.querySelector(`.told ${part}`).getAttribute('aria-live')));
  expect(await live()).toEqual(['polite', 'off', 'off']);
  for (const [name, parts] of Object.entries({
    'New states only': ['off', 'polite', 'polite'],
    'Steps and states': ['polite', 'polite', 'polite'],
    Nothing: ['off', 'off', 'off'],
    'Each step': ['polite', 'off', 'off'],
  })) {
    await lab.clicks(button('Settings'));
    await lab.clicks(role('radio', name));
    await tab.key('Escape');
    expect(await live(), name).toEqual(parts);
    await tab.open();
    expect(await live(), `${name}, after a reload`).toEqual(parts);
  }
  await expect(page.locator('.says')).toHaveAttribute('role', 'status');
});

test('a question mark brings the help wherever no text is written', async ({ tab, page }) => {
  const help = page.locator('dialog.help');
  for (const address of ['', '?view=ladder', '?present=on', '?embed=on', '?scene=syn-dropped&pause=1']) {
    const lab = await half(tab, address);
    for (const place of ['.diagram [tabindex="0"]', '.ladder [tabindex="0"]', '.timebar', '.host button', '.screen']) {
      const there = await tab.evaluate((at) => {
        const found = [...document.querySelectorAll(at)].find((it) => it.checkVisibility({ visibilityProperty: true }));
        found?.focus();
        return Boolean(found);
      }, place);
      if (!there) continue;
      await page.keyboard.press('?');
      await lab.passes(FRAME);
      expect(await help.isVisible(), `${address} ${place}`).toBe(true);
      await tab.key('Escape');
    }
    await lab.clicks(button('Help'));
    expect(await help.isVisible(), `${address}, pressed`).toBe(true);
  }
  const lab = await Lab.open(tab);
  await lab.types('C_m lower', '?');
  expect(await help.isVisible()).toBe(false);
});

test('with colours of the reader, states, edges, tokens, gates and the focus differ', async ({ tab, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await tab.resize(1720, 900);
  await half(tab, '?view=both');
  const looks = (selector) =>
    tab.evaluate((at) => {
      const element = document.querySelector(at);
      if (!element) throw new Error(`nothing is ${at}`);
      const { fill, stroke, strokeDasharray, backgroundColor, borderStyle, borderColor, color } = getComputedStyle(element);
      return JSON.stringify(element instanceof SVGElement ? { fill, stroke, strokeDasharray } : { backgroundColor, borderStyle, borderColor, color });
    }, selector);
  const differ = async (one, other) => expect(await looks(one), `${one} and ${other}`).not.toBe(await looks(other));
  await differ('.diagram .node[data-here] rect', '.diagram .node:not([data-here]) rect');
  await differ('.diagram .edge[data-lit] .line', '.diagram .edge:not([data-lit]) .line');
  await differ('.diagram .edge[data-phase="active-open"] .line', '.diagram .edge[data-phase="passive-open"]:not([data-lit], [data-beyond]) .line');
  await differ('.diagram .token[data-host="C"] circle', '.diagram .token[data-host="S"] circle');
  await differ('.dot[data-host="C"]', '.dot[data-host="S"]');
  await differ('.gate[data-shut]', '.gate:not([data-shut])');
  await differ('.toggle[aria-pressed="true"]', '.toggle[aria-pressed="false"]');
  // All that is drawn is in the reader's colours.
  const own = await tab.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('span'));
    const known = ['Canvas', 'CanvasText', 'LinkText', 'Highlight', 'HighlightText', 'GrayText'].map((name) => {
      probe.style.setProperty('color', name);
      return getComputedStyle(probe).color;
    });
    probe.remove();
    const shapes = document.querySelectorAll(':is(.diagram, .lifelines, .timebar) :is(path, rect, circle, text, line)');
    const colours = [...shapes].flatMap((shape) => ['fill', 'stroke'].map((name) => getComputedStyle(shape)[name]));
    return [...new Set(colours)].filter((colour) => colour.startsWith('rgb(') && !known.includes(colour));
  });
  expect(own).toEqual([]);
  // In the diagram the ring is the shape's own stroke.
  await tab.evaluate(() => document.querySelector('.diagram .node[tabindex="0"], .diagram .node').focus());
  await page.keyboard.press('Shift');
  await differ('.diagram .node:focus rect', '.diagram .node:not(:focus) rect');
  for (const place of ['.gate', '.terminal input']) {
    await tab.evaluate((at) => document.querySelector(at).focus(), place);
    await page.keyboard.press('Shift');
    const ring = await tab.evaluate(() => {
      const { activeElement } = document;
      return [activeElement, activeElement.closest('.terminal')].filter(Boolean).some((it) => getComputedStyle(it).outlineStyle !== 'none');
    });
    expect(ring, `the focus on ${place}`).toBe(true);
  }
});
