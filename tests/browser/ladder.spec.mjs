// The ladder: two lifelines with the segments between them, drawn.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { button, region, textbox } from './layer/tab.mjs';

const drawing = (page) => page.getByRole('group', { name: /^The segments;/ });
const rungs = (page) => drawing(page).locator('.rung');
const clock = async (page) => (await page.getByRole('timer').innerText()).trim();

/** S_m drops its own SYN|ACK; some time passes, and the ladder is shown. */
const lostAnswers = async (tab) => {
  const lab = await Lab.open(tab, '?view=ladder');
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.passes(8_000);
  await lab.clicks(button('Pause'));
  return lab;
};

test('segments are drawn where they went, and a click goes to the moment of one', async ({ tab, page, axe }) => {
  const lab = await lostAnswers(tab);
  const said = await rungs(page).evaluateAll((all) => all.map((it) => it.getAttribute('aria-label')));
  expect(said.slice(0, 3)).toEqual([
    'SYN seq 0 from C_m, 0.000 s: arrived',
    expect.stringMatching(/^SYN\|ACK seq 0 ack 1 from S_m, 0\.005 s: dropped: rule 1 in S_m OUTPUT$/),
    'SYN #2 seq 0 from C_m, 1.000 s: arrived',
  ]);
  await expect(drawing(page).locator('.rung[data-stopped] .crossed')).not.toHaveCount(0);
  await expect(drawing(page).locator('.again')).not.toHaveCount(0);
  await expect(drawing(page).locator('.state')).toContainText(['SYN_SENT', 'SYN_RECV']);
  await expect(drawing(page).locator('.fold text').first()).toHaveText('995 ms');
  await axe();
  await rungs(page).nth(2).locator('text').click();
  await lab.passes(100);
  await expect(rungs(page)).toHaveCount(3);
  expect(await clock(page)).toBe('00:00:01.000');
  const inspector = page.getByRole('region', { name: 'Segment', exact: true });
  await expect(inspector).toHaveCount(0);
  await rungs(page).nth(2).locator('text').click();
  await lab.passes(100);
  await expect(inspector.getByRole('heading', { level: 2 })).toHaveText('SYN #2');
});

test('the keyboard goes along the segments, and Enter to the moment of one', async ({ tab, page }) => {
  const lab = await lostAnswers(tab);
  const count = await rungs(page).count();
  await rungs(page).last().focus();
  for (let at = count - 1; at > 1; at -= 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await lab.passes(100);
  await expect(rungs(page)).toHaveCount(2);
  expect(await clock(page)).toBe('00:00:00.005');
  await rungs(page).last().focus();
  await page.keyboard.press('Enter');
  await lab.passes(100);
  const inspector = page.getByRole('region', { name: 'Segment', exact: true });
  await expect(inspector.getByRole('heading', { level: 2 })).toHaveText('SYN|ACK');
  await page.keyboard.press('Escape');
  await lab.passes(100);
  await expect(inspector).toHaveCount(0);
});

test('the playhead moves along the ladder, and a press beside the segments goes to that moment', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?view=ladder');
  await lab.presses('C_m', 'Connect');
  const at = () => drawing(page).locator('.now').evaluate((it) => it.getBoundingClientRect().top);
  const nodes = () => drawing(page).evaluate((it) => it.querySelectorAll('*').length);
  const [top, before] = [await at(), await nodes()];
  await lab.passes(400);
  expect(await at()).toBeGreaterThan(top + 2);
  expect(await nodes()).toBe(before);
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  const first = await drawing(page).locator('.when').first().boundingBox();
  await page.mouse.click(first.x + first.width / 2, first.y + first.height / 2);
  await lab.passes(40);
  expect(await clock(page)).toBe('00:00:00.000');
});

test('time gets more room, and less, and nothing moves sideways', async ({ tab, page }) => {
  const lab = await lostAnswers(tab);
  const box = async () => drawing(page).evaluate((it) => [it.clientWidth, it.clientHeight]);
  const [width, height] = await box();
  await page.getByRole('button', { name: 'More room for time' }).click();
  await lab.passes(40);
  const [wider, higher] = await box();
  expect([wider, higher > height]).toEqual([width, true]);
  const less = page.getByRole('button', { name: 'Less room for time' });
  for (let presses = 0; presses < 2; presses += 1) {
    await less.click();
    await lab.passes(40);
  }
  await expect(less).toHaveAttribute('aria-disabled', 'true');
  expect((await box())[1]).toBeLessThan(height);
  const sideways = await page.locator('.ladder .lines, .ladder .list').evaluateAll((all) => all.map((it) => it.scrollWidth - it.clientWidth));
  expect(sideways).toEqual([0, 0]);
});

