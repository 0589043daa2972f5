// Pages of others with the lab in them, from a server of their own; and a server with what `cargo xtask dist` made. Neither
// sends a CORS header, as course servers do not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from '@playwright/test';

import { site } from './browser.mjs';
import { test as base } from './fixture.mjs';
import { FRAME } from './layer/tab.mjs';
import { serve, withScript } from './server.mjs';

export { expect };

/** The file that has all of the page in it. */
export const SINGLE = 'tcp-states.html';

/** A page of a course with this in it; `head` goes before all else that it loads. */
export const page = (body, head = '') =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A course</title>${head}</head><body>${body}</body></html>`;

/** A policy, as a page has it in its head. */
export const policy = (text) => `<meta http-equiv="Content-Security-Policy" content="${text}">`;

/** A text as the value of an attribute. */
export const quoted = (text) => `"${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;

export const test = base.extend({
  /** The address of the folder that is to be published. */
  lab: async ({ engine }, use) => {
    const server = await serve(site, 0, { injected: engine.injected });
    await use(server.address);
    server.close();
  },

  /** The text of the single file, as this browser must have it. */
  single: async ({ engine, tab: _ }, use) => {
    const text = readFileSync(join(site, SINGLE), 'utf8');
    await use(engine.injected ? withScript(text, engine.injected.source) : text);
  },

  /**
   * Opens a page of another server, and waits until the lab in each of its frames has drawn; returns the frames. The
   * server has `folder` at /files/, if there is one.
   */
  hosts: async ({ engine, tab }, use) => {
    const servers = [];
    await use(async (text, { frames = 1, folder = '' } = {}) => {
      const pages = { '/': text, '/favicon.ico': '' };
      const server = await serve(folder, 0, { injected: engine.injected, under: '/files/', pages });
      servers.push(server);
      await tab.goto(server.address);
      const labs = [];
      for (let at = 0; at < frames; at += 1) labs.push(await inFrame(tab, at));
      return labs;
    });
    for (const server of servers) server.close();
  },
});

/** The lab in a frame, once it has drawn. */
export async function inFrame(tab, at = 0) {
  const isThere = async () => (await tab.frame(at)).evaluate(() => Boolean(window.underTest && document.querySelector('#page')));
  await expect.poll(() => isThere().catch(String), { timeout: 20_000, intervals: [50] }).toBe(true);
  const frame = await tab.frame(at);
  // Not every browser says in a frame that it has painted: then the program begins after a second.
  await frame.passes(1_000);
  // Chromium may bring the test's clock into a frame of another process only when the program has begun, whose timers are
  // then of either clock. Little time is given: the page loses its patience after eight seconds.
  for (let times = 0; times < 40 && !(await frame.isDrawn()); times += 1) {
    await sleep(100);
    await frame.passes(FRAME);
  }
  await frame.drawn();
  await frame.passes(100);
  return frame;
}

/** Waits until no frame of the page complains, and fails with what one has complained about. */
export async function content(...frames) {
  for (const frame of frames) expect(await frame.complaints(), 'what the lab complained about').toEqual([]);
}

/** The badges of both hosts. */
export const badges = (frame) =>
  frame.evaluate(() => [...document.querySelectorAll('.badge')].map((badge) => badge.innerText.trim().split('\n')[0]));

/** Presses the button of this name in the client's card, in the frame. */
export const connect = async (frame) => {
  await frame.evaluate(() => {
    const isConnect = (button) => button.innerText.trim() === 'Connect';
    [...document.querySelectorAll('.host[data-host="C"] button')].find(isConnect).click();
  });
  const both = async () => (await badges(frame)).every((state) => state === 'ESTABLISHED');
  await frame.until(both, 10_000, 'ESTABLISHED at both ends');
};
