// The page itself: what axe says of it, what the keyboard reaches, and that nothing typed can end it.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';

for (const colorScheme of ['light', 'dark']) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing, whatever the page shows', async ({ page, open, axe }) => {
      const lab = await Lab.open(page, open);
      await test.step('at the start', axe);
      await lab.drops('SYN');
      await lab.presses('C_m', 'Connect');
      await lab.shows(['SYN_SENT'], ['LISTEN']);
      await lab.passes(3_000);
      await lab.host('C_m').getByRole('button', { name: /why\?/ }).click();
      await test.step('a SYN is dropped, and why is asked', axe);
      await lab.drops('SYN');
      await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED'], 60_000);
      await page.getByRole('button', { name: 'Beyond Figure 1' }).click();
      await lab.types('C_m lower', 'help');
      await test.step('connected, with edges beyond the figure', axe);
      await lab.presses('C_m', 'Ctrl-C');
      await lab.shows(['TIME_WAIT'], []);
      await test.step('TIME_WAIT', axe);
      await page.getByRole('button', { name: 'Settings' }).click();
      await test.step('with the settings', axe);
      await page.getByRole('radio', { name: 'Projector' }).check();
      await test.step('for a projector', axe);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Help' }).click();
      await test.step('with the help', axe);
    });
  });
}

test('axe finds nothing on a phone', async ({ page, open, axe }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const lab = await Lab.open(page, open);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await axe();
});

for (const width of [320, 390, 1280, 1920]) {
  test(`nothing sticks out at ${width} px`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 844 });
    const lab = await Lab.open(page, open);
    await lab.drops('SYN');
    await lab.presses('C_m', 'Connect');
    await lab.passes(4_000);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  });
}

test('everything down to the firewall stands at 1280×720', async ({ page, open }) => {
  await open();
  const box = await page.getByRole('region', { name: 'Firewall' }).boundingBox();
  expect(box.y + box.height).toBeLessThanOrEqual(720);
});

test('every control is reached by the Tab key', async ({ page, open }) => {
  await Lab.open(page, open);
  const controls = page.locator('button:visible, input:visible, select:visible, summary:visible');
  const wanted = await controls.evaluateAll((all) =>
    all.filter((it) => !it.disabled && it.tabIndex >= 0).map((it) => {
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

test('the first success needs no mouse', async ({ page, open }) => {
  const lab = await Lab.open(page, open);
  const press = async (button) => {
    await button.focus();
    await page.keyboard.press('Enter');
    await lab.passes(20);
  };
  await press(page.getByRole('region', { name: 'Firewall' }).getByRole('button', { name: 'SYN', exact: true }));
  await press(lab.host('C_m').getByRole('button', { name: 'Connect' }));
  await lab.shows(['SYN_SENT'], ['LISTEN']);
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await lab.passes(20);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'tcp-states' })).toBeVisible();
});

test('a terminal has history, completion and a way out', async ({ page, open }) => {
  const lab = await Lab.open(page, open);
  const input = lab.terminal('C_m lower').getByRole('textbox');
  await lab.types('C_m lower', 'netstat -nat');
  await lab.types('C_m lower', 'date');
  await input.press('ArrowUp');
  await expect(input).toHaveValue('date');
  await input.press('ArrowUp');
  await expect(input).toHaveValue('netstat -nat');
  await input.press('ArrowDown');
  await input.press('ArrowDown');
  await expect(input).toHaveValue('');
  await input.pressSequentially('nets');
  await input.press('Tab');
  await expect(input).toHaveValue(/^netstat/);
  await expect(input).toBeFocused();
  await input.press('Escape');
  await input.press('Tab');
  await expect(input).not.toBeFocused();
  await input.fill('');
  await input.focus();
  await input.press('Tab');
  await expect(input).not.toBeFocused();
});

test('one step back takes back one event, and acting there forks', async ({ page, open }) => {
  const lab = await Lab.open(page, open);
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  const back = page.getByRole('button', { name: 'One event back' });
  await lab.until(async () => {
    await back.click();
    return (await lab.badge('S_m')) === 'SYN_RECV';
  }, 5_000, 'SYN_RECV again');
  await lab.presses('C_m', 'Ctrl-C');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await lab.shows(['TIME_WAIT'], []);
});

test('nothing lies before the beginning, and the button says so', async ({ page, open }) => {
  const lab = await Lab.open(page, open);
  const back = page.getByRole('button', { name: 'One event back' });
  const begins = async () => {
    await lab.shows([], ['LISTEN']);
    await expect(back).toHaveAttribute('aria-disabled', 'true');
    await expect(back).toHaveAccessibleDescription(/beginning/);
  };
  await begins();
  await page.keyboard.press('ArrowLeft');
  await lab.passes(100);
  await begins();
  await expect(page.getByText('site enters LISTEN')).toBeHidden();
  await lab.presses('C_m', 'Connect');
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await expect(back).not.toHaveAttribute('aria-disabled');
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('ArrowLeft');
    await lab.passes(20);
  }
  await begins();
});

test('starting again keeps a paused clock paused', async ({ page, open }) => {
  const lab = await Lab.open(page, open);
  await lab.presses('C_m', 'Connect');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Start again' }).click();
  await lab.passes(100);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('button', { name: 'Start again' }).click();
  await lab.passes(100);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
});

test('nothing that is typed ends the page', async ({ page, open }) => {
  const lab = await Lab.open(page, open);
  const lines = [
    "'", '"', '\\', '| grep', 'netstat | | grep', 'nc -l -l -l', 'nc -p', 'iptables -I', 'iptables -I OUTPUT -p tcp --dport',
    'sudo', 'sudo sudo sudo nc', '; ; ;', '&&', '$(rm -rf /)', 'echo $HOME', 'nc 10.211.55.10 -1', 'kill -9 1', 'ss -tanoeps',
    'ключ', '–l', '😀 😀', 'nc ' + '9'.repeat(300), 'a'.repeat(5000), 'date +%Q%%%', 'sysctl -w net.ipv4.tcp_fin_timeout=-1',
  ];
  for (const terminal of ['C_m lower', 'S_m lower']) {
    for (const line of lines) {
      const input = lab.terminal(terminal).getByRole('textbox');
      await input.fill(line);
      await input.press('Enter');
      await input.press('Control+c');
    }
  }
  await lab.types('C_m lower', 'clear');
  await lab.types('C_m lower', 'hostname');
  await lab.prints('C_m lower', 'C_m');
});

test('where Linux differs the page says so, and one click plays the same lines there', async ({ page, open, axe }) => {
  const lab = await Lab.open(page, open);
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
  await expect(lab.terminal('C_m lower').getByRole('log')).toContainText('iptables -I OUTPUT');
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

for (const theme of ['Light', 'Projector']) {
  test(`what the other profile does lies over nothing, ${theme}`, async ({ page, open }) => {
    const lab = await Lab.open(page, open);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: theme }).check();
    await page.keyboard.press('Escape');
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
