// What an address asks for, and what builds one.
import { readFileSync } from 'node:fs';

import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region } from './layer/tab.mjs';

const bar = region('Scene');

/** The scene that is played: pauses reached and to be reached, and whether it waits; null without one. */
const playing = (tab) =>
  tab.evaluate(() => {
    const playing = document.querySelector('.playing');
    if (!playing) return null;
    const [reached, of] = playing.querySelector('.reached').textContent.match(/\d+/g).map(Number);
    return { reached, of, waits: playing.dataset.waits !== undefined };
  });

test('a scene opens at once, at its beginning, and is played by keys', async ({ tab }) => {
  const lab = await Lab.open(tab, '?scene=synack-dropped');
  expect(await playing(tab)).toEqual({ reached: 1, of: 5, waits: true });
  // Whoever reads a page that contains a lab keeps the focus.
  expect(await tab.evaluate(() => document.activeElement.localName)).toBe('body');
  await tab.key('PageDown');
  await lab.until(async () => (await playing(tab)).reached === 2, 30_000, 'the second pause');
  await lab.shows(['SYN_SENT'], ['LISTEN', 'SYN_RECV']);
});

test('a scene opens at a pause, and what came before can be looked at', async ({ tab }) => {
  const lab = await Lab.open(tab, '?scene=synack-dropped&pause=end');
  expect(await playing(tab)).toEqual({ reached: 5, of: 5, waits: true });
  await lab.shows(['SYN_SENT'], ['LISTEN']);
  await tab.key('ArrowLeft');
  await lab.passes(FRAME);
  expect((await playing(tab)).reached).toBe(4);
});

test('a scene plays by itself, and can be stopped', async ({ tab }) => {
  const lab = await Lab.open(tab, '?scene=synack-dropped&autoplay=on');
  await lab.until(async () => (await playing(tab)).reached === 2, 60_000, 'the second pause');
  await lab.clicks(button('Pause'));
  await lab.passes(30_000);
  expect((await playing(tab)).reached).toBe(2);
  await lab.clicks(bar, button('Go on'));
  await lab.until(async () => (await playing(tab)).reached === 5, 60_000, 'its end');
});

test('a scene that was left is there again after a reload', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?scene=synack-dropped');
  await tab.key('PageDown');
  await lab.until(async () => (await playing(tab)).reached === 2, 30_000, 'the second pause');
  await page.reload();
  await expect(page.locator('#page:not([inert])')).toBeVisible();
  await lab.passes(100);
  expect((await playing(tab)).reached).toBe(2);
  await lab.shows(['SYN_SENT'], ['LISTEN', 'SYN_RECV']);
});

test('what is not there is named, and the lab opens all the same', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?scene=no-such&lang=de&panels=clock');
  await expect(page.getByRole('alert')).toContainText(
    'In the address, no scene is called “no-such”, the language “de” is not there yet, “panels” cannot be “clock”. It is ignored.');
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('what is locked cannot be changed by click, key or line, and says why', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?lock=firewall,time,settings');
  const reason = (what) => expect(page.getByRole('alert')).toContainText(what);
  const toggle = page.locator('.toggle').first();
  await expect(toggle).toHaveAttribute('aria-disabled', 'true');
  await expect(toggle).toHaveAccessibleDescription(/^Locked: .* firewall/);
  await lab.drops('SYN');
  await reason('the firewall');
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await lab.types('C_m lower', 'sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP');
  await expect(page.locator('.gate[data-shut]')).toHaveCount(0);
  await tab.evaluate(() => document.activeElement.blur());
  await tab.key('Space');
  await lab.passes(FRAME);
  await reason('time to be changed');
  expect(await tab.has(button('Pause'))).toBe(true);
  await expect(page.locator('.top .pick select')).toBeDisabled();
  await lab.clicks(button('Settings'));
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeDisabled();
  await expect(page.locator('#settings')).toContainText('Locked');
  await tab.key('Escape');
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('into locked terminals only the buttons type', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?lock=terminals');
  const input = page.getByRole('region', { name: 'C_m upper' }).getByRole('textbox');
  await expect(input).not.toBeEditable();
  await lab.types('C_m lower', 'date');
  await expect(page.getByRole('alert')).toContainText('Locked');
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('an address presents the page, and a press fills the screen', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?present=on');
  await expect(page.locator('html')).toHaveAttribute('data-present', 'on');
  expect(await tab.evaluate(() => document.fullscreenElement)).toBeNull();
  await lab.clicks(button('Full screen'));
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.localName)).toBe('html');
  await expect(page.getByRole('button', { name: 'Full screen' })).toBeHidden();
});

