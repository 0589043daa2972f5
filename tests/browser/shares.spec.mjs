// What the network does to a share of the segments: set at the wire, listed among the rules in force, ended there.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region, role } from './layer/tab.mjs';

const wire = region('Wire');
const menu = role('dialog', 'From C_m to S_m');
const firewall = (page) => page.getByRole('region', { name: 'Firewall' });
const all = (page) => page.getByRole('dialog', { name: /^What is dropped, and where/ });
const typed = (page) =>
  page.locator('.network [role=log] [data-kind=command]').allTextContents().then((lines) => lines.map((line) => line.replace('network$ ', '').trim()));

/** Puts a value into a field of the open menu of a lane. */
const sets = async (tab, label, value) => {
  await tab.evaluate((name) => {
    const of = [...document.querySelectorAll('.lane-menu:popover-open label')].find((it) => it.textContent.includes(name));
    of.querySelector('input').select();
  }, label);
  await tab.type(value);
};

test('a share that is lost is set, told, listed and ended, by mouse', async ({ tab, page, axe }) => {
  const lab = await Lab.open(tab);
  await lab.clicks(wire, button('5 ms from C_m to S_m, 0 segments'));
  await sets(tab, 'Lost, %', '100');
  await sets(tab, 'Doubled, %', '12.5');
  await lab.clicks(menu, button('Set'));
  expect(await typed(page)).toEqual(['drop client 100%; duplicate client 12.5%']);
  await axe();
  await tab.key('Escape');
  await lab.passes(FRAME);
  const lane = page.getByRole('button', { name: '5 ms · 100% lost · 12.5% doubled from C_m to S_m, 0 segments' });
  await expect(lane).toHaveText('5 ms · 100% lost · 12.5% doubled ▾');
  await lab.presses('C_m', 'Connect');
  await lab.until(async () => /was lost/.test(await page.locator('.says').innerText()), 10_000, 'the SYN is lost');
  await expect(page.locator('.says')).toHaveText('SYN was lost: the network loses 100% of what C_m sends. Nobody is told.');
  await firewall(page).getByRole('button', { name: /^2 in force/ }).click();
  await lab.passes(FRAME);
  const rows = () => all(page).getByRole('listitem').evaluateAll((items) => items.map((it) => [...it.querySelectorAll('b, span')].map((part) => part.innerText).join(' ')));
  expect(await rows()).toEqual(['client 100% the network 1 dropped', 'duplicate client 12.5% the network 0 doubled']);
  await all(page).getByRole('button', { name: 'Remove: client 100% at the network' }).click();
  await lab.passes(FRAME);
  expect((await typed(page)).at(-1)).toBe('undrop client 100%');
  await page.keyboard.press('Escape');
  await firewall(page).getByRole('button', { name: 'Clear all' }).click();
  await lab.passes(FRAME);
  expect((await typed(page)).at(-1)).toBe('clear');
  await expect(page.getByRole('button', { name: /^5 ms from C_m to S_m, \d/ })).toHaveText('5 ms ▾');
});

test('the next segment is overtaken, and the inspector says by which rule, by keyboard', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await page.getByRole('button', { name: '5 ms from C_m to S_m, 0 segments' }).focus();
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  await page.getByRole('button', { name: 'Let the next one be overtaken' }).focus();
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  expect(await typed(page)).toEqual(['reorder client * * 1']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Pause' }).click();
  await lab.types('C_m upper', 'hello');
  const chip = page.getByRole('button', { name: /^data 6: / });
  await chip.focus();
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  await page.getByRole('button', { name: 'Inspect' }).focus();
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  await expect(page.getByRole('region', { name: 'Segment' })).toContainText("It takes twice as long, by the network's rule reorder client * * 1.");
});
