// What axe says of every view of the page, in each theme. Each finding fails.
import { expect, test } from './fixture.mjs';
import { Lab, host } from './lab.mjs';
import { FRAME, button, region, role } from './layer/tab.mjs';

const SIZES = { wide: [1280, 720], compact: [720, 900], low: [1024, 576], phone: [390, 844], large: [1920, 1080] };

const THEMES = ['light', 'dark', 'contrast'];
/** What lies over the page, which is looked at without it. */
const OPENED = 'dialog:modal, :popover-open, .acts, .inspector';
/** What a theme can change: colours and sizes. */
const OF_THEMES = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

const opens = (...path) => async (lab) => lab.clicks(...path);
const closes = async (lab) => {
  await lab.tab.key('Escape');
  await lab.passes(FRAME);
};

/** A SYN|ACK is dropped again and again; then the clock stands. */
const half = async (lab) => {
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.passes(3_200);
  await lab.clicks(button('Pause'));
};
/** A segment is half-way, and the clock stands. */
const crossing = async (lab) => {
  await lab.presses('C_m', 'Connect');
  await lab.passes(600);
  await lab.clicks(button('Pause'));
};
const builds = async (lab) => {
  await lab.clicks(button('Share'));
  await lab.clicks(button('Put it into a page…'));
};
const inspects = async (lab) => {
  await lab.clicks(region('Wire'), button(/^SYN: /));
  await lab.clicks(role('group', 'SYN'), button('Inspect'));
};
const lane = opens(region('Wire'), button(/ms from C_m to S_m/));
const ofList = async (lab) => {
  await lab.clicks(button('List'));
  await ofLadder(lab);
};
const ofLadder = opens(region('State machine'), button(/^Inspect SYN( |$)/));
/** Opens the card of a state or an edge of the diagram, with the facts that led there. */
const looksAt = (piece) => async (lab) => {
  await lab.tab.evaluate((selector) => document.querySelector(`.diagram ${selector}`).focus(), piece);
  await lab.tab.key('Enter');
  await lab.passes(FRAME);
  await lab.tab.evaluate(() => document.querySelector('.piece summary')?.click());
};
const aState = looksAt('[data-node="syn-recv"]');
const anEdge = looksAt('.edge[data-from="listen"][data-to="syn-recv"]');
const ofPairs = opens(button(/All pairs$/));
const crafts = async (lab) => {
  await lane(lab);
  await lab.clicks(role('summary', 'Craft a segment'));
};

/** The first change is gone to, and something is looked at. */
const looks = async (lab) => {
  await lab.clicks(button('On to the next change'));
  await lab.clicks(button(/^C_m: TCP’s counters/));
};
/** It is given up. */
const gives = async (lab) => {
  await looks(lab);
  await lab.clicks(button('Show the truth'));
};
/** What every puzzle can open. */
const OF_PUZZLES = {
  'a puzzle': null,
  'the menu of levels': opens(button(/^Level \d/)),
  'a puzzle, share': opens(button('Share')),
  'a puzzle, settings': opens(button('Settings')),
  'a puzzle, help': opens(button('Help')),
  'the pair table': opens(button(/^▸ Hint/)),
};
const over = (more) => ({ [`${more}a puzzle that is over`]: null, [`${more}its share`]: opens(button('Share')) });
const named = (more) => Object.fromEntries(Object.entries(OF_PUZZLES).map(([name, reach]) => [`${more}${name}`, reach]));

/**
 * Views that come about in one page, one after the other: its size, its address, what is done first, and each view with
 * what leads to it. What is not last is closed by Escape, and not opened at all if nothing leads there.
 */
