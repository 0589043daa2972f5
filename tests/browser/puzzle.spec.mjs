// Puzzles: a fault is hidden, and somebody who sees both hosts says what it is.
import { expect, test } from './fixture.mjs';
import { role } from './layer/tab.mjs';

const MOMENT = 60;

/** What is to be seen of a puzzle. */
const seen = (tab) =>
  tab.evaluate(() => {
    const text = (selector) => document.querySelector(selector)?.innerText.replace(/\s+/g, ' ').trim() ?? null;
    const all = (selector) => [...document.querySelectorAll(selector)].map((it) => it.innerText.replace(/\s+/g, ' ').trim());
    return {
      clock: text('.top .clock'),
      states: all('.stands b'),
      looks: all('.looks li').length,
      count: text('.seen .headed span'),
      marks: document.querySelectorAll('.timebar :is(circle, .look, .stop)').length,
      told: text('.graded h2'),
      truth: text('.truth'),
      band: text('.band b'),
      focus: document.activeElement?.id ?? '',
      tally: text('footer.puzzle p'),
    };
  });

const opens = async (tab, query) => {
  await tab.open(query);
  expect(await tab.evaluate(() => document.querySelector('main.seat') !== null), 'the puzzle is drawn').toBe(true);
};

/** Presses what a selector finds, the one with this text if there are several. */
const presses = async (tab, selector, text = '') => {
  const found = await tab.evaluate(([selector, text]) => {
    const all = [...document.querySelectorAll(selector)].filter((it) => it.innerText.replace(/\s+/g, ' ').includes(text));
    const it = all[0]?.querySelector('input') ?? all[0];
    it?.click();
    return all.length;
  }, [selector, text]);
  expect(found, `${selector} ${text}`).toBeGreaterThan(0);
  await tab.passes(MOMENT);
};

const step = (tab) => presses(tab, '.transport button:last-child');
const journal = (tab) => tab.evaluate(() => localStorage.getItem('tcp-states.journal') ?? '');

/** Presses Tab until what a selector finds has the focus. */
const tabsTo = async (tab, selector) => {
  for (let times = 0; times < 120; times += 1) {
    if (await tab.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) return;
    await tab.key('Tab');
  }
  throw new Error(`Tab never reaches ${selector}`);
};

test('the pair of states is watched, and a lost segment is named', async ({ tab }) => {
  await opens(tab, '?puzzle=20261128&level=pair');
  expect(await seen(tab)).toMatchObject({ clock: '00:00:00.000', looks: 2, count: '2 looks', told: null, band: expect.stringContaining('closed until') });
  for (let times = 0; times < 4; times += 1) await step(tab);
  const watched = await seen(tab);
  expect(watched.clock).not.toBe('00:00:00.000');
  expect(watched.count).toBe('2 looks');
  await presses(tab, '.half .by');
  const over = await seen(tab);
  expect(over.truth).toMatch(/^The truth: /);
  expect(over.band).toBe(over.truth);
  expect(over.focus).toBe('to-read');
  expect(await journal(tab)).toMatch(/puzzle-pair 00000000 20261128 skipped\n$/);
});

test('a puzzle is solved by keyboard alone, with the looks that are offered', async ({ tab }) => {
  await opens(tab, '?puzzle=1&level=counters');
  await tabsTo(tab, '.transport button:last-child');
  for (let times = 0; times < 3; times += 1) {
    await tab.key('Enter');
    await tab.passes(MOMENT);
  }
  // Says that it cannot be told, and is led from look to look until one thing is left.
  await tabsTo(tab, '.asking input[name=whole]');
  await tab.key('ArrowRight');
  await tab.passes(MOMENT);
  await tabsTo(tab, '.asking .go-on');
  for (let times = 0; times < 6; times += 1) {
    await tab.key('Enter');
    await tab.passes(MOMENT);
    const { told } = await seen(tab);
    if (told !== 'Possible, but not shown yet.') break;
    expect((await seen(tab)).focus).toBe('to-read');
    const types = await tab.evaluate(() => document.querySelector('.graded .scrolls > .go-on') !== null);
    if (!types) break;
    await tabsTo(tab, '.graded .go-on');
    await tab.key('Enter');
    await tab.passes(MOMENT);
    await tabsTo(tab, '.asking .go-on');
  }
  const { told, count } = await seen(tab);
  expect(['Right.', 'Possible, but not shown yet.', 'It can be decided.']).toContain(told);
  // Nobody is given the answer.
  if (told !== 'Right.') expect(await tab.evaluate(() => document.querySelector('.fits'))).toBe(null);
  const result = await tab.evaluate(() => document.querySelector('.looks samp')?.innerText ?? '');
  expect(result, 'a look is listed with what it printed').toMatch(/segments|packets|port|bytes/);
  expect(Number.parseInt(count, 10)).toBeGreaterThan(2);
  expect(await journal(tab)).toContain('puzzle-counters 00000000 1 answered first unsure cannot-tell');
});

