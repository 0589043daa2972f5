// The conversation of a lab in a frame with the page around it, which comes from another origin. docs/messages.md has the
// messages.
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test as base } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { button, role } from './layer/tab.mjs';
import { serve } from './server.mjs';

/** How long the program may take to start, and a message to arrive, in milliseconds of the test's own clock. */
const PATIENCE = 30_000;

/** How long it waits between two looks at the page, in milliseconds: each look lets time pass there. */
const OFTEN = [20];

/** A page with a lab in it. Nothing that the lab says there is a complaint, and it has none. */
class Host {
  constructor(tab, site) {
    Object.assign(this, { tab, site });
  }

  /** Opens the page with the lab at an address, and waits until that is ready. */
  async open(address = '', { lab = this.tab.baseURL, ...more } = {}) {
    const query = new URLSearchParams({ lab: new URL(address, lab).href, ...more });
    await this.tab.goto(`${this.site}talk.html?${query}`);
    // A browser that does not say that it has painted takes some time to begin.
    await expect.poll(async () => {
      await this.tab.frame().then((frame) => frame.passes(100)).catch(() => {});
      return (await this.heard('ready')).length;
    }, { timeout: PATIENCE, intervals: OFTEN }).toBe(1);
    const frame = await this.tab.frame();
    // What is below the window's edge can be clicked, too.
    frame.driver.click = (x, y) => frame.evaluate((left, top) => document.elementFromPoint(left, top).closest('button').click(), x, y);
    /** The lab itself. */
    this.lab = new Lab(frame);
    await this.lab.passes(200);
  }

  /** All that the lab has said, or what it said of this type. */
  async heard(type) {
    const all = await this.tab.evaluate(() => window.heard);
    return type === undefined ? all : all.filter((message) => message.type === type);
  }

  /** Waits until something was said, and returns the last such message. */
  async until(wanted) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = (await this.heard()).findLast(wanted);
      if (found) return found;
      if (Date.now() > end) throw new Error(`not said: ${wanted}; but ${JSON.stringify(await this.heard())}`);
      await sleep(20);
    }
  }

  /** Sends messages as they are, and lets some time pass in the lab. */
  async sends(...messages) {
    await this.tab.evaluate((all) => all.forEach((message) => window.send(message)), messages);
    await this.lab.passes(100);
  }

  /** Asks for something, and returns the answer. */
  async asks(type, fields = {}) {
    this.asked = (this.asked ?? 0) + 1;
    const id = this.asked;
    await this.tab.evaluate((kind, all) => window.ask(kind, all), type, { id, ...fields });
    const { nonce, 'tcp-states': version, ...answer } = await this.until((message) => message.id === id);
    expect(version).toBe(1);
    await this.lab.passes(100);
    return answer;
  }

  /** A message that the lab would obey. */
  async right(type, fields) {
    return { 'tcp-states': 1, type, nonce: await this.tab.evaluate(() => window.nonce), ...fields };
  }

  /** Presses "Connect", which has no room in a narrow frame and is in a menu there. */
  async connects() {
    await this.lab.tab.evaluate(() => {
      const all = [...document.querySelectorAll('.host[data-host="C"] button')];
      all.find((it) => it.textContent.includes('Connect')).click();
    });
    await this.lab.passes(20);
  }

  /** What the clock shows. */
  async clock() {
    return this.lab.tab.read(role('timer'));
  }

  /** Whether time goes on. */
  async goes() {
    return this.lab.tab.has(button('Pause'));
  }
}

const test = base.extend({
  host: async ({ tab }, use) => {
    const site = await serve(fileURLToPath(new URL('hosts/', import.meta.url)));
    const host = new Host(tab, site.address);
    await use(host);
    // A test that is left out opens no lab.
    const complaints = (await host.lab?.tab.complaints()) ?? [];
    site.close();
    expect(complaints, 'what the lab complained about').toEqual([]);
  },
});

