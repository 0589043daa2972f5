// No control moves because a text grows or a count appears, whatever the exercises show.
import { clicked, typed } from './exercises.mjs';
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';

// To be switched on when the cards of the hosts and the firewall's row keep their measure: the cards' buttons move down by
// 2 px with a first note and by 8 px in TIME_WAIT, the row's to the right by 30 px with a first count.
test.fixme();

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
