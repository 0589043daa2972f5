// Time: the bar with the whole past, undo and redo, and the paces.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { button, region, textbox } from './layer/tab.mjs';

const bar = (page) => page.getByRole('slider', { name: 'Time bar' });
const clock = async (page) => (await page.getByRole('timer').innerText()).trim();

/** S_m drops its own SYN|ACK; some time passes. */
const lostAnswers = async (tab) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.passes(8_000);
  await lab.clicks(button('Pause'));
  return lab;
};

const rects = (page) =>
  page.locator('.top button, .top select, .timebar, .host').evaluateAll((all) =>
    all.map((it) => Object.values(it.getBoundingClientRect().toJSON()).map(Math.round).join(' ')),
  );

test('states, stopped segments and long waits have their marks', async ({ tab, page, axe }) => {
  await lostAnswers(tab);
  expect(await bar(page).locator('circle[data-host="C"]').count()).toBeGreaterThan(0);
  expect(await bar(page).locator('circle[data-host="S"]:not([data-removed])').count()).toBeGreaterThan(0);
  expect(await bar(page).locator('.stop').count()).toBeGreaterThan(1);
  expect(await bar(page).locator('.fold .length').allTextContents()).toContain('995 ms');
  await expect(bar(page).locator('.due')).toBeAttached();
  await axe();
});

test('the keyboard goes through the past, and says where it is', async ({ tab, page }) => {
  const lab = await lostAnswers(tab);
  const end = await clock(page);
  const press = async (key) => {
    await bar(page).press(key);
    await lab.passes(40);
  };
  await bar(page).focus();
  await press('Home');
  expect(await clock(page)).toBe('00:00:00.000');
  await expect(bar(page)).toHaveAttribute('aria-valuetext', /^0\.000 s, in the past/);
  await press('ArrowRight');
  expect(await clock(page)).toBe('00:00:00.005');
  await expect(bar(page)).toHaveAttribute('aria-valuetext', /^0\.005 s, in the past.*: /);
  await expect(bar(page)).toHaveAttribute('data-past', '');
  await press('ArrowRight');
  await press('ArrowLeft');
  expect(await clock(page)).toBe('00:00:00.005');
  await press('End');
  expect(await clock(page)).toBe(end);
  await expect(bar(page)).not.toHaveAttribute('data-past');
});

for (const [width, height] of [[1280, 720], [390, 844]]) {
  test(`a pointer draws the playhead along the bar, at ${width} px`, async ({ tab, page }) => {
    await tab.resize(width, height);
    const lab = await lostAnswers(tab);
    const end = await clock(page);
    const box = await bar(page).boundingBox();
    expect(box.height).toBeGreaterThanOrEqual(28);
    const [left, y] = [box.x + 16, box.y + box.height / 2];
    const at = async () => (await page.locator('.timebar .playhead').boundingBox()).x;
    const head = await at();
    expect(head).toBeGreaterThan(left + 20);
    await page.mouse.move(head, y);
    await page.mouse.down();
    await page.mouse.move((left + head) / 2, y, { steps: 4 });
    await lab.passes(40);
    const middle = await clock(page);
    expect([middle < end, middle > '00:00:00.000'], `${middle} of ${end}`).toEqual([true, true]);
    expect(Math.abs((await at()) - (left + head) / 2)).toBeLessThan(10);
    await page.mouse.move(width, y, { steps: 4 });
    await lab.passes(40);
    await page.mouse.up();
    expect(await clock(page)).toBe(end);
    expect(Math.abs((await at()) - head)).toBeLessThan(1.5);
    // A press on a mark goes to its moment.
    const mark = await bar(page).locator('.stop path').first().boundingBox();
    await page.mouse.click(mark.x + mark.width / 2, y);
    await lab.passes(40);
    expect(await clock(page)).toBe('00:00:00.005');
  });
}