test('where drawing and list have no room beside each other, a press changes them', async ({ tab, page }) => {
  await tab.resize(390, 844);
  await lostAnswers(tab);
  const list = page.getByRole('table', { name: 'Segments of this connection' });
  await expect(list).toBeHidden();
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await expect(list).toBeVisible();
  await expect(drawing(page)).toBeHidden();
});

for (const [width, height] of [[1280, 720], [1920, 1080]]) {
  test(`a segment of the list is one line, and the tools stand beside the switch at ${width}×${height}`, async ({ tab, page }) => {
    await tab.resize(width, height);
    await lostAnswers(tab);
    const names = await page.locator('.ladder .list td button[title]').evaluateAll((all) =>
      all.filter((it) => it.getClientRects().length > 0).map((it) => {
        const text = document.createRange();
        text.selectNodeContents(it);
        const lines = new Set([...text.getClientRects()].filter(({ width }) => width > 0).map(({ bottom }) => Math.round(bottom / 8)));
        return { name: it.textContent, lines: lines.size, cut: it.scrollWidth > it.parentElement.clientWidth };
      }));
    expect(names.map(({ name }) => name)).toContain('S → C SYN|ACK #2');
    expect(names.filter(({ lines, cut }) => lines > 1 || cut)).toEqual([]);
    const edges = await page.evaluate(() => ['.switch', '.tools select'].map((it) => document.querySelector(it).getBoundingClientRect()));
    expect(edges[0].right).toBeLessThanOrEqual(edges[1].left);
  });
}

test('Share saves the ladder and the rest as files', async ({ tab, page, axe }) => {
  const lab = await lostAnswers(tab);
  await lab.clicks(button('Share'));
  await axe();
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
    const parts = [];
    for await (const part of await download.createReadStream()) parts.push(part);
    return [download.suggestedFilename(), Buffer.concat(parts).toString()];
  };
  const [file, svg] = await saved('Ladder (SVG)');
  expect([file, svg.includes('class="rung"'), svg.includes('SYN_RECV')]).toEqual(['ladder.svg', true, true]);
  expect((await saved('State machine (SVG)'))[1]).toContain('data-node="syn-sent"');
  expect(JSON.parse((await saved('Recording (JSON)'))[1]).steps.length).toBeGreaterThan(1);
  expect((await saved('Transcript'))[1]).toContain('nc 10.211.55.10 5555');
  expect((await saved('Ladder (Mermaid)'))[1]).toMatch(/^sequenceDiagram\n/);
  for (const [name, host] of [['Capture of C_m (pcapng)', 'client'], ['Capture of S_m (pcapng)', 'server'], ['Capture of both (pcapng)', 'both']]) {
    const [file, capture] = await saved(name);
    expect([file, capture.slice(0, 4)]).toEqual([`${host}.pcapng`, '\n\r\r\n']);
  }
  const [name, script] = await saved('Script for Linux (bash)');
  expect([name, script.slice(0, 12)]).toEqual(['session.sh', '#!/bin/bash\n']);
  expect(script).toContain('{ C_m "$nc" 10.211.55.10 5555; }');
});

test('Share says why there is no script of what no kernel can do again', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?terminal=network');
  await tab.focus(region('network'), textbox());
  await tab.type('send-segment --from client:7 --to server:5555 --flags SYN');
  await tab.key('Enter');
  await lab.passes(20);
  await lab.clicks(button('Share'));
  await page.getByRole('button', { name: 'Script for Linux (bash)', exact: true }).click();
  await expect(page.getByText('No script: a segment was put on the wire that no host had sent.')).toBeVisible();
});

test('Share saves both drawings as pictures', async ({ tab, page }) => {
  const lab = await lostAnswers(tab);
  await lab.clicks(button('Share'));
  for (const [name, file, least] of [['State machine (PNG)', 'diagram.png', 800], ['Ladder (PNG)', 'ladder.png', 400]]) {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).press('Enter');
    const download = await saving;
    const address = download.url();
    expect([download.suggestedFilename(), address.slice(0, 22)]).toEqual([file, 'data:image/png;base64,']);
    // Read as a picture it is large, and has many colours: something is drawn on it.
    const [width, colours] = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const pen = canvas.getContext('2d');
      pen.drawImage(image, 0, 0);
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
      return [canvas.width, new Set(new Uint32Array(data.buffer)).size];
    }, address);
    expect(width).toBeGreaterThan(least);
    expect(colours).toBeGreaterThan(50);
  }
});

