// Segments on the wire: what can be done to one, by mouse and by keyboard, also while it moves.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region, role } from './layer/tab.mjs';

const wire = region('Wire');
const acts = (name) => role('group', name);

/** The client has asked, and its SYN is half-way. */
const asking = async (tab, address) => {
  const lab = await Lab.open(tab, address);
  await lab.presses('C_m', 'Connect');
  await lab.passes(600);
  return lab;
};

/** What was typed and printed in the network's console, open or not; its last line is the one to type in. */
const console_ = (tab) =>
  tab.evaluate(() => [...document.querySelectorAll('.network [role=log] > *')].map((line) => line.textContent.trim()).slice(0, -1));

const focused = (tab) => tab.evaluate(() => document.activeElement.textContent.trim());

/** How far the newest segment has gone, as the page draws it. */
const place = (tab) => tab.evaluate(() => [...document.querySelectorAll('.flight')].at(-1)?.style.transform);

test('a click on a moving segment stops the clock and opens what can be done', async ({ tab }) => {
  const lab = await asking(tab);
  await lab.clicks(wire, button(/^SYN: /));
  const at = await place(tab);
  await lab.passes(3_000);
  expect(await place(tab), 'it waits for a slow hand').toBe(at);
  expect(await tab.names(acts('SYN'), button())).toEqual(['Drop', 'Hold', 'Release', 'Duplicate', 'Inspect', 'Close']);
  await lab.clicks(acts('SYN'), button('Drop'));
  expect(await console_(tab)).toEqual(['network$ drop 1']);
  expect(await tab.has(acts('SYN')), 'what is chosen closes the row').toBe(false);
  await lab.until(async () => (await lab.states('C_m'))[0] === 'SYN_SENT', 2_000, 'it was lost');
  await lab.passes(2_000);
  expect(await lab.pair()).toEqual([['SYN_SENT'], ['LISTEN']]);
});

test('a SYN|ACK is held for three seconds and released, by keyboard alone', async ({ tab }) => {
  const lab = await asking(tab);
  const press = async (...keys) => {
    for (const key of keys) {
      await tab.key(key);
      await lab.passes(FRAME);
    }
  };
  const answer = [wire, button(/^SYN\|ACK: /)];
  await lab.until(() => tab.has(...answer), 5_000, 'a SYN|ACK is on its way');
  await tab.focus(...answer);
  await press('Enter');
  expect(await focused(tab)).toBe('Drop');
  await press('Tab', 'Enter');
  expect(await console_(tab)).toEqual(['network$ hold 2']);
  expect(await focused(tab), 'the focus is back where it was').toBe('SYN|ACK');
  await lab.passes(3_000);
  expect((await lab.pair())[0]).toEqual(['SYN_SENT']);
  await press('Enter');
  expect(await tab.read(acts('SYN|ACK'))).toContain('held on its way');
  await press('Tab');
  expect(await focused(tab), 'what makes no sense keeps its place').toBe('Hold');
  await press('Tab', 'Enter');
  expect((await console_(tab)).at(-1)).toBe('network$ release 2');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('Escape and the cross close the row, and the clock goes on', async ({ tab }) => {
  const lab = await asking(tab);
  for (const close of [() => tab.key('Escape'), () => tab.click(acts('SYN'), button('Close'))]) {
    await lab.clicks(wire, button(/^SYN: /));
    expect(await tab.has(button('Play'))).toBe(true);
    await close();
    await lab.passes(FRAME);
    expect(await tab.has(acts('SYN'))).toBe(false);
    expect(await tab.has(button('Pause'))).toBe(true);
  }
});

test('the list of a lane leads to the same, and the clock stands meanwhile', async ({ tab, axe }) => {
  const lab = await asking(tab);
  await tab.focus(wire, button('5 ms from C_m to S_m, 1 segment'));
  await tab.key('Enter');
  await lab.passes(FRAME);
  const at = await place(tab);
  await lab.passes(3_000);
  expect(await place(tab)).toBe(at);
  await axe();
  await lab.clicks(role('dialog', 'From C_m to S_m'), button(/^SYN: /));
  expect(await focused(tab)).toBe('Drop');
  await axe();
  await tab.key('Escape');
  await lab.passes(FRAME);
  expect(await tab.has(button('Pause'))).toBe(true);
});

test('the buttons keep their place and are off, with the reason, once nothing can be done', async ({ tab }) => {
  const lab = await asking(tab);
  await lab.clicks(wire, button(/^SYN: /));
  const boxes = () =>
    tab.evaluate(() => [...document.querySelectorAll('.acts button')].map((it) => Math.round(it.getBoundingClientRect().x)));
  const before = await boxes();
  await lab.clicks(button('Play'));
  await lab.until(async () => (await tab.read(acts('SYN'))).includes('arrived'), 5_000, 'it arrives');
  expect(await tab.read(acts('SYN'))).toContain('arrived: nothing in flight to act on');
  expect(await boxes()).toEqual(before);
  const off = () =>
    tab.evaluate(() => [...document.querySelectorAll('.acts [aria-disabled]')].map((it) => it.textContent));
  expect(await off()).toEqual(['Drop', 'Hold', 'Release', 'Duplicate']);
});

test('where the firewall is locked, nothing can be done to a segment', async ({ tab }) => {
  const lab = await asking(tab, '?lock=firewall');
  await lab.clicks(wire, button(/^SYN: /));
  await lab.clicks(acts('SYN'), button('Drop'));
  expect(await console_(tab)).toEqual([]);
});

for (const [width, height] of [[1280, 720], [1024, 576], [720, 900], [390, 844], [320, 700]]) {
  test(`what can be done to a segment is in sight at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    // Its button may be in a popover here.
    await tab.evaluate(() => document.querySelector('.host .act').click());
    await lab.passes(600);
    await lab.clicks(wire, button(/^SYN: /));
    const hidden = await tab.evaluate(() =>
      [...document.querySelectorAll('.acts button')].filter((it) => {
        const { left, top, width: wide, height: high } = it.getBoundingClientRect();
        const found = document.elementFromPoint(left + wide / 2, top + high / 2);
        return !it.contains(found) || high < 24;
      }).map((it) => it.textContent),
    );
    expect(hidden).toEqual([]);
  });
}
