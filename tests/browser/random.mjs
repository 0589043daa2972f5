// Random sessions in the page: whatever a hand could do, chosen by a seed. The same seed does the same.
import { readFileSync } from 'node:fs';

import { FRAME } from './layer/tab.mjs';

/** Single lines, for any terminal. */
const LINES = readFileSync(new URL('../lines.txt', import.meta.url), 'utf8').split('\n').slice(0, -1);

/** Where a page is opened, and how large it is. */
const ADDRESSES = ['', '', '?view=ladder', '?view=both', '?present=on', '?profile=linux', '?terminal=client-upper', '?motion=reduced'];
const SIZES = [[1280, 720], [1280, 720], [1024, 576], [1920, 1080], [390, 844]];

const KEYS = [
  'Space', 'Space', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter', 'Enter',
  'Tab', 'Tab', 'Shift+Tab', 'Escape', 'PageDown', 'PageUp', '.', 'l', 't', 'p', 'f', '?', 'r',
];
const AT_TERMINALS = ['Control+c', 'Control+c', 'Control+d', 'Control+l', 'Control+z', 'Tab', 'ArrowUp', 'Enter'];
const WAITS = [0, 0, FRAME, FRAME, FRAME, 200, 1500];
const FIELDS = ['', '0', '1', '-1', '5555', '300', '4294967295', 'next-1', '0.5', 'hello', '“x” – y', '--ttl 1', ' ', '99999999999999999999'];

/** SplitMix32: a number below 1, the next each time. */
const chances = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
};

export class Walk {
  /** `page` is Playwright's, of the same window as `tab`. */
  constructor(tab, page, seed) {
    Object.assign(this, { tab, page, chance: chances(seed), done: [], counts: {} });
    this.address = this.of(ADDRESSES);
    this.size = this.of(SIZES);
  }

  of(list) {
    return list[Math.floor(this.chance() * list.length)];
  }

  async begin() {
    await this.tab.resize(...this.size);
    await this.opens();
  }

  /** Opens the page, or opens it again. */
  async opens() {
    await this.tab.open(this.address);
    await this.tab.evaluate(() => {
      // What would fill the screen of the machine, or write into its clipboard or its folder of downloads.
      Element.prototype.requestFullscreen = () => Promise.resolve();
      window.saved = {};
      const click = HTMLElement.prototype.click;
      HTMLElement.prototype.click = function press() {
        if (!this.download) return click.call(this);
        const data = this.href.slice(this.href.indexOf(',') + 1);
        // A capture is not text.
        window.saved[this.download] = this.download.endsWith('.pcapng') ? data : decodeURIComponent(data);
        return undefined;
      };
    });
    await this.tab.passes(100);
  }

  /** Does one thing, lets some time pass, and returns what the page complains about. */
  async acts() {
    const number = this.chance() * 100;
    const [name] = [...this.shares()].find(([, below]) => number < below);
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    const wait = this.of(WAITS);
    this.done.push(`${name}: ${await this[name]()}; ${wait} ms`);
    const heard = await this.tab.evaluate(async (ms) => {
      await window.underTest.passes(ms);
      return window.underTest.complaints;
    }, wait);
    return [...heard, ...this.tab.driver.complaints()];
  }

  /** What is done, and how often: below which number of 100. */
  *shares() {
    let below = 0;
    for (const [name, share] of Object.entries({
      clicks: 38, aims: 10, presses: 12, types: 18, controls: 6, seeks: 5, takesBack: 4, chooses: 2, fills: 2, waits: 2, resizes: 1,
    })) {
      below += share;
      yield [name, below];
    }
  }

  // What can be done. Each returns what it was.

  async clicks(selector = 'a[download], :not(a, select)') {
    const numbers = Array.from({ length: 12 }, () => this.chance());
    const found = await this.tab.evaluate((at, what) => window.underTest.some(at, what), numbers, selector);
    if (!found) return 'nothing';
    await this.page.mouse.click(...found.at);
    return `${found.role} “${found.name}” of “${found.region}”`;
  }