test('the lab says that it is ready, how high it is, and its states', async ({ host, tab }) => {
  await host.open();
  const [ready, ...others] = await host.heard();
  expect(ready).toEqual({ 'tcp-states': 1, type: 'ready', nonce: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(new Set(others.map(({ type }) => type))).toEqual(new Set(['height', 'state']));
  expect(new Set(others.map(({ nonce }) => nonce))).toEqual(new Set([ready.nonce]));
  expect((await host.heard('state')).map(({ client, server, at }) => [client, server, at])).toEqual([['CLOSED', 'LISTEN', 0]]);

  // Another lab, another nonce.
  await host.open();
  expect((await host.until(({ type }) => type === 'ready')).nonce).not.toBe(ready.nonce);
  expect(await tab.evaluate(() => window.from)).toBe(new URL(tab.baseURL).origin);
});

for (const width of [320, 640, 760, 900]) {
  test(`a frame of ${width} px gets the height of its content, and that settles`, async ({ host }) => {
    await host.open('', { width });
    await host.lab.until(async () => (await host.heard('height')).length > 0, 5_000, 'a height');
    await host.lab.passes(5_000);
    const heights = (await host.heard('height')).map(({ height }) => height);
    expect(heights.length).toBeGreaterThan(0);
    expect(heights.length).toBeLessThanOrEqual(3);
    const [shown, needed] = await host.lab.tab.evaluate(() => [innerHeight, document.scrollingElement.scrollHeight]);
    expect(heights.at(-1)).toBe(shown);
    expect(needed).toBeLessThanOrEqual(shown);
    // Canvas gets the same.
    expect(await host.tab.evaluate(() => window.resized)).toEqual(heights);
  });
}

test('Canvas sizes the frame', async ({ host }) => {
  await host.open('', { like: 'canvas' });
  await host.lab.passes(2_000);
  const [shown, needed] = await host.lab.tab.evaluate(() => [innerHeight, document.scrollingElement.scrollHeight]);
  expect(needed).toBe(shown);
  expect(shown).not.toBe(300);
});

test('the height follows what is opened', async ({ host }) => {
  // Folded, the lab has nothing at its end to open.
  await host.open('?embed=off');
  const last = async () => (await host.until(({ type }) => type === 'height')).height;
  // A frame gets its height in the browser's own time.
  const comes = (seen, what) =>
    expect.poll(async () => {
      await host.lab.passes(100);
      return seen();
    }, { message: what, timeout: PATIENCE, intervals: OFTEN }).toBe(true);
  const fits = async () => (await host.lab.tab.evaluate(() => innerHeight)) === (await last());
  await comes(fits, 'the frame has the height that was said');
  const height = await last();
  const presses = () => host.lab.tab.evaluate(() => document.querySelector('footer summary').click());
  await presses();
  await comes(async () => (await last()) > height, 'larger');
  await presses();
  await comes(async () => (await last()) === height, 'as before');
});

test('a host page plays, pauses and steps', async ({ host }) => {
  await host.open();
  await host.connects();
  expect(await host.asks('pause')).toEqual({ type: 'ok', id: 1 });
  expect(await host.goes()).toBe(false);
  const stands = await host.clock();
  await host.lab.passes(3_000);
  expect(await host.clock()).toBe(stands);
  expect(await host.asks('pause')).toEqual({ type: 'ok', id: 2 });
  expect(await host.goes()).toBe(false);

  await host.asks('step');
  await host.asks('step');
  expect(await host.clock()).not.toBe(stands);
  expect(await host.goes()).toBe(false);

  await host.asks('play');
  await host.asks('play');
  expect(await host.goes()).toBe(true);
  await host.lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  const states = (await host.heard('state')).map(({ client, server }) => `${client} ${server}`);
  expect(states).toEqual(['CLOSED LISTEN', 'SYN_SENT LISTEN', 'SYN_SENT SYN_RECV', 'ESTABLISHED SYN_RECV', 'ESTABLISHED ESTABLISHED']);
  const times = (await host.heard('state')).map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('a host page seeks, takes back and starts again', async ({ host }) => {
  await host.open();
  await host.connects();
  await host.lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  const { at } = await host.until(({ type }) => type === 'state');
  await host.asks('seek', { at: at - 1 });
  expect(await host.until(({ type }) => type === 'state')).toMatchObject({ client: 'ESTABLISHED', server: 'SYN_RECV', at: at - 1 });
  // What has not happened cannot be seen.
  await host.asks('seek', { at: 86_400_000 });
  expect(await host.until(({ type }) => type === 'state')).toMatchObject({ client: 'ESTABLISHED', server: 'ESTABLISHED', at });
  expect(await host.asks('seek', { at: -1 })).toMatchObject({ type: 'error', message: expect.stringContaining('“at” must be a number') });

  await host.asks('undo');
  expect(await host.until(({ type }) => type === 'state')).toMatchObject({ client: 'CLOSED', server: 'LISTEN' });
  await host.connects();
  await host.lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  await host.asks('reset');
  expect(await host.until(({ type }) => type === 'state')).toMatchObject({ client: 'CLOSED', server: 'LISTEN', at: 0 });
});

test('a host page plays a scene, and hears of its pauses and its end', async ({ host }) => {
  await host.open();
  expect(await host.asks('load', { scene: 'no-such-scene' })).toEqual({ type: 'error', id: 1, message: 'There is no scene “no-such-scene”.' });
  expect(await host.asks('load', { scene: 'three-segments' })).toEqual({ type: 'ok', id: 2 });
  for (let pause = 1; ; pause += 1) {
    await host.lab.until(async () => (await host.heard('pause')).length === pause, 30_000, `pause ${pause}`);
    const said = (await host.heard('pause')).at(-1);
    expect(said).toMatchObject({ scene: 'three-segments', pause, caption: expect.stringMatching(/\w/) });
    expect(await host.lab.tab.read(role('region', 'Scene'), role('status'))).toBe(said.caption);
    if (said.pause === said.of) break;
    expect(await host.heard('done')).toEqual([]);
    // To pause where it waits changes nothing; to play goes on.
    await host.asks('pause');
    await host.lab.passes(2_000);
    expect((await host.heard('pause')).length).toBe(pause);
    await host.asks('play');
  }
  expect(await host.heard('done')).toMatchObject([{ scene: 'three-segments' }]);
});

test('a session goes to the host page and comes back, and waits for the reader', async ({ host }) => {
  await host.open();
  await host.connects();
  await host.lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  const { type, session } = await host.asks('get-session');
  expect(type).toBe('session');
  expect(session).toMatch(/^#2\.[\w-]+$/);

  // The same frame has kept it, as over a reload.
  await host.open();
  await host.asks('reset');
  expect(await host.asks('set-session', { session: session.slice(0, -3) })).toMatchObject({ type: 'error', message: expect.stringContaining('damaged') });
  expect(await host.lab.tab.has(role('dialog'))).toBe(false);
  for (const kind of ['set-session', 'load']) {
    expect(await host.asks(kind, { session: `https://elsewhere.example/lab/${session}` })).toMatchObject({ type: 'ok' });
    await host.asks('play');
    await host.lab.passes(5_000);
    expect(await host.lab.tab.has(role('dialog', 'A session that somebody shared'))).toBe(true);
    expect(await host.lab.badge('C_m')).toBe('CLOSED');
  }
  await host.lab.clicks(role('dialog', 'A session that somebody shared'), button('Play'));
  await host.lab.passes(500);
  expect(await host.lab.badge('C_m')).toBe('ESTABLISHED');
});

test('what is not understood is answered in a sentence', async ({ host }) => {
  await host.open();
  expect(await host.asks('fly')).toEqual({ type: 'error', id: 1, message: 'There is no request “fly”.' });
  expect((await host.asks('grade')).message).toContain('reserved');
  await host.sends(await host.right('play', { 'tcp-states': 2 }));
  expect((await host.until(({ type }) => type === 'error')).message).toContain('version 1');
  // Without an id there is an answer only if something is wrong.
  const before = (await host.heard()).length;
  await host.sends(await host.right('step'));
  expect((await host.heard()).length).toBe(before);
  await host.sends(await host.right('jump'));
  expect(await host.until(({ type }) => type === 'error')).toMatchObject({ message: 'There is no request “jump”.' });
});

test('foreign messages do nothing and print nothing', async ({ host }) => {
  await host.open('', { stranger: `${host.site.replace('127.0.0.1', 'localhost')}stranger.html` });
  await host.connects();
  await host.lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
  const before = await host.heard();
  const looks = await host.lab.looks();
  const wrong = [
    {}, [], '', 'reset', 'slide:', null, 7, true,
    await host.right('reset', { nonce: undefined }),
    await host.right('reset', { nonce: '00000000000000000000000000000000' }),
    await host.right('reset', { nonce: ['a'] }),
    await host.right('reset', { 'tcp-states': 0 }),
    await host.right('reset', { 'tcp-states': '1' }),
    JSON.stringify(await host.right('reset')),
    { 'tcp-states': 1, type: 'reset', nonce: 'x'.repeat(2_000_000) },
    { data: await host.right('reset') },
    Object.fromEntries(Array.from({ length: 50_000 }, (_, place) => [`field-${place}`, place])),
  ];
  await host.sends(...wrong);
  await host.tab.evaluate(() => {
    for (const strange of [new Map([['tcp-states', 1]]), new ArrayBuffer(1 << 20), new Date(), /x/, new Error('x'), 10n, NaN]) window.send(strange);
    const round = { 'tcp-states': 1 };
    round.round = round;
    window.send(round);
  });
  // Another frame of the page knows the nonce, and sends a thousand messages with it.
  const stolen = await host.right('reset');
  await host.tab.evaluate((message) => document.querySelectorAll('iframe')[1].contentWindow.postMessage([
    'slide:stop', ...Array(1_000).fill(message),
  ], '*'), stolen);
  await sleep(300);
  await host.lab.passes(1_000);
  expect(await host.lab.looks()).toEqual(looks);
  expect(await host.goes()).toBe(true);
  expect(await host.heard()).toEqual(before);
  // And the right one does it.
  await host.sends(stolen);
  expect(await host.lab.badge('C_m')).toBe('CLOSED');
});

test('the origin of the first message is the only one', async ({ host }) => {
  test.skip(test.info().project.name === 'firefox', 'a script from outside cannot make such an event there');
  await host.open();
  const message = await host.right('pause');
  const spoken = (origin) =>
    host.lab.tab.evaluate((data, from) => {
      window.dispatchEvent(new MessageEvent('message', { data, source: window.parent, origin: from }));
    }, message, origin);
  await host.asks('play');
  await spoken('https://evil.example');
  await spoken('null');
  await host.lab.passes(200);
  expect(await host.goes()).toBe(true);
  await spoken(new URL(host.site).origin);
  await host.lab.passes(200);
  expect(await host.goes()).toBe(false);
});

test('thirty messages a second are heard', async ({ host }) => {
  await host.open();
  await host.lab.passes(2_000);
  const one = await host.right('undo');
  await host.sends(...Array.from({ length: 200 }, (_, place) => ({ ...one, id: `many ${place}` })));
  expect((await host.heard('ok')).map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, place) => `many ${place}`));
  await host.lab.passes(1_000);
  expect(await host.asks('undo')).toMatchObject({ type: 'ok' });
});

test('a slide that goes takes the clock along', async ({ host }) => {
  await host.open();
  await host.connects();
  await host.sends('slide:stop');
  expect(await host.goes()).toBe(false);
  const stands = await host.clock();
  await host.lab.passes(2_000);
  expect(await host.clock()).toBe(stands);
  await host.sends('slide:start');
  expect(await host.goes()).toBe(true);
  // Whoever has stopped the clock wants it to stand.
  await host.lab.clicks(button('Pause'));
  await host.sends('slide:stop', 'slide:start');
  expect(await host.goes()).toBe(false);
});

test('a lab that is in no frame says nothing', async ({ tab }) => {
  await tab.driver.inject(`window.heard = []; window.addEventListener('message', ({ data }) => window.heard.push(data));`);
  const lab = await Lab.open(tab);
  await lab.presses('C_m', 'Connect');
  await lab.passes(1_000);
  await tab.evaluate(() => window.postMessage('slide:stop', '*'));
  await sleep(100);
  await lab.passes(200);
  expect(await tab.evaluate(() => window.heard.filter((data) => data !== null))).toEqual(['slide:stop']);
  expect(await tab.has(button('Pause'))).toBe(true);
});
