// Segments on the wire: what can be done to one, by mouse and by keyboard, also while it moves.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { FRAME, button, region, role } from './layer/tab.mjs';

const wire = region('Wire');
const acts = (name) => role('group', name);

/** The client has asked, and its SYN is half-way. */
const asking = async (tab, address) => {
  const lab = await Lab.open(tab, address);
  await lab.presses('C_m', 'Connect');
  await lab.passes(600);
  return lab;
};

/** What was typed and printed in the network's console, open or not; its last line is the one to type in. */
const console_ = (tab) =>
  tab.evaluate(() => [...document.querySelectorAll('.network [role=log] > *')].map((line) => line.textContent.trim()).slice(0, -1));

const focused = (tab) => tab.evaluate(() => document.activeElement.textContent.trim());

/** How far the newest segment has gone, as the page draws it. */
const place = (tab) => tab.evaluate(() => [...document.querySelectorAll('.flight')].at(-1)?.style.transform);

test('a click on a moving segment stops the clock and opens what can be done', async ({ tab }) => {
  const lab = await asking(tab);
  await lab.clicks(wire, button(/^SYN: /));
  const at = await place(tab);
  await lab.passes(3_000);
  expect(await place(tab), 'it waits for a slow hand').toBe(at);
  expect(await tab.names(acts('SYN'), button())).toEqual(['Drop', 'Hold', 'Hold for 3 s', 'Release', 'Duplicate', 'Inspect', 'Close']);
  await lab.clicks(acts('SYN'), button('Drop'));
  expect(await console_(tab)).toEqual(['network$ drop 1']);
  expect(await tab.has(acts('SYN')), 'what is chosen closes the row').toBe(false);
  await lab.until(async () => (await lab.states('C_m'))[0] === 'SYN_SENT', 2_000, 'it was lost');
  await lab.passes(2_000);
  expect(await lab.pair()).toEqual([['SYN_SENT'], ['LISTEN']]);
});

test('a SYN|ACK is held for three seconds by one press, and the page says until when', async ({ tab }) => {
  const lab = await asking(tab);
  const answer = [wire, button(/^SYN\|ACK: /)];
  await lab.until(() => tab.has(...answer), 5_000, 'a SYN|ACK is on its way');
  await lab.clicks(...answer);
  await lab.clicks(acts('SYN|ACK'), button('Hold for 3 s'));
  expect(await console_(tab)).toEqual(['network$ hold 2 for 3s']);
  await lab.clicks(...answer);
  expect(await tab.read(acts('SYN|ACK'))).toMatch(/SYN\|ACK held on its way until 3\.\d{3} s/);
  expect(await tab.evaluate(() => document.querySelector('.told').textContent)).toMatch(/SYN\|ACK is held on its way to C_m until 3\.\d{3} s/);
  await tab.key('Escape');
  await lab.until(async () => (await lab.states('C_m'))[0] === 'ESTABLISHED', 20_000, 'it goes on by itself');
  expect(await console_(tab), 'nobody released it').toEqual(['network$ hold 2 for 3s']);
});

test('a SYN|ACK is held for three seconds and released, by keyboard alone', async ({ tab }) => {
  const lab = await asking(tab);
  const press = async (...keys) => {
    for (const key of keys) {
      await tab.key(key);
      await lab.passes(FRAME);
    }
  };
  const answer = [wire, button(/^SYN\|ACK: /)];
  await lab.until(() => tab.has(...answer), 5_000, 'a SYN|ACK is on its way');
  await tab.focus(...answer);
  await press('Enter');
  expect(await focused(tab)).toBe('Drop');
  await press('Tab', 'Enter');
  expect(await console_(tab)).toEqual(['network$ hold 2']);
  expect(await focused(tab), 'the focus is back where it was').toBe('SYN|ACK');
  const held = () => tab.evaluate(() => [...document.querySelectorAll('.segment[data-held]')].map((it) => it.textContent.trim()));
  expect(await held()).toEqual(['SYN|ACK']);
  await lab.passes(3_000);
  expect((await lab.pair())[0]).toEqual(['SYN_SENT']);
  await press('Enter');
  expect(await tab.read(acts('SYN|ACK'))).toContain('held on its way');
  await press('Tab');
  expect(await focused(tab), 'what makes no sense keeps its place').toBe('Hold');
  await press('Tab', 'Tab', 'Enter');
  expect((await console_(tab)).at(-1)).toBe('network$ release 2');
  expect(await held()).toEqual([]);
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
});

