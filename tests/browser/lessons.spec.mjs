// Lessons, each from its first step to its last, by keyboard alone.
import { expect, test } from './fixture.mjs';
import { Pupil, ids, stepsOf } from './lessons.mjs';

for (const id of ids) {
  test(`${id} is taken by keyboard alone`, async ({ tab }) => {
    test.setTimeout(120_000);
    const pupil = await Pupil.opens(tab, id);
    await pupil.takes(id);
    const journal = await tab.evaluate(() => localStorage.getItem('tcp-states.journal'));
    expect(journal.match(/ passed /g), journal).toHaveLength(stepsOf(id));
  });
}

const LATE = 20_000;

/** Opens a lesson, and answers its first question by the diagram. */
async function answered(tab, id, [client, server], more = '') {
  const pupil = await Pupil.opens(tab, id, more);
  for (const node of [client, server]) {
    await tab.evaluate((it) => document.querySelector(`.node[data-node=${it}]`).dispatchEvent(new MouseEvent('click', { bubbles: true })), node);
    await tab.passes(40);
  }
  return pupil;
}

/** The journal, as it is kept. */
const journal = (tab) => tab.evaluate(() => localStorage.getItem('tcp-states.journal'));

test('a state is placed by a click on the diagram, and stays beside what happened', async ({ tab }) => {
  const pupil = await answered(tab, 'syn-dropped', ['syn-sent', 'syn-recv']);
  const ghosts = () =>
    tab.evaluate(() => [...document.querySelectorAll('.ghosts > g')].map((it) => `${it.textContent} ${it.getAttribute('transform')}`));
  const placed = await ghosts();
  expect(placed.map((it) => it.slice(0, 2))).toEqual(['C?', 'S?']);
  await pupil.presses('.lesson .foot .go-on');
  await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
  const { explained } = await pupil.panel();
  expect(explained).toMatch(/You expected S_m in SYN_RECV; it is in LISTEN\.\s+✓ C_m is in SYN_SENT, as you said\./);
  expect(explained).toMatch(/00:00\.4\d\d\s+SYN hit rule 1 in C_m OUTPUT/);
  expect(await ghosts()).toEqual(placed);
  // The fact leads to its moment.
  const clock = () => tab.evaluate(() => document.querySelector('.time .num, .time').innerText.split('\n')[0]);
  const before = await clock();
  await pupil.presses('.lesson .moment');
  expect(await clock()).not.toBe(before);
});

test('the clock waits for an answer, and stops when there is something to read', async ({ tab }) => {
  const pupil = await answered(tab, 'syn-dropped', ['syn-sent', 'listen']);
  const clock = () => tab.evaluate(() => document.querySelector('.time').innerText.split('\n')[0]);
  const asked = await clock();
  await tab.passes(LATE);
  expect(await clock()).toBe(asked);
  await pupil.presses('.lesson .foot .go-on');
  await tab.passes(LATE);
  // 0.5 s after the second line, which comes 0.4 s after the first.
  expect(await clock()).toBe('00:00:00.900');
  expect((await pupil.panel()).main).toBe('Next: It tries again');
});

test('the first answer counts, and neither undo nor a reload touches it', async ({ tab, page }) => {
  const pupil = await answered(tab, 'syn-dropped', ['established', 'established']);
  await pupil.presses('.lesson .foot .go-on');
  await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
  const first = await journal(tab);
  expect(first).toMatch(/drop answered first unsure C_m ESTABLISHED \| S_m ESTABLISHED\n[^]* drop wrong\n/);
  for (let times = 0; times < 3; times += 1) {
    await tab.key('Control+z');
    await tab.passes(200);
  }
  expect(await journal(tab)).toBe(first);
  await page.reload();
  await tab.drawn();
  await pupil.sees((panel) => panel?.question !== null, 'the lesson is there again');
  expect(await journal(tab)).toContain(first);
  for (const name of ['client', 'server']) {
    await pupil.tabsTo(`.question input[name=lesson-${name}]`);
    await tab.key('ArrowDown');
    await tab.passes(40);
  }
  await pupil.presses('.lesson .foot .go-on');
  await pupil.goesOn((panel) => panel.explained !== null, 'the second answer is compared');
  expect((await pupil.panel()).explained).toContain('does not count');
  expect(await journal(tab)).toMatch(/drop answered again /);
});

