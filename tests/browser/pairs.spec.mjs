// The pair of states and what it means, and the ladder in the place of the state machine.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { button } from './layer/tab.mjs';

const pair = (page) => page.getByRole('group', { name: 'The pair of states, and what it means' });
const ladder = (page) => page.getByRole('table', { name: 'Segments of this connection' });

test('the line under the wire names what is lost, and where', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await expect(pair(page)).toContainText('Nobody has asked for a connection yet');
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.shows(['SYN_SENT'], ['LISTEN', 'SYN_RECV']);
  await lab.until(async () => /dropped it/.test(await pair(page).innerText()), 10_000, 'the loss');
  await expect(pair(page)).toContainText('C_m SYN_SENT · S_m SYN_RECV');
  await expect(pair(page)).toContainText('The SYN|ACK is lost: rule 1 in S_m OUTPUT dropped it. C_m cannot tell.');
});

test('why the pair is what it is: the verdict, and facts that lead to their moments, by keys alone', async ({ tab, page, axe }) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN');
  await lab.presses('C_m', 'Connect');
  await lab.until(async () => /SYN #3/.test(await page.locator('.says').innerText()), 20_000, 'the third SYN');
  await page.getByRole('button', { name: 'Why?', exact: true }).focus();
  await page.keyboard.press('Enter');
  await lab.passes(100);
  const why = page.getByRole('dialog', { name: 'What led here' });
  await expect(why).toContainText("C_m's SYN is lost: rule 1 in C_m OUTPUT dropped it.");
  const facts = why.locator('ol').first();
  await expect(facts.getByRole('listitem').first()).toContainText('SYN #3 hit rule 1 in C_m OUTPUT');
  await expect(why).toContainText('SYN tried 3 times, at most 7 times');
  await axe();
  const last = facts.getByRole('button').last();
  await last.focus();
  await page.keyboard.press('Enter');
  await lab.passes(100);
  await expect(page.getByRole('timer')).toContainText('00:00:00.000');
});

for (const [width, height] of [[1024, 576], [1280, 720]]) {
  test(`what each loss would show is in sight when why is asked, and stays where it is, at ${width} px`, async ({ tab, page }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    await lab.drops('SYN');
    await lab.presses('C_m', 'Connect');
    await lab.until(async () => /SYN #4/.test(await page.locator('.says').innerText()), 30_000, 'the fourth SYN');
    await lab.clicks(button('Why?'));
    const seen = () => tab.evaluate(() => {
      const popover = document.querySelector('#why-pair').getBoundingClientRect();
      const { top, bottom } = document.querySelector('#why-pair .shows').getBoundingClientRect();
      return { top, inside: top >= popover.top && bottom <= popover.bottom, clock: document.querySelector('.clock').textContent };
    });
    const before = await seen();
    expect(before.inside).toBe(true);
    await lab.passes(10_000);
    expect(await seen(), 'the clock stands while it is read').toEqual(before);
    await tab.key('Escape');
    await lab.passes(2_000);
    const after = await tab.evaluate(() => document.querySelector('.clock').textContent);
    expect(after > before.clock, 'and it goes on after that').toBe(true);
  });
}

test('what is folded in the chain of causes can be opened', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN');
  await lab.presses('C_m', 'Connect');
  await lab.until(async () => /SYN #7/.test(await page.locator('.says').innerText()), 60_000, 'the last SYN');
  await lab.clicks(button('Why?'));
  const why = page.locator('#why-pair');
  await expect(why.getByText('SYN #2 hit')).toBeHidden();
  await why.getByText(/\d+ more facts between/).click();
  await expect(why.getByText('SYN #2 hit')).toBeVisible();
});

for (const [width, height] of [[390, 844], [1024, 576], [1280, 720]]) {
  test(`nothing moves, whatever is said, and nothing said is cut, at ${width} px`, async ({ tab, page }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    const box = () => page.locator('.told').evaluate((it) => it.getBoundingClientRect().bottom + window.scrollY);
    const before = await box();
    await lab.drops('SYN|ACK');
    await lab.presses('C_m', 'Connect');
    for (let looks = 0; looks < 8; looks += 1) {
      await lab.passes(700);
      expect(await box()).toBe(before);
      const cut = await pair(page).evaluate((it) => it.scrollHeight - it.clientHeight);
      expect(cut, await pair(page).innerText()).toBeLessThanOrEqual(1);
    }
  });
}

test('the ladder lists the segments, and a click goes to the moment of one', async ({ tab, page, axe }) => {
  const lab = await Lab.open(tab);
  const card = () => page.locator('.machine').boundingBox();
  const before = await card();
  const { x, y, width, height } = await page.getByRole('radiogroup', { name: 'What is shown between the hosts' }).boundingBox();
  const covered = await page.locator('.diagram .node, .diagram .edge text, .diagram .lane').evaluateAll((all, box) =>
    all.filter((it) => {
      const { left, right, top, bottom, width: drawn } = it.getBoundingClientRect();
      return drawn > 0 && left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y;
    }).map((it) => it.textContent), { x, y, width, height });
  expect(covered, 'under the switch').toEqual([]);
  await page.getByRole('radio', { name: 'State machine' }).focus();
  await page.keyboard.press('ArrowRight');
  await lab.passes(100);
  await expect(page.getByText('No segment has been sent yet.')).toBeVisible();
  expect(await card()).toEqual(before);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  const rows = ladder(page).locator('tbody tr');
  await expect(rows).toHaveText([/^0\.000.*C → S SYN.*arrived/s, /^0\.005.*S → C SYN\|ACK.*arrived/s, /^0\.010.*C → S ACK.*arrived/s]);
  await axe();
  await rows.nth(2).getByRole('button').first().focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await lab.passes(100);
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('on its way');
  expect([await lab.badge('C_m'), await lab.badge('S_m')]).toEqual(['SYN_SENT', 'SYN_RECV']);
  await page.getByRole('radio', { name: 'State machine' }).check();
  await lab.passes(100);
  await expect(ladder(page)).toBeHidden();
});

test('Why? says what each loss would show, and which one it is', async ({ tab, page, axe }) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.passes(8_000);
  await page.getByRole('button', { name: 'Why?', exact: true }).focus();
  await page.keyboard.press('Enter');
  await lab.passes(100);
  const table = page.getByRole('table', { name: 'What each loss would show' });
  expect(await table.getByRole('row').allInnerTexts()).toEqual([
    'SYN\tC_m SYN_SENT, S_m LISTEN',
    'SYN|ACK, at S_m OUTPUT\tC_m SYN_SENT, S_m SYN_RECV, then LISTEN, again and again',
    'SYN|ACK, further on\tC_m SYN_SENT, S_m SYN_RECV',
    'the last ACK\tC_m ESTABLISHED, S_m SYN_RECV',
  ]);
  await expect(table.locator('[aria-current="true"]')).toHaveText(/^SYN\|ACK, at S_m OUTPUT/);
  await axe();
});