test('what a segment says goes when its card is closed', async ({ tab }) => {
  const lab = await asking(tab);
  const detail = () => tab.evaluate(() => document.querySelector('.narration .detail').textContent);
  await lab.clicks(wire, button(/^SYN: /));
  await lab.clicks(acts('SYN'), button('Inspect'));
  await lab.clicks(inspector, button('Close'));
  // The focus is on the segment again, and says what it is.
  expect(await detail()).toMatch(/^SYN: SEQ/);
  await tab.focus(button('Pause'));
  await lab.passes(FRAME);
  expect(await detail()).toBe('');
  await tab.focus(wire, button(/^SYN: /));
  await lab.passes(2_000);
  expect(await tab.has(wire, button(/^SYN: /)), 'it has arrived').toBe(false);
  expect(await detail()).toBe('');
});

test('Escape and the cross close the row, and the clock goes on', async ({ tab }) => {
  const lab = await asking(tab);
  for (const close of [() => tab.key('Escape'), () => tab.click(acts('SYN'), button('Close'))]) {
    await lab.clicks(wire, button(/^SYN: /));
    expect(await tab.has(button('Play'))).toBe(true);
    await close();
    await lab.passes(FRAME);
    expect(await tab.has(acts('SYN'))).toBe(false);
    expect(await tab.has(button('Pause'))).toBe(true);
  }
});

test('the list of a lane leads to the same, and the clock stands meanwhile', async ({ tab, axe }) => {
  const lab = await asking(tab);
  await tab.focus(wire, button('5 ms from C_m to S_m, 1 segment'));
  await tab.key('Enter');
  await lab.passes(FRAME);
  const at = await place(tab);
  await lab.passes(3_000);
  expect(await place(tab)).toBe(at);
  await axe();
  await lab.clicks(role('dialog', 'From C_m to S_m'), button(/^SYN: /));
  expect(await focused(tab)).toBe('Drop');
  await axe();
  await tab.key('Escape');
  await lab.passes(FRAME);
  expect(await tab.has(button('Pause'))).toBe(true);
});

test('the buttons keep their place and are off, with the reason, once nothing can be done', async ({ tab }) => {
  const lab = await asking(tab);
  await lab.clicks(wire, button(/^SYN: /));
  const boxes = () =>
    tab.evaluate(() => [...document.querySelectorAll('.acts button')].map((it) => Math.round(it.getBoundingClientRect().x)));
  const before = await boxes();
  await lab.clicks(button('Play'));
  await lab.until(async () => (await tab.read(acts('SYN'))).includes('arrived'), 5_000, 'it arrives');
  expect(await tab.read(acts('SYN'))).toContain('arrived: nothing in flight to act on');
  expect(await boxes()).toEqual(before);
  const off = () =>
    tab.evaluate(() => [...document.querySelectorAll('.acts [aria-disabled]')].map((it) => it.textContent));
  expect(await off()).toEqual(['Drop', 'Hold', 'Hold for 3 s', 'Release', 'Duplicate']);
});

test('where the firewall is locked, nothing can be done to a segment', async ({ tab }) => {
  const lab = await asking(tab, '?lock=firewall');
  await lab.clicks(wire, button(/^SYN: /));
  await lab.clicks(acts('SYN'), button('Drop'));
  expect(await console_(tab)).toEqual([]);
});

test('the menu of a lane sets its delay, and loses or doubles the next segment', async ({ tab, axe }) => {
  const lab = await Lab.open(tab);
  await lab.clicks(wire, button('5 ms from C_m to S_m, 0 segments'));
  const menu = role('dialog', 'From C_m to S_m');
  await tab.evaluate(() => document.querySelector('.lane-menu:popover-open input[name=ms]').select());
  await tab.type('40');
  await tab.key('Enter');
  await lab.passes(FRAME);
  await lab.clicks(menu, button('Lose the next one'));
  await lab.clicks(menu, button('Double the next one'));
  expect(await console_(tab)).toEqual(['network$ delay client 40', 'network$ drop client * * 1', 'network$ duplicate client * * 1']);
  await axe();
  await tab.key('Escape');
  await lab.passes(FRAME);
  expect(await tab.has(wire, button('40 ms from C_m to S_m, 0 segments'))).toBe(true);
  await lab.presses('C_m', 'Connect');
  await lab.until(async () => (await lab.states('C_m'))[0] === 'SYN_SENT', 2_000, 'the SYN is sent');
  await lab.passes(2_000);
  expect(await lab.pair(), 'the first one was lost').toEqual([['SYN_SENT'], ['LISTEN']]);
});