test('a lesson goes on after a reload where it was', async ({ tab, page }) => {
  const pupil = await Pupil.opens(tab, 'hello');
  await pupil.doesStep();
  await pupil.presses('.lesson .foot .go-on');
  const { step } = await pupil.panel();
  await page.reload();
  await tab.drawn();
  await pupil.sees((panel) => panel?.step === step, `${step} is there again`);
});

test('whoever skips a step finds the next one as it begins', async ({ tab }) => {
  const pupil = await Pupil.opens(tab, 'syn-dropped');
  await pupil.tabsTo('.lesson .foot .link');
  await tab.key('Enter');
  await tab.passes(100);
  const { where, step } = await pupil.panel();
  expect([where.slice(0, 6), step]).toEqual(['step 2', 'It tries again']);
  const badge = await tab.evaluate(() => document.querySelector('.host[data-host=C] .badge b').innerText);
  expect(badge).toBe('SYN_SENT');
  expect(await journal(tab)).toContain('drop skipped');
});

test.describe('a lesson that does not come', () => {
  test.use({ mayComplain: /404/ });

  test('is said, and nothing else changes', async ({ page, open }) => {
    await page.route('**/lessons/**', (route) => route.fulfill({ status: 404, body: 'nothing' }));
    await open('?lesson=hello');
    await expect(page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: 'could not be read' })).toBeVisible();
    await expect(page.locator('.lesson')).toHaveCount(0);
    await expect(page.locator('.host[data-host=S] .badge')).toContainText('LISTEN');
  });
});

/** What must not lie over each other, and must be seen without scrolling where there is room. */
const boxes = (page) =>
  page.evaluate(() => {
    const box = (selector) => {
      const it = document.querySelector(selector);
      const { x, y, right, bottom } = it.getBoundingClientRect();
      return [x, y, right, bottom].map(Math.round);
    };
    const shown = ['.lesson', '.machine', '.wire', '.told', '.firewall', '.host[data-host=C] .badge', '.host[data-host=S] .badge'];
    return Object.fromEntries(shown.map((selector) => [selector, box(selector)]));
  });

for (const [width, height] of [[1180, 720], [1280, 720], [1920, 1080], [1024, 768], [1024, 576], [720, 620], [640, 620], [390, 844], [320, 640]]) {
  test(`at ${width} × ${height} the lesson covers nothing, and sticks out nowhere`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await open('?lesson=syn-dropped');
    await expect(page.locator('.lesson')).toBeVisible();
    const all = Object.entries(await boxes(page));
    for (const [a, [ax, ay, ar, ab]] of all) {
      for (const [b, [bx, by, br, bb]] of all) {
        const apart = a >= b || ar <= bx || br <= ax || ab <= by || bb <= ay;
        expect(apart, `${a} and ${b}`).toBe(true);
      }
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const cut = await page.locator('.lesson .read').evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(cut).toBe(0);
    if (width >= 1180) {
      const read = await page.locator('.lesson .read').evaluate((it) => it.scrollHeight - it.clientHeight);
      expect(read, 'a question is seen without scrolling').toBeLessThanOrEqual(24);
    }
  });
}

