// The peeper: two faults that nothing at a level distinguishes are hidden, each in a page, and both pages are used alike. What
// can be seen, read, found or kept of them must be the same, octet by octet.
//
// twins.txt has the seeds, two a line; a native test writes it. TCP_STATES_PEEPS says how many scripts each pair plays.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from './fixture.mjs';

const twins = readFileSync(fileURLToPath(new URL('twins.txt', import.meta.url)), 'utf8').trim().split('\n').map((line) => line.split(' '));
const SCRIPTS = Number(process.env.TCP_STATES_PEEPS ?? 1);
/** With one script each, every third pair is enough for every day. */
const PAIRS = twins.filter((_, at) => SCRIPTS > 1 || at % 3 === 0);

/** What somebody does: presses what a selector finds first; on the time bar, a key. */
const MOVES = [
  '.transport button:last-child',
  '.transport .play button',
  '.gaits label:nth-child(4) input',
  '.offer',
  '.offer:last-child',
  '.transport button:nth-child(3)',
  '.transport button:first-child',
  '.timebar',
  '.pair-hint',
  '.transport button:nth-child(2)',
  '.seat-top [aria-label=Share]',
  '.asking .spot + .spot input',
  '.asking .chip input',
  '.asking input[name=whole]',
  '.asking .go-on',
  '.graded .foot button',
  '.tabs .square',
  '[role=tab] + [role=tab]',
  'footer.puzzle button',
];

/** The moves of a script: the first ones let something happen. */
const script = (number) => [0, 0, ...Array.from({ length: 14 }, (_, at) => (number * 7 + at * (3 + (number % 4)) + at * at) % MOVES.length)];

/** All that there is of a page, without its seed. */
async function all(tab, page, seed) {
  const inside = await tab.evaluate(() => {
    dispatchEvent(new Event('pagehide'));
    const fields = [...document.querySelectorAll('input')].map((it) => `${it.name} ${it.value} ${it.checked} ${it.disabled}`);
    const asked = performance.getEntriesByType('resource').map((it) => it.name).sort();
    const kept = [localStorage, sessionStorage].map((it) => Object.entries(it).sort());
    const { scrollWidth, scrollHeight } = document.documentElement;
    // The seed in another writing: it is drawn of the link beside it.
    const html = document.documentElement.outerHTML.replace(/<path fill="#000" d="[^"]*"/g, 'CODE');
    return { html, fields, asked, kept, scrollWidth, scrollHeight, clock: Date.now(), title: document.title, focus: document.activeElement?.outerHTML ?? '', names: Object.keys(window) };
  });
  const tree = await page.locator('body').ariaSnapshot();
  return JSON.stringify({ ...inside, tree }).replaceAll(seed, 'SEED');
}

/** Plays a script, and returns what there was of the page after each move, until the puzzle was over. */
async function played(tab, page, level, seed, number) {
  const heard = [];
  const hears = (message) => heard.push(message.text());
  page.on('console', hears);
  const forget = () => {
    // A page without an address has no storage.
    if (location.origin !== 'null') [localStorage, sessionStorage].forEach((it) => it.clear());
  };
  // A page reads the journal when it is opened: that of the puzzle before must be gone by then.
  await tab.evaluate(forget);
  await tab.open(`?puzzle=${seed}&level=${level}`);
  await tab.evaluate(forget);
  const seen = [];
  for (const move of script(number)) {
    await tab.evaluate((selector) => {
      const found = document.querySelector(selector);
      if (found?.matches('.timebar')) found.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, cancelable: true }));
      else found?.click();
    }, MOVES[move]);
    await tab.passes(400);
    seen.push(await all(tab, page, seed));
    if (await tab.evaluate(() => document.querySelector('.truth') !== null)) {
      seen[seen.length - 1] = 'it is over';
      break;
    }
  }
  page.off('console', hears);
  return { seen, heard };
}

for (const [level, one, two] of PAIRS) {
  test(`${level}: ${one} and ${two} look alike`, async ({ tab, page }) => {
    test.setTimeout(60_000 * SCRIPTS);
    for (let number = 0; number < SCRIPTS; number += 1) {
      const first = await played(tab, page, level, one, number);
      const second = await played(tab, page, level, two, number);
      expect(first.seen.length).toBeGreaterThan(2);
      expect(second, `script ${number}`).toEqual(first);
    }
  });
}

test('a peeper finds what differs', async ({ tab, page }) => {
  const pages = [];
  for (const seed of ['900000001', '900000002', '900000003', '900000004']) pages.push((await played(tab, page, 'counters', seed, 0)).seen);
  expect(new Set(pages.map((it) => JSON.stringify(it))).size).toBeGreaterThan(1);
});
