// A lesson where there is no room beside the diagram: what is seen of it at once, and what covers what.
import { expect, test } from './fixture.mjs';
import { Pupil, ids, stepsOf } from './lessons.mjs';

const SIZES = [[720, 620], [640, 600], [900, 700], [768, 1024], [1024, 576], [1024, 768], [1179, 700], [1280, 600], [390, 844], [320, 640]];

/** What there is of the page, as rectangles: left, top, right, bottom. What is not drawn is left out. */
const boxes = (tab) =>
  tab.evaluate(() => {
    // Whoever went through the page with the tab key has scrolled it.
    scrollTo(0, 0);
    const parts = {
      client: '.host[data-host=C] .badge', server: '.host[data-host=S] .badge', wire: '.wire', time: '.timebar', machine: '.machine',
      terminals: '.columns', lesson: '.lesson', told: '.told', firewall: '.firewall', network: '.network', top: '.top',
    };
    const box = (it) => {
      const { left, top, right, bottom } = it.getBoundingClientRect();
      return [left, top, right, bottom].map(Math.round);
    };
    const found = Object.entries(parts).map(([name, selector]) => [name, document.querySelector(selector)]);
    return Object.fromEntries(found.filter(([, it]) => it?.checkVisibility()).map(([name, it]) => [name, box(it)]));
  });

/** Fails if something lies over something else, or sticks out. */
const nothingCovered = async (tab) => {
  const all = Object.entries(await boxes(tab));
  expect(all.length).toBeGreaterThan(8);
  for (const [a, [left, top, right, bottom]] of all) {
    for (const [b, [l, t, r, e]] of all) expect(a >= b || right <= l || r <= left || bottom <= t || e <= top, `${a} and ${b}`).toBe(true);
  }
  const out = await tab.evaluate(() => [document.documentElement, ...document.querySelectorAll('.lesson .read, .top')].map((it) => it.scrollWidth - it.clientWidth));
  expect(out.every((it) => it <= 0), `sticks out by ${out}`).toBe(true);
};

/** How much of what selectors find is seen: inside the window and inside all that scrolls; in pixels, what is missing. */
const missing = (tab, ...selectors) =>
  tab.evaluate((selectors) => {
    scrollTo(0, 0);
    const lacks = (selector) => {
      const it = document.querySelector(selector);
      if (!it?.checkVisibility()) return [selector, 'not there'];
      const { left, top, right, bottom } = it.getBoundingClientRect();
      let seen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      // What is fixed is in no other box.
      const fixed = (el) => getComputedStyle(el).position === 'fixed';
      for (let up = it; up && !fixed(up); up = up.parentElement) {
        if (up === it || !/auto|hidden|clip|scroll/.test(getComputedStyle(up).overflowY) || up === document.body) continue;
        const box = up.getBoundingClientRect();
        seen = { left: Math.max(seen.left, box.left), top: Math.max(seen.top, box.top), right: Math.min(seen.right, box.right), bottom: Math.min(seen.bottom, box.bottom) };
      }
      return [selector, Math.round(Math.max(0, seen.left - left, seen.top - top, right - seen.right, bottom - seen.bottom))];
    };
    return Object.fromEntries(selectors.map(lacks));
  }, selectors);

const seen = (selectors) => Object.fromEntries(selectors.map((it) => [it, 0]));