for (const theme of ['light', 'dark', 'contrast']) {
  for (const [where, size, query] of [
    ['in the lab', [1280, 720], ''],
    ['embedded', [720, 620], '&embed=on'],
    ['on a phone', [390, 844], ''],
  ]) {
    test(`axe finds nothing in a step ${where}, ${theme}`, async ({ page, open, axe }) => {
      test.setTimeout(120_000);
      await page.setViewportSize({ width: size[0], height: size[1] });
      await open(`?lesson=syn-dropped&pace=60&theme=${theme}${query}`);
      await expect(page.locator('.lesson .question')).toBeVisible();
      await axe();
      for (const host of ['client', 'server']) {
        await page.locator(`.lesson input[name=lesson-${host}]`).first().focus();
        await page.keyboard.press('ArrowDown');
      }
      await axe(undefined, '.lesson');
      await page.locator('.lesson .foot .go-on').click();
      await expect(page.locator('.lesson .explained')).toBeVisible({ timeout: 20_000 });
      await axe(undefined, '.lesson');
      await open(`?lesson=handshake&pace=60&theme=${theme}${query}`);
      await expect(page.locator('.lesson')).toBeVisible();
      const hint = page.locator('.lesson .foot .link', { hasText: 'Hint' });
      if (await hint.count()) await hint.click();
      await axe(undefined, '.lesson');
    });
  }
}

test('a case closes what is between its hosts until the answer is compared', async ({ tab }) => {
  const pupil = await Pupil.opens(tab, 'case-two-hosts');
  const between = () =>
    tab.evaluate(() => ({
      band: document.querySelector('main > .band b')?.innerText ?? null,
      shows: ['.wire', '.gate', '.pair', '.firewall', '.edge[data-lit]', '.why'].filter((it) => document.querySelector(`main ${it}`) !== null),
      stops: document.querySelectorAll('.timebar [data-what=stopped]').length,
    }));
  const closed = { band: 'Firewalls, wire and log are closed until you have answered.', shows: [], stops: 0 };
  expect(await between()).toEqual(closed);
  await pupil.doesStep();
  expect(await between()).toEqual(closed);
  await pupil.presses('.lesson .foot .go-on');
  expect((await pupil.panel()).question).not.toBe(null);
  expect(await between()).toEqual(closed);
  await pupil.answers();
  await pupil.presses('.lesson .foot .go-on');
  await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
  const { band, shows } = await between();
  expect(band).toBe(null);
  expect(shows).toEqual(expect.arrayContaining(['.wire', '.gate', '.pair', '.firewall']));
  expect(await tab.evaluate(() => document.querySelector('.pair .meaning').innerText)).toMatch(/is lost|Nothing is lost/);
});

test('the verdict waits for the answer', async ({ tab }) => {
  const pupil = await Pupil.opens(tab, 'syn-dropped');
  const meaning = () => tab.evaluate(() => [document.querySelector('.pair .meaning').innerText.trim(), document.querySelector('.pair .ask') !== null]);
  expect((await pupil.panel()).question).not.toBe(null);
  expect(await meaning()).toEqual(['The verdict waits for your answer.', false]);
  await pupil.answers();
  await pupil.presses('.lesson .foot .go-on');
  await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
  const [verdict, why] = await meaning();
  expect(verdict).toMatch(/is lost/);
  expect(why).toBe(true);
});

/** Where the rings of what is expected are, by state: C_m's at the upper left corner of its name, S_m's at the right one. */
const rings = (tab) =>
  tab.evaluate(() => {
    const box = (it) => it.getBoundingClientRect();
    const near = (one, other) => Math.abs(one - other) < 3;
    const nodes = [...document.querySelectorAll('.node')];
    const ring = (it) => {
      const { x, y, width, height } = box(it.querySelector('circle'));
      const isAt = ({ left, right, top }) => near(top, y + height / 2) && [left, right].some((end) => near(end, x + width / 2));
      const node = nodes.find((node) => isAt(box(node.querySelector('rect'))));
      return [it.textContent + (it.hasAttribute('data-carried') ? ' carried' : ''), node?.dataset.node];
    };
    return Object.fromEntries([...document.querySelectorAll('.ghosts > g')].map(ring));
  });

