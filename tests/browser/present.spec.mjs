// Presented, for a hand and for the back row. Each number is measured in the page.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region } from './layer/tab.mjs';

/** A connection that hangs, presented. The sentence that is the longest of all comes after two seconds. */
const presented = async (tab) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN|ACK');
  // Where a card opens on demand, its buttons are not seen.
  await tab.evaluate(() => [...document.querySelectorAll('.act')].find((it) => it.textContent === 'Connect').click());
  await lab.clicks(button('Present'));
  await lab.passes(2_500);
  return lab;
};

/** What is seen of the picture, and of what is said; how large the smallest words are; and which states are out of sight. */
const seen = (tab) =>
  tab.evaluate(() => {
    const place = (it) => {
      const { left, top, right, bottom } = it.getBoundingClientRect();
      return { left, top, right, bottom };
    };
    const parts = ['.top', '.host[data-host="C"] .badge', '.host[data-host="S"] .badge', '.wire', '.timebar', '.pair', '.machine', '.playing'];
    const there = parts.map((part) => [part, document.querySelector(part)]).filter(([, it]) => it?.checkVisibility());
    const cut = ['.says', '.meaning', '.cue', '.narration', '.pair'].filter((it) => {
      const node = document.querySelector(it);
      return node && (node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1) && getComputedStyle(node).overflow !== 'visible';
    });
    const frame = document.querySelector('.diagram-frame').getBoundingClientRect();
    const out = [...document.querySelectorAll('.diagram .node[data-here]')].filter((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return left < frame.left - 1 || top < frame.top - 1 || right > frame.right + 1 || bottom > frame.bottom + 1;
    });
    const svg = document.querySelector('svg.diagram');
    const words = [...svg.querySelectorAll('text')].map((it) => parseFloat(getComputedStyle(it).fontSize));
    return {
      places: Object.fromEntries(there.map(([part, it]) => [part, place(it)])),
      cut,
      out: out.map((node) => node.dataset.state),
      words: Math.min(...words) * svg.getScreenCTM().a,
    };
  });

