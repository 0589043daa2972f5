// The page itself: what axe says of it, what the keyboard reaches, and that nothing typed can end it.
import { expect, test } from './fixture.mjs';
import { Lab, host } from './lab.mjs';
import { FRAME, button, region, role, textbox } from './layer/tab.mjs';

for (const colorScheme of ['light', 'dark']) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing, whatever the page shows', async ({ tab, axe }) => {
      // Seven times five seconds, on a machine that does nothing else.
      test.setTimeout(180_000);
      const lab = await Lab.open(tab);
      await test.step('at the start', axe);
      await lab.drops('SYN');
      await lab.presses('C_m', 'Connect');
      await lab.shows(['SYN_SENT'], ['LISTEN']);
      await lab.passes(3_000);
      await lab.clicks(host('C_m'), button(/why\?/));
      await test.step('a SYN is dropped, and why is asked', axe);
      await lab.drops('SYN');
      await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED'], 60_000);
      await tab.evaluate(() => {
        const select = document.querySelector('select.beyond');
        select.selectedIndex = 3;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await lab.types('C_m lower', 'help');
      await test.step('connected, with edges beyond the figure', axe);
      await lab.presses('C_m', 'Ctrl-C');
      await lab.shows(['TIME_WAIT'], []);
      await test.step('TIME_WAIT', axe);
      await lab.clicks(button('Settings'));
      await test.step('with the settings', axe);
      await lab.clicks(role('radio', 'High contrast'));
      await test.step('in high contrast', axe);
      await tab.key('Escape');
      await lab.clicks(button('Help'));
      await test.step('with the help', axe);
    });
  });
}

test('axe finds nothing on a phone', async ({ tab, axe }) => {
  await tab.resize(390, 844);
  const lab = await Lab.open(tab);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await axe();
});

for (const width of [320, 390, 1280, 1920]) {
  test(`nothing sticks out at ${width} px`, async ({ tab }) => {
    await tab.resize(width, 844);
    const lab = await Lab.open(tab);
    await lab.drops('SYN');
    await lab.presses('C_m', 'Connect');
    await lab.passes(4_000);
    const wider = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  });
}

test('everything down to the firewall stands at 1280×720', async ({ page, open }) => {
  await open();
  const box = await page.getByRole('region', { name: 'Firewall' }).boundingBox();
  expect(box.y + box.height).toBeLessThanOrEqual(720);
});

test('every control is reached by the Tab key', async ({ tab, page }) => {
  await Lab.open(tab);
  const controls = page.locator('button:visible, input:visible, select:visible, summary:visible');
  const wanted = await controls.evaluateAll((all) =>
    // Of a group of radio buttons, Tab reaches the one that is chosen, and arrow keys the others.
    all.filter((it) => !it.disabled && it.tabIndex >= 0 && (it.type !== 'radio' || it.checked)).map((it) => {
      it.dataset.reach = '';
      return it.outerHTML.slice(0, 80);
    }).length,
  );
  const reached = new Set();
  for (let presses = 0; presses < wanted + 40; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const it = document.activeElement;
      if (!it || it.dataset.reach === undefined) return null;
      it.dataset.reach ||= String(Math.random());
      return it.dataset.reach;
    });
    if (at) reached.add(at);
  }
  const missed = await page.locator('[data-reach=""]').evaluateAll((all) => all.map((it) => it.outerHTML.slice(0, 120)));
  expect(missed).toEqual([]);
  expect(reached.size).toBe(wanted);
});

test('the first success needs no mouse', async ({ tab }) => {
  const lab = await Lab.open(tab);
  const press = async (...path) => {
    await tab.focus(...path);
    await tab.key('Enter');
    await lab.passes(FRAME);
  };
  await press(region('Firewall'), button('SYN'));
  await press(host('C_m'), button('Connect'));
  await lab.shows(['SYN_SENT'], ['LISTEN']);
  await tab.evaluate(() => document.activeElement.blur());
  await tab.key(' ');
  await lab.passes(FRAME);
  expect(await tab.has(button('Play'))).toBe(true);
  await tab.key('ArrowRight');
  await lab.passes(FRAME);
  await tab.key('?');
  await lab.passes(FRAME);
  expect(await tab.has(role('dialog', 'tcp-states'))).toBe(true);
});

test('a terminal has history, completion and a way out', async ({ tab }) => {
  const lab = await Lab.open(tab);
  const input = [region('C_m lower'), textbox()];
  const after = async (key) => {
    await tab.key(key);
    await lab.passes(FRAME);
    return tab.read(...input);
  };
  const focused = () => tab.evaluate(() => document.activeElement.closest('[aria-label="C_m lower"]') !== null
    && document.activeElement.localName === 'input');
  await lab.types('C_m lower', 'netstat -nat');
  await lab.types('C_m lower', 'date');
  expect(await after('ArrowUp')).toBe('date');
  expect(await after('ArrowUp')).toBe('netstat -nat');
  await after('ArrowDown');
  expect(await after('ArrowDown')).toBe('');
  await tab.type('nets');
  expect(await after('Tab')).toMatch(/^netstat/);
  expect(await focused()).toBe(true);
  await after('Escape');
  await after('Tab');
  expect(await focused()).toBe(false);
  await tab.fill('', ...input);
  await after('Tab');
  expect(await focused()).toBe(false);
});