test('C and S pick a host up, arrows carry it, and Enter puts it down', async ({ tab }) => {
  const pupil = await Pupil.opens(tab, 'syn-dropped');
  const press = async (...keys) => {
    for (const key of keys) {
      await tab.key(key);
      await tab.passes(40);
    }
  };
  const ready = async () => (await pupil.panel()).ready;
  await press('c');
  expect(await rings(tab)).toEqual({ 'C? carried': 'start' });
  await press('ArrowRight');
  expect(await rings(tab)).toEqual({ 'C? carried': 'syn-sent' });
  // Not yet: whoever changes their mind puts it back.
  await press('Escape');
  expect(await rings(tab)).toEqual({});
  await press('c', 'ArrowRight', 'Enter');
  expect(await rings(tab)).toEqual({ 'C?': 'syn-sent' });
  expect(await ready()).toBe(false);
  // S_m is in LISTEN: nothing to carry.
  await press('S', 'Enter');
  expect(await rings(tab)).toEqual({ 'C?': 'syn-sent', 'S?': 'listen' });
  expect(await ready()).toBe(true);
  await press('s', 'ArrowLeft');
  expect(await rings(tab)).toEqual({ 'C?': 'syn-sent', 'S? carried': 'syn-recv' });
  await press('Escape');
  expect(await rings(tab)).toEqual({ 'C?': 'syn-sent', 'S?': 'listen' });
  const { checked, heard } = await tab.evaluate(() => ({
    checked: [...document.querySelectorAll('.question input:checked')].map((it) => it.parentElement.textContent),
    heard: document.querySelector('.question [role=status]').textContent.trim(),
  }));
  expect(checked).toEqual(['SYN_SENT', 'LISTEN']);
  expect(heard).toBe('C_m in SYN_SENT S_m in LISTEN');
  await pupil.presses('.lesson .foot .go-on');
  await pupil.goesOn((panel) => panel.explained !== null, 'the answer is compared');
  expect((await pupil.panel()).explained).toContain('C_m is in SYN_SENT, as you said.');
});

test('a letter that is written picks nobody up', async ({ tab, page }) => {
  await Pupil.opens(tab, 'syn-dropped');
  const terminal = page.locator('.terminal input').nth(1);
  await terminal.focus();
  for (const key of ['c', 's', 'S']) await tab.key(key);
  await tab.passes(40);
  expect(await terminal.inputValue()).toBe('csS');
  expect(await rings(tab)).toEqual({});
  expect(await tab.evaluate(() => document.activeElement.closest('.terminal') !== null)).toBe(true);
  // Neither is one picked up where nobody asks, or where keys are switched off.
  await tab.evaluate(() => document.activeElement.blur());
  await tab.open('');
  await tab.key('c');
  await tab.passes(40);
  expect(await tab.evaluate(() => document.activeElement.closest('.diagram') === null)).toBe(true);
});

test('in the ladder the same keys lead to the choices', async ({ tab }) => {
  await Pupil.opens(tab, 'syn-dropped', '&view=ladder');
  await tab.key('s');
  await tab.passes(40);
  expect(await tab.evaluate(() => document.activeElement.name)).toBe('lesson-server');
});

test('the moment that is asked for is on the time bar, and in words', async ({ tab, page }) => {
  const pupil = await answered(tab, 'syn-dropped', ['syn-sent', 'listen']);
  const says = 'you predict this moment: 0.5 s after connect()';
  const bar = page.getByRole('slider', { name: 'Time bar' });
  await expect(bar).toHaveAccessibleDescription(says);
  const seen = () =>
    tab.evaluate(() => {
      const box = (selector) => document.querySelector(selector)?.getBoundingClientRect().toJSON() ?? null;
      return { line: box('.predicted line'), text: box('.predicted text'), bar: box('.timebar'), end: box('.timebar .lived') };
    });
  const { line, text, bar: all, end } = await seen();
  expect(line.x).toBeGreaterThan(end.right + 20);
  expect(text.right, 'its words are on the bar').toBeLessThan(all.right);
  expect(text.bottom).toBeLessThan(all.bottom);
  await pupil.presses('.lesson .foot .go-on');
  await tab.passes(LATE);
  expect((await seen()).line).toBe(null);
  await expect(bar).toHaveAccessibleDescription('');
});