/** That the picture is whole: all in the window, nothing over another, no sentence cut. */
const fits = (places, width, height) => {
  const all = Object.entries(places);
  for (const [part, { left, top, right, bottom }] of all) {
    expect(Math.min(left, top), part).toBeGreaterThanOrEqual(0);
    expect(right, part).toBeLessThanOrEqual(width);
    expect(bottom, part).toBeLessThanOrEqual(height);
    expect(Math.min(right - left, bottom - top), part).toBeGreaterThan(25);
  }
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const over = all.flatMap(([one, a], at) => all.slice(at + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${one} and ${other}`));
  expect(over).toEqual([]);
};

const clock = (tab) => tab.evaluate(() => document.querySelector('.clock').textContent);
const root = (tab) => tab.evaluate(() => document.documentElement.dataset.present);

for (const hasTouch of [true, false]) {
  test.describe(hasTouch ? 'by touch' : 'by mouse', () => {
    for (const [width, height] of [[320, 568], [390, 844], [844, 390], [768, 1024]]) {
      test.describe(`${width}×${height}`, () => {
        test.use({ hasTouch, viewport: { width, height } });

        test('the picture is alone, whole and readable', async ({ tab }) => {
          await presented(tab);
          const { places, cut, words } = await seen(tab);
          expect(Object.keys(places)).toHaveLength(7);
          fits(places, width, height);
          expect(cut).toEqual([]);
          expect(words).toBeGreaterThanOrEqual(10.5);
          expect(await tab.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height);
          expect(await tab.has(region('Terminals'))).toBe(false);
        });

        test('a scene is told below it, and where it happens is in sight', async ({ tab }) => {
          const lab = await Lab.open(tab, '?scene=whole-connection&pause=end');
          await lab.clicks(button('Present'));
          await lab.passes(500);
          const { places, cut, words } = await seen(tab);
          expect(Object.keys(places)).toHaveLength(8);
          fits(places, width, height);
          expect(cut).toEqual([]);
          expect(words).toBeGreaterThanOrEqual(10.5);
          // The newest state; on a larger screen all.
          const newest = await tab.evaluate(() => {
            const frame = document.querySelector('.diagram-frame').getBoundingClientRect();
            const { top, bottom, left, right } = document.querySelector('.diagram .token[data-host="S"]').getBoundingClientRect();
            return top >= frame.top && bottom <= frame.bottom && left >= frame.left && right <= frame.right;
          });
          expect(newest).toBe(true);
        });
      });
    }
  });
}

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a finger steps, goes back, changes the view, and ends it', async ({ tab, page }) => {
    const lab = await presented(tab);
    const taps = async (name, part = 0.5) => {
      const at = (await tab.rectangles()).find((it) => it.name === name || name.test?.(it.name));
      const [x, y, width, height] = at.box;
      expect(Math.min(width, height), String(name)).toBeGreaterThanOrEqual(44);
      await page.touchscreen.tap(x + width * part, y + height / 2);
      await lab.passes(2 * FRAME);
    };
    const names = await tab.evaluate(() => [...document.querySelectorAll('.top button')].filter((it) => it.checkVisibility()).map((it) => it.ariaLabel));
    expect(names).toEqual(['One event back', 'Pause', 'One event on', 'On to the next timer', 'End the presentation']);
    await taps('Pause');
    const paused = await clock(tab);
    await taps('One event on');
    expect((await clock(tab)) > paused).toBe(true);
    await taps('One event back');
    await taps('One event back');
    expect((await clock(tab)) < paused).toBe(true);
    await taps(/^Time bar|^Moment/, 0.02);
    expect(await clock(tab)).toBe('00:00:00.000');
    const ladder = await tab.evaluate(() => {
      const { left, top, width, height } = [...document.querySelectorAll('.switch label')][1].getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    });
    await page.touchscreen.tap(...ladder);
    await lab.passes(2 * FRAME);
    expect(await page.locator('.lifelines').first().isVisible()).toBe(true);
    await taps('End the presentation');
    expect(await root(tab)).toBeUndefined();
  });

  test('keys go through it in the order in which it is seen, and end it', async ({ tab }) => {
    const lab = await presented(tab);
    await tab.evaluate(() => document.querySelector('.transport :nth-child(4)').focus());
    const tops = [];
    for (let stop = 0; stop < 5; stop += 1) {
      tops.push(await tab.evaluate(() => {
        const { left, top } = document.activeElement.getBoundingClientRect();
        return [document.activeElement.ariaLabel, top < 60, left];
      }));
      await tab.key('Tab');
    }
    expect(tops.map(([name]) => name)).toEqual(['One event back', 'Pause', 'One event on', 'On to the next timer', 'End the presentation']);
    expect(tops.every(([, top]) => top)).toBe(true);
    expect(tops.map(([, , left]) => left)).toEqual(tops.map(([, , left]) => left).toSorted((a, b) => a - b));
    // Then the time bar, and what lies between the hosts; nothing that is not seen.
    expect(await tab.evaluate(() => document.activeElement.checkVisibility() && document.activeElement.className)).toBe('timebar');
    await tab.key('Home');
    await lab.passes(FRAME);
    expect(await clock(tab)).toBe('00:00:00.000');
    await tab.key('f');
    await lab.passes(FRAME);
    expect(await tab.has(button('SYN'))).toBe(true);
    fits((await seen(tab)).places, 390, 844);
    await tab.key('Escape');
    await lab.passes(FRAME);
    expect(await root(tab)).toBeUndefined();
  });
});

for (const [width, height] of [[1024, 576], [1280, 720], [1920, 1080]]) {
  test(`for the back row no sentence is cut, and nothing lies under the buttons, at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await presented(tab);
    expect((await seen(tab)).cut).toEqual([]);
    await tab.evaluate(() => document.activeElement.blur());
    await tab.key('f');
    await lab.passes(FRAME);
    const room = await tab.evaluate(() => {
      const rights = [...document.querySelectorAll('.firewall > *')].filter((it) => it.checkVisibility()).map((it) => it.getBoundingClientRect().right);
      const lefts = [...document.querySelectorAll('.top > *')].filter((it) => it.checkVisibility() && !it.matches('.name')).map((it) => it.getBoundingClientRect().left);
      return Math.min(...lefts) - Math.max(...rights);
    });
    expect(room).toBeGreaterThanOrEqual(0);
    await tab.open('?scene=synack-dropped&pause=2&present=on');
    await tab.passes(500);
    const { places, cut } = await seen(tab);
    expect(cut).toEqual([]);
    const { top, ...others } = Object.fromEntries(Object.entries(places).map(([part, place]) => [part.slice(1), place]));
    expect(top.bottom).toBeLessThanOrEqual(others.playing.top + 1);
    fits(others, width, height);
  });
}

