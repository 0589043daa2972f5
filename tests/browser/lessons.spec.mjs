// Lessons, each from its first step to its last, by keyboard alone.
import { expect, test } from './fixture.mjs';
import { Pupil, ids, stepsOf } from './lessons.mjs';

for (const id of ids) {
  test(`${id} is taken by keyboard alone`, async ({ tab }) => {
    test.setTimeout(120_000);
    const pupil = await Pupil.opens(tab, id);
    await pupil.takes(id);
    const journal = await tab.evaluate(() => localStorage.getItem('tcp-states.journal'));
    expect(journal.match(/ passed /g), journal).toHaveLength(stepsOf(id));
  });
}
