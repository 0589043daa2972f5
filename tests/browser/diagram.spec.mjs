// The diagram: what a press on a state or an edge shows, where keys lead, and which part of the machine is drawn.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region } from './layer/tab.mjs';

const card = region('State or edge');
const node = (page, key) => page.locator(`.diagram .node[data-node="${key}"]`);
const edge = (page, from, to) => page.locator(`.diagram .edge[data-from="${from}"][data-to="${to}"]:not([data-beyond])`);
const clock = async (page) => (await page.getByRole('timer').innerText()).trim();
const focused = (page) => page.evaluate(() => {
  const { node, from, to } = document.activeElement.dataset;
  return node ?? `${from} ${to}`;
});
const shows = (tab, number) =>
  tab.evaluate((at) => {
    const select = document.querySelector('select.beyond');
    select.selectedIndex = at;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, number);

test('a press on a state shows its sentence, its section, when it was entered and why', async ({ tab, page, axe }) => {
  // axe looks at everything on the page.
  test.setTimeout(180_000);
  const lab = await Lab.open(tab);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await node(page, 'syn-sent').click();
  await lab.passes(FRAME);
  const text = await tab.read(card);
  expect(text).toContain('SYN_SENT');
  expect(text).toContain('connect() sent a SYN and waits for the answer.');
  expect(text).toContain('RFC 9293 §3.3.2');
  expect(text).toContain('C_m entered it');
  // It leaves what was pressed in sight.
  const [over, under] = [await page.locator('.piece').boundingBox(), await node(page, 'syn-sent').boundingBox()];
  expect(over.x >= under.x + under.width || under.x >= over.x + over.width).toBe(true);
  await axe();
  await page.locator('.piece summary').first().click();
  await expect(page.locator('.piece ol').first()).toContainText('called connect()');
  await page.locator('.piece .taken p button').first().click();
  await lab.passes(FRAME);
  expect(await clock(page)).toBe('00:00:00.000');
  await tab.key('Escape');
});

test('an edge is pressed as if it were 24 pixels wide, and says what it is', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  const line = await edge(page, 'syn-recv', 'fin-wait-1').locator('.line').boundingBox();
  await page.mouse.click(line.x + line.width / 2 + 11, line.y + line.height / 3);
  await lab.passes(FRAME);
  const text = await tab.read(card);
  expect(text).toContain('SYN_RECV to FIN_WAIT_1');
  expect(text).toContain('appl: close / send: FIN');
  expect(text).toContain('Closed before the handshake was complete.');
  expect(text).toContain('Not yet.');
  await lab.clicks(card, button('Close'));
  expect(await tab.has(card)).toBe(false);
  // Where nothing is near, nothing opens.
  const drawing = await page.locator('.diagram').boundingBox();
  await page.mouse.click(drawing.x + drawing.width * 0.02, drawing.y + drawing.height * 0.5);
  await lab.passes(FRAME);
  expect(await tab.has(card)).toBe(false);
});

test('the way there is played, and the session before it is one undo away', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.types('C_m upper', 'nc 10.211.55.10 5555');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await edge(page, 'fin-wait-2', 'time-wait').locator('text').first().click();
  await lab.passes(FRAME);
  await lab.clicks(card, button('Take me there'));
  expect(await tab.has(card)).toBe(false);
  await lab.until(async () => (await page.locator('.playing[data-waits]').count()) === 1, 60_000, 'the end of the way');
  await expect(page.locator('.diagram .edge[data-lit]').and(edge(page, 'fin-wait-2', 'time-wait'))).toHaveCount(1);
  await expect(page.locator('.playing')).toContainText('It was just taken. The peer is done too.');
  await lab.clicks(button('Undo'));
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('arrow keys go where the eye expects, Enter shows, Escape comes back', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await node(page, 'start').focus();
  for (const [key, to] of [
    ['ArrowDown', 'listen'], ['ArrowLeft', 'syn-recv'], ['ArrowDown', 'fin-wait-1'], ['ArrowRight', 'closing'],
    ['ArrowUp', 'established'], ['ArrowLeft', 'fin-wait-1'], ['Shift+ArrowRight', 'fin-wait-1 fin-wait-2'],
    ['Shift+ArrowRight', 'fin-wait-1 closing'], ['Shift+ArrowLeft', 'fin-wait-1 fin-wait-2'], ['ArrowDown', 'fin-wait-2'],
  ]) {
    await tab.key(key);
    expect(await focused(page), key).toBe(to);
  }
  // The ring is the shape's own.
  await expect(node(page, 'fin-wait-2').locator('rect')).toHaveCSS('stroke-width', '5px');
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await tab.read(card)).toContain('FIN_WAIT_2');
  await tab.key('Escape');
  await lab.passes(FRAME);
  expect(await tab.has(card)).toBe(false);
  expect(await focused(page)).toBe('fin-wait-2');
});

test('the diagram shows the set-up, the teardown, what is beyond the figures, and the way of each host', async ({ tab, page, axe }) => {
  // axe looks at everything on the page.
  test.setTimeout(180_000);
  const lab = await Lab.open(tab);
  await shows(tab, 1);
  await lab.passes(FRAME);
  await expect(node(page, 'time-wait')).toBeHidden();
  await expect(node(page, 'syn-recv')).toBeVisible();
  await shows(tab, 2);
  await lab.passes(FRAME);
  await expect(node(page, 'time-wait')).toBeVisible();
  await expect(node(page, 'syn-recv')).toBeHidden();
  // Whoever is in the other half stays in sight.
  await expect(node(page, 'listen')).toBeVisible();
  await shows(tab, 3);
  await lab.passes(FRAME);
  const beyond = page.locator('.diagram .edge[data-beyond]:not([data-hidden])');
  for (const one of await beyond.all()) await expect(one.locator('.event')).toHaveCount(1);
  await axe();
  await shows(tab, 4);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  const trail = (letter) => page.locator(`.diagram .trail[data-host="${letter}"]`);
  await expect(trail('C')).toHaveCount(2);
  await expect(trail('S')).toHaveCount(3);
});

test('the text twin is a list, by mouse and by keyboard', async ({ tab, page, axe }) => {
  // axe looks at everything on the page.
  test.setTimeout(180_000);
  const lab = await Lab.open(tab);
  await page.locator('footer summary').focus();
  await tab.key('Enter');
  await lab.passes(FRAME);
  const states = page.locator('footer .twin > li');
  await expect(states).toHaveCount(11);
  await expect(states.nth(2).locator('> ul > li').first()).toHaveText(/^recv: SYN, send: SYN\|ACK, to SYN_RECV\./);
  await axe();
  await page.locator('footer summary').click();
  await lab.passes(FRAME);
  await expect(states).toHaveCount(0);
});
