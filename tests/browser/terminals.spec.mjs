// The terminals: what helps where a program has each of them, a third one, and what is never typed into a program.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region, textbox } from './layer/tab.mjs';

const firewall = (page) => page.getByRole('region', { name: 'Firewall' });
const hints = (page) => page.locator('.hint');
const third = (page, host) => page.getByRole('region', { name: `${host} third` });
const opens = (page, host) => page.getByRole('button', { name: `Open another terminal: ${host} third` });

/** A program has both terminals of C_m. */
const busy = async (tab) => {
  const lab = await Lab.open(tab);
  await lab.types('C_m upper', 'nc -l 7000');
  await lab.types('C_m lower', 'nc -l 7001');
  return lab;
};

test('where a program has both terminals, a toggle takes a third, and then none', async ({ tab, page, axe }) => {
  const lab = await busy(tab);
  await expect(hints(page).first()).toHaveText(/^Both terminals of C_m run a program: open another terminal/);
  await lab.drops('SYN');
  await expect(third(page, 'C_m')).toBeVisible();
  expect(await lab.text('C_m third')).toContain('sudo iptables -I OUTPUT -p tcp --dport 5555');
  for (const name of ['C_m upper', 'C_m lower']) expect(await lab.text(name)).not.toContain('iptables');
  await expect(firewall(page).getByRole('button', { name: /in force/ })).toHaveText(/^1 in force/);
  await axe();
  await lab.types('C_m third', 'nc -l 7002');
  await expect(hints(page).first()).toHaveText(/^All three terminals of C_m run a program: end one with Ctrl-C, or stop it with Ctrl-Z/);
  await lab.clicks(region('Firewall'), button('Clear all'));
  await expect(page.getByText('Nothing was typed: all terminals of C_m run a program.')).toBeVisible();
  await expect(firewall(page).getByRole('button', { name: /in force/ })).toHaveText(/^1 in force/);
  for (const name of ['C_m upper', 'C_m lower', 'C_m third']) expect(await lab.text(name)).not.toMatch(/iptables -F/);
  await lab.ctrlC('C_m lower');
  await lab.clicks(region('Firewall'), button('Clear all'));
  await expect(firewall(page).getByRole('button', { name: /in force/ })).toHaveText(/^0 in force/);
  expect(await lab.text('C_m lower')).toContain('sudo iptables -F');
});

test('a third terminal is opened and closed by keyboard, and the focus stays near', async ({ tab, page }) => {
  const lab = await busy(tab);
  await opens(page, 'C_m').focus();
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  await expect(hints(page).first()).toHaveText('');
  await expect(third(page, 'C_m').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('date');
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  expect(await lab.text('C_m third')).toMatch(/date\s.*20\d\d/s);
  await page.keyboard.type('exit');
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  await expect(third(page, 'C_m')).toHaveCount(0);
  await expect(opens(page, 'C_m')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await lab.passes(FRAME);
  expect(await lab.text('C_m third'), 'what was printed there comes back').toContain('date');
});

test('a third terminal is closed by its button, which types the line', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.clicks(region('S_m lower'), button('Open another terminal: S_m third'));
  await lab.types('S_m third', 'sleep 100');
  const close = third(page, 'S_m').getByRole('button', { name: 'Close, S_m third' });
  await expect(close).toHaveAttribute('aria-disabled', 'true');
  await expect(close).toHaveAttribute('title', 'types: exit');
  await lab.ctrlC('S_m third');
  await lab.clicks(region('S_m third'), button('Close, S_m third'));
  await expect(third(page, 'S_m')).toHaveCount(0);
});

test('who has a port that nc is refused is said outside the terminal', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await expect(page.locator('.host[data-host="S"] .note')).toHaveText('nc -l 5555 runs here already, and waits for a SYN.');
  await lab.types('S_m lower', 'nc -l 5555');
  expect(await lab.text('S_m lower')).toContain('Address already in use');
  await expect(hints(page).nth(1)).toHaveText('S_m already runs nc -l 5555 in S_m upper (pid 4001): it has port 5555.');
});

test('help is offered in an empty terminal, and a word that is nearly one is answered', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  const input = page.getByRole('region', { name: 'C_m lower' }).getByRole('textbox');
  await expect(input).toHaveAttribute('placeholder', 'help lists the commands');
  await lab.types('C_m lower', 'netstta');
  expect(await lab.text('C_m lower')).toContain('bash: netstta: command not found, did you mean netstat?');
  await expect(input).not.toHaveAttribute('placeholder', /./);
});

test('a half-typed line that Ctrl-C takes away comes back by arrow up', async ({ tab }) => {
  const lab = await Lab.open(tab);
  await lab.types('C_m lower', 'date');
  await tab.focus(region('C_m lower'), textbox());
  await tab.type('netstat -na');
  await tab.key('Control+c');
  await lab.passes(FRAME);
  expect(await tab.read(region('C_m lower'), textbox())).toBe('');
  expect(await lab.text('C_m lower')).toContain('netstat -na^C');
  await tab.key('ArrowUp');
  expect(await tab.read(region('C_m lower'), textbox())).toBe('netstat -na');
  await tab.key('ArrowUp');
  expect(await tab.read(region('C_m lower'), textbox())).toBe('date');
});