for (const [width, height] of [[1024, 576], [1280, 720], [1366, 768], [1920, 1080]]) {
  // Where the whole would be too small for the back row, the part in use is seen.
  const whole = height >= 900;
  test(`${whole ? 'the whole machine is seen, and ' : ''}what the clock does is said to its end, at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    await presented(tab);
    const found = await tab.evaluate(() => {
      const frame = document.querySelector('.diagram-frame').getBoundingClientRect();
      const parts = [...document.querySelectorAll('.diagram :is(.node, .lane, text)')].filter((it) => it.checkVisibility());
      const inside = ({ left, top, right, bottom }) => left >= frame.left - 1 && top >= frame.top - 1 && right <= frame.right + 1 && bottom <= frame.bottom + 1;
      const speed = document.querySelector('.speed');
      return {
        parts: parts.length,
        cut: parts.filter((it) => !inside(it.getBoundingClientRect())).map((it) => it.textContent),
        speed: speed.checkVisibility() ? speed.scrollWidth - speed.clientWidth : 0,
      };
    });
    expect(found.speed).toBe(0);
    if (whole) expect(found.cut).toEqual([]);
    expect(found.parts).toBeGreaterThan(40);
  });
}

/** Where hosts are in a scene, and which part of the drawing that asks for. */
const PARTS = [['synack-dropped', 2, 'open'], ['whole-connection', 'end', 'close'], ['close-at-once', 3, 'close'], ['ack-dropped', 'end', 'apart'], ['time-wait', 'end', null]];
for (const [width, height, least] of [[1024, 576, 11], [1280, 720, 18.2], [1366, 768, 18.2], [1440, 900, 18.2], [1600, 900, 14.5]]) {
  test(`of the drawing nothing is cut, and its words are for the back row, at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    for (const [scene, pause, part] of PARTS) {
      await tab.open(`?present=on&scene=${scene}&pause=${pause}`);
      await tab.passes(1_500);
      const found = await tab.evaluate(() => {
        const frame = document.querySelector('.diagram-frame');
        const box = frame.getBoundingClientRect();
        const inside = ({ left, top, right, bottom }) => left >= box.left - 1 && top >= box.top - 1 && right <= box.right + 1 && bottom <= box.bottom + 1;
        const shown = [...document.querySelectorAll('.diagram :is(.node, .token, .lane, .edge text, .edge .line)')]
          .filter((it) => it.checkVisibility({ visibilityProperty: true }) && it.getBoundingClientRect().width > 0);
        const out = ({ left, top, right, bottom }) => left >= box.right || top >= box.bottom || right <= box.left || bottom <= box.top;
        const { a } = document.querySelector('.diagram').getScreenCTM();
        const words = shown.filter((it) => it.matches('text')).map((it) => parseFloat(getComputedStyle(it).fontSize) * a);
        const names = shown.filter((it) => it.matches('.node')).map((it) => parseFloat(getComputedStyle(it.querySelector('text')).fontSize) * a);
        return {
          part: 'apart' in frame.dataset ? 'apart' : frame.dataset.half,
          cut: shown.map((it) => [it, it.getBoundingClientRect()]).filter(([, at]) => !inside(at) && !out(at)).map(([it]) => it).map((it) => it.textContent || it.parentElement.dataset.row),
          here: document.querySelectorAll('.diagram .node[data-here]').length,
          tokens: shown.filter((it) => it.matches('.token') && inside(it.getBoundingClientRect())).length,
          names: Math.min(...names),
          words: Math.min(...words, 100),
        };
      });
      expect(found.cut, scene).toEqual([]);
      // The bar of a scene leaves room for the half in which something ended; both states are said above it.
      expect(found.tokens, scene).toBeGreaterThanOrEqual(found.part === 'apart' ? 1 : 2);
      expect(found.here, scene).toBeGreaterThan(0);
      if (part && width < 1600) expect(found.part, scene).toBe(part);
      expect(found.words, `${scene}, words`).toBeGreaterThanOrEqual(least);
      expect(found.names, `${scene}, names`).toBeGreaterThanOrEqual(least);
    }
  });
}

