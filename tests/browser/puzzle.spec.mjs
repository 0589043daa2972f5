// Puzzles: a fault is hidden, and somebody who sees both hosts says what it is.
import { expect, test } from './fixture.mjs';

const MOMENT = 60;

/** What is to be seen of a puzzle. */
const seen = (tab) =>
  tab.evaluate(() => {
    const text = (selector) => document.querySelector(selector)?.innerText.replace(/\s+/g, ' ').trim() ?? null;
    const all = (selector) => [...document.querySelectorAll(selector)].map((it) => it.innerText.replace(/\s+/g, ' ').trim());
    return {
      clock: text('.top .clock'),
      states: all('.stands b'),
      looks: all('.looks li').length,
      count: text('.seen .headed span'),
      marks: all('.past li').length,
      told: text('.graded h2'),
      truth: text('.truth'),
      band: text('.band b'),
      focus: document.activeElement?.id ?? '',
      tally: text('footer.puzzle p'),
    };
  });

const opens = async (tab, query) => {
  await tab.open(query);
  expect(await tab.evaluate(() => document.querySelector('main.seat') !== null), 'the puzzle is drawn').toBe(true);
};

/** Presses what a selector finds, the one with this text if there are several. */
const presses = async (tab, selector, text = '') => {
  const found = await tab.evaluate(([selector, text]) => {
    const all = [...document.querySelectorAll(selector)].filter((it) => it.innerText.replace(/\s+/g, ' ').includes(text));
    const it = all[0]?.querySelector('input') ?? all[0];
    it?.click();
    return all.length;
  }, [selector, text]);
  expect(found, `${selector} ${text}`).toBeGreaterThan(0);
  await tab.passes(MOMENT);
};

const step = (tab) => presses(tab, '.transport button:last-child');
const journal = (tab) => tab.evaluate(() => localStorage.getItem('tcp-states.journal') ?? '');

/** Presses Tab until what a selector finds has the focus. */
const tabsTo = async (tab, selector) => {
  for (let times = 0; times < 120; times += 1) {
    if (await tab.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) return;
    await tab.key('Tab');
  }
  throw new Error(`Tab never reaches ${selector}`);
};

test('the pair of states is watched, and a lost segment is named', async ({ tab }) => {
  await opens(tab, '?puzzle=20261128&level=pair');
  expect(await seen(tab)).toMatchObject({ clock: '00:00:00.000', looks: 2, count: '2 looks', told: null, band: expect.stringContaining('closed until') });
  for (let times = 0; times < 4; times += 1) await step(tab);
  const watched = await seen(tab);
  expect(watched.clock).not.toBe('00:00:00.000');
  expect(watched.count).toBe('2 looks');
  await presses(tab, '.half .by');
  const over = await seen(tab);
  expect(over.truth).toMatch(/^The truth: /);
  expect(over.band).toBe(over.truth);
  expect(over.focus).toBe('to-read');
  expect(await journal(tab)).toMatch(/puzzle-pair 00000000 20261128 skipped\n$/);
});

test('a puzzle is solved by keyboard alone, with the looks that are offered', async ({ tab }) => {
  await opens(tab, '?puzzle=1&level=counters');
  await tabsTo(tab, '.transport button:last-child');
  for (let times = 0; times < 3; times += 1) {
    await tab.key('Enter');
    await tab.passes(MOMENT);
  }
  // Says that it cannot be told, and is led from look to look until one thing is left.
  await tabsTo(tab, '.asking input[name=whole]');
  await tab.key('ArrowRight');
  await tab.passes(MOMENT);
  await tabsTo(tab, '.asking .go-on');
  for (let times = 0; times < 6; times += 1) {
    await tab.key('Enter');
    await tab.passes(MOMENT);
    const { told } = await seen(tab);
    if (told !== 'Possible, but not shown yet.') break;
    expect((await seen(tab)).focus).toBe('to-read');
    const types = await tab.evaluate(() => document.querySelector('.graded .scrolls > .go-on') !== null);
    if (!types) break;
    await tabsTo(tab, '.graded .go-on');
    await tab.key('Enter');
    await tab.passes(MOMENT);
    await tabsTo(tab, '.asking .go-on');
  }
  const { told, count } = await seen(tab);
  expect(['Right.', 'Possible, but not shown yet.', 'It can be decided.']).toContain(told);
  // Nobody is given the answer.
  if (told !== 'Right.') expect(await tab.evaluate(() => document.querySelector('.fits'))).toBe(null);
  expect(Number.parseInt(count, 10)).toBeGreaterThan(2);
  expect(await journal(tab)).toContain('puzzle-counters 00000000 1 answered first unsure cannot-tell');
});

test('what is refuted is refuted by a look', async ({ tab }) => {
  await opens(tab, '?puzzle=2&level=counters');
  for (let times = 0; times < 3; times += 1) await step(tab);
  // Two answers of which at least one does not fit.
  const told = [];
  for (const text of ['nothing is wrong', 'nobody listens']) {
    await presses(tab, '.asking .chip', text);
    await presses(tab, '.asking .go-on');
    told.push((await seen(tab)).told);
    if (told.at(-1) === 'Right.') break;
    await presses(tab, '.graded .foot button', 'Back to the question');
    expect((await seen(tab)).focus).toBe('to-read');
  }
  expect(told).toContain('This does not fit what you saw.');
});