test('acting in the past forks, and one undo brings the dropped future back', async ({ tab, page }) => {
  const lab = await lostAnswers(tab);
  const [end, marks] = [await clock(page), await bar(page).locator('svg circle').count()];
  await bar(page).press('Home');
  await bar(page).press('ArrowRight');
  await lab.passes(40);
  await expect(bar(page).locator('.fork')).toHaveCount(0);
  await lab.presses('C_m', 'Ctrl-C');
  await expect(bar(page).locator('.fork')).toHaveCount(1);
  await page.locator('body').click({ position: { x: 2, y: 300 } });
  await page.keyboard.press('Control+z');
  await lab.passes(40);
  await expect(bar(page).locator('.fork')).toHaveCount(0);
  await bar(page).press('End');
  await lab.passes(40);
  expect([await clock(page), await bar(page).locator('svg circle').count()]).toEqual([end, marks]);
});

test('undo and redo, by key and by button, but not while a line is typed', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  const [undo, redo] = ['Undo', 'Redo'].map((name) => page.getByRole('button', { name, exact: true }));
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await expect(undo).toHaveAccessibleDescription(/Nothing to undo/);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await expect(undo).not.toHaveAttribute('aria-disabled');
  await tab.focus(region('C_m lower'), textbox());
  await tab.key('Control+z');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await lab.clicks(button('Start again'));
  await lab.shows([], ['LISTEN']);
  await page.keyboard.press('Control+z');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await page.keyboard.press('Control+Shift+Z');
  await lab.shows([], ['LISTEN']);
  await expect(redo).toHaveAttribute('aria-disabled', 'true');
  await lab.clicks(button('Undo'));
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('step by step waits for each press', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN|ACK');
  await page.getByLabel('Pace').selectOption('Step by step');
  await lab.presses('C_m', 'Connect');
  const pairs = [];
  for (let presses = 0; presses < 7; presses += 1) {
    await lab.clicks(button('Play'));
    await lab.passes(4_000);
    expect(await tab.has(button('Play'))).toBe(true);
    pairs.push(`${(await lab.looks()).badges[1]} ${await page.getByRole('status').first().innerText()}`);
  }
  const dropped = pairs.findIndex((pair) => /^SYN_RECV SYN.ACK #2 hit rule 1/.test(pair));
  expect(dropped, pairs.join('\n')).toBeGreaterThan(0);
  expect(pairs[dropped + 1]).toMatch(/^LISTEN S_m forgets/);
});

test('no control moves while time passes', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  const before = await rects(page);
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  for (let passed = 0; passed < 10; passed += 1) {
    await lab.passes(800);
    expect(await rects(page)).toEqual(before);
  }
});

for (const [width, height] of [[1280, 720], [1024, 576], [1920, 1080]]) {
  test(`the playhead covers no length of a wait while it waits, at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    await lab.drops('SYN');
    await tab.evaluate(() => [...document.querySelectorAll('.act')].find((it) => it.textContent === 'Connect').click());
    let passed = 0;
    for (let moments = 0; moments < 60; moments += 1) {
      await lab.passes(200);
      const { lengths, dot, track } = await tab.evaluate(() => {
        const head = document.querySelector('.timebar .playhead');
        const { left, top, bottom } = head.getBoundingClientRect();
        const [of, line] = ['::after', '::before'].map((part) => getComputedStyle(head, part));
        const half = parseFloat(of.width) / 2;
        const middle = (top + bottom) / 2;
        return {
          lengths: [...document.querySelectorAll('.timebar .length')].map((it) => it.getBoundingClientRect().toJSON()).filter((it) => it.width > 0),
          // The dot, and the line from where it begins.
          dot: { left: left - half, right: left + half, top: Math.min(middle - half, top + parseFloat(line.top)), bottom },
          track: document.querySelector('.timebar').getBoundingClientRect().toJSON(),
        };
      });
      for (const it of lengths) {
        const over = dot.left < it.right && it.left < dot.right;
        if (over) passed += 1;
        // A letter is not as high as its line.
        if (over) expect(Math.min(dot.bottom, it.bottom) - Math.max(dot.top, it.top)).toBeLessThanOrEqual(2);
        expect(it.top, 'it is in the bar').toBeGreaterThanOrEqual(track.top - 3);
      }
    }
    // A wide bar has their lengths.
    if (width >= 1280) expect(passed).toBeGreaterThan(3);
  });
}