test('what is refuted is refuted by a look', async ({ tab }) => {
  await opens(tab, '?puzzle=2&level=counters');
  for (let times = 0; times < 3; times += 1) await step(tab);
  // Two answers of which at least one does not fit.
  const told = [];
  for (const text of ['nothing is wrong', 'nobody listens']) {
    await presses(tab, '.asking .chip', text);
    await presses(tab, '.asking .go-on');
    told.push((await seen(tab)).told);
    if (told.at(-1) === 'Right.') break;
    await presses(tab, '.graded .foot button', 'Back to the question');
    expect((await seen(tab)).focus).toBe('to-read');
  }
  expect(told).toContain('This does not fit what you saw.');
});

test('a terminal has no sudo, completes, and its lines are looks', async ({ tab }) => {
  await opens(tab, '?puzzle=4&level=counters');
  await presses(tab, '[role=tab]', 'C_m lower');
  await tab.evaluate(() => document.querySelector('[data-terminal=client-lower] input').focus());
  await tab.passes(MOMENT);
  await tab.type('sudo iptables -S');
  await tab.key('Enter');
  await tab.passes(MOMENT);
  const screen = () => tab.evaluate(() => document.querySelector('[data-terminal=client-lower] .screen').innerText);
  expect(await screen()).toContain('student is not in the sudoers file.');
  expect((await seen(tab)).count).toBe('3 looks');
  await tab.type('nets');
  await tab.key('Tab');
  expect(await tab.evaluate(() => document.activeElement.value)).toBe('netstat ');
  // Undo takes the line back, and it stays counted.
  await presses(tab, '.transport button:first-child');
  expect(await screen()).not.toContain('sudoers');
  expect((await seen(tab)).count).toBe('3 looks');
});

test('a new user is told where nothing changes, and why another answer is right', async ({ tab }) => {
  // Both hosts are connected, and then nothing changes any more.
  await opens(tab, '?puzzle=101&level=pair');
  const stands = () => tab.evaluate(() => document.querySelector('.seat-top .speed').innerText);
  const heard = [];
  for (let times = 0; times < 3; times += 1) {
    await step(tab);
    heard.push(await stands());
  }
  expect(heard).toEqual(['paused', 'no change in 10 s', 'no change in 10 s']);
  await presses(tab, '.asking .chip', 'nothing is wrong');
  expect(await stands(), 'it stays while one answers').toBe('no change in 10 s');
  await tab.evaluate(() => document.activeElement.blur());
  await presses(tab, '[aria-label="Back to the mark before"]');
  expect(await stands()).not.toBe('no change in 10 s');
  // Where a SYN was lost once, this level cannot say.
  const text = () => tab.evaluate(() => document.querySelector('.graded').innerText);
  await opens(tab, '?puzzle=103&level=pair');
  for (let times = 0; times < 3; times += 1) await step(tab);
  await presses(tab, '.asking .chip', 'SYN');
  await presses(tab, '.asking .spot', 'network');
  await presses(tab, '.asking .go-on');
  expect(await text()).toContain('SYN of C_m is dropped at S_m INPUT, once.');
  expect(await text()).toContain('Your answer is as right');
  // A port that nobody asks for is listed, and who names the truth reads of no other answer.
  await opens(tab, '?puzzle=201&level=counters');
  await step(tab);
  expect(await tab.evaluate(() => document.querySelector('.looks li:nth-child(2)').innerText)).toContain('LISTEN 5556');
  await presses(tab, '.asking .chip', 'another port');
  await presses(tab, '.asking .go-on');
  expect(await text()).toContain('Right.');
  expect(await text()).not.toContain('Your answer is as right');
});

test('the clock goes in tenths, and stands while it is paused', async ({ tab }) => {
  await opens(tab, '?puzzle=4&level=pair');
  await presses(tab, '.gaits label', '×10');
  await presses(tab, '.transport .play button');
  await tab.passes(1000);
  const { clock } = await seen(tab);
  expect(clock).toMatch(/^00:00:(09|10|11)\.\d00$/);
  await presses(tab, '.transport .play button');
  const paused = (await seen(tab)).clock;
  const before = await tab.asked();
  await tab.passes(3000);
  expect((await seen(tab)).clock).toBe(paused);
  expect((await tab.asked()).ever).toBe(before.ever);
});

