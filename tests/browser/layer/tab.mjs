// A page in a browser, whichever browser it is: what a test does there, and what it sees. Each verb is written once, over
// the few that an engine has (chromium.mjs, firefox.mjs, webkit.mjs) and a script in the page (inside.js).
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const inside = readFileSync(new URL('inside.js', import.meta.url), 'utf8');

/** How long a frame lasts while a test lets time pass, in milliseconds. */
export const FRAME = 20;

/** How long the program may take to start, in milliseconds of the test's own clock. */
const PATIENCE = 30_000;

/**
 * What a place in the page is: a role, and a name that is the whole accessible name or a pattern for it. A path of them,
 * as `region('Firewall'), button('SYN')`, leads to one visible element.
 */
export const role = (of, name) => ({ role: of, name });
export const button = (name) => role('button', name);
export const region = (name) => role('region', name);
export const textbox = (name) => role('textbox', name);

/** A name as it can be sent into a page. */
const sendable = (path) =>
  path.map(({ role: of, name }) => {
    if (name === undefined) return { role: of };
    return { role: of, name: name instanceof RegExp ? { source: name.source, flags: name.flags } : { text: name } };
  });

export class Tab {
  /** `driver` is a window of a browser in which no page was opened yet. */
  constructor(driver, baseURL) {
    this.driver = driver;
    this.baseURL = baseURL;
    this.complained = [];
  }

  static async of(driver, baseURL) {
    await driver.inject(inside);
    return new Tab(driver, baseURL);
  }

  // What is done.

  /** Goes to an address relative to the page's, and waits for nothing but the document. */
  async goto(address = '') {
    await this.keepComplaints();
    await this.driver.goto(new URL(address, this.baseURL).href);
  }

  /** Opens the page, with an optional query or fragment, and waits until the program has drawn. */
  async open(address = '') {
    await this.goto(address);
    await this.drawn();
  }

  /** Whether the program has drawn. */
  async isDrawn() {
    return this.evaluate(() => document.querySelector('#page:not([inert])') !== null);
  }

  /** Waits until the program has drawn. */
  async drawn() {
    const end = Date.now() + PATIENCE;
    while (!(await this.isDrawn())) {
      if (Date.now() > end) {
        const stage = await this.evaluate(() => ({
          document: document.readyState,
          styles: document.getElementById('page')?.hidden === false,
          glue: typeof window.wasm_bindgen,
          module: Boolean(window.wasmBindings),
          nodes: document.querySelectorAll('#page *').length,
          asked: window.underTest.asked(),
        }));
        throw new Error(`the program has not drawn: ${JSON.stringify(stage)} ${await this.complaints()}`);
      }
      await sleep(20);
    }
  }

  /** Clicks the one element at the end of a path, in its middle if nothing lies over that. */
  async click(...path) {
    const [x, y] = await this.evaluate((at) => window.underTest.point(at), sendable(path));
    await this.driver.click(x, y);
  }

  /** Puts the focus on an element, without a click. */
  async focus(...path) {
    await this.evaluate((at) => window.underTest.one(at).focus(), sendable(path));
  }

  /** Puts a text into a field, and the focus there, as if it had been typed. */
  async fill(text, ...path) {
    await this.focus(...path);
    await this.evaluate((value) => {
      document.activeElement.value = value;
      document.activeElement.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
  }

  /** Types a text, character by character, to whatever has the focus. */
  async type(text) {
    await this.driver.type(text);
  }

  /** Presses keys together: `Enter`, `Control+c`. */
  async key(names) {
    await this.driver.key(names);
  }

  /** Pastes a text, line breaks and all, where the focus is. */
  async paste(text) {
    await this.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      // Not each engine takes it from the options.
      Object.defineProperty(event, 'clipboardData', { value: clipboardData });
      document.activeElement.dispatchEvent(event);
    }, text);
  }

  /** Gives the page this many pixels. */
  async resize(width, height) {
    await this.driver.resize(width, height);
    // A page that is open hears of it in the browser's own time, which may be long on a machine that has much to do.
    await this.evaluate(() => window.underTest?.settled(5_000));
  }

  /** Lets this many milliseconds pass for the page: its timers, its frames, its Date. */
  async passes(ms) {
    await this.evaluate((span) => window.underTest.passes(span), ms);
  }

  /** Lets time pass until `seen` holds, at most `most` milliseconds. */
  async until(seen, most, what) {
    for (let passed = 0; passed <= most; passed += 10 * FRAME) {
      if (await seen()) return;
      await this.passes(10 * FRAME);
    }
    throw new Error(`not within ${most} ms: ${what}`);
  }

  // What is seen.

  /** What a function returns in the page; arguments and result must be JSON. */
  async evaluate(what, ...args) {
    return this.driver.evaluate(String(what), args);
  }

  /** The text of an element, as it is on the screen, or its value if one types there. */
  async read(...path) {
    return this.evaluate((at) => {
      const element = window.underTest.one(at);
      return element.matches('input, select, textarea') ? element.value : element.innerText;
    }, sendable(path));
  }

  /** The accessible names of all visible elements at the end of a path. */
  async names(...path) {
    return this.evaluate((at) => window.underTest.all(at).map((element) => window.underTest.nameOf(element)), sendable(path));
  }

  /** Whether there is such an element. */
  async has(...path) {
    return (await this.names(...path)).length > 0;
  }

  /** All visible controls: role, name, region, and box [x, y, width, height] in pixels of the page. */
  async rectangles() {
    return this.evaluate(() => window.underTest.controls());
  }

  /** From now on looks where all controls are, each time that the test has let time pass. */
  async watch() {
    await this.evaluate(() => window.underTest.watch());
  }

  /** The controls that have moved since they were first seen under watch, each as a line with its farthest shift. */
  async moved() {
    return this.evaluate(() => window.underTest.moved());
  }

  /** How many timers and frames the page waits for, `waiting`, and how many it has asked for since it began, `ever`. */
  async asked() {
    return this.evaluate(() => window.underTest.asked());
  }

  /** A frame of this page, to see what is in it and to let time pass there: the first to have come is number 0. */
  async frame(at = 0) {
    return new Tab(await this.driver.frame(at), this.baseURL);
  }

  /** The picture, as PNG. */
  async screenshot() {
    return this.driver.screenshot();
  }

  /** All that the page complained about: errors, warnings, failed requests and refused ones. */
  async complaints() {
    await this.keepComplaints();
    return [...new Set([...this.driver.complaints(), ...this.complained])];
  }

  /** A page takes its complaints with it when it goes. */
  async keepComplaints() {
    this.complained.push(...(await this.evaluate(() => window.underTest?.complaints.splice(0) ?? [])));
  }

  async close() {
    await this.driver.close();
  }
}