test('the menu of a lane unplugs a host, and plugs it in again', async ({ tab, axe }) => {
  const lab = await Lab.open(tab);
  await lab.presses('C_m', 'Connect');
  await lab.until(async () => (await lab.states('S_m')).includes('ESTABLISHED'), 15_000, 'both are connected');
  await lab.clicks(wire, button(/^5 ms from S_m to C_m/));
  const menu = role('dialog', 'From S_m to C_m');
  await lab.clicks(menu, button('Unplug S_m'));
  await lab.passes(FRAME);
  await axe();
  await tab.key('Escape');
  await lab.passes(FRAME);
  expect(await tab.has(wire, button(/^S_m unplugged · 5 ms from C_m to S_m/))).toBe(true);
  const says = () => tab.evaluate(() => document.querySelector('.says').textContent);
  expect(await says()).toBe("S_m's eth0 is down: nothing leaves it, and nothing reaches it.");
  await lab.clicks(wire, button(/^S_m unplugged · 5 ms from S_m to C_m/));
  await lab.clicks(menu, button('Plug in S_m'));
  await tab.key('Escape');
  await lab.passes(FRAME);
  expect(await tab.has(wire, button(/^5 ms from C_m to S_m/))).toBe(true);
});

const inspector = region('Segment');

/** What lies over what: the places, as selectors, that the inspector covers a part of. */
const covered = (tab) =>
  tab.evaluate(() => {
    // The tokens are where they go.
    document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime)).forEach((it) => it.finish());
    const of = (it) => it.getBoundingClientRect();
    const pinned = of(document.querySelector('.inspector'));
    const meets = (it) => it.width && it.left < pinned.right - 1 && it.right > pinned.left + 1 && it.top < pinned.bottom - 1 && it.bottom > pinned.top + 1;
    const places = ['.top', '.timebar', '.badge', '.wire', '.told', '.firewall', '.switch', '.rest', '.token', '.flight .segment'];
    return places.filter((place) => [...document.querySelectorAll(place)].some((it) => it.checkVisibility({ visibilityProperty: true }) && meets(of(it))));
  });

test('a segment is inspected from the wire, and stays pinned when time goes on', async ({ tab, axe }) => {
  const lab = await asking(tab);
  await lab.clicks(wire, button(/^SYN: /));
  await lab.clicks(acts('SYN'), button('Inspect'));
  expect(await focused(tab)).toBe('✕');
  const says = () => tab.read(inspector);
  expect(await says()).toContain('Number 1, from C_m to S_m: on its way.');
  expect(await says()).toMatch(/Source port\s+40128\s+Destination port\s+5555/);
  expect(await says()).toMatch(/Sequence number\s+0 = \d+/);
  expect(await says()).toContain('The program on C_m called connect().');
  expect(await says()).toContain('Nothing: it is on its way.');
  await axe();
  await lab.clicks(button('Play'));
  await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  expect(await says()).toContain('Checked by S_m in LISTEN');
  expect(await says()).toContain('S_m enters SYN_RECV.');
  expect(await tab.names(inspector, role('link'))).toEqual(['RFC 9293 §3.10.1', 'RFC 9293 §3.10.7.2']);
  expect(await tab.read(inspector), 'the reason is above the buttons').toContain('arrived: nothing in flight to act on');
  await axe();
  await tab.focus(inspector, button('Close'));
  await tab.key('Escape');
  await lab.passes(FRAME);
  expect(await tab.has(inspector)).toBe(false);
});

test('a segment is held, inspected and dropped by the buttons of the inspector', async ({ tab }) => {
  const lab = await asking(tab);
  await lab.clicks(wire, button(/^SYN: /));
  await lab.clicks(acts('SYN'), button('Inspect'));
  for (const act of ['Hold', 'Duplicate', 'Release', 'Drop']) await lab.clicks(inspector, button(act));
  expect(await console_(tab)).toEqual(['hold 1', 'duplicate 1', 'release 1', 'drop 1'].map((line) => `network$ ${line}`));
  expect(await tab.read(inspector)).toContain('lost in the network');
});