test('a reload keeps what was typed, and nothing that is hidden is stored', async ({ tab, page }) => {
  await opens(tab, '?puzzle=11&level=counters');
  await step(tab);
  await presses(tab, '.offer', 'C_m: TCP’s counters');
  const before = await seen(tab);
  await page.reload();
  await tab.drawn();
  await tab.until(async () => (await seen(tab)).clock === before.clock, 1000, 'it is where it was');
  expect(await seen(tab)).toEqual({ ...before, focus: '' });
  const stored = await tab.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(stored).toContain('client-lower enter netstat -s');
  expect(stored).not.toMatch(/iptables|DROP|syn:|network:|truth/);
});

test('the lab opens when it is over, with everything in it', async ({ tab }) => {
  await opens(tab, '?puzzle=20261128&level=pair&theme=dark');
  for (let times = 0; times < 2; times += 1) await step(tab);
  expect(await tab.evaluate(() => document.querySelector('.wire, .diagram, .firewall'))).toBe(null);
  await presses(tab, '.half .by');
  const { clock } = await seen(tab);
  await presses(tab, '.graded .foot button', 'Open in the lab');
  await tab.until(() => tab.evaluate(() => document.querySelector('.firewall') !== null), 1000, 'the lab is there');
  await tab.passes(MOMENT);
  expect(await tab.evaluate(() => location.search)).toBe('?theme=dark');
  expect(await tab.evaluate(() => document.querySelector('.time .clock').innerText)).toBe(clock);
});

/** How much of an element is in the window and within whatever scrolls around it, from 0 to 1. */
const inSight = (tab, selector) =>
  tab.evaluate((selector) => {
    const it = document.querySelector(selector);
    const whole = it.getBoundingClientRect();
    let [top, bottom] = [Math.max(whole.top, 0), Math.min(whole.bottom, innerHeight)];
    for (let around = it.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).overflowY === 'visible') continue;
      const clip = around.getBoundingClientRect();
      [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
    }
    return Math.max(0, bottom - top) / whole.height;
  }, selector);

for (const [width, height, query] of [[1024, 576, ''], [1280, 720, ''], [1280, 720, '&theme=contrast'], [1920, 1080, '']]) {
  test(`both tables, a terminal of each host and the question are in sight at ${width} × ${height}${query}`, async ({ tab }) => {
    await tab.resize(width, height);
    for (const level of ['pair', 'counters', 'time', 'two']) {
      await opens(tab, `?puzzle=5&level=${level}${query}`);
      for (let times = 0; times < 3; times += 1) await step(tab);
      expect(await tab.evaluate(() => scrollY)).toBe(0);
      const parts = ['C', 'S'].flatMap((host) => [`.side[data-host=${host}] .stands`, `.side[data-host=${host}] tbody`]);
      for (const part of [...parts, '.half.seen', '.half.asking', '.asking .go-on', '.half .by', '.pair-hint', '.tabbed', '.column:last-child', '[data-terminal=client-upper] form', '[data-terminal=server-upper] .screen']) {
        expect(await inSight(tab, part), `${level}: ${part}`).toBeGreaterThan(0.99);
      }
      // What an offer types is there, too: its last lines, and the prompt after them.
      if (level === 'pair') continue;
      await presses(tab, '.offer', 'TCP’s counters');
      for (const part of ['[data-terminal=client-lower] .screen', '[data-terminal=client-lower] .printed:nth-last-child(2)', '.looks li:last-child samp']) {
        expect(await inSight(tab, part), `${level}: ${part}`).toBeGreaterThan(0.99);
      }
    }
  });
}