const PAGES = [
  ['wide', '', half, {
    'a SYN|ACK is dropped': null,
    'the menu of scenes': opens(button(/^Scenes/)),
    settings: opens(button('Settings')),
    help: opens(button('Help')),
    'why the pair is so': opens(button('Why?')),
    'all pairs of states': ofPairs,
    'a state of the diagram': aState,
    'an edge of the diagram': anEdge,
    'why a row is so': opens(host('C_m'), button(/why\?/)),
    'the rules at a gate': opens(region('Wire'), button(/^OUT S_m/)),
    share: opens(button('Share')),
    'the page that builds addresses': builds,
  }],
  ['wide', '', crossing, {
    'what can be done to a segment': opens(region('Wire'), button(/^SYN: /)),
    'a lane': lane,
    'a segment made by hand': crafts,
    'a segment, inspected': inspects,
  }],
  ['wide', '?view=ladder&scene=whole-connection&pause=end', null, { 'the ladder': null, 'a segment of the ladder': ofLadder }],
  ['wide', '?view=both&scene=whole-connection&pause=end', null, { 'state machine and ladder': null }],
  ['large', '?view=both', half, { 'both, side by side': null }],
  ['wide', '?present=on&scene=synack-dropped&pause=2', null, { Present: null }],
  ['wide', '?present=on&view=ladder&scene=synack-dropped&pause=2', null, { 'the ladder in Present': null }],
  ['compact', '?embed=on&scene=synack-dropped&title=Week+3', null, { embedded: null }],
  ['compact', '?embed=on&terminal=client-upper', null, { 'embedded, with a terminal': null }],
  ['compact', '', null, { compact: null, 'the rest of a host': opens(button('C_m: buttons and netstat')) }],
  ['low', '?scene=syn-dropped&pause=end', null, { low: null, 'low, an edge of the diagram': anEdge }],
  ['phone', '?scene=syn-dropped&pause=2', null, { 'a phone': null }],
  ['phone', '?scene=synack-dropped&pause=2', null, {
    'a phone, a SYN|ACK is dropped': null,
    'a phone, the scenes': opens(button(/^Scenes/)),
    'a phone, settings': opens(button('Settings')),
    'a phone, help': opens(button('Help')),
    'a phone, the page that builds addresses': builds,
    'a phone, all pairs of states': ofPairs,
    'a phone, a state of the diagram': aState,
  }],
  ['phone', '?view=ladder&scene=whole-connection&pause=end', null, { 'a phone, the ladder': null, 'a phone, a segment, inspected': ofList }],
  ['wide', '?panels=state,diagram,wire', null, { 'some panels': null }],
  ['wide', '?panels=netstat,firewall,terminals,time', null, { 'other panels': null }],
  ['wide', '?terminal=server-lower', null, { 'terminals beside': null }],
  ['wide', '?terminal=network', null, { 'the network\'s console': null }],
  ['wide', '?lock=firewall,terminals,time,settings', null, { 'everything locked': opens(button('Settings')) }],
  ['wide', '?scene=nothing&scale=150', null, { 'a notice': null }],
  ['wide', '?puzzle=5&level=counters', looks, named('')],
  ['low', '?puzzle=5&level=two', looks, named('low, ')],
  ['phone', '?puzzle=5&level=time', looks, named('a phone, ')],
  ['compact', '?puzzle=5&level=counters&embed=on', looks, { 'a puzzle, embedded': null }],
  ['wide', '?puzzle=5&level=counters', gives, over('')],
  ['phone', '?puzzle=5&level=counters', gives, over('a phone, ')],
];

for (const [size, address, begins, views] of PAGES) {
  test(`axe finds nothing: ${Object.keys(views).join('; ')}`, async ({ tab, axe }) => {
    test.setTimeout(240_000);
    await tab.resize(...SIZES[size]);
    const lab = await Lab.open(tab, address);
    await begins?.(lab);
    for (const [name, reach] of Object.entries(views)) {
      await reach?.(lab);
      await lab.passes(FRAME);
      for (const theme of THEMES) {
        // This attribute is all that a theme is.
        await tab.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
        await test.step(`${name}, ${theme}`, () => axe(theme === 'light' ? undefined : OF_THEMES, reach && OPENED));
      }
      await tab.evaluate(() => (document.documentElement.dataset.theme = 'light'));
      if (!reach) continue;
      expect(await tab.evaluate((opened) => document.querySelector(opened) !== null, OPENED), name).toBe(true);
      await closes(lab);
    }
  });
}

test('axe finds nothing in the reader\'s own colours', async ({ tab, page, axe }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ forcedColors: 'active' });
  for (const address of ['', '?view=both', '?present=on&scene=synack-dropped&pause=2']) {
    const lab = await Lab.open(tab, address);
    if (!address.includes('scene')) await half(lab);
    await test.step(address, axe);
  }
});

test('these are sixty views and more', () => {
  const count = THEMES.length * PAGES.flatMap(([, , , views]) => Object.keys(views)).length + 3;
  console.log(`axe: ${count} views × themes`);
  expect(count).toBeGreaterThanOrEqual(60);
});
