// Random sessions in the page: whatever is done, in whatever order, it complains about nothing, and the session equals its
// own replay, natively and in the page.
//
// `cargo xtask test` runs five short ones, `cargo xtask soak` a hundred of a thousand actions. One that fails names its
// seed, which does the same again: TCP_STATES_SEEDS=17 TCP_STATES_ACTIONS=1000 npx playwright test random
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { button, role } from './layer/tab.mjs';
import { Walk } from './random.mjs';

/** The first and the last seed, and how much is done in each session. */
const [first, last = first] = (process.env.TCP_STATES_SEEDS ?? '1-5').split('-').map(Number);
const actions = Number(process.env.TCP_STATES_ACTIONS ?? 120);
/** Actions between two comparisons. */
const COMPARED = 200;

const program = process.env.TCP_STATES_PROGRAM ?? fileURLToPath(new URL('../../target/debug/tcp-states', import.meta.url));

/** What a native replay makes of a link: it fails if anything else happened than in the page. */
const replays = (link) => execFileSync(program, ['link', '--open', link], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** What the session is, and what is seen of it. */
const looks = async (lab) => {
  // A terminal that was opened and has had no line is layout, of which a session knows nothing.
  const terminals = () =>
    [...document.querySelectorAll('.terminal [role=log]')].map((log) => log.textContent).filter((it) => !/^\w+\$\s*Command for \w+ third$/.test(it));
  // Which connection is looked at is not kept.
  return { rows: (await lab.looks()).rows, time: await lab.tab.read(role('timer')), terminals: await lab.tab.evaluate(terminals) };
};

/** The link to the session, or null if it is too long for one. */
async function shared(lab) {
  await lab.clicks(button('Share'));
  const link = await lab.tab.evaluate(() => {
    const input = document.querySelector('dialog.share .link input');
    return input && input.value.slice(input.value.indexOf('#'));
  });
  await lab.tab.key('Escape');
  await lab.passes(0);
  return link;
}

/** Closes what is open, and lets the clock stand at a moment between two events. */
async function rests(walk) {
  const { tab, page } = walk;
  await tab.resize(1280, 720);
  for (let times = 0; times < 4; times += 1) {
    await page.keyboard.press('Escape');
    // The diagram has keys of its own.
    await tab.evaluate(() => document.activeElement.blur());
    await tab.passes(0);
  }
  await tab.evaluate(() => {
    const pace = document.querySelector('.pick select');
    pace.value = 'normal';
    pace.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await tab.passes(0);
  if (await tab.has(button('Pause'))) await tab.click(button('Pause'));
  await tab.passes(0);
}

/** Compares the session with its replays: of its link by a native program, and of what the page keeps when it is reloaded. */
async function compares(walk) {
  await rests(walk);
  const lab = new Lab(walk.tab);
  const link = await shared(lab);
  if (!link) return 0;
  replays(link);
  const before = await looks(lab);
  await walk.opens();
  expect(await looks(lab), 'after a reload').toEqual(before);
  return 1;
}

for (let seed = first; seed <= last; seed += 1) {
  test(`seed ${seed}: ${actions} random actions`, async ({ tab, page }) => {
    test.setTimeout(60_000 + actions * 500);
    const walk = new Walk(tab, page, seed);
    await walk.begin();
    let compared = 0;
    try {
      for (let number = 1; number <= actions; number += 1) {
        const complaints = await walk.acts();
        if (complaints.length > 0) throw new Error(complaints.join('\n'));
        if (number % COMPARED === 0 || number === actions) compared += await compares(walk);
      }
    } catch (error) {
      error.message = `seed ${seed}, action ${walk.done.length}, at ${walk.address || 'no address'}: ${error.message}\n${walk.done.slice(-12).join('\n')}`;
      throw error;
    }
    console.log(`seed ${seed}: ${JSON.stringify(walk.counts)}, compared ${compared} times`);
  });
}