for (const [width, height] of [[1280, 720], [1440, 900], [1920, 1080]]) {
  test(`both faults are seen at once at ${width} × ${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    for (const theme of ['light', 'contrast']) {
      await opens(tab, `?puzzle=5&level=two&theme=${theme}`);
      await presses(tab, '.fault .chip', 'SYN|ACK');
      await presses(tab, '.fault + .fault .chip', 'data');
      const rest = await tab.evaluate(() => [...document.querySelectorAll('.asking .scrolls')].map((it) => it.scrollHeight - it.clientHeight));
      expect(rest, theme).toEqual([0]);
      for (const part of ['.fault > b', '.fault + .fault > b', '.fault + .fault .spots', '.asking .scrolls > .chips', '.asking .go-on']) {
        expect(await inSight(tab, part), `${theme}: ${part}`).toBeGreaterThan(0.99);
      }
    }
  });
}

test('a host has a tab for each terminal, and what is new in one is marked', async ({ tab, axe }) => {
  await opens(tab, '?puzzle=5&level=counters');
  const tabs = (host) =>
    tab.evaluate((host) => [...document.querySelectorAll(`.column:nth-child(${host}) [role=tab]`)].map((it) => {
      const pane = document.getElementById(it.getAttribute('aria-controls'));
      const marks = [it.ariaSelected === 'true' && 'front', it.tabIndex === 0 && 'stop', pane.checkVisibility() && 'seen', 'fresh' in it.dataset && 'fresh'];
      return [it.innerText.replace(/\s+/g, ' ').trim(), pane.getAttribute('aria-labelledby') === it.id, ...marks.filter(Boolean)];
    }), host);
  const front = ['front', 'stop', 'seen'];
  await step(tab);
  expect(await tabs(1)).toEqual([['C_m upper: nc', true, ...front], ['C_m lower', true]]);
  expect(await tabs(2)).toEqual([['S_m upper: nc', true, ...front], ['S_m lower', true]]);
  // A look turns to its terminal, and by keyboard tabs go round, with the focus.
  await presses(tab, '.offer', 'S_m: TCP’s counters');
  expect(await tabs(2)).toEqual([['S_m upper: nc', true], ['S_m lower', true, ...front]]);
  expect((await tabs(1))[0], 'the other host stays as it was').toEqual(['C_m upper: nc', true, ...front]);
  await tab.evaluate(() => document.querySelector('#tab-server-lower').focus());
  const { clock } = await seen(tab);
  for (const [key, id] of [['ArrowRight', 'tab-server-upper'], ['End', 'tab-server-lower'], ['Home', 'tab-server-upper'], ['ArrowLeft', 'tab-server-lower']]) {
    await tab.key(key);
    await tab.passes(MOMENT);
    expect(await tab.evaluate(() => [document.activeElement.id, document.activeElement.ariaSelected]), key).toEqual([id, 'true']);
  }
  expect((await seen(tab)).clock, 'and no time goes by').toBe(clock);
  await tab.key('Tab');
  expect(await tab.evaluate(() => document.activeElement.closest('[role=tabpanel], .tabs') !== null)).toBe(true);
  // What a button types while another terminal is in front is marked until it is seen.
  await opens(tab, '?puzzle=20261129&level=live');
  for (let times = 0; times < 2; times += 1) await step(tab);
  await presses(tab, '[role=tab]', 'C_m lower');
  expect((await tabs(1))[0]).toEqual([expect.stringMatching(/^C_m upper/), true]);
  await presses(tab, '.side[data-host=C] .act', 'Send');
  await axe();
  expect((await tabs(1))[0]).toContain('fresh');
  await presses(tab, '[role=tab]', 'C_m upper');
  expect((await tabs(1))[0]).not.toContain('fresh');
  // Whoever points at a tab types there at once.
  await tab.click(role('tab', /^S_m lower/));
  await tab.passes(MOMENT);
  await tab.type('uptime');
  expect(await tab.evaluate(() => document.querySelector('[data-terminal=server-lower] input').value)).toBe('uptime');
  // A third one is opened beside the tabs.
  await presses(tab, '.column:first-child .tabs .square');
  expect((await tabs(1)).map(([name]) => name.split(':')[0])).toEqual(['C_m upper', 'C_m lower', 'C_m third']);
  expect(await tab.evaluate(() => document.activeElement.closest('[data-terminal]')?.dataset.terminal)).toBe('client-third');
});

test('what still fits is said when it is over, and one at a time before', async ({ tab }) => {
  await opens(tab, '?puzzle=5&level=counters');
  for (let times = 0; times < 3; times += 1) await step(tab);
  await presses(tab, '.offer', 'C_m: TCP’s counters');
  await presses(tab, '.asking .chip', 'SYN');
  await presses(tab, '.asking .spot', 'INPUT');
  await presses(tab, '.asking .go-on');
  const lists = () =>
    tab.evaluate(() => [...document.querySelectorAll('.fits')].map((it) => [it.closest('.half').classList[1], [...it.children].map((one) => one.innerText.replace(/\s+/g, ' ').trim())]));
  expect((await seen(tab)).told).toBe('Possible, but not shown yet.');
  expect(await lists()).toEqual([['graded', ['SYN at S_m INPUT · your answer', 'SYN at C_m OUTPUT']]]);
  await presses(tab, '.graded .foot button', 'Show the truth');
  const [truth, others, not] = await lists();
  expect(truth).toEqual(['seen', ['SYN at C_m OUTPUT · ✓ the truth']]);
  expect(others).toEqual(['seen', expect.arrayContaining(['SYN at S_m INPUT'])]);
  expect(not[1].length).toBeGreaterThan(3);
  expect(not[1].join()).toContain('Look 1 speaks against it');
  // The looks, by whose numbers it is said, stay beside it.
  expect((await seen(tab)).looks).toBe(3);
});

test('a puzzle in a frame of 720 × 620 has its terminals', async ({ tab, axe }) => {
  await tab.resize(720, 620);
  await opens(tab, '?puzzle=21&level=counters&embed=on');
  for (let times = 0; times < 2; times += 1) await step(tab);
  await presses(tab, '.offer', 'C_m: IP’s counters');
  const terminal = await tab.evaluate(() => {
    const screen = document.querySelector('.terminal[data-front] .screen');
    const box = screen.getBoundingClientRect();
    return [screen.clientHeight > 40 && box.bottom <= innerHeight, document.querySelector('[data-terminal=client-lower] .screen').innerText.includes('total packets received')];
  });
  expect(terminal).toEqual([true, true]);
  await axe();
});

test('the link of a puzzle is what others open', async ({ tab }) => {
  await opens(tab, '?puzzle=42&level=teardown&theme=light');
  const link = await tab.evaluate(() => document.querySelector('footer.puzzle input').value);
  expect(link).toMatch(/\/\?level=teardown&puzzle=42$/);
  await presses(tab, '.half .by');
  const href = await tab.evaluate(() => document.querySelector('.graded a.go-on').getAttribute('href'));
  expect(href).toMatch(/^\?level=teardown&puzzle=\d+&theme=light$/);
  expect(href).not.toContain('puzzle=42&');
});

test('time goes by keys as in the lab, and the help has the keys that act here', async ({ tab }) => {
  await opens(tab, '?puzzle=20261128&level=counters');
  const key = async (name) => {
    await tab.key(name);
    await tab.passes(MOMENT);
    return (await seen(tab)).clock;
  };
  const at = await key('ArrowRight');
  expect(at).not.toBe('00:00:00.000');
  expect(await key('ArrowLeft')).toBe('00:00:00.000');
  expect(await key(' '), '▶ goes to the next change').toBe(at);
  await presses(tab, '.offer', 'C_m: ping');
  const { count } = await seen(tab);
  const typed = () => tab.evaluate(() => document.querySelector('[data-terminal=client-lower] .screen').innerText.includes('ping -c 1'));
  await tab.evaluate(() => document.activeElement.blur());
  await key('Control+z');
  expect(await typed()).toBe(false);
  await key('Control+Shift+Z');
  expect(await typed()).toBe(true);
  expect((await seen(tab)).count, 'that is no further look').toBe(count);
  await key('p');
  const large = () => tab.evaluate(() => document.documentElement.hasAttribute('data-large'));
  expect(await large()).toBe(true);
  await key('Escape');
  expect(await large()).toBe(false);
  // What does nothing here is not offered.
  await key('?');
  const keys = await tab.evaluate(() => [...document.querySelectorAll('.help[open] section:first-child kbd')].map((it) => it.innerText));
  expect(keys).toEqual(['Space', '→', '←', 'p', 'Ctrl-Z', 'Ctrl-⇧-Z', '?']);
  expect(await tab.evaluate(() => document.querySelector('.help').innerText)).toContain('could on purpose');
});

test('the header leads on, and nothing in it moves', async ({ tab, page }) => {
  await opens(tab, '?puzzle=20261128&level=counters');
  const places = () =>
    tab.evaluate(() => JSON.stringify([...document.querySelectorAll('.seat-top :is(a, button, label, .time)')].map((it) => [it.title.slice(0, 0), ...Object.values(it.getBoundingClientRect().toJSON())])));
  const before = await places();
  for (const pace of ['×1', '×10', '×60', 'Step to a change']) {
    await presses(tab, '.gaits label', pace);
    expect(await places(), pace).toBe(before);
  }
  await step(tab);
  await presses(tab, '.offer', 'C_m: ping');
  await presses(tab, '.transport button:first-child');
  expect(await places()).toBe(before);
  // The pace is a group of choices with a name, and ▶ says what it does at each.
  const paces = await tab.evaluate(() => {
    const group = document.querySelector('.gaits');
    return [document.getElementById(group.getAttribute('aria-labelledby')).innerText, [...group.querySelectorAll('input')].map((it) => document.getElementById(it.getAttribute('aria-describedby')).textContent)];
  });
  const play = () => tab.evaluate(() => document.querySelector('.play button').getAttribute('aria-label'));
  expect(paces[0]).toBe('Pace');
  expect(paces[1][0]).toBe(await play());
  expect(paces[1][0]).toContain('next change');
  await presses(tab, '.gaits label', '×10');
  expect(await play()).toBe(paces[1][2]);

  await presses(tab, '.seat-top .scenes');
  const levels = await tab.evaluate(() => [...document.querySelectorAll('#levels li a')].map((it) => [new URLSearchParams(it.search).get('level'), it.getAttribute('aria-current')]));
  expect(levels).toEqual([['pair', null], ['counters', 'true'], ['time', null], ['teardown', null], ['applications', null], ['live', null], ['two', null]]);
  await tab.key('Escape');

  // A theme that is chosen stays; how the hosts behave is part of the puzzle.
  await presses(tab, '[popovertarget=settings]');
  await presses(tab, '#settings label', 'Dark');
  expect(await tab.evaluate(() => [document.documentElement.dataset.theme, localStorage.getItem('tcp-states.settings').split(' ')[0]])).toEqual(['dark', 'theme=dark']);
  expect(await tab.evaluate(() => document.querySelectorAll('#settings fieldset').length)).toBe(2);
  await tab.key('Escape');

  await tab.evaluate(() => document.querySelector('.seat-top a.lessons').click());
  await page.waitForURL(/lesson=list/);
  await tab.drawn();
  await tab.passes(MOMENT);
  expect(await tab.evaluate(() => document.querySelector('dialog.start').open)).toBe(true);
});

test('what is shared is the puzzle and nothing that is in it', async ({ tab }) => {
  await opens(tab, '?puzzle=20261128&level=counters');
  await step(tab);
  await presses(tab, '.seat-top [aria-label=Share]');
  const shared = () =>
    tab.evaluate(() => {
      const dialog = document.querySelector('dialog.share');
      return { link: dialog.querySelector('input').value, offers: [...dialog.querySelectorAll('a, textarea, button')].map((it) => it.innerText), text: dialog.innerText };
    });
  const closed = await shared();
  expect(closed.link).toMatch(/\/\?level=counters&puzzle=20261128$/);
  expect(closed.offers).toEqual(['✕', 'Copy link']);
  expect(closed.text).toContain('once it is over');
  await tab.key('Escape');
  await presses(tab, '.half .by');
  await presses(tab, '.seat-top [aria-label=Share]');
  expect((await shared()).text).toContain('Open in the lab');
});

test('the bar has what was seen, and all that happened once it is over', async ({ tab }) => {
  await opens(tab, '?puzzle=5&level=counters');
  const bar = () =>
    tab.evaluate(() => {
      const count = (what) => document.querySelectorAll(`.timebar ${what}`).length;
      const texts = (what) => [...document.querySelectorAll(`.timebar ${what}`)].map((it) => it.textContent);
      return { dots: count('circle'), stops: count('.stop'), due: count('.due'), looks: texts('.look > text'), titles: texts('title'), folds: count('.fold'), says: document.querySelector('.timebar').getAttribute('aria-valuetext') };
    });
  const focuses = (tab) => tab.evaluate(() => document.querySelector('.timebar').focus());
  expect(await bar()).toMatchObject({ dots: 0, looks: [], folds: 0, says: '0.000 s' });
  for (let times = 0; times < 3; times += 1) await step(tab);
  await presses(tab, '.offer', 'C_m: TCP’s counters');
  const closed = await bar();
  expect(closed).toMatchObject({ stops: 0, due: 0, looks: ['3'] });
  expect(closed.folds).toBeGreaterThan(0);
  expect(closed.titles.filter((it) => !/netstat changes|look 3, typed on C_m/.test(it))).toEqual([]);
  // Arrow keys go from mark to mark, and what was seen later stays marked.
  await focuses(tab);
  await tab.key('Home');
  await tab.key('ArrowRight');
  await tab.passes(MOMENT);
  const past = await bar();
  expect(past.says).toContain('in the past');
  expect(past.titles).toEqual(closed.titles);
  await presses(tab, '.half .by');
  const open = await bar();
  expect(open.stops).toBeGreaterThan(3);
  expect(open.looks).toEqual(['3']);
  expect(open.titles.join()).toContain('C_m enters SYN_SENT');
  const { clock } = await seen(tab);
  await focuses(tab);
  await tab.key('Home');
  await tab.passes(MOMENT);
  expect((await seen(tab)).clock).toBe('00:00:00.000');
  await tab.key('End');
  await tab.passes(MOMENT);
  expect((await seen(tab)).clock).toBe(clock);
});

test('a look that is offered early and late says which is which', async ({ tab }) => {
  await opens(tab, '?puzzle=5&level=two');
  const times = async () => {
    const all = await tab.evaluate(() => [...document.querySelectorAll('.offer')].map((it) => it.getAttribute('aria-label') ?? it.innerText.replace(/\s+/g, ' ')));
    expect(new Set(all).size, all.join('; ')).toBe(all.length);
    return all.filter((it) => it.startsWith('C_m: IP’s counters')).map((it) => it.split(', ')[1]);
  };
  expect(await times()).toEqual(['at 3.0 s', 'at 12.0 s']);
  expect(await tab.evaluate(() => document.querySelector('.twice') !== null)).toBe(true);
  await presses(tab, '.twins .offer + .offer', 'at 12.0 s');
  // One types in the past, and the other now.
  expect(await times()).toEqual(['back to 3.0 s', 'now']);
  const { clock } = await seen(tab);
  await presses(tab, '.twins .offer', 'back to 3.0 s');
  expect((await seen(tab)).clock < clock).toBe(true);
});

test('the newest look is in sight, and the focus stays where it is', async ({ tab }) => {
  await opens(tab, '?puzzle=5&level=time');
  await presses(tab, '.offer', 'connect again');
  for (let times = 0; times < 6; times += 1) await presses(tab, '.offer', 'TCP’s counters');
  const looks = await tab.evaluate(() => {
    const [list, last] = ['.looks', '.looks li:last-child'].map((it) => document.querySelector(it).getBoundingClientRect());
    return { scrolls: document.querySelector('.looks').scrollTop > 0, below: last.bottom - list.bottom, number: document.querySelector('.looks li:last-child i').innerText, focus: document.activeElement.tagName };
  });
  expect(looks).toMatchObject({ scrolls: true, number: '9', focus: 'BODY' });
  expect(looks.below).toBeLessThanOrEqual(1);
});

test('how many looks were taken is weighed when it is over, from the fourth puzzle on', async ({ tab }) => {
  await opens(tab, '?puzzle=20261128&level=pair');
  await presses(tab, '.half .by');
  expect((await seen(tab)).tally).toBe('Diagnosis · the pair of states · seed 20261128 · 0 of 1 solved at this level');
  await tab.evaluate(() => {
    const kept = localStorage.getItem('tcp-states.journal');
    localStorage.setItem('tcp-states.journal', kept + ['1', '2', '3'].map((seed) => kept.split('\n')[1].replace('20261128', seed) + '\n').join(''));
  });
  await opens(tab, '?puzzle=4&level=pair');
  const before = (await seen(tab)).tally;
  expect(before).toBe('Diagnosis · the pair of states · seed 4 · 0 of 4 solved at this level');
  await presses(tab, '.half .by');
  expect((await seen(tab)).tally).toMatch(/^Diagnosis · the pair of states · seed 4 · truth shown after 2 looks, par \d+ · 0 of 5 solved/);
  // Copied by a press.
  await presses(tab, 'footer.puzzle button');
  expect(await tab.evaluate(() => document.querySelector('footer.puzzle button').innerText)).toMatch(/^(copied|copy the link)$/);
});

test('the start page lists the levels', async ({ tab }) => {
  await tab.open('');
  await presses(tab, 'button.lessons');
  const levels = await tab.evaluate(() => [...document.querySelectorAll('.diagnosis li a')].map((it) => it.getAttribute('href')));
  expect(levels.map((it) => new URLSearchParams(it).get('level'))).toEqual(['pair', 'counters', 'time', 'teardown', 'applications', 'live', 'two']);
  const days = new Set(levels.map((it) => new URLSearchParams(it).get('puzzle')));
  expect([...days]).toEqual([expect.stringMatching(/^\d{8}$/)]);
});

for (const [name, query] of [['light', '&theme=light'], ['dark', '&theme=dark'], ['contrast', '&theme=contrast']]) {
  test(`axe finds nothing, ${name}`, async ({ tab, axe }) => {
    await opens(tab, `?puzzle=5&level=two${query}`);
    for (let times = 0; times < 3; times += 1) await step(tab);
    await presses(tab, '.pair-hint');
    await axe();
    await tab.key('Escape');
    await presses(tab, '.asking .chip', 'cannot be told');
    await presses(tab, '.asking .go-on');
    await axe();
    await presses(tab, '.graded .foot button', 'Show the truth');
    await axe();
  });
}

/** What is cut, lies over something else, or does not fit the window, each as a line. */
const misplaced = (tab) =>
  tab.evaluate(() => {
    const found = [];
    // What stays in sight lies over what is scrolled.
    scrollTo(0, 0);
    const shown = (it) => it.checkVisibility({ opacityProperty: false, visibilityProperty: true }) && !it.closest('.unseen, .pass, dialog, [popover], [hidden], .screen') && getComputedStyle(it).clipPath === 'none';
    const name = (it) => `${it.localName}.${it.className} ${it.innerText.slice(0, 40)}`;
    const boxes = [];
    // What stays in sight while all else is scrolled lies over that.
    const sticks = (it) => it !== null && (getComputedStyle(it).position === 'sticky' || sticks(it.parentElement));
    for (const it of document.querySelectorAll(':is(.seat-top, main.seat, footer.puzzle) :is(h1, h2, h3, p, li, button, a, label, legend, th, td, small, b, code, .num)')) {
      if (!shown(it)) continue;
      const box = it.getBoundingClientRect();
      let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
      if (left < -1 || right > innerWidth + 1) found.push(`outside: ${name(it)}`);
      for (let around = it.parentElement; around; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const clip = around.getBoundingClientRect();
        if (overflowX !== 'visible' && (left < clip.left - 1 || right > clip.right + 1)) found.push(`cut at a side: ${name(it)}`);
        if (['hidden', 'clip'].includes(overflowY) && (top < clip.top - 1 || bottom > clip.bottom + 1)) found.push(`cut: ${name(it)}`);
        if (overflowY !== 'visible') [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
      }
      if (it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== 'visible') found.push(`too long: ${name(it)}`);
      if (it.matches('button, a, label, h2, h3, p') && bottom - top > 1) boxes.push([it, left, top, right, bottom]);
    }
    for (const [at, [one, left, top, right, bottom]] of boxes.entries()) {
      for (const [other, otherLeft, otherTop, otherRight, otherBottom] of boxes.slice(at + 1)) {
        const across = Math.min(right, otherRight) - Math.max(left, otherLeft);
        const down = Math.min(bottom, otherBottom) - Math.max(top, otherTop);
        if (across > 1 && down > 1 && sticks(one) === sticks(other) && !one.contains(other) && !other.contains(one)) found.push(`over each other: ${name(one)} and ${name(other)}`);
      }
    }
    return [...new Set(found)];
  });

for (const [width, height, query] of [[390, 844, ''], [320, 640, ''], [720, 620, '&embed=on'], [1024, 576, ''], [1280, 720, ''], [1280, 720, '&theme=contrast'], [1920, 1080, '']]) {
  test(`nothing is cut in ${width} × ${height}${query}`, async ({ tab }) => {
    await tab.resize(width, height);
    for (const level of ['counters', 'two']) {
      await opens(tab, `?puzzle=5&level=${level}${query}`);
      expect(await misplaced(tab), `${level}, at the beginning`).toEqual([]);
      for (let times = 0; times < 3; times += 1) await step(tab);
      await presses(tab, '.offer');
      await presses(tab, '.asking .chip', 'SYN|ACK');
      expect(await misplaced(tab), level).toEqual([]);
      expect(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const hint = await tab.evaluate(() => {
        const box = document.querySelector('.pair-hint').getBoundingClientRect();
        const half = document.querySelector('.asking').getBoundingClientRect();
        return [box.bottom <= half.bottom, box.bottom];
      });
      expect(hint[0], 'the hint is in its panel').toBe(true);
      if (width >= 1280 && query === '') expect(hint[1], 'and in the window').toBeLessThanOrEqual(height);
      await presses(tab, '.pair-hint');
      const table = await tab.evaluate(() => Object.values(document.querySelector('#pair-table').getBoundingClientRect().toJSON()).map(Math.round));
      expect(table[0] >= 0 && table[1] >= 0 && table[0] + table[2] <= width && table[1] + table[3] <= height, `${table}`).toBe(true);
      await tab.key('Escape');
      await presses(tab, '.asking .chip', 'cannot be told');
      await presses(tab, '.asking .go-on');
      expect(await misplaced(tab), `${level}, answered`).toEqual([]);
      await presses(tab, '.graded .foot button', 'Show the truth');
      expect(await misplaced(tab), `${level}, over`).toEqual([]);
    }
  });
}