for (const [width, height] of SIZES) {
  const is = { phone: width < 640, wide: width >= 1000 };
  test(`at ${width} × ${height} a question and its buttons are seen, and the whole diagram`, async ({ tab }) => {
    await tab.resize(width, height);
    await Pupil.opens(tab, 'syn-dropped');
    await nothingCovered(tab);
    const all = ['.slots', '.lesson .go-on', '.lesson .sure', '.lesson > .foot .link', '.question legend'];
    // On the smallest screen one reads down to the question.
    const selectors = all.slice(0, width < 390 ? 4 : 5);
    expect(await missing(tab, ...selectors)).toEqual(seen(selectors));
    if (is.phone) return;
    // Both ends of the drawing, so that it gives nothing away; and where one types.
    const whole = ['.node[data-node=start]', '.node[data-node=end]', '.columns'];
    expect(await missing(tab, ...whole)).toEqual(seen(whole));
  });

  test(`at ${width} × ${height} the lines and what must be there are beside each other, with the terminal`, async ({ tab }) => {
    await tab.resize(width, height);
    const pupil = await Pupil.opens(tab, 'syn-dropped');
    await pupil.answers();
    await pupil.presses('.lesson .foot .go-on');
    await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
    await nothingCovered(tab);
    expect(await missing(tab, '.lesson .go-on')).toEqual({ '.lesson .go-on': 0 });
    const [lines, checks, terminals, lesson] = await tab.evaluate(() =>
      ['.lesson .lines', '.checks', '.columns', '.lesson'].map((it) => document.querySelector(it).getBoundingClientRect().toJSON()));
    if (is.phone) {
      expect(terminals.top - lesson.bottom, 'the terminal is next to the step').toBeLessThan(16);
      return;
    }
    expect(lines.right).toBeLessThanOrEqual(checks.left);
    expect(Math.abs(lines.top - checks.top)).toBeLessThan(16);
    // Of the diagram the half in use, larger than the whole could be; and one terminal.
    const half = ['.node[data-node=start]', '.columns', '.columns .terminal[data-front] form'];
    expect(await missing(tab, '.node[data-node=syn-sent]', ...half.slice(1, 2))).toEqual({ '.node[data-node=syn-sent]': 0, '.columns': 0 });
    const screens = await tab.evaluate(() => [...document.querySelectorAll('.columns .screen')].filter((it) => it.clientHeight > 8).length);
    expect(screens).toBe(1);
    const scale = await tab.evaluate(() => {
      const frame = document.querySelector('.diagram-frame').getBoundingClientRect();
      return [document.querySelector('.diagram').getScreenCTM().a, Math.min(frame.width / 740, frame.height / 488)];
    });
    expect(scale[0]).toBeGreaterThanOrEqual(scale[1] - 0.01);
    if (!is.wide && height < 700) expect(scale[0], 'larger than the whole').toBeGreaterThan(scale[1] * 1.4);
  });
}

for (const [width, height] of [[640, 600], [1280, 720]]) {
  test(`every question is seen without scrolling at ${width} × ${height}`, async ({ tab }) => {
    test.setTimeout(180_000);
    await tab.resize(width, height);
    const lacks = [];
    for (const id of ids) {
      await Pupil.opens(tab, id);
      for (let step = 1; step <= stepsOf(id); step += 1) {
        const below = await tab.evaluate(() => {
          const bottom = (selector) => document.querySelector(selector)?.getBoundingClientRect().bottom ?? 0;
          return Math.round(bottom('.lesson .question') - bottom('.lesson .read'));
        });
        if (below > 0) lacks.push(`${id}, step ${step}: ${below}`);
        await tab.evaluate(() => [...document.querySelectorAll('.lesson > .foot .link')].find((it) => it.textContent.startsWith('Skip'))?.click());
        await tab.passes(40);
      }
    }
    expect(lacks).toEqual([]);
  });
}

for (const theme of ['light', 'dark', 'contrast']) {
  test(`axe finds nothing in the narrow arrangement, ${theme}`, async ({ page, open, axe }) => {
    test.setTimeout(120_000);
    for (const [width, height] of [[720, 620], [1024, 576], [390, 844]]) {
      await page.setViewportSize({ width, height });
      await open(`?lesson=syn-dropped&pace=60&theme=${theme}`);
      await expect(page.locator('.lesson .question')).toBeVisible();
      await axe();
    }
  });
}

/** Of the drawing: the least size of its words in pixels, and what lies over what. */
const drawing = (tab) =>
  tab.evaluate(() => {
    scrollTo(0, 0);
    const frame = document.querySelector('.diagram-frame').getBoundingClientRect();
    const scale = document.querySelector('.diagram').getScreenCTM().a;
    const words = [...document.querySelectorAll('.edge text')].filter((it) => it.getBoundingClientRect().width > 0);
    // Between the lines of a text there is less than its box says.
    const box = (it, by) => {
      const { left, top, right, bottom } = it.getBoundingClientRect();
      return [it.textContent, left, top + by, right, bottom - by];
    };
    const all = [
      ...words.map((it) => box(it, 2.5)), ...[...document.querySelectorAll('.node rect')].map((it) => box(it, 0)),
      box(document.querySelector('.switch'), 0),
    ].filter(([, , top, , bottom]) => bottom > frame.top && top < frame.bottom);
    const over = all.flatMap(([a, left, top, right, bottom], at) =>
      all.slice(at + 1).filter(([, l, t, r, e]) => left < r && l < right && top < e && t < bottom).map(([b]) => `${a}over ${b}`));
    const half = document.querySelector('.diagram-frame').dataset.half;
    const cut = all.slice(0, -1).filter(([, left, top, right, bottom]) => left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1);
    return { size: Math.min(...words.map((it) => parseFloat(getComputedStyle(it).fontSize) * scale)), over, half, cut: cut.map(([text]) => text).filter((text) => text !== '') };
  });

