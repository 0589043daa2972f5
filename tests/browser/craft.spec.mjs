// A segment made by hand: the form shows the line that it types, before it is typed.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region, role, textbox } from './layer/tab.mjs';

const menu = (from, to) => role('dialog', `From ${from} to ${to}`);

/** Connected, with the form open in the menu of the lane from one host to the other. */
const crafting = async (tab, from, to, address) => {
  const lab = await Lab.open(tab, address);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await lab.clicks(region('Wire'), button(`5 ms from ${from} to ${to}, 0 segments`));
  await tab.evaluate(() => document.querySelector('.lane-menu:popover-open summary').focus());
  await tab.key('Enter');
  await lab.passes(FRAME);
  return lab;
};

const line = (tab) => tab.evaluate(() => document.querySelector('.lane-menu:popover-open code').textContent);
const answer = (tab) => tab.evaluate(() => document.querySelector('.lane-menu:popover-open output').textContent);
const commands = (tab) =>
  tab.evaluate(() => [...document.querySelectorAll('.network [role=log] > *')].map((it) => it.textContent.trim()).filter((it) => it.startsWith('network$ ')));

test('a forged RST ends the connection at the client, by mouse', async ({ tab, axe }) => {
  const lab = await crafting(tab, 'S_m', 'C_m');
  const form = menu('S_m', 'C_m');
  await lab.clicks(form, button('A forged RST'));
  const typed = 'send-segment --from server --to client --flags RST --seq next';
  expect(await line(tab)).toBe(typed);
  expect(await commands(tab), 'nothing is typed yet').toEqual([]);
  await axe();
  await lab.clicks(form, button('Type it'));
  expect(await commands(tab)).toEqual([`network$ ${typed}`]);
  expect(await answer(tab)).toMatch(/^\d+: RST from server to client, 5 ms to go$/);
  await lab.until(async () => (await lab.states('C_m')).length === 0, 6_000, 'it is reset');
  await axe();
});

test('a menu opens again with the form folded, as it opened first', async ({ tab }) => {
  const lab = await crafting(tab, 'C_m', 'S_m');
  const seen = () =>
    tab.evaluate(() => ['[name=ms]', '.craft'].map((it) => document.querySelector(`.lane-menu:popover-open ${it}`).checkVisibility()));
  expect((await seen())[1], 'the form is unfolded').toBe(true);
  await tab.key('Escape');
  await lab.passes(FRAME);
  await lab.clicks(region('Wire'), button('5 ms from C_m to S_m, 0 segments'));
  expect(await seen(), 'the delay can be set').toEqual([true, false]);
});

test('a bad value is said in the words of the console, and nothing typed is lost, by keyboard', async ({ tab }) => {
  const lab = await crafting(tab, 'C_m', 'S_m');
  const form = menu('C_m', 'S_m');
  const field = (name) => [form, textbox(name)];
  await tab.focus(...field('Sequence number'));
  await tab.type('soon');
  await tab.focus(...field('Data'));
  await tab.type("it's");
  await lab.passes(FRAME);
  const typed = "send-segment --from client --to server --flags ACK --seq soon --data 'it'\\''s'";
  expect(await line(tab)).toBe(typed);
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await answer(tab)).toContain('number soon: N, +N, next, next+N or next-N');
  expect(await tab.read(...field('Data'))).toBe("it's");
  await tab.fill('+1', ...field('Sequence number'));
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await answer(tab)).toMatch(/data from client to server/);
  // Closed and opened again, it has what it had.
  await tab.key('Escape');
  await lab.passes(FRAME);
  await tab.focus(region('Wire'), button(/^5 ms from C_m to S_m/));
  await tab.key('Enter');
  await lab.passes(FRAME);
  await tab.evaluate(() => document.querySelector('.lane-menu:popover-open summary').focus());
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await tab.read(...field('Sequence number'))).toBe('+1');
});

test('where the terminals are locked, the form types nothing', async ({ tab }) => {
  const lab = await crafting(tab, 'C_m', 'S_m', '?lock=terminals');
  await lab.clicks(menu('C_m', 'S_m'), button('A stray SYN'));
  await lab.clicks(menu('C_m', 'S_m'), button('Type it'));
  expect(await commands(tab)).toEqual([]);
});

for (const [width, height] of [[1280, 720], [390, 844], [320, 700]]) {
  test(`the form fits at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    await crafting(tab, 'C_m', 'S_m');
    const box = await tab.evaluate(() => {
      const { left, right, top, bottom } = document.querySelector('.lane-menu:popover-open').getBoundingClientRect();
      const wire = document.querySelector('.wire').getBoundingClientRect();
      const form = document.querySelector('.lane-menu:popover-open .craft');
      const button = form.querySelector('code + button').getBoundingClientRect();
      if (innerWidth >= 1000 && button.bottom > bottom) return ['the button is out of sight'];
      return [left >= 0, right <= innerWidth, top >= 0, bottom <= innerHeight, form.scrollWidth <= form.clientWidth, bottom <= wire.top || innerWidth < 1000];
    });
    expect(box).toEqual([true, true, true, true, true, true]);
  });
}