  /** Segments on the wire and in the ladder, what is open beside them, and hosts' buttons: the most of what can be done. */
  async aims() {
    const where = this.of(['.wire *', '.ladder *', '.inspector *', '.host .buttons *', '.firewall *', 'dialog *, [popover] *']);
    // A link to another page, as to a puzzle, leaves the session.
    return this.clicks(`:is(${where}):is(a[download], :not(a, a *))`);
  }

  async presses() {
    const key = this.of(KEYS);
    await this.page.keyboard.press(key);
    return key;
  }

  /** A line in a terminal, as it is typed or as it is pasted. */
  async types() {
    const numbers = Array.from({ length: 12 }, () => this.chance());
    const found = await this.tab.evaluate((at) => window.underTest.some(at, '.terminal input'), numbers);
    if (!found) return this.presses();
    await this.page.mouse.click(...found.at);
    const line = this.of(LINES);
    if (this.chance() < 0.1) {
      const lines = `${line}\n${this.of(LINES)}\n`;
      await this.tab.paste(lines);
      return `pastes ${JSON.stringify(lines)} into ${found.name}`;
    }
    // Key by key now and then: it takes its time.
    if (this.chance() < 0.2) await this.page.keyboard.type(line);
    else await this.page.keyboard.insertText(line);
    await this.page.keyboard.press('Enter');
    return `${line} in ${found.name}`;
  }

  /** Keys of a terminal, in the one that is used. */
  async controls() {
    const key = this.of(AT_TERMINALS);
    await this.tab.evaluate(() => (document.activeElement.closest('.terminal') ?? document.querySelector('.terminal'))?.querySelector('input')?.focus());
    await this.page.keyboard.press(key);
    return key;
  }

  /** Draws the playhead along the time bar. */
  async seeks() {
    const numbers = [this.chance(), this.chance()];
    const [x, y, width, height] = await this.tab.evaluate(() => {
      const box = document.querySelector('.timebar .track').getBoundingClientRect();
      return [box.x, box.y, box.width, box.height];
    });
    if (width === 0) return 'no time bar';
    const [from, to] = numbers.map((part) => x + width * part);
    await this.page.mouse.move(from, y + height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(to, y + height / 2, { steps: 2 });
    await this.page.mouse.up();
    return `from ${numbers[0].toFixed(3)} to ${numbers[1].toFixed(3)}`;
  }

  async takesBack() {
    const keys = this.of(['Control+z', 'Control+z', 'Control+Shift+z']);
    await this.tab.evaluate(() => document.activeElement.blur());
    await this.page.keyboard.press(keys);
    return keys;
  }

  /** Another entry of a list. */
  async chooses() {
    const number = this.chance();
    return this.tab.evaluate((part) => {
      const modal = document.querySelector('dialog:modal') ?? document;
      const lists = [...modal.querySelectorAll('select:enabled')].filter((it) => it.checkVisibility());
      const all = lists.flatMap((list) => [...list.options].map((option) => [list, option.value]));
      const [list, value] = all[Math.floor(part * all.length)] ?? [];
      if (!list) return 'nothing';
      list.value = value;
      list.dispatchEvent(new Event('change', { bubbles: true }));
      return value;
    }, number);
  }

  /** Another text in a field of a form. */
  async fills() {
    const found = await this.clicks('input:not(.terminal *):is(:not([type]), [type=text], [type=number])');
    const text = this.of(FIELDS);
    if (found === 'nothing') return found;
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(text);
    return `${text} into ${found}`;
  }

  async waits() {
    const ms = this.of([2_000, 5_000, 20_000]);
    await this.tab.passes(ms);
    return `${ms} ms`;
  }

  async resizes() {
    const size = this.of(SIZES);
    await this.tab.resize(...size);
    return size.join(' × ');
  }
}
