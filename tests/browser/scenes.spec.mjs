// The menu of scenes, and each scene played to its end: by clicks, and by keys alone.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region, role } from './layer/tab.mjs';

const menu = role('dialog', 'Scenes');
const field = role('combobox');
const option = (name) => role('option', name);
const opener = button(/^Scenes/);
const bar = region('Scene');

/** The scenes that the menu offers: id and title. */
const offered = (tab) =>
  tab.evaluate(() =>
    [...document.querySelectorAll('#scenes [role="option"]')].map((row) => ({
      id: row.id.replace('scene-', ''),
      title: row.querySelector('b').textContent,
    })),
  );

const isOpen = (tab) => tab.evaluate(() => document.querySelector('#scenes').matches(':popover-open'));

/** The scene that is played: pauses reached and to be reached, whether it waits, and what it says; null without one. */
const playing = (tab) =>
  tab.evaluate(() => {
    const playing = document.querySelector('.playing');
    if (!playing) return null;
    const [reached, of] = playing.querySelector('.reached').textContent.match(/\d+/g).map(Number);
    const said = playing.querySelector('.cue').textContent.trim();
    return { reached, of, waits: playing.dataset.waits !== undefined, said };
  });

const BY_CLICK = {
  async open(lab, { title }) {
    await lab.clicks(opener);
    await lab.tab.fill(title, menu, field);
    await lab.passes(FRAME);
    // The name begins with the title, and the titles may begin alike.
    await lab.clicks(menu, option(new RegExp(`^${title.replace(/[|.]/g, '\\$&')}\\s*\\d`)));
  },
  goOn: (lab) => lab.clicks(bar, button('Go on')),
  skip: (lab) => lab.clicks(button('On to the next timer')),
};

const BY_KEY = {
  async open(lab, { id }) {
    const { tab } = lab;
    await tab.focus(opener);
    await tab.key('Enter');
    await lab.passes(FRAME);
    await tab.type(id);
    await lab.passes(FRAME);
    // The same words may be in several scenes.
    const at = (await offered(tab)).findIndex((scene) => scene.id === id);
    for (let down = 0; down < at; down += 1) {
      await tab.key('ArrowDown');
      await lab.passes(FRAME);
    }
    await tab.key('Enter');
    await lab.passes(FRAME);
  },
  async goOn(lab) {
    await lab.tab.key('PageDown');
    await lab.passes(FRAME);
  },
  async skip(lab) {
    await lab.tab.key('.');
    await lab.passes(FRAME);
  },
};

/** Plays a scene to its end, and returns what was said at its pauses. */
async function plays(lab, scene, hand) {
  await hand.open(lab, scene);
  expect(await isOpen(lab.tab)).toBe(false);
  const said = [];
  for (let turns = 0; turns < 300; turns += 1) {
    const now = await playing(lab.tab);
    if (now.waits) said[now.reached - 1] = now.said;
    if (now.waits && now.reached === now.of) return said;
    await (now.waits ? hand.goOn(lab) : hand.skip(lab));
  }
  throw new Error(`${scene.id} has no end: ${JSON.stringify(await playing(lab.tab))}`);
}

for (const [how, hand] of Object.entries({ click: BY_CLICK, key: BY_KEY })) {
  test(`each scene plays to its end, by ${how}`, async ({ tab }) => {
    test.setTimeout(180_000);
    const lab = await Lab.open(tab);
    await lab.clicks(opener);
    const scenes = await offered(tab);
    expect(scenes.length).toBeGreaterThanOrEqual(24);
    await tab.key('Escape');
    expect(await isOpen(tab)).toBe(false);
    for (const scene of scenes) {
      await test.step(scene.id, async () => {
        const said = await plays(lab, scene, hand);
        expect(said.filter((text) => text.length > 20).length, JSON.stringify(said)).toBe(said.length);
      });
    }
  });
}

test('the clock plays a scene by itself, and stops at each pause', async ({ tab }) => {
  const lab = await Lab.open(tab);
  await BY_KEY.open(lab, { id: 'synack-dropped' });
  for (const [at, pair] of [['CLOSED', 'LISTEN'], ['SYN_SENT', 'SYN_RECV'], ['SYN_SENT', 'LISTEN']].entries()) {
    const waits = async () => {
      const { reached, waits } = await playing(tab);
      return waits && reached === at + 1;
    };
    await lab.until(waits, 30_000, `pause ${at + 1}, at ${pair}`);
    expect([await lab.badge('C_m'), await lab.badge('S_m')]).toEqual(pair);
    const before = await tab.read(role('timer'));
    await lab.passes(3_000);
    expect(await tab.read(role('timer')), 'time stands still').toBe(before);
    // Whoever has opened a scene has the button to go on under the hand.
    await tab.key('Space');
    await lab.passes(FRAME);
  }
});

test('a scene is taken back or left, and the session is kept', async ({ tab }) => {
  const lab = await Lab.open(tab);
  await lab.types('C_m upper', 'nc 10.211.55.10 5555');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await BY_KEY.open(lab, { id: 'syn-dropped' });
  await lab.shows([], ['LISTEN']);
  await lab.clicks(button('Undo'));
  expect(await playing(tab)).toBeNull();
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await lab.clicks(button('Redo'));
  await BY_CLICK.goOn(lab);
  await lab.until(async () => (await playing(tab)).waits, 30_000, 'the dropped SYN');
  await lab.shows(['SYN_SENT'], ['LISTEN']);
  await lab.clicks(bar, button('Leave the scene'));
  expect(await playing(tab)).toBeNull();
  await lab.shows(['SYN_SENT'], ['LISTEN']);
});

test('the menu is searched and walked through by keys, and axe finds nothing', async ({ tab, axe }) => {
  const lab = await Lab.open(tab);
  const focused = () => tab.evaluate(() => document.activeElement.getAttribute('role') ?? document.activeElement.textContent);
  await tab.focus(opener);
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await focused()).toBe('combobox');
  await test.step('the menu', axe);
  await tab.type('port figure 12');
  await lab.passes(FRAME);
  expect((await offered(tab)).map(({ id }) => id)).toEqual(['port-locked']);
  await tab.fill('no such words', menu, field);
  await lab.passes(FRAME);
  expect(await offered(tab)).toEqual([]);
  await test.step('nothing found', axe);
  await tab.fill('', menu, field);
  await lab.passes(FRAME);
  await tab.key('ArrowDown');
  await lab.passes(FRAME);
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await isOpen(tab)).toBe(false);
  expect((await playing(tab)).said).toContain('S_m listens.');
  expect(await focused()).toBe('Go on');
  await test.step('a scene', axe);
});
