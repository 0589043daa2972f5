// A puzzle is solved in each browser.
import { expect, test } from './fixture.mjs';
import { button, role } from './layer/tab.mjs';

const MOMENT = 60;

test('a lost SYN is found', async ({ tab }) => {
  await tab.open('?puzzle=5&level=counters');
  const presses = async (...path) => {
    await tab.click(...path);
    await tab.passes(MOMENT);
  };
  for (let times = 0; times < 3; times += 1) await presses(button('On to the next change'));
  await presses(button('C_m: IP’s counters'));
  expect(await tab.evaluate(() => document.querySelector('[data-terminal=client-lower] .screen').innerText)).toContain('total packets received');
  await presses(role('radio', 'SYN'));
  // By keyboard: from what is lost to where, and to the place.
  await tab.focus(role('radio', 'C_m OUTPUT'));
  await tab.key(' ');
  await tab.passes(MOMENT);
  await presses(button('Answer'));
  const told = await tab.evaluate(() => ({ heading: document.querySelector('.graded h2').innerText, truth: document.querySelector('.truth').innerText, focus: document.activeElement.id, stops: document.querySelectorAll('.timebar .stop').length }));
  expect(told).toMatchObject({ heading: 'Right.', truth: 'The truth: SYN of C_m is dropped at C_m OUTPUT, always.', focus: 'to-read' });
  expect(told.stops).toBeGreaterThan(3);
});

test('both faults of level 7 are seen at once', async ({ tab }) => {
  await tab.resize(1280, 720);
  await tab.open('?puzzle=5&level=two');
  const [hidden, ...titles] = await tab.evaluate(() => {
    const form = document.querySelector('.asking .scrolls');
    const tops = [...document.querySelectorAll('.fault')].map((it) => it.querySelector('b').getBoundingClientRect().top - it.querySelector('h3').getBoundingClientRect().top);
    return [form.scrollHeight - form.clientHeight, ...tops.map(Math.round)];
  });
  expect(hidden).toBe(0);
  expect(titles, 'each with its title beside what it asks').toEqual([0, 0]);
});