test('long lines fold alike in all terminals', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  const names = ['C_m upper', 'S_m lower', 'network'];
  await page.locator('.network summary').click();
  for (const name of names) await lab.types(name, name === 'network' ? 'help' : 'man iptables');
  for (const name of names) {
    const screen = page.getByRole('region', { name, exact: true }).getByRole('log');
    expect(await screen.evaluate((it) => it.scrollWidth - it.clientWidth), name).toBeLessThanOrEqual(0);
  }
});

test('a click on what was printed leads to the line below it, unless it selects something', async ({ page, open }) => {
  await open();
  const terminal = page.locator('.terminal[data-terminal="server-upper"]');
  const printed = terminal.locator('.printed').first();
  await printed.click();
  await expect(terminal.locator('input')).toBeFocused();
  await printed.click({ clickCount: 3 });
  expect(await page.evaluate(() => getSelection().toString())).toContain('nc -l 5555');
});

test.describe('beside the diagram', () => {
  test.use({ settings: 'terminals=beside' });

  /** Of each terminal: its box, how high its screen is, and how much of its last lines is seen, in lines. */
  const seen = (tab) =>
    tab.evaluate(() =>
      [...document.querySelectorAll('.columns .terminal')].map((terminal) => {
        const screen = terminal.querySelector('.screen');
        const frame = screen.getBoundingClientRect();
        const { top, height } = terminal.getBoundingClientRect();
        const printed = [...screen.querySelectorAll('.printed')].map((it) => it.getBoundingClientRect());
        const line = 1.45 * parseFloat(getComputedStyle(screen).fontSize);
        const whole = printed.reduce((sum, it) => sum + it.height, 0) / line;
        const within = printed.reduce((sum, it) => sum + Math.max(0, Math.min(it.bottom, frame.bottom) - Math.max(it.top, frame.top)), 0) / line;
        const last = printed.length === 0 || printed.at(-1).bottom <= frame.bottom + 1;
        return { name: terminal.dataset.terminal, box: [top, height].map(Math.round), whole, within, last };
      }));

  test('what is printed in any terminal is seen: its last lines', async ({ tab }) => {
    const lab = await Lab.open(tab);
    await lab.types('S_m lower', 'sudo tcpdump -ni any port 5555');
    await lab.types('C_m upper', 'nc 10.211.55.10 5555');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
    await lab.types('C_m upper', 'hello world');
    await lab.passes(4_000);
    for (let all = 0; all < 2; all += 1) {
      expect(await lab.text('S_m upper')).toContain('hello world');
      for (const { name, whole, within, last } of await seen(tab)) {
        expect(within, name).toBeGreaterThanOrEqual(Math.min(whole, 2) - 0.1);
        expect(last, `${name}: the last line`).toBe(true);
      }
      // Another is used: the lines of this one stay in sight.
      await lab.types('C_m lower', 'netstat -nat');
    }
  });

  test('the focus moves nothing, and shows the line where it is; a press or a key brings a terminal to the front', async ({ tab, page }) => {
    const lab = await Lab.open(tab);
    const before = await seen(tab);
    for (const name of ['C_m upper', 'C_m lower', 'S_m upper', 'S_m lower']) {
      await tab.focus(region(name), textbox());
      await lab.passes(FRAME);
      expect(await seen(tab), name).toEqual(before);
      const [line, box] = await tab.evaluate(() => {
        const input = document.activeElement;
        const { top, bottom } = input.getBoundingClientRect();
        const frame = input.closest('.terminal').getBoundingClientRect();
        return [Math.min(bottom, frame.bottom) - Math.max(top, frame.top), getComputedStyle(input.form).opacity];
      });
      expect(line, `the line of ${name}`).toBeGreaterThanOrEqual(20);
      expect(box).toBe('1');
    }
    const front = () => tab.evaluate(() => document.querySelector('.column[data-last] .terminal[data-front]').dataset.terminal);
    expect(await front()).toBe('client-upper');
    await tab.type('d');
    await lab.passes(FRAME);
    expect(await front()).toBe('server-lower');
    const head = page.locator('.terminal[data-terminal="client-lower"] h3');
    const { y } = await head.boundingBox();
    await head.click();
    await lab.passes(FRAME);
    expect(await front()).toBe('client-lower');
    const { top, bottom } = await page.locator('.terminal[data-terminal="client-lower"]').evaluate((it) => it.getBoundingClientRect().toJSON());
    expect(top <= y && y <= bottom, 'what was pressed is under the pointer').toBe(true);
  });
});

test('the terminals of both hosts are in line, however long what helps is', async ({ tab }) => {
  await tab.resize(1024, 576);
  const lab = await Lab.open(tab);
  await lab.types('S_m lower', 'sudo tcpdump -ni any port 5555');
  await lab.passes(FRAME);
  const { boxes, cut, below } = await tab.evaluate(() => ({
    boxes: [...document.querySelectorAll('.column')].map((column) =>
      [...column.querySelectorAll('.terminal')].map((it) => {
        const { top, height } = it.getBoundingClientRect();
        return [top, height].map((number) => Math.round(number * 10) / 10);
      })),
    cut: [...document.querySelectorAll('.hint')].map((it) => it.scrollHeight - it.clientHeight),
    below: [...document.querySelectorAll('.hint')].map((it) => Math.round(it.getBoundingClientRect().height)),
  }));
  expect(boxes[0]).toEqual(boxes[1]);
  expect(cut).toEqual([0, 0]);
  expect(below[0], 'it has its room before it is said').toBe(below[1]);
});
