// Two lessons in each browser.
import { test } from './fixture.mjs';
import { Pupil } from './lessons.mjs';

for (const id of ['handshake', 'syn-dropped']) {
  test(`${id} is taken`, async ({ tab }) => {
    test.setTimeout(120_000);
    const pupil = await Pupil.opens(tab, id);
    await pupil.takes(id);
  });
}