test('with a host in each half the whole drawing is seen, by its names', async ({ tab }) => {
  for (const [width, height] of [[1280, 720], [1440, 900]]) {
    await tab.resize(width, height);
    const lab = await Lab.open(tab, '?present=on&scene=ack-dropped&pause=end');
    await lab.clicks(button('Leave the scene'));
    await lab.passes(1_500);
    const { tokens, least, words } = await tab.evaluate(() => {
      const box = document.querySelector('.diagram-frame').getBoundingClientRect();
      const inside = (it) => {
        const { left, top, right, bottom } = it.getBoundingClientRect();
        return left >= box.left && top >= box.top && right <= box.right && bottom <= box.bottom;
      };
      const { a } = document.querySelector('.diagram').getScreenCTM();
      const names = [...document.querySelectorAll('.diagram .node text')].filter((it) => inside(it) && it.checkVisibility({ visibilityProperty: true }));
      return {
        tokens: [...document.querySelectorAll('.diagram .token')].filter(inside).length,
        least: names.length >= 12 ? Math.min(...names.map((it) => parseFloat(getComputedStyle(it).fontSize) * a)) : names.length,
        words: [...document.querySelectorAll('.diagram .edge text')].filter((it) => it.checkVisibility()).length,
      };
    });
    expect({ tokens, words }, `${width}×${height}`).toEqual({ tokens: 2, words: 0 });
    expect(least).toBeGreaterThanOrEqual(14);
  }
});

for (const [width, height] of [[1600, 900], [1920, 1080]]) {
  test(`both tables are beside the drawing, readable from a seat, at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    await presented(tab);
    const tables = await tab.evaluate(() =>
      [...document.querySelectorAll('.netstat')].map((it) => {
        const box = it.getBoundingClientRect();
        const cells = [...it.querySelectorAll('.entry td')].filter((cell) => cell.getBoundingClientRect().width > 0);
        return {
          shown: it.checkVisibility(),
          least: Math.min(...cells.map((cell) => parseFloat(getComputedStyle(cell).fontSize))),
          out: cells.filter((cell) => cell.getBoundingClientRect().right > box.right || cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
          states: [...it.querySelectorAll('.entry .state')].map((cell) => cell.innerText.trim()),
          room: Math.max(...cells.map((cell) => cell.getBoundingClientRect().right)) - box.left > 0.7 * box.width,
          over: box.right > document.querySelector('.machine').getBoundingClientRect().left && box.left < document.querySelector('.machine').getBoundingClientRect().right,
        };
      }));
    const said = { shown: true, out: [], room: true, over: false };
    expect(tables.map(({ least, states, ...table }) => table)).toEqual([said, said]);
    for (const { least } of tables) expect(least).toBeGreaterThanOrEqual(20);
    expect(tables.map(({ states }) => states)).toEqual([['SYN_SENT'], expect.arrayContaining(['LISTEN'])]);
    const buttons = await tab.evaluate(() => [...document.querySelectorAll('.host .act, .host .note')].filter((it) => it.checkVisibility()).length);
    expect(buttons).toBe(0);
  });
}