test('a terminal has no sudo, completes, and its lines are looks', async ({ tab }) => {
  await opens(tab, '?puzzle=4&level=counters');
  await tab.evaluate(() => document.querySelector('[data-terminal=client-lower] input').focus());
  await tab.passes(MOMENT);
  await tab.type('sudo iptables -S');
  await tab.key('Enter');
  await tab.passes(MOMENT);
  const screen = () => tab.evaluate(() => document.querySelector('[data-terminal=client-lower] .screen').innerText);
  expect(await screen()).toContain('student is not in the sudoers file.');
  expect((await seen(tab)).count).toBe('3 looks');
  await tab.type('nets');
  await tab.key('Tab');
  expect(await tab.evaluate(() => document.activeElement.value)).toBe('netstat ');
  // Undo takes the line back, and it stays counted.
  await presses(tab, '.transport button:first-child');
  expect(await screen()).not.toContain('sudoers');
  expect((await seen(tab)).count).toBe('3 looks');
});

test('the clock goes in tenths, and stands while it is paused', async ({ tab }) => {
  await opens(tab, '?puzzle=4&level=pair');
  await presses(tab, '.gaits label', '×10');
  await presses(tab, '.transport .play button');
  await tab.passes(1000);
  const { clock } = await seen(tab);
  expect(clock).toMatch(/^00:00:(09|10|11)\.\d00$/);
  await presses(tab, '.transport .play button');
  const paused = (await seen(tab)).clock;
  const before = await tab.asked();
  await tab.passes(3000);
  expect((await seen(tab)).clock).toBe(paused);
  expect((await tab.asked()).ever).toBe(before.ever);
});

test('a reload keeps what was typed, and nothing that is hidden is stored', async ({ tab, page }) => {
  await opens(tab, '?puzzle=11&level=counters');
  await step(tab);
  await presses(tab, '.offer', 'C_m: TCP’s counters');
  const before = await seen(tab);
  await page.reload();
  await tab.drawn();
  await tab.until(async () => (await seen(tab)).clock === before.clock, 1000, 'it is where it was');
  expect(await seen(tab)).toEqual({ ...before, focus: '' });
  const stored = await tab.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(stored).toContain('client-lower enter netstat -s');
  expect(stored).not.toMatch(/iptables|DROP|syn:|network:|truth/);
});

test('the lab opens when it is over, with everything in it', async ({ tab }) => {
  await opens(tab, '?puzzle=20261128&level=pair&theme=dark');
  for (let times = 0; times < 2; times += 1) await step(tab);
  expect(await tab.evaluate(() => document.querySelector('.wire, .diagram, .firewall'))).toBe(null);
  await presses(tab, '.half .by');
  const { clock } = await seen(tab);
  await presses(tab, '.graded .foot button', 'Open in the lab');
  await tab.until(() => tab.evaluate(() => document.querySelector('.firewall') !== null), 1000, 'the lab is there');
  await tab.passes(MOMENT);
  expect(await tab.evaluate(() => location.search)).toBe('?theme=dark');
  expect(await tab.evaluate(() => document.querySelector('.time .clock').innerText)).toBe(clock);
});

test('a puzzle in a frame of 720 × 620 has its terminals', async ({ tab, axe }) => {
  await tab.resize(720, 620);
  await opens(tab, '?puzzle=21&level=counters&embed=on');
  for (let times = 0; times < 2; times += 1) await step(tab);
  await presses(tab, '.offer', 'C_m: IP’s counters');
  const terminal = await tab.evaluate(() => {
    const screen = document.querySelector('.terminal[data-front] .screen');
    return [screen.clientHeight > 40, document.querySelector('[data-terminal=client-lower] .screen').innerText.includes('total packets received')];
  });
  expect(terminal).toEqual([true, true]);
  await axe();
});

test('the link of a puzzle is what others open', async ({ tab }) => {
  await opens(tab, '?puzzle=42&level=teardown&theme=light');
  const link = await tab.evaluate(() => document.querySelector('footer.puzzle input').value);
  expect(link).toMatch(/\/\?level=teardown&puzzle=42$/);
  await presses(tab, '.half .by');
  const href = await tab.evaluate(() => document.querySelector('.graded a.go-on').getAttribute('href'));
  expect(href).toMatch(/^\?level=teardown&puzzle=\d+&theme=light$/);
  expect(href).not.toContain('puzzle=42&');
});

test('the start page lists the levels', async ({ tab }) => {
  await tab.open('');
  await presses(tab, 'button.lessons');
  const levels = await tab.evaluate(() => [...document.querySelectorAll('.diagnosis li a')].map((it) => it.getAttribute('href')));
  expect(levels.map((it) => new URLSearchParams(it).get('level'))).toEqual(['pair', 'counters', 'time', 'teardown', 'applications', 'live', 'two']);
  const days = new Set(levels.map((it) => new URLSearchParams(it).get('puzzle')));
  expect([...days]).toEqual([expect.stringMatching(/^\d{8}$/)]);
});

for (const [name, query] of [['light', '&theme=light'], ['dark', '&theme=dark'], ['contrast', '&theme=contrast']]) {
  test(`axe finds nothing, ${name}`, async ({ tab, axe }) => {
    await opens(tab, `?puzzle=5&level=two${query}`);
    for (let times = 0; times < 3; times += 1) await step(tab);
    await axe();
    await presses(tab, '.hint-table summary');
    await presses(tab, '.asking .chip', 'cannot be told');
    await presses(tab, '.asking .go-on');
    await axe();
    await presses(tab, '.graded .foot button', 'Show the truth');
    await axe();
  });
}

for (const [width, height] of [[390, 844], [320, 640], [720, 620], [1024, 640], [1280, 720]]) {
  test(`nothing is wider than a page of ${width} × ${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    await opens(tab, '?puzzle=5&level=two');
    for (let times = 0; times < 4; times += 1) await step(tab);
    const wide = () => tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await wide()).toBeLessThanOrEqual(0);
    await presses(tab, '.half .by');
    expect(await wide()).toBeLessThanOrEqual(0);
  });
}
