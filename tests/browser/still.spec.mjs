// No control moves because a text grows or a count appears, whatever the exercises show.
import { clicked, typed } from './exercises.mjs';
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';

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
