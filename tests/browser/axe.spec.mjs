// What axe says of every view of the page, in each theme. Each finding fails.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button } from './layer/tab.mjs';

const SIZES = { wide: [1280, 720], compact: [720, 900], low: [1024, 576], phone: [390, 844] };

/** How each view comes about: its size, its address, and what is done there. */
const VIEWS = {
  'the menu of scenes': ['wide', '', async (lab) => lab.clicks(button(/^Scenes/))],
  'share': ['wide', '', async (lab) => lab.clicks(button('Share'))],
  'the page that builds addresses': ['wide', '', builds],
  'the page that builds addresses, on a phone': ['phone', '', builds],
  'Present': ['wide', '?present=on&scene=synack-dropped&pause=2'],
  'the ladder': ['wide', '?view=ladder&scene=whole-connection&pause=end'],
  'state machine and ladder': ['wide', '?view=both&scene=whole-connection&pause=end'],
  'embedded': ['compact', '?embed=on&scene=synack-dropped&title=Week+3'],
  'embedded, with a terminal': ['compact', '?embed=on&terminal=client-upper'],
  'compact': ['compact', ''],
  'low': ['low', '?scene=syn-dropped&pause=end'],
  'a phone': ['phone', '?scene=syn-dropped&pause=2'],
  'some panels': ['wide', '?panels=state,diagram,wire'],
  'other panels': ['wide', '?panels=netstat,firewall,terminals,time'],
  'terminals beside': ['wide', '?terminal=server-lower'],
  'everything locked': ['wide', '?lock=firewall,terminals,time,settings', async (lab) => lab.clicks(button('Settings'))],
  'a notice': ['wide', '?scene=nothing&scale=150'],
};

async function builds(lab) {
  await lab.clicks(button('Share'));
  await lab.clicks(button('Put it into a page…'));
}

const THEMES = ['light', 'dark', 'contrast'];

for (const [name, [size, address, reach]] of Object.entries(VIEWS)) {
  test(`axe finds nothing: ${name}`, async ({ tab, axe }) => {
    test.setTimeout(180_000);
    await tab.resize(...SIZES[size]);
    const lab = await Lab.open(tab, address);
    await reach?.(lab);
    await lab.passes(FRAME);
    for (const theme of THEMES) {
      // This attribute is all that a theme is.
      await tab.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
      await test.step(theme, axe);
    }
  });
}

test('these are thirty views and more', () => {
  expect(THEMES.length * Object.keys(VIEWS).length).toBeGreaterThanOrEqual(30);
});
