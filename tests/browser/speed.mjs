// How quickly the page works once it is there, on the browser's own clock: `node speed.mjs SITE LINK`, from `cargo xtask
// measure`. SITE is a folder to serve; LINK leads to a session of 100 000 facts. Each line printed is a JSON object: what
// was measured, and its times in milliseconds.
//
// All but the last runs with the processor slowed down four times.
import { setTimeout as sleep } from 'node:timers/promises';

import { chromium } from '@playwright/test';

import { launchOptions } from './browser.mjs';
import { serve } from './server.mjs';

const SLOWDOWN = 4;
const FLIGHTS = 40;
/** Milliseconds of frames that are looked at. */
const WATCHED = 4_000;
/** Moments that are gone to. */
const MOMENTS = 60;

const [site, link] = process.argv.slice(2);
const server = await serve(site);
const browser = await chromium.launch(launchOptions);

const print = (what, ms) => console.log(JSON.stringify({ what, ms }));

/** Opens the page in a window of its own. */
async function opened(address, slowdown) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  // All terminals can be seen.
  await page.addInitScript(() => localStorage.setItem('tcp-states.settings', 'terminals=below'));
  await page.goto(new URL(address, server.address).href);
  await page.locator('#page:not([inert])').waitFor();
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return { page, protocol };
}

/** All events of the trace made while `during` runs. */
async function traced(protocol, during) {
  const events = [];
  protocol.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((done) => protocol.once('Tracing.tracingComplete', done));
  const includedCategories = ['devtools.timeline', 'toplevel'];
  await protocol.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  await during();
  await protocol.send('Tracing.end');
  await complete;
  return events;
}

/** What the page itself does in each animation frame: its callback, and the tasks that this leaves behind. */
function work(events) {
  const whole = events.filter(({ ph, dur }) => ph === 'X' && dur !== undefined);
  const frames = whole.filter(({ name }) => name === 'FireAnimationFrame');
  const left = whole.filter(({ name }) => name === 'RunMicrotasks');
  return frames.map((frame) => {
    const end = frame.ts + frame.dur;
    // Those within the callback are in its time already.
    const after = left.filter(({ tid, ts }) => tid === frame.tid && ts >= end && ts < end + 1_000);
    return (frame.dur + after.reduce((sum, { dur }) => sum + dur, 0)) / 1_000;
  });
}

/** Writes lines where somebody types, and goes on as Enter does. */
const pastes = (page, region, text) =>
  page.getByRole('region', { name: region }).getByRole('textbox').evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    input.focus();
    input.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
  }, text);

async function frames() {
  const { page, protocol } = await opened('?pace=slow&terminal=network', SLOWDOWN);
  const line = (at) => `send-segment --from client:${40_000 + at} --to server:5555 --flags SYN\n`;
  await pastes(page, 'network', Array.from({ length: FLIGHTS }, (_, at) => line(at)).join(''));
  await page.waitForFunction((count) => document.querySelectorAll('.flight').length >= count, FLIGHTS);
  print(`a frame with ${await page.locator('.flight').count()} segments in flight`, work(await traced(protocol, () => sleep(WATCHED))));
  // It would go on beside what is measured next.
  await page.context().close();
}

/** What a reader does in the first minutes. Each press and key is one interaction, as the browser measures it. */
async function interactions() {
  const { page } = await opened('', SLOWDOWN);
  await page.evaluate(() => {
    window.latencies = [];
    const note = ({ interactionId, duration }) => interactionId && window.latencies.push([interactionId, duration]);
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'event', durationThreshold: 16, buffered: true });
  });
  let done = 0;
  const press = async (target) => {
    // Where it is, is found out before: that takes the page's time, too.
    await target.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await target.boundingBox();
    await sleep(100);
    await page.mouse.click(x + width / 2, y + height / 2);
    done += 1;
    await sleep(250);
  };
  const types = async (region, text) => {
    await press(page.getByRole('region', { name: region }).getByRole('textbox'));
    await page.keyboard.type(text, { delay: 60 });
    await page.keyboard.press('Enter');
    done += text.length + 1;
    await sleep(400);
  };
  const button = (name, within = page) => within.getByRole('button', { name, exact: true });
  const client = page.getByRole('region', { name: 'C_m client' });
  const firewall = page.getByRole('region', { name: 'Firewall' });
  for (const kind of ['SYN', 'SYN|ACK', 'ACK']) {
    await press(button(kind, firewall));
    await press(button('Connect', client));
    await sleep(1_500);
    for (const name of ['Pause', 'One event back', 'One event back', 'Play', 'Why?']) await press(button(name));
    await page.keyboard.press('Escape');
    done += 1;
    await press(button('Ctrl-C', client));
    await press(button('Clear all', firewall));
  }
  await press(page.getByRole('radio', { name: 'Ladder' }));
  await types('C_m upper', 'nc 10.211.55.10 5555');
  await types('C_m upper', 'hello');
  await types('C_m lower', 'netstat -natp');
  await types('S_m lower', 'ss -tano');
  await press(page.getByRole('radio', { name: 'State machine' }));
  for (const name of ['Undo', 'Undo', 'Redo', 'Settings']) await press(button(name));
  await page.keyboard.press('Escape');
  await sleep(500);
  const measured = await page.evaluate(() => {
    const longest = new Map();
    for (const [id, ms] of window.latencies) longest.set(id, Math.max(ms, longest.get(id) ?? 0));
    return [...longest.values()];
  });
  // The browser keeps nothing of those that took less than a frame.
  const short = Array.from({ length: Math.max(0, done + 1 - measured.length) }, () => 16);
  print('an interaction', [...measured, ...short]);
  // It would go on beside what is measured next.
  await page.context().close();
}

/** From a press on the time bar to the frame that shows that moment. */
async function moments() {
  const { page } = await opened(link, 1);
  await page.getByRole('dialog').getByRole('button', { name: 'Play' }).click();
  await page.waitForFunction(() => document.querySelector('[role=timer]').textContent.startsWith('00:00:45'));
  const times = await page.evaluate(async (count) => {
    const bar = document.querySelector('.timebar');
    const clock = () => document.querySelector('[role=timer]').textContent;
    const { left, top, width, height } = bar.getBoundingClientRect();
    const channel = new MessageChannel();
    const painted = () =>
      new Promise((done) => {
        channel.port1.onmessage = () => done(performance.now());
        requestAnimationFrame(() => channel.port2.postMessage(null));
      });
    await painted();
    const all = [];
    for (let at = 0; at < count; at += 1) {
      // Back and forth over the whole past, and not the same place twice.
      const part = (at * 0.618_034) % 1;
      const where = { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, button: 0, clientX: left + width * (0.05 + 0.9 * part), clientY: top + height / 2 };
      const before = clock();
      await painted();
      const start = performance.now();
      document.elementFromPoint(where.clientX, where.clientY).dispatchEvent(new PointerEvent('pointerdown', { ...where, buttons: 1 }));
      document.elementFromPoint(where.clientX, where.clientY).dispatchEvent(new PointerEvent('pointerup', where));
      const end = await painted();
      // Two places of a long wait are one moment.
      if (clock() !== before) all.push(end - start);
    }
    if (all.length < count / 2) throw new Error(`of ${count} presses only ${all.length} went to another moment`);
    return all;
  }, MOMENTS);
  print('another moment of 100 000 facts', times);
}

await frames();
await interactions();
await moments();
await browser.close();
server.close();