test('one step back takes back one event, and acting there forks', async ({ tab }) => {
  const lab = await Lab.open(tab);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await lab.until(async () => {
    await lab.clicks(button('One event back'));
    return (await lab.badge('S_m')) === 'SYN_RECV';
  }, 5_000, 'SYN_RECV again');
  await lab.presses('C_m', 'Ctrl-C');
  await lab.clicks(button('Play'));
  await lab.shows(['TIME_WAIT'], []);
});

test('nothing lies before the beginning, and the button says so', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  const back = page.getByRole('button', { name: 'One event back' });
  const begins = async () => {
    await lab.shows([], ['LISTEN']);
    await expect(back).toHaveAttribute('aria-disabled', 'true');
    await expect(back).toHaveAccessibleDescription(/beginning/);
  };
  await begins();
  await tab.key('ArrowLeft');
  await lab.passes(100);
  await begins();
  await expect(page.getByText('site enters LISTEN')).toBeHidden();
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await expect(back).not.toHaveAttribute('aria-disabled');
  for (let presses = 0; presses < 40; presses += 1) {
    await tab.key('ArrowLeft');
    await lab.passes(FRAME);
  }
  await begins();
});

test('starting again keeps a paused clock paused', async ({ tab }) => {
  const lab = await Lab.open(tab);
  await lab.presses('C_m', 'Connect');
  await lab.clicks(button('Pause'));
  await lab.clicks(button('Start again'));
  await lab.passes(100);
  expect(await tab.has(button('Play'))).toBe(true);
  await lab.clicks(button('Play'));
  await lab.clicks(button('Start again'));
  await lab.passes(100);
  expect(await tab.has(button('Pause'))).toBe(true);
});

test('nothing that is typed ends the page', async ({ tab }) => {
  const lab = await Lab.open(tab);
  const lines = [
    "'", '"', '\\', '| grep', 'netstat | | grep', 'nc -l -l -l', 'nc -p', 'iptables -I', 'iptables -I OUTPUT -p tcp --dport',
    'sudo', 'sudo sudo sudo nc', '; ; ;', '&&', '$(rm -rf /)', 'echo $HOME', 'nc 10.211.55.10 -1', 'kill -9 1', 'ss -tanoeps',
    'ключ', '–l', '😀 😀', 'nc ' + '9'.repeat(300), 'a'.repeat(5000), 'date +%Q%%%', 'sysctl -w net.ipv4.tcp_fin_timeout=-1',
  ];
  for (const terminal of ['C_m lower', 'S_m lower']) {
    for (const line of lines) {
      await tab.fill(line, region(terminal), textbox());
      await tab.key('Enter');
      await tab.key('Control+c');
    }
  }
  await lab.types('C_m lower', 'clear');
  await lab.types('C_m lower', 'hostname');
  await lab.prints('C_m lower', 'C_m');
});

test('where Linux differs the page says so, and one click plays the same lines there', async ({ tab, page, axe }) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN');
  await lab.presses('C_m', 'Connect');
  await lab.shows(['SYN_SENT'], ['LISTEN']);
  await lab.passes(3_000);
  const note = page.getByRole('note');
  await expect(note).toContainText('Linux 6.18:');
  await axe();
  await note.getByRole('button', { name: 'See it so' }).click();
  await lab.passes(100);
  await lab.shows(['SYN_SENT'], ['LISTEN']);
  await lab.passes(3_000);
  await expect(note).toContainText('In the article:');
  expect(await lab.text('C_m lower')).toContain('iptables -I OUTPUT');
  const facts = await note.getByRole('link').getAttribute('href');
  const answer = await page.request.get(facts);
  expect(await answer.text()).toContain(`id="${facts.split('#')[1]}"`);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the page of facts, ${colorScheme}`, async ({ page, axe }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('./kernel.html');
    await axe();
  });
}

for (const theme of ['Light', 'High contrast']) {
  test(`what the other profile does lies over nothing, ${theme}`, async ({ tab, page }) => {
    const lab = await Lab.open(tab);
    await lab.clicks(button('Settings'));
    await lab.clicks(role('radio', theme));
    await tab.key('Escape');
    await lab.presses('C_m', 'Connect');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
    await lab.presses('S_m', 'Ctrl-C');
    await lab.shows([], ['TIME_WAIT']);
    await expect(page.getByRole('note')).toContainText('Linux 6.18:');
    const covered = await page.getByRole('note').evaluate((note) => {
      const box = note.getBoundingClientRect();
      const drawn = [...document.querySelectorAll('.diagram .node, .diagram .edge text, .diagram .lane')];
      return drawn
        .filter((element) => {
          const { left, right, top, bottom, width } = element.getBoundingClientRect();
          return width > 0 && left < box.right && right > box.left && top < box.bottom && bottom > box.top;
        })
        .map((element) => element.textContent);
    });
    expect(covered).toEqual([]);
  });
}