for (const [width, height] of [[640, 620], [720, 620], [1000, 700], [1024, 576], [1024, 768], [1100, 800], [1179, 660], [1179, 900]]) {
  test(`at ${width} × ${height} the words of the half in use have twelve pixels, and nothing lies over them`, async ({ tab }) => {
    await tab.resize(width, height);
    for (const [id, step, half] of [['syn-dropped', 'again', 'open'], ['closing', 'slowly', 'open'], ['closing', 'between', 'close']]) {
      const pupil = await Pupil.opens(tab, id, `&step=${step}`);
      if ((await pupil.panel()).question) {
        await pupil.answers();
        await pupil.presses('.lesson .foot .go-on');
        await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
      }
      const seen = await drawing(tab);
      expect({ id, ...seen, size: seen.size >= 12 || seen.size }).toEqual({ id, size: true, over: [], half, cut: [] });
    }
  });
}

test('a question has the whole diagram, and afterwards a choice leads from the half to it and to the ladder', async ({ tab, page }) => {
  await tab.resize(720, 620);
  const pupil = await Pupil.opens(tab, 'syn-dropped', '&embed=on');
  const choices = () => tab.evaluate(() => [...document.querySelectorAll('.switch label')].map((it) => it.textContent + (it.querySelector(':checked') ? ' *' : '')));
  const sheet = () => tab.evaluate(() => document.querySelector('.diagram-frame').dataset.sheet);
  expect([await choices(), await sheet()]).toEqual([['Whole *', 'Ladder'], 'whole']);
  // The terminal has one line, and the drawing its room.
  expect(await tab.evaluate(() => document.querySelector('.columns .screen').clientHeight)).toBeLessThan(32);
  await pupil.answers();
  await pupil.presses('.lesson .foot .go-on');
  await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
  expect([await choices(), await sheet()]).toEqual([['Set-up *', 'Whole', 'Ladder'], 'half']);
  await page.locator('.switch label', { hasText: 'Whole' }).click();
  await tab.passes(40);
  expect([await choices(), await sheet()]).toEqual([['Set-up', 'Whole *', 'Ladder'], 'whole']);
  expect(await missing(tab, '.node[data-node=start]', '.node[data-node=end]')).toEqual(seen(['.node[data-node=start]', '.node[data-node=end]']));
  await page.locator('.switch label', { hasText: 'Ladder' }).click();
  await tab.passes(40);
  expect(await choices()).toEqual(['Set-up', 'Whole', 'Ladder *']);
  await expect(page.locator('.ladder')).toBeVisible();
});

/** Whether the words of the moment that is asked for lie over anything on the time bar; null without a moment. */
const onBar = (tab) =>
  tab.evaluate(() => {
    const text = document.querySelector('.predicted text')?.getBoundingClientRect();
    if (!text?.width) return null;
    const bar = document.querySelector('.timebar').getBoundingClientRect();
    const head = document.querySelector('.playhead').getBoundingClientRect().left;
    const marks = [...document.querySelectorAll('.track circle, .track .stop, .track .fork, .track .fold > [class]')].filter((it) => it.checkVisibility()).map((it) => it.getBoundingClientRect());
    const all = [...marks, { left: head - 7, right: head + 7, top: bar.top, bottom: bar.bottom }];
    const over = all.filter(({ left, right, top, bottom }) => left < text.right && text.left < right && top < text.bottom && text.top < bottom);
    return [...over, text].every(({ left, right, top }) => over.length === 0 && right <= bar.right && left >= bar.left && top >= bar.top - 1) ? '' : JSON.stringify([text, ...over]);
  });

for (const [width, height] of [[1024, 576], [720, 800], [1280, 720]]) {
  test(`at ${width} × ${height} nothing is painted over the moment that is asked for`, async ({ tab }) => {
    await tab.resize(width, height);
    let looks = 0;
    for (const [id, step] of [['syn-dropped', 'drop'], ['syn-dropped', 'other-end'], ['closing', 'second']]) {
      const pupil = await Pupil.opens(tab, id, `&step=${step}&pace=1`);
      const look = async () => {
        const over = await onBar(tab);
        looks += over === null ? 0 : 1;
        expect(over ?? '', `${id}, ${step}`).toBe('');
      };
      await look();
      await pupil.answers();
      await pupil.presses('.lesson .foot .go-on');
      for (let passed = 0; passed < 12; passed += 1) {
        await look();
        await tab.passes(100);
      }
    }
    expect(looks).toBeGreaterThan(15);
  });
}

