// The article's exercises, in each browser: with its own commands, and by clicks.
import { clicked, typed } from './exercises.mjs';
import { test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { button, region } from './layer/tab.mjs';

for (const [how, plays] of Object.entries({ typed, clicked })) {
  test.describe(how, () => {
    for (const [name, play] of Object.entries(plays)) {
      test(name, async ({ tab }) => {
        await play(await Lab.quiet(tab));
      });
    }
  });
}

test('two clicks show SYN_SENT and LISTEN within ten seconds', async ({ tab }) => {
  const lab = await Lab.open(tab);
  await tab.click(region('Firewall'), button('SYN'));
  await lab.presses('C_m', 'Connect');
  await lab.passes(10_000);
  await lab.shows(['SYN_SENT'], ['LISTEN'], 0);
});
