// No control moves because a text grows or a count appears, whatever is shown and done.
import { clicked, typed } from './exercises.mjs';
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region, role } from './layer/tab.mjs';

for (const [how, plays] of Object.entries({ typed, clicked })) {
  for (const [name, play] of Object.entries(plays)) {
    test(`no control moves: ${name}, ${how}`, async ({ tab }) => {
      const lab = await Lab.quiet(tab);
      await tab.watch();
      await play(lab);
      expect(await tab.moved()).toEqual([]);
    });
  }
}

/** A connection is asked for in vain, stands, carries data and ends. */
const lives = async (lab) => {
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.passes(4_000);
  await lab.drops('SYN|ACK');
  await lab.skipsUntil(async () => (await lab.badge('C_m')) === 'ESTABLISHED', 'the SYN gets through');
  await lab.presses('C_m', 'Send hello');
  await lab.passes(2_000);
  await lab.presses('C_m', 'Ctrl-C');
  await lab.skipsUntil(async () => (await lab.badge('C_m')) === 'CLOSED', 'the end of TIME_WAIT');
};

for (const [width, height] of [[1280, 720], [1920, 1080], [1024, 576]]) {
  for (const view of ['ladder', 'both']) {
    test(`no control moves with the view “${view}” at ${width}×${height}`, async ({ tab }) => {
      await tab.resize(width, height);
      const lab = await Lab.open(tab, `?view=${view}`);
      await tab.watch();
      await lives(lab);
      expect(await tab.moved()).toEqual([]);
    });
  }

  for (const view of ['machine', 'ladder']) {
    test(`no control moves beside an open inspector, ${view}, at ${width}×${height}`, async ({ tab }) => {
      await tab.resize(width, height);
      const lab = await Lab.open(tab, `?view=${view}`);
      await lab.presses('C_m', 'Connect');
      await lab.passes(600);
      await lab.clicks(region('Wire'), button(/^SYN: /));
      await lab.clicks(role('group', 'SYN'), button('Inspect'));
      await tab.watch();
      const segment = region('Segment');
      for (const act of ['Hold', 'Duplicate', 'Release', 'Hold for 3 s', 'Release']) await lab.clicks(segment, button(act));
      if (await tab.has(button('Play'))) await lab.clicks(button('Play'));
      await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
      await lab.presses('C_m', 'Send hello');
      await lab.passes(2_000);
      await lab.presses('C_m', 'Ctrl-C');
      await lab.passes(5_000);
      for (let back = 0; back < 12; back += 1) await lab.clicks(button('One event back'));
      expect(await tab.has(segment)).toBe(true);
      expect(await tab.moved()).toEqual([]);
    });
  }

  test(`no control moves when rules come and go at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    await tab.watch();
    for (const kind of ['SYN', 'SYN|ACK', 'ACK', 'data', 'FIN', 'RST']) await lab.drops(kind);
    await lab.presses('C_m', 'Connect');
    await lab.passes(8_000);
    for (const kind of ['SYN', 'FIN', 'data']) await lab.drops(kind);
    await lab.passes(2_000);
    await lab.clicks(button(/in force/));
    await lab.passes(FRAME);
    await tab.key('Escape');
    await lab.clicks(region('Firewall'), button('Clear all'));
    await lab.passes(2_000);
    expect(await tab.moved()).toEqual([]);
  });
}