for (const [width, height, query] of [[640, 600, '&embed=on'], [390, 844, ''], [1024, 576, '&embed=on']]) {
  test(`at ${width} × ${height}${query} whatever the page has can be reached by keys`, async ({ tab, page }) => {
    await tab.resize(width, height);
    const pupil = await Pupil.opens(tab, 'handshake', query);
    const names = ['Scenes ▾', 'Lessons', 'Share', 'Present', 'Settings', 'Help'];
    const there = async (name) => tab.evaluate((name) => {
      const it = [...document.querySelectorAll('.top > button')].find((it) => (it.ariaLabel ?? it.textContent) === name);
      if (!it?.checkVisibility()) return false;
      const { left, top, right, bottom } = it.getBoundingClientRect();
      return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && it.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    }, name);
    const opens = async () => {
      if (width >= 1000) return;
      await pupil.presses('.lesson .to-top');
    };
    if (width < 1000) expect(await there('Settings')).toBe(false);
    await opens();
    for (const name of names) expect([name, await there(name)]).toEqual([name, true]);
    for (const part of ['.top .transport', '.top .clock', '.top select']) await expect(page.locator(part)).toBeVisible();
    await pupil.presses('.top > [popovertarget=settings]');
    await expect(page.locator('#settings')).toBeVisible();
    await tab.key('Escape');
    await tab.key('Escape');
    await tab.passes(40);
    await tab.evaluate(() => document.activeElement.blur());
    await opens();
    await pupil.presses('.top > [aria-label=Share]');
    await expect(page.locator('dialog.share')).toBeVisible();
    await tab.key('Escape');
    await tab.passes(40);
    expect(await tab.evaluate(() => document.activeElement.ariaLabel)).toBe('Share');
    await tab.key('Escape');
    await tab.passes(40);
    expect(await there('Settings')).toBe(width >= 1000);
  });
}

test('the half in use is shown, and the other one can be reached', async ({ tab }) => {
  await tab.resize(720, 620);
  const pupil = await Pupil.opens(tab, 'closing', '&step=fin');
  await pupil.answers();
  await pupil.presses('.lesson .foot .go-on');
  await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
  expect(await missing(tab, '.node[data-node=fin-wait-1]', '.node[data-node=end]')).toEqual(seen(['.node[data-node=fin-wait-1]', '.node[data-node=end]']));
  expect((await missing(tab, '.node[data-node=start]'))['.node[data-node=start]']).toBeGreaterThan(0);
  await tab.evaluate(() => document.querySelector('.node[data-node=start]').focus());
  expect(await missing(tab, '.node[data-node=start]')).toEqual(seen(['.node[data-node=start]']));
});

test('a tab brings its terminal, and a line that is pressed is typed there', async ({ tab, page }) => {
  await tab.resize(720, 620);
  const pupil = await Pupil.opens(tab, 'closing');
  const shown = () =>
    tab.evaluate(() => [...document.querySelectorAll('.columns .screen')].filter((it) => it.clientHeight > 8).map((it) => it.closest('.terminal').dataset.terminal));
  await page.locator('.columns .head h3', { hasText: 'S_m lower' }).click();
  await tab.passes(40);
  expect(await shown()).toEqual(['server-lower']);
  for (let hint = 0; hint < 2; hint += 1) await pupil.presses('.lesson .foot .link');
  await page.locator('.lesson .line', { hasText: 'nc 10.211.55.10' }).click();
  await tab.passes(100);
  expect(await shown()).toEqual(['client-upper']);
  await expect(page.locator('.columns .terminal[data-front] .screen').first()).toContainText('nc 10.211.55.10 5555');
});

test('what needs time shows how far it is', async ({ tab }) => {
  await tab.resize(720, 620);
  const pupil = await Pupil.opens(tab, 'case-two-hosts', '&pace=1');
  const lasts = () =>
    tab.evaluate(() => {
      const it = document.querySelector('.checks .lasts');
      if (!it) return null;
      return [it.querySelector('.num').textContent, Number(it.querySelector('.bar > div').style.transform.match(/[\d.]+/)?.[0] ?? -1)];
    });
  await pupil.presses('.lesson .foot > button:first-child');
  await tab.passes(2_000);
  const [text, part] = await lasts();
  expect(text).toMatch(/^[\d.]+ m?s$/);
  expect(part).toBeGreaterThan(0);
  await tab.passes(2_000);
  expect((await lasts())[1]).toBeGreaterThan(part);
  await pupil.goesOn((panel) => pupil.done(panel), 'the step is done');
  expect(await lasts()).toBe(null);
});

