// A page that stands still costs nothing: it asks for no frame, has no timer, and animates nothing.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { button, region, role, textbox } from './layer/tab.mjs';

/** Longer than whatever the page does of itself when it has just been touched. */
const SETTLED = 10_000;

/** The page waits for nothing, and asks for nothing in a minute. */
async function idle(tab) {
  const before = await tab.asked();
  expect(before.waiting, 'timers and frames that are waited for').toBe(0);
  await tab.passes(60_000);
  expect(await tab.asked()).toEqual(before);
  const runs = () => document.getAnimations().filter(({ playState, effect }) =>
    playState === 'running' && !Number.isFinite(effect.getComputedTiming().endTime)).length;
  expect(await tab.evaluate(runs), 'animations without an end').toBe(0);
}

/** The page waits for something: a test that counts nothing would not see it. */
const busy = async (tab) => expect((await tab.asked()).waiting).toBeGreaterThan(0);

/** A SYN is on its way, again and again. */
async function lost(tab, address) {
  const lab = await Lab.open(tab, address);
  await lab.passes(SETTLED);
  await lab.drops('SYN');
  await lab.presses('C_m', 'Connect');
  await lab.passes(400);
  await busy(tab);
  return lab;
}

/** Puts the page into another tab's shadow, or into the light. */
const hide = (tab, hidden) =>
  tab.evaluate((is) => {
    Object.defineProperty(document, 'hidden', { value: is, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

const clock = (tab) => tab.read(role('timer'));

for (const motion of ['system', 'reduced']) {
  test(`paused, it asks for nothing, with ${motion} motion`, async ({ tab }) => {
    const lab = await lost(tab, `?motion=${motion}`);
    await lab.clicks(button('Pause'));
    const at = await clock(tab);
    await idle(tab);
    expect(await clock(tab)).toBe(at);
    await lab.clicks(button('Play'));
    await busy(tab);
  });

  test(`hidden, it asks for nothing, with ${motion} motion`, async ({ tab }) => {
    const lab = await lost(tab, `?motion=${motion}`);
    await hide(tab, true);
    await lab.passes(0);
    const at = await clock(tab);
    await idle(tab);
    expect(await clock(tab)).toBe(at);
    await hide(tab, false);
    await lab.passes(0);
    await busy(tab);
  });
}

test('whoever has typed leaves no timer in a page that is paused or hidden', async ({ tab }) => {
  const lab = await lost(tab);
  const types = async () => {
    await tab.click(region('C_m lower'), textbox());
    await tab.type('ls');
  };
  await types();
  await lab.clicks(button('Pause'));
  await idle(tab);
  await types();
  await idle(tab);
  await lab.clicks(button('Play'));
  await types();
  await hide(tab, true);
  await lab.passes(0);
  await idle(tab);
});

test('with nothing due it asks for nothing', async ({ tab }) => {
  const lab = await Lab.open(tab);
  await lab.passes(SETTLED);
  await idle(tab);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await lab.passes(SETTLED);
  await idle(tab);
  expect(await tab.has(button('Pause')), 'it is not paused').toBe(true);
});

test('at the end of a scene, and at a pause, it asks for nothing', async ({ tab }) => {
  for (const pause of ['1', 'end']) {
    const lab = await Lab.open(tab, `?scene=synack-dropped&pause=${pause}`);
    await lab.passes(SETTLED);
    await idle(tab);
  }
});

test('while the past or a segment is looked at it asks for nothing', async ({ tab }) => {
  const lab = await lost(tab, '?view=ladder');
  await lab.clicks(button('One event back'));
  await idle(tab);
  await lab.clicks(button('Play'));
  await lab.passes(2_000);
  await lab.clicks(region('State machine'), button(/^C → S SYN$/));
  await lab.passes(0);
  await idle(tab);
});
