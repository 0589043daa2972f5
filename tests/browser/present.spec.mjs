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
