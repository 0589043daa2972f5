// The firewall: rules in force, where they are seen, and how they are ended.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region } from './layer/tab.mjs';

const firewall = (page) => page.getByRole('region', { name: 'Firewall' });
const all = (page) => page.getByRole('dialog', { name: /^What is dropped, and where/ });
const gate = (page, name) => page.getByRole('button', { name: new RegExp(` ${name}: `) });

/** Each rule of a list: what, where, and how much. */
const rules = (list) =>
  list.getByRole('listitem').evaluateAll((items) =>
    items.map((item) => [...item.querySelectorAll('b, span')].map((it) => it.innerText).join(' ')));

test('a rule is listed with its place and its count, and ended there', async ({ tab, page, axe }) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  const pill = firewall(page).locator('.pill');
  await lab.until(async () => /[1-9] dropped/.test(await pill.innerText()), 20_000, 'a count');
  await page.getByRole('button', { name: 'Pause' }).click();
  await lab.passes(FRAME);
  const [count] = (await pill.innerText()).match(/[1-9] dropped/);
  await expect(pill).toHaveText(/SYN\|ACK\s*S_m OUTPUT/);
  await gate(page, 'S_m OUTPUT').click();
  await expect(page.getByRole('dialog', { name: /^S_m OUTPUT: 1 dropping/ })).toBeVisible();
  const list = page.locator('#s-out');
  expect(await rules(list)).toEqual([`SYN|ACK S_m OUTPUT ${count}`]);
  await expect(list).toContainText('-A OUTPUT -p tcp -m tcp --sport 5555 --tcp-flags FIN,SYN,RST,ACK SYN,ACK -j DROP');
  await axe();
  await list.getByRole('button', { name: 'Remove: SYN|ACK at S_m OUTPUT' }).click();
  await lab.passes(FRAME);
  await expect(list).toContainText('Nothing is dropped or rejected here.');
  await expect(pill).toHaveCount(0);
  expect(await lab.text('S_m lower')).toContain('sudo iptables -D OUTPUT -p tcp --sport 5555');
});

test('all rules are ended by one key, and one undo brings them back', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.types('C_m lower', 'sudo iptables -A INPUT -p icmp -j REJECT');
  await lab.types('C_m lower', 'sudo iptables -P OUTPUT DROP');
  for (const place of ['the sender', 'the network']) {
    await page.getByRole('combobox', { name: 'at', exact: true }).selectOption(place);
    await lab.passes(FRAME);
    await lab.drops('FIN');
  }
  const opens = firewall(page).getByRole('button', { name: /in force/ });
  await opens.focus();
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  const those = [
    '-p icmp -j REJECT --reject-with icmp-port-unreachable C_m INPUT 0 rejected',
    'FIN C_m OUTPUT 0 dropped',
    'policy DROP C_m OUTPUT 0 dropped',
    'FIN the network 0 dropped',
  ];
  expect(await rules(all(page))).toEqual(those);
  await page.keyboard.press('Escape');
  await firewall(page).getByRole('button', { name: 'Clear all' }).focus();
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  await expect(opens).toHaveText(/^0 in force/);
  expect(await lab.text('C_m lower')).toContain('sudo iptables -F; sudo iptables -P OUTPUT ACCEPT');
  await expect(firewall(page).getByRole('button', { name: 'Clear all' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Undo' }).click();
  await lab.passes(FRAME);
  await opens.click();
  expect(await rules(all(page))).toEqual(those);
});

test('where a segment does not pass, its toggle says so and types nothing', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await page.getByRole('combobox', { name: 'at', exact: true }).selectOption('C_m INPUT');
  await lab.passes(FRAME);
  const syn = firewall(page).getByRole('button', { name: 'SYN', exact: true });
  await expect(syn).toHaveAttribute('aria-disabled', 'true');
  await lab.clicks(region('Firewall'), button('SYN'));
  await lab.passes(FRAME);
  await expect(page.getByText('The SYN of C_m does not pass C_m INPUT.')).toBeVisible();
  await expect(firewall(page).getByRole('button', { name: /in force/ })).toHaveText(/^0 in force/);
  await lab.drops('SYN|ACK');
  await expect(firewall(page).getByRole('button', { name: /in force/ })).toHaveText(/^1 in force/);
});

for (const [width, height] of [[390, 844], [1024, 576], [1280, 720], [1920, 1080]]) {
  test(`no control moves as rules come and count, at ${width} px`, async ({ tab, page }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    const places = () =>
      page.locator('.gate, .toggle, .firewall select, .force, .clear').evaluateAll((them) =>
        them.map((it) => [it.innerText.split('✕')[0], ...Object.values(it.getBoundingClientRect().toJSON())]));
    const labels = (all) => all.map(([, ...box]) => box);
    const before = labels(await places());
    await lab.drops('SYN|ACK');
    await lab.drops('RST');
    await lab.clicks(region('Firewall'), button('FIN'));
    expect(labels(await places())).toEqual(before);
    await lab.presses('C_m', 'Connect');
    await lab.passes(12_000);
    expect(labels(await places())).toEqual(before);
  });
}

test('a list of rules opens beside its button, and what is chosen there is dropped there', async ({ tab, page }) => {
  for (const [width, height] of [[1024, 576], [1280, 720], [1920, 1080]]) {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    for (const place of ['c-out', 'c-in', 's-in', 's-out', 'rules']) {
      const button = page.locator(`button[popovertarget="${place}"]`);
      await button.scrollIntoViewIfNeeded();
      await button.click();
      await lab.passes(FRAME);
      const [of, list] = [await button.boundingBox(), await page.locator(`#${place}`).boundingBox()];
      const gap = Math.max(list.y - (of.y + of.height), of.y - (list.y + list.height));
      expect(gap, `${place} at ${width}`).toBeGreaterThanOrEqual(0);
      expect(gap, `${place} at ${width}`).toBeLessThan(12);
      expect(list.x, place).toBeLessThan(of.x + of.width);
      expect(list.x + list.width, place).toBeGreaterThan(of.x);
      expect(list.x + list.width, place).toBeLessThanOrEqual(width);
      await page.keyboard.press('Escape');
      await lab.passes(FRAME);
    }
  }
  const lab = await Lab.open(tab);
  await gate(page, 'C_m INPUT').click();
  await lab.passes(FRAME);
  await page.locator('#c-in').getByRole('button', { name: 'SYN|ACK', exact: true }).click();
  await lab.passes(FRAME);
  expect(await rules(page.locator('#c-in'))).toEqual(['SYN|ACK C_m INPUT 0 dropped']);
});

test('when a rule is removed by a key, the focus goes to the next one', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN');
  await lab.drops('FIN');
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText);
  const enter = async () => {
    await page.keyboard.press('Enter');
    await lab.passes(FRAME);
  };
  await firewall(page).getByRole('button', { name: /^2 in force/ }).focus();
  await enter();
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Remove: FIN at C_m OUTPUT');
  await enter();
  expect(await focused()).toBe('Remove: SYN at C_m OUTPUT');
  await enter();
  expect(await focused()).toBe('Clear all');
  await page.keyboard.press('Escape');
  // And beside the toggles.
  await lab.drops('SYN');
  await firewall(page).getByRole('button', { name: 'Remove: SYN at C_m OUTPUT' }).focus();
  await enter();
  expect(await focused()).toMatch(/^0 in force/);
});
