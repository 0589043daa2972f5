// The page as a user has it in hand: terminals to type in, buttons to press, and what is to be seen.
//
// The browser's clock is ours (`page.clock`): frames come when a test lets time pass, so each run is the same.
import { expect } from './fixture.mjs';

/** How long a frame lasts while a test lets time pass, in milliseconds. */
const FRAME = 20;

/**
 * The clock's names for frames are larger than the 32 bits that WebIDL gives them, so that a page in WebAssembly could
 * not cancel one. A browser's are small, and so are these.
 */
function smallFrameIds() {
  const { requestAnimationFrame, cancelAnimationFrame } = window;
  const real = new Map();
  let last = 0;
  window.requestAnimationFrame = (callback) => {
    last += 1;
    const id = last;
    real.set(id, requestAnimationFrame.call(window, (time) => {
      real.delete(id);
      callback(time);
    }));
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    cancelAnimationFrame.call(window, real.get(id));
    real.delete(id);
  };
}

export class Lab {
  constructor(page) {
    this.page = page;
  }

  /** Opens the page with a clock of our own. */
  static async open(page, open) {
    await page.clock.install({ time: 0 });
    await page.addInitScript(smallFrameIds);
    await open();
    const lab = new Lab(page);
    // A hair more than nothing, so that the first frame comes.
    await lab.passes(100);
    return lab;
  }

  /** Lets so many milliseconds pass on the screen. */
  async passes(ms) {
    await this.page.clock.runFor(ms);
  }

  /** Lets time pass on the screen until `seen` holds, at most `most` milliseconds. */
  async until(seen, most, what) {
    for (let passed = 0; passed <= most; passed += 10 * FRAME) {
      if (await seen()) return passed;
      await this.passes(10 * FRAME);
    }
    throw new Error(`not within ${most} ms: ${what}\n${JSON.stringify(await this.pair())}`);
  }

  // What is done.

  terminal(title) {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** Types a line, key by key, and Enter. */
  async types(title, line) {
    const input = this.terminal(title).getByRole('textbox');
    await input.click();
    await input.pressSequentially(line);
    await input.press('Enter');
    await this.passes(FRAME);
  }

  /** Pastes text from the clipboard, line breaks and all. */
  async pastes(title, text) {
    const input = this.terminal(title).getByRole('textbox');
    await input.evaluate((node, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      node.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await this.passes(FRAME);
  }

  async ctrlC(title) {
    await this.terminal(title).getByRole('textbox').press('Control+c');
    await this.passes(FRAME);
  }

  /** Presses a button of a host's card: `Connect`, `Listen`, `Send hello`, `Ctrl-C`. */
  async presses(host, name) {
    await this.host(host).getByRole('button', { name, exact: true }).click();
    await this.passes(FRAME);
  }

  /** Presses a toggle of the firewall. */
  async drops(kind) {
    const toggles = this.page.getByRole('region', { name: 'Firewall' });
    await toggles.getByRole('button', { name: new RegExp(`(^|\\s)${kind.replace('|', '\\|')}( \\d+)?$`) }).click();
    await this.passes(FRAME);
  }

  /** Jumps to the next timer, again and again, until `seen` holds. */
  async skipsUntil(seen, what) {
    for (let jumps = 0; jumps < 60; jumps += 1) {
      if (await seen()) return;
      await this.page.getByRole('button', { name: 'On to the next timer' }).click();
      await this.passes(10 * FRAME);
    }
    throw new Error(`not after 60 jumps: ${what}\n${JSON.stringify(await this.pair())}`);
  }

  // What is seen.

  host(name) {
    return this.page.getByRole('region', { name: name === 'C_m' ? 'C_m client' : 'S_m server', exact: true });
  }

  /** The live netstat rows of a host: [local, foreign, state]. */
  async rows(host) {
    return this.host(host)
      .locator('tr.entry')
      .evaluateAll((rows) =>
        rows.map((row) => ['local', 'foreign', 'state'].map((cell) => row.querySelector(`.${cell}`).innerText.trim())),
      );
  }

  /** The states in a host's netstat rows for port 5555. */
  async states(host) {
    const rows = await this.rows(host);
    return rows.filter(([local, foreign]) => /:5555$/.test(local) || /:5555$/.test(foreign)).map((row) => row[2]);
  }

  /** Both hosts' states in netstat. */
  async pair() {
    return [await this.states('C_m'), await this.states('S_m')];
  }

  /** The state on a host's badge, in the article's spelling. */
  async badge(host) {
    return this.host(host).locator('.badge').getAttribute('data-state');
  }

  /** The states that are lit in the diagram, in the article's spelling. */
  async lit() {
    const nodes = this.page.locator('svg.diagram [data-here]');
    return nodes.evaluateAll((all) => all.map((node) => node.getAttribute('data-state')).sort());
  }

  /** Netstat, badges and diagram together show this pair; waits for it on the screen's clock. */
  async shows(client, server, most = 15_000) {
    const wanted = JSON.stringify([client, server]);
    await this.until(async () => JSON.stringify(await this.pair()) === wanted, most, `netstat ${wanted}`);
    const article = (states) => {
      const state = states.at(-1) ?? 'CLOSED';
      return state.replace(/^FIN_WAIT(\d)$/, 'FIN_WAIT_$1');
    };
    expect(await this.badge('C_m')).toBe(article(client));
    expect(await this.badge('S_m')).toBe(article(server));
    expect(await this.lit()).toEqual([...new Set([article(client), article(server)])].sort());
  }

  /** All that a terminal shows, as text. */
  async text(title) {
    return this.terminal(title).getByRole('log').innerText();
  }

  /** Lets time pass until a terminal shows this. */
  async prints(title, text, most = 5_000) {
    await this.until(async () => (await this.text(title)).includes(text), most, `${title} prints ${text}`);
  }
}