test('a long session is drawn by its newest part, and a press goes to what was before', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?view=ladder&pace=10');
  await page.getByLabel('Which connections').selectOption('All');
  await lab.types('C_m lower', 'nc -z 10.211.55.10 1-100');
  await lab.passes(2_000);
  const earlier = page.getByRole('button', { name: /^… \d+ earlier segments$/ });
  await expect(earlier).toBeVisible();
  await expect(rungs(page)).toHaveCount(120);
  expect(await page.locator('.ladder').evaluate((it) => it.querySelectorAll('*').length)).toBeLessThan(3_200);
  // Time would go on from there at once.
  await lab.clicks(button('Pause'));
  const before = await clock(page);
  await earlier.click();
  await lab.passes(100);
  expect(await clock(page) < before).toBe(true);
});

test('L shows the ladder, also while the page is presented', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?present=on');
  await expect(drawing(page)).toHaveCount(0);
  await page.keyboard.press('l');
  await lab.passes(100);
  await expect(drawing(page)).toBeVisible();
  await page.keyboard.press('l');
  await lab.passes(100);
  await expect(drawing(page)).toHaveCount(0);
});

/** Of the drawing: the least size of its words in pixels, which words lie over others, and which stick out. */
const words = (tab) =>
  tab.evaluate(() => {
    const svg = [...document.querySelectorAll('svg.lifelines')];
    const all = svg.map((it) => [...it.querySelectorAll('text')].filter((text) => text.getBoundingClientRect().width > 0));
    const least = Math.min(...all.flat().map((it) => parseFloat(getComputedStyle(it).fontSize) * it.closest('svg').getScreenCTM().a));
    // Between the lines of a text there is less than its box says.
    const box = (it) => {
      const { left, top, right, bottom } = it.getBoundingClientRect();
      const air = (bottom - top) * 0.12;
      return [it.textContent, left, top + air, right, bottom - air];
    };
    const meet = (boxes) => boxes.flatMap(([a, left, top, right, bottom], at) =>
      boxes.slice(at + 1).filter(([, l, t, r, e]) => left < r && l < right && top < e && t < bottom).map(([b]) => `${a} over ${b}`));
    const card = document.querySelector('.ladder .lines').getBoundingClientRect();
    const out = all.flat().map(box).filter(([, left, , right]) => left < card.left - 1 || right > card.right + 1).map(([text]) => text);
    // The ground of a segment's words hides what runs below them.
    const grounds = [...document.querySelectorAll('.lifelines .rung rect')];
    const bare = grounds.filter((it) => getComputedStyle(it).fillOpacity !== '1' || getComputedStyle(it).fill === 'none').length;
    const narrow = grounds.filter((it) => {
      const [ground, text] = [it, it.nextElementSibling].map((one) => one.getBoundingClientRect());
      return text.left < ground.left - 1 || text.right > ground.right + 1;
    });
    return { count: all.flat().length, least, over: all.flatMap((texts) => meet(texts.map(box))), out, bare, narrow: narrow.length };
  });

const CROWDED = ['synack-dropped', 'whole-connection', 'synack-lost', 'close-at-once', 'wandering-segment', 'simultaneous-open'];
for (const [width, height, more, least] of [[1024, 576, '', 12], [1280, 720, '', 12], [1600, 900, '', 12], [1720, 900, '', 12], [1280, 720, '&present=on', 18], [1920, 1080, '&present=on', 20]]) {
  test(`its words are readable and lie over no others at ${width}×${height}${more}`, async ({ tab }) => {
    test.setTimeout(90_000);
    await tab.resize(width, height);
    for (const scene of CROWDED) {
      for (const view of width === 1720 ? ['ladder', 'both'] : ['ladder']) {
        await Lab.open(tab, `?view=${view}&scene=${scene}&pause=end${more}`);
        await tab.passes(300);
        const { count, ...found } = await words(tab);
        expect({ scene, ...found, least: found.least >= least || found.least }).toEqual({ scene, least: true, over: [], out: [], bare: 0, narrow: 0 });
        expect(count).toBeGreaterThan(15);
      }
    }
  });
}

test('what is now is in view, however much is to come after it', async ({ tab, page }) => {
  await tab.resize(1024, 576);
  await Lab.open(tab, '?present=on&view=ladder&scene=synack-dropped&pause=end');
  const seen = await page.locator('.lines').evaluate((frame) => {
    const now = frame.querySelector('.now .line').getBoundingClientRect().top;
    const heads = frame.querySelector('.heads').getBoundingClientRect().bottom;
    return { below: now > heads, above: now < frame.getBoundingClientRect().bottom };
  });
  expect(seen).toEqual({ below: true, above: true });
});