test('a segment is inspected long after, from the list of the ladder, by keyboard', async ({ tab, page }) => {
  const lab = await Lab.open(tab, '?view=ladder');
  await lab.drops('SYN|ACK');
  await lab.presses('C_m', 'Connect');
  await lab.passes(6_000);
  const clock = await page.getByRole('timer').innerText();
  const name = 'Inspect SYN|ACK';
  await tab.evaluate((wanted) => document.querySelector(`.list [aria-label="${wanted}"]`).focus(), name);
  await tab.key('Enter');
  await lab.passes(FRAME);
  expect(await tab.read(inspector)).toContain('dropped: rule 1 in S_m OUTPUT');
  expect(await tab.read(inspector)).toContain('Nothing: it never left its host: rule 1 in S_m OUTPUT stopped it.');
  expect(await page.getByRole('timer').innerText(), 'the playhead stays').not.toBe('00:00:00.005');
  expect(clock.slice(0, 5)).toBe('00:00');
  await tab.key('Escape');
  await lab.passes(FRAME);
  expect(await tab.evaluate(() => document.activeElement.getAttribute('aria-label'))).toBe(name);
});

test('before it was sent, a pinned segment has nothing to show', async ({ tab }) => {
  const lab = await asking(tab);
  await lab.clicks(wire, button(/^SYN: /));
  await lab.clicks(acts('SYN'), button('Inspect'));
  for (let back = 0; back < 2; back += 1) await lab.clicks(button('One event back'));
  expect(await tab.read(inspector)).toContain('At this moment it has not been sent.');
  await lab.clicks(inspector, button('Close'));
  expect(await tab.has(inspector)).toBe(false);
});

/** Whether all that is known is seen without scrolling. */
const whole = (tab) =>
  tab.evaluate(() => {
    const known = document.querySelector('.inspector .known');
    return known.scrollHeight <= known.clientHeight;
  });

for (const [width, height] of [[1280, 720], [1920, 1080]]) {
  test(`all that is known of a SYN with options is seen at once at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await asking(tab);
    await lab.clicks(wire, button(/^SYN: /));
    await lab.clicks(acts('SYN'), button('Inspect'));
    expect(await tab.read(inspector)).toContain('MSS 1460, SACK permitted');
    expect(await whole(tab)).toBe(true);
    expect(await covered(tab)).toEqual([]);
    await tab.key('Escape');
    // Both ends are at the sides of the diagram.
    await lab.until(() => tab.has(wire, button(/^SYN\|ACK: /)), 5_000, 'a SYN|ACK is on its way');
    await lab.passes(200);
    await lab.clicks(wire, button(/^SYN\|ACK: /));
    await lab.clicks(acts('SYN|ACK'), button('Inspect'));
    expect(await lab.pair()).toEqual([['SYN_SENT'], ['LISTEN', 'SYN_RECV']]);
    expect(await whole(tab)).toBe(true);
    expect(await covered(tab)).toEqual([]);
  });

  test(`all that became of it is seen at once from the ladder at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await asking(tab, '?view=ladder');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
    await lab.clicks(region('State machine'), button('Inspect SYN'));
    expect(await tab.read(inspector)).toContain('S_m sent SYN|ACK.');
    expect(await whole(tab)).toBe(true);
    expect(await covered(tab)).toEqual([]);
    expect(await tab.evaluate(() => {
      const pinned = document.querySelector('.inspector').getBoundingClientRect();
      return [...document.querySelectorAll('.rung')].filter((it) => it.getBoundingClientRect().right > pinned.left).length;
    }), 'segments of the ladder that are covered').toBe(0);
    // Once something can be done to it, its buttons are there, and stay.
    await lab.clicks(button('Pause'));
    while (!(await tab.has(inspector, button('Drop')))) await lab.clicks(button('One event back'));
    expect(await tab.read(inspector)).toContain('on its way');
    await lab.clicks(button('One event on'));
    expect(await tab.read(inspector)).toContain('arrived: nothing in flight to act on');
  });
}