test.describe('for fingers', () => {
  test.use({ hasTouch: true, isMobile: true });

  for (const [width, height] of [[720, 620], [844, 390], [1024, 576], [390, 844]]) {
    test(`nothing is covered at ${width} × ${height}, and the buttons of a question are seen`, async ({ tab }) => {
      await tab.resize(width, height);
      await Pupil.opens(tab, 'syn-dropped');
      await nothingCovered(tab);
      const selectors = ['.lesson .go-on', '.lesson .sure'];
      expect(await missing(tab, ...selectors)).toEqual(seen(selectors));
    });
  }

  test('a phone keeps the pair above and what is pressed below, and a tap that missed costs nothing', async ({ tab, page }) => {
    await tab.resize(390, 844);
    await Pupil.opens(tab, 'syn-dropped');
    const fixed = ['.lesson > .headed', '.host[data-host=C] .badge', '.host[data-host=S] .badge', '.wire', '.slots', '.lesson .sure', '.lesson .go-on'];
    const where = () => tab.evaluate((fixed) => fixed.map((it) => Math.round(document.querySelector(it).getBoundingClientRect().top)), fixed);
    const before = await where();
    await tab.evaluate(() => scrollTo(0, 300));
    await tab.passes(40);
    expect(await where()).toEqual(before);
    expect(before.every((top, at) => at === 0 || top >= before[at - 1])).toBe(true);
    // Between them the whole drawing is seen at once.
    const [above, below] = await tab.evaluate(() => [document.querySelector('.wire').getBoundingClientRect().bottom, document.querySelector('.slots').getBoundingClientRect().top]);
    const drawn = await tab.evaluate(() => document.querySelector('.diagram').getBoundingClientRect().toJSON());
    expect(drawn.height).toBeLessThan(below - above);
    expect(drawn.right).toBeLessThanOrEqual(390);
    const tap = async (node) => {
      await page.locator(`.node[data-node=${node}]`).tap();
      await tab.passes(40);
    };
    const slots = () => tab.evaluate(() => [...document.querySelectorAll('.slot')].map((it) => it.querySelector('b').innerText + (it.querySelector('.here') ? ' here?' : '')));
    await tap('established');
    expect(await slots()).toEqual(['ESTABLISHED here?', '?']);
    await tap('syn-sent');
    expect(await slots()).toEqual(['SYN_SENT here?', '?']);
    await page.locator('.here').tap();
    await tap('listen');
    expect(await slots()).toEqual(['SYN_SENT', 'LISTEN here?']);
    await page.locator('.slot').first().tap({ position: { x: 20, y: 20 } });
    await tap('closing');
    await tap('syn-sent');
    expect(await slots()).toEqual(['SYN_SENT here?', 'LISTEN']);
    await page.locator('.here').tap();
    expect(await slots()).toEqual(['SYN_SENT', 'LISTEN']);
    await page.locator('.lesson .go-on').tap();
    await tab.passes(1000);
    await expect(page.locator('.explained')).toContainText('C_m is in SYN_SENT, as you said.');
  });

  test('on a phone whatever is pressed is as large as a finger', async ({ tab, page }) => {
    await tab.resize(390, 844);
    const small = () => tab.evaluate(() => {
      const all = [...document.querySelectorAll('.lesson button, .slot, .sure .choice, .switch label, .gate, .columns button, .top:popover-open > button, .top:popover-open button')];
      const sizes = all.filter((it) => it.checkVisibility({ visibilityProperty: true })).map((it) => [it.textContent || it.ariaLabel, it.getBoundingClientRect()]);
      return sizes.filter(([, { width, height }]) => width < 43.5 || height < 43.5).map(([name, { width, height }]) => `${name}: ${width} × ${height}`);
    });
    const pupil = await Pupil.opens(tab, 'syn-dropped');
    await page.locator('.node[data-node=syn-sent]').tap();
    await tab.passes(40);
    expect(await small()).toEqual([]);
    await pupil.answers();
    await pupil.presses('.lesson .foot .go-on');
    await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
    const [moment, words] = await tab.evaluate(() => [...document.querySelector('.explained li').children].map((it) => it.getBoundingClientRect().toJSON()));
    expect(words.left).toBeGreaterThan(moment.right);
    await page.locator('.to-top').tap();
    await tab.passes(40);
    expect(await small()).toEqual([]);
    expect(await tab.evaluate(() => document.querySelector('.top').getBoundingClientRect().top)).toBeGreaterThan(40);
    const rows = await tab.evaluate(() => [...document.querySelectorAll('.node rect')].map((it) => it.getBoundingClientRect().toJSON()));
    const middles = [...new Set(rows.map(({ top, bottom }) => Math.round((top + bottom) / 2)))].sort((a, b) => a - b);
    expect(middles.slice(1).every((y, at) => y - middles[at] >= 43)).toBe(true);
  });
});
