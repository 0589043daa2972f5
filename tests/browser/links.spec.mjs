// Links and addresses: a session is shared, opened elsewhere, and survives a reload; what is wrong is said in a sentence.
import { expect, test } from './fixture.mjs';
import { Lab, host } from './lab.mjs';
import { button } from './layer/tab.mjs';

/** A connection of which the SYN|ACK is dropped, paused in the middle of things. */
async function halfOpen(tab) {
  const lab = await Lab.open(tab);
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.until(async () => (await lab.badge('C_m')) === 'SYN_SENT', 5_000, 'SYN_SENT');
  await lab.passes(2_500);
  await lab.clicks(button('Pause'));
  return lab;
}

/** What Share gives. */
async function shared(lab, page) {
  await lab.clicks(button('Share'));
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog).toBeVisible();
  return [dialog, await dialog.getByRole('textbox', { name: 'Link' }).inputValue()];
}

/** What can be seen of the session. */
async function seen(lab, page) {
  const texts = [];
  for (const title of ['C_m upper', 'C_m lower', 'S_m upper', 'S_m lower']) texts.push(await lab.text(title));
  return [await page.getByRole('timer').innerText(), await lab.looks(), ...texts];
}

/** Opens another document first, so that the address is not only another place in this one. */
async function elsewhere(tab, address) {
  await tab.goto('kernel.html');
  return Lab.open(tab, address);
}

test('a shared session opens with the same states at the same moment', async ({ tab, page, axe }) => {
  const lab = await halfOpen(tab);
  const before = await seen(lab, page);
  const [dialog, address] = await shared(lab, page);
  expect(address).toContain('#2.');
  expect(address.length).toBeLessThan(120);
  await expect(dialog).toContainText(`${address.length} characters`);
  await expect(dialog.getByRole('img', { name: 'QR code' })).toBeVisible();
  await axe();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();

  const other = await elsewhere(tab, address);
  // Nothing has run.
  const offer = page.getByRole('dialog', { name: 'A session that somebody shared' });
  await expect(offer).toContainText('3 lines');
  await expect(offer).toContainText('nc 10.211.55.10 5555');
  await axe();
  await other.passes(5_000);
  expect(await other.badge('C_m')).toBe('CLOSED');
  await other.clicks(button('Play'));
  await expect(offer).toHaveCount(0);
  await other.passes(2_000);
  expect(await seen(other, page)).toEqual(before);
});

test('what was shared can be left alone', async ({ tab, page }) => {
  const [, address] = await shared(await halfOpen(tab), page);
  const lab = await elsewhere(tab, address.replace('#', '?title=Week%203#'));
  const offer = page.getByRole('dialog', { name: 'Week 3' });
  await expect(offer).toBeVisible();
  await tab.key('Escape');
  await lab.passes(100);
  await expect(offer).toHaveCount(0);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('a long session is too long to scan', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  for (let line = 0; line < 10; line += 1) {
    const words = Array.from({ length: 5 }, (_, word) => ((line * 5 + word + 1) * 2654435761 % 4294967296).toString(36));
    await lab.types('C_m lower', `echo ${words.join(' ')}`);
  }
  const [dialog, address] = await shared(lab, page);
  expect(address.length).toBeGreaterThan(300);
  await expect(dialog).toContainText('Too long to scan');
  await expect(dialog.getByRole('img')).toHaveCount(0);
});

for (const [fragment, sentence] of [
  ['#1.AAAAAAAA', 'This link is damaged'],
  ['#introduction', 'not a link of tcp-states'],
  ['#3.AAAAAAAA', 'A later version'],
  [`#1.${'A'.repeat(40_000)}`, 'too long'],
]) {
  test(`the lab opens all the same with ${fragment.slice(0, 16)}`, async ({ tab, page, axe }) => {
    const lab = await Lab.open(tab, fragment);
    const notice = page.getByRole('alert').filter({ hasText: sentence });
    await expect(notice).toBeVisible();
    await axe();
    await notice.getByRole('button', { name: 'Close' }).click();
    await lab.passes(100);
    await expect(notice).toHaveCount(0);
    await lab.presses('C_m', 'Connect');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  });
}

test('a session survives a reload', async ({ tab, page }) => {
  const lab = await halfOpen(tab);
  const before = await seen(lab, page);
  await page.reload();
  await expect(page.locator('#page:not([inert])')).toBeVisible();
  await lab.passes(100);
  expect(await seen(lab, page)).toEqual(before);
  // What was done is done, and nothing is played again by a restart.
  await lab.clicks(button('Start again'));
  await lab.passes(1_000);
  expect(await lab.badge('C_m')).toBe('CLOSED');
  await expect(page.locator('.notice')).toHaveCount(0);
});

test('an address sets the page, and what it cannot have is named', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?profile=linux&theme=dark&title=Week%203&colour=red&seed=x');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page).toHaveTitle('Week 3');
  await expect(page.locator('.tagline')).toHaveText('Week 3');
  await expect(page.locator('.notice')).toContainText('“colour” is not known, “seed” cannot be “x”');
  await lab.clicks(button('Settings'));
  await expect(page.getByRole('radio', { name: 'Linux' })).toBeChecked();
  // It holds for this visit only.
  await elsewhere(tab, '');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'system');
});

test('an address can do without motion and without the sentence', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?motion=reduced&narrate=off');
  await lab.clicks(host('C_m'), button('Connect'));
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await expect(page.locator('.says')).toBeHidden();
  await expect(page.locator('html')).toHaveCSS('--move', '0s');
});