for (const [width, height] of [[1280, 720], [1024, 576], [720, 900]]) {
  test(`the inspector is readable and covers nothing in use at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    await tab.evaluate(() => document.querySelector('.host .act').click());
    await lab.passes(600);
    await lab.clicks(wire, button(/^SYN: /));
    await lab.clicks(acts('SYN'), button('Inspect'));
    expect(await covered(tab)).toEqual([]);
    const small = await tab.evaluate(() => {
      const own = (it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      const all = [...document.querySelectorAll('.inspector, .inspector *')].filter(own);
      return all.filter((it) => parseFloat(getComputedStyle(it).fontSize) < 13).map((it) => it.textContent);
    });
    expect(small).toEqual([]);
  });
}

test('on a phone the inspector leaves the states and the wire in sight', async ({ tab }) => {
  await tab.resize(390, 844);
  const lab = await asking(tab);
  await lab.clicks(wire, button(/^SYN: /));
  await lab.clicks(acts('SYN'), button('Inspect'));
  expect((await covered(tab)).filter((place) => ['.top', '.badge', '.wire'].includes(place))).toEqual([]);
});

for (const [width, height] of [[1280, 720], [1024, 576], [720, 900], [390, 844], [320, 700]]) {
  test(`what can be done to a segment is in sight at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab);
    // Its button may be in a popover here.
    await tab.evaluate(() => document.querySelector('.host .act').click());
    await lab.passes(600);
    await lab.clicks(wire, button(/^SYN: /));
    const hidden = await tab.evaluate(() =>
      [...document.querySelectorAll('.acts button')].filter((it) => {
        const { left, top, width: wide, height: high } = it.getBoundingClientRect();
        const found = document.elementFromPoint(left + wide / 2, top + high / 2);
        return !it.contains(found) || high < 24;
      }).map((it) => it.textContent),
    );
    expect(hidden).toEqual([]);
  });
}

for (const [width, height] of [[1024, 576], [1280, 720], [1920, 1080]]) {
  for (const answers of [false, true]) {
    test(`what can be done to ${answers ? 'SYN|ACK' : 'SYN'} is in the inspector, each in one line, at ${width}×${height}`, async ({ tab }) => {
      await tab.resize(width, height);
      const lab = await Lab.open(tab);
      await tab.evaluate(() => [...document.querySelectorAll('.act')].find((it) => it.textContent === 'Connect').click());
      await lab.passes(answers ? 2_200 : 600);
      await lab.clicks(region('Wire'), button(answers ? /^SYN.ACK: / : /^SYN: /));
      await tab.evaluate(() => [...document.querySelectorAll('.acts button')].find((it) => it.textContent === 'Inspect').click());
      await lab.passes(FRAME);
      const { card, buttons } = await tab.evaluate(() => ({
        card: document.querySelector('.inspector').getBoundingClientRect().toJSON(),
        buttons: [...document.querySelectorAll('.inspector .row button')].map((it) => {
          const range = document.createRange();
          range.selectNodeContents(it);
          return { says: it.textContent, lines: range.getClientRects().length, ...it.getBoundingClientRect().toJSON() };
        }),
      }));
      expect(buttons).toHaveLength(5);
      for (const { says, lines, left, top, right, bottom, height: high } of buttons) {
        expect(lines, says).toBe(1);
        expect(high, says).toBeGreaterThanOrEqual(24);
        expect(left >= card.left && right <= card.right && top >= card.top && bottom <= card.bottom, `${says} in the card`).toBe(true);
      }
    });
  }
}

for (const [width, height, address] of [[1024, 576, ''], [1280, 720, ''], [1920, 1080, ''], [1280, 720, '?present=on']]) {
  test(`SYN|ACK #2 has room in its box, and nothing is drawn over it, at ${width}×${height}${address}`, async ({ tab, page }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab, address);
    await tab.evaluate(() => {
      const press = (selector, says) => [...document.querySelectorAll(selector)].find((it) => it.textContent.trim() === says).click();
      press('.toggle', 'ACK');
      press('.act', 'Connect');
    });
    const chip = page.locator('.flight:not([data-gone]) .segment', { hasText: '#2' });
    await lab.until(async () => (await chip.count()) > 0, 12_000, 'it is sent again');
    await lab.passes(600);
    const { words, box, lane } = await chip.evaluate((it) => {
      const range = document.createRange();
      range.selectNodeContents(it);
      return {
        words: range.getBoundingClientRect().toJSON(),
        box: it.getBoundingClientRect().toJSON(),
        // What paints over what, where places are equal: the higher number, then the later one.
        lane: ['::before', '::after'].map((part) => getComputedStyle(it.closest('.lane'), part).zIndex),
      };
    });
    expect(Math.min(words.left - box.left, box.right - words.right)).toBeGreaterThanOrEqual(6);
    expect(lane).toEqual(['-1', '-1']);
  });
}
