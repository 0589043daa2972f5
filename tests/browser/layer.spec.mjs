// The layer itself: its clock, its complaints and its clicks, in each browser.
import { expect, test } from './fixture.mjs';
import { host } from './lab.mjs';
import { FRAME, button, region } from './layer/tab.mjs';

test('time is the test\'s', async ({ tab }) => {
  await tab.goto();
  const began = await tab.evaluate(() => {
    window.noted = [];
    const note = (what) => () => window.noted.push(`${what} at ${performance.now()}, ${Date.now()}`);
    setTimeout(note('timer'), 50);
    clearTimeout(setTimeout(note('none'), 50));
    const every = setInterval(() => {
      note('interval')();
      if (performance.now() > 60) clearInterval(every);
    }, 30);
    requestAnimationFrame(() => {
      note('frame')();
      requestAnimationFrame(note('next frame'));
    });
    return performance.now();
  });
  await tab.passes(500);
  const noted = await tab.evaluate(() => window.noted);
  const at = (ms) => `at ${began + ms}, ${began + ms}`;
  expect(noted).toEqual([
    `frame ${at(FRAME)}`, `interval ${at(30)}`, `next frame ${at(2 * FRAME)}`, `timer ${at(50)}`, `interval ${at(60)}`, `interval ${at(90)}`,
  ]);
});

for (const [what, complain] of Object.entries({
  'a console error': () => console.error('one'),
  'an error nobody caught': () => setTimeout(() => { throw new Error('two'); }),
  'a promise nobody caught': () => void Promise.reject(new Error('three')),
  'what the policy refuses': () => document.body.setAttribute('style', 'color: red'),
  'a picture that does not come': () => document.body.append(Object.assign(new Image(), { src: './none.png' })),
})) {
  test.describe(what, () => {
    test.use({ mayComplain: /./ });

    test('is a complaint', async ({ tab }) => {
      await tab.open();
      expect(await tab.complaints()).toEqual([]);
      await tab.evaluate(complain);
      await tab.passes(100);
      await expect.poll(() => tab.complaints()).not.toEqual([]);
    });
  });
}

test('what is covered, missing or there twice cannot be clicked', async ({ tab }) => {
  await tab.open();
  await expect(tab.click(region('Firewall'), button('URG'))).rejects.toThrow('0 elements are region Firewall › button URG');
  await expect(tab.click(button('Ctrl-C'))).rejects.toThrow('elements are button Ctrl-C');
  await tab.evaluate(() => {
    const cover = document.body.appendChild(document.createElement('div'));
    for (const [name, value] of [['position', 'fixed'], ['inset', '0'], ['z-index', '99']]) cover.style.setProperty(name, value);
  });
  await expect(tab.click(host('C_m'), button('Connect'))).rejects.toThrow('lies <div');
});
