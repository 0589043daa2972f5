// The table of the pairs of states: which is there, which can be reached and how, and which cannot be.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, role } from './layer/tab.mjs';

const table = role('dialog', 'All pairs');
/** The present pair of states, as the button that opens the table. */
const opener = button(/All pairs$/);
const pair = (client, server) => button(new RegExp(`^C_m ${client}, S_m ${server}:`));
const isOpen = (tab) => tab.evaluate(() => document.querySelector('#pairs').matches(':popover-open'));
const reached = (page) => async () => (await page.locator('.playing[data-waits]').count()) === 1;

/** Opens the page, connects, and opens the table. */
const opened = async (tab) => {
  const lab = await Lab.open(tab);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await lab.clicks(opener);
  return lab;
};

test('a press on a pair plays the way to it, and one undo brings back the session', async ({ tab, page }) => {
  const lab = await opened(tab);
  await expect(page.locator('.pairs button[data-kind="now"]')).toHaveAttribute('aria-label', /^C_m ESTABLISHED, S_m ESTABLISHED/);
  await lab.clicks(table, pair('FIN_WAIT_2', 'CLOSE_WAIT'));
  expect(await isOpen(tab)).toBe(false);
  await lab.until(reached(page), 60_000, 'the end of the way');
  expect([await lab.badge('C_m'), await lab.badge('S_m')]).toEqual(['FIN_WAIT_2', 'CLOSE_WAIT']);
  await expect(page.locator('.playing .cue')).toHaveText('Here it is: C_m is in FIN_WAIT_2, S_m in CLOSE_WAIT.');
  await lab.clicks(button('Undo'));
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('the keyboard goes from pair to pair, and Enter to one', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await tab.focus(opener);
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await isOpen(tab)).toBe(true);
  // The button that closes comes first, then the pair that is there: CLOSED and LISTEN.
  await page.locator('.pairs [tabindex="0"]').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await tab.key(key);
  await lab.passes(FRAME);
  await expect(page.locator('.pairs .looked-at')).toContainText('C_m SYN_SENT, S_m SYN_SENT');
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await isOpen(tab)).toBe(false);
  await lab.until(reached(page), 60_000, 'the end of the way');
  expect([await lab.badge('C_m'), await lab.badge('S_m')]).toEqual(['SYN_SENT', 'SYN_SENT']);
});

test('a pair that cannot be says why, and plays nothing', async ({ tab, page, axe }) => {
  // axe looks at everything on the page.
  test.setTimeout(180_000);
  const lab = await opened(tab);
  await lab.clicks(table, pair('TIME_WAIT', 'ESTABLISHED'));
  expect(await isOpen(tab)).toBe(true);
  await expect(page.locator('.pairs .looked-at')).toContainText(
    'It cannot be: TIME_WAIT has received a FIN, and an end in ESTABLISHED has not sent one.',
  );
  await expect(page.locator('.playing')).toHaveCount(0);
  await axe();
  await tab.key('Escape');
  expect(await isOpen(tab)).toBe(false);
});

for (const [name, [width, height], least] of [['a desk', [1280, 720], 24], ['a low window', [1024, 576], 24], ['a phone', [390, 844], 44]]) {
  test(`the pairs have room on ${name}`, async ({ tab, page, axe }) => {
    // axe looks at everything on the page.
    test.setTimeout(180_000);
    await tab.resize(width, height);
    const lab = await opened(tab);
    await lab.passes(FRAME);
    const boxes = await page.locator('.pairs td button').evaluateAll((all) => all.map((it) => it.getBoundingClientRect()).map(({ width: w, height: h }) => [w, h]));
    expect(boxes.length).toBe(121);
    expect(Math.min(...boxes.flat())).toBeGreaterThanOrEqual(least);
    const box = await page.locator('.pairs').boundingBox();
    expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
    await axe();
  });
}

test('of the table that is scrolled, the names of the states stay', async ({ tab, page }) => {
  await tab.resize(390, 844);
  const lab = await Lab.open(tab);
  await lab.clicks(opener);
  const seen = await page.locator('.pairs .table').evaluate((frame) => {
    frame.scrollTo(150, 400);
    const { top } = frame.getBoundingClientRect();
    const heads = [...frame.querySelectorAll('thead th')].map((it) => it.getBoundingClientRect().top - top);
    return { scrolled: frame.scrollTop > 40, heads: heads.every((at) => at >= -1 && at < 60) };
  });
  expect(seen).toEqual({ scrolled: true, heads: true });
});
