// The shell's language in a terminal: a loop until Ctrl-C, a command of several lines, Ctrl-Z, and what `watch` shows.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, region, textbox } from './layer/tab.mjs';

test('a loop runs until Ctrl-C, and a command goes on in the next line', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  const prompt = page.getByRole('region', { name: 'C_m lower' }).locator('form .prompt');
  await lab.types('C_m lower', 'while true; do date; sleep 1; done');
  await lab.until(async () => (await lab.text('C_m lower')).match(/IST/g)?.length > 3, 30_000, 'it has run four times');
  await lab.ctrlC('C_m lower');
  await lab.types('C_m lower', 'for i in 1 2');
  await expect(prompt).toHaveText('>');
  await lab.types('C_m lower', 'do echo number $i');
  await lab.types('C_m lower', 'done');
  await expect(prompt).toHaveText('C_m$');
  expect(await lab.text('C_m lower')).toMatch(/> done\s+number 1\s+number 2/);
  await tab.focus(region('C_m lower'), textbox());
  await tab.key('ArrowUp');
  expect(await tab.read(region('C_m lower'), textbox())).toBe('for i in 1 2; do echo number $i; done');
});

test('Ctrl-Z stops a program, and fg lets it go on', async ({ tab, axe }) => {
  const lab = await Lab.open(tab);
  await lab.types('C_m upper', 'nc 10.211.55.10 5555');
  await tab.focus(region('C_m upper'), textbox());
  await tab.key('Control+z');
  await lab.passes(FRAME);
  expect(await lab.text('C_m upper')).toMatch(/\^Z\s+\[1\]\+ +Stopped +nc 10\.211\.55\.10 5555/);
  await lab.types('C_m upper', 'jobs');
  await axe();
  await lab.types('C_m upper', 'fg');
  await lab.types('C_m upper', 'hello');
  await lab.until(async () => (await lab.text('S_m upper')).includes('hello'), 10_000, 'the line arrives');
});

test('watch shows a frame in one place, and says nothing of it', async ({ tab, page, axe }) => {
  const lab = await Lab.open(tab);
  await lab.types('S_m lower', "watch -n 1 'netstat -nat | grep -c ESTABLISHED'");
  const frame = page.getByRole('region', { name: 'S_m lower' }).locator('[aria-live=off]');
  await lab.until(async () => (await frame.count()) === 1, 5_000, 'a frame is shown');
  await expect(frame).toHaveText(/^Every 1\.0s: netstat -nat \| grep -c ESTABLISHED +S_m: .* 2018\s+0\s*$/);
  await lab.presses('C_m', 'Connect');
  await lab.until(async () => /\s1\s*$/.test(await frame.textContent()), 30_000, 'the connection is counted');
  await expect(frame).toHaveCount(1);
  await axe();
  await lab.ctrlC('S_m lower');
  await expect(frame).toHaveCount(0);
});