test('an address opens a terminal', async ({ tab, page }) => {
  await Lab.open(tab, '?terminal=server-lower');
  await expect(page.getByRole('region', { name: 'S_m lower' }).getByRole('textbox')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-terminals', 'beside');
  await expect(page.locator('.terminal[data-terminal="server-lower"]')).toHaveAttribute('data-front', '');
  await Lab.open(tab, '?terminal=network&embed=on');
  await expect(page.getByRole('region', { name: 'network' }).getByRole('textbox')).toBeVisible();
});

test.describe('the page that builds addresses', () => {
  /** Opens it. */
  const builds = async (tab, page) => {
    const lab = await Lab.open(tab);
    await lab.clicks(button('Share'));
    await lab.clicks(button('Put it into a page…'));
    const dialog = page.getByRole('dialog', { name: 'Put the lab into a page' });
    await expect(dialog).toBeVisible();
    return [lab, dialog, dialog.getByRole('textbox', { name: 'Code' })];
  };

  test('has every parameter, shows the lab as it will be, and the code for it', async ({ tab, page }) => {
    const [lab, dialog, code] = await builds(tab, page);
    await expect(code).toHaveValue(/^<iframe src="http:[^"?]*\/" title="tcp-states" /);
    await dialog.locator('[name="scene"]').selectOption('synack-dropped');
    await dialog.locator('[name="pause"]').selectOption('2');
    await dialog.locator('[name="theme"]').selectOption('dark');
    for (const panel of ['state', 'diagram', 'wire']) await dialog.getByRole('checkbox', { name: panel, exact: true }).check();
    await dialog.locator('[name="title"]').fill('Whose “SYN|ACK” & why?');
    await dialog.locator('[name="title"]').blur();
    await lab.passes(FRAME);
    const query = 'scene=synack-dropped&pause=2&theme=dark&title=Whose+%E2%80%9CSYN%7CACK%E2%80%9D+%26+why%3F&panels=state,diagram,wire';
    await expect(code).toHaveValue(new RegExp(`\\?${query.replace(/[+?]/g, '\\$&').replaceAll('&', '&amp;')}" title="Whose “SYN\\|ACK” &amp; why\\?"`));
    // The preview is the lab itself.
    const preview = page.frameLocator('iframe');
    await expect(preview.locator('html')).toHaveAttribute('data-embed', 'on');
    await expect(preview.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(preview.locator('.machine')).toBeVisible();
    await expect(preview.locator('.firewall')).toBeHidden();
    for (const [place, wanted] of [
      ['Element', /tcp-states\.js"><\/script>\n<tcp-states scene="synack-dropped" pause="2" .*panels="state,diagram,wire"><\/tcp-states>$/],
      ['Markdown', /^\[Whose “SYN\|ACK” & why\?\]\(http:.*pause=2/],
      ['reveal.js', /^<section>\n {2}<iframe data-src="/],
      ['Moodle', /^<iframe src="/],
      ['Address', new RegExp(`^http:[^?]*\\?${query.replace(/[+?]/g, '\\$&')}$`)],
    ]) {
      await dialog.getByRole('radio', { name: place }).check({ force: true });
      await lab.passes(FRAME);
      await expect(code, place).toHaveValue(wanted);
    }
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await lab.passes(FRAME);
    await expect(dialog.getByRole('status')).toHaveText('Copied');
    // What was built opens as it was built.
    const address = await code.inputValue();
    await tab.goto('kernel.html');
    const other = await Lab.open(tab, address);
    expect(await playing(tab)).toEqual({ reached: 2, of: 5, waits: true });
    await other.passes(100);
    await expect(page.locator('.notice')).toHaveCount(0);
  });

  test('offers this session', async ({ tab, page }) => {
    const lab = await Lab.open(tab);
    await lab.presses('C_m', 'Connect');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
    await lab.clicks(button('Share'));
    await lab.clicks(button('Put it into a page…'));
    await page.getByRole('dialog').locator('[name="scene"]').selectOption('This session, at this moment');
    await lab.passes(FRAME);
    await expect(page.getByRole('textbox', { name: 'Code' })).toHaveValue(/^<iframe src="http:[^"?]*\/#2\.[^"]+" /);
  });

  test('knows every parameter that is documented', async ({ tab, page }) => {
    const [, dialog] = await builds(tab, page);
    const documented = readFileSync(new URL('../../docs/address.md', import.meta.url), 'utf8').matchAll(/^\| `(\w+)` \|/gm);
    const names = await dialog.locator('form [name]').evaluateAll((all) => [...new Set(all.map((it) => it.name))]);
    expect(names).toEqual([...documented].map(([, name]) => name));
    expect(names.length).toBeGreaterThanOrEqual(18);
  });

  for (const width of [320, 390, 768]) {
    test(`fits ${width} px`, async ({ tab, page }) => {
      await tab.resize(width, 844);
      const [, dialog] = await builds(tab, page);
      expect(await dialog.evaluate((it) => it.scrollWidth - it.clientWidth)).toBeLessThanOrEqual(0);
      const code = await dialog.getByRole('textbox', { name: 'Code' }).boundingBox();
      expect(code.x).toBeGreaterThanOrEqual(0);
      expect(code.x + code.width).toBeLessThanOrEqual(width);
    });
  }
});

test('nothing that can be chosen for an address is offered twice, and nothing chosen is nothing said', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.clicks(button('Share'));
  await lab.clicks(button('Put it into a page…'));
  await lab.passes(FRAME);
  const offered = await page.locator('.builder select').evaluateAll((all) =>
    all.map((select) => ({ name: select.name, words: [...select.options].map((option) => option.text), value: select.value })));
  for (const { name, words, value } of offered) {
    expect(new Set(words).size, `${name}: ${words}`).toBe(words.length);
    expect(value, name).toBe('');
  }
  expect(offered.find(({ name }) => name === 'narrate').words).toEqual(['on', 'off']);
});
