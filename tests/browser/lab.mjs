// The page as a user has it in hand: terminals to type in, buttons to press, and what is to be seen.
//
// Time passes when a test lets it pass, so that each run is the same.
import { expect } from '@playwright/test';

import { FRAME, button, region, role, textbox } from './layer/tab.mjs';

/** The card of a host, `C_m` or `S_m`, as a place. */
export const host = (name) => region(name === 'C_m' ? 'C_m client' : 'S_m server');

export class Lab {
  constructor(tab) {
    this.tab = tab;
  }

  /** Opens the page, with an optional query or fragment. */
  static async open(tab, address) {
    await tab.open(address);
    const lab = new Lab(tab);
    // A hair more than nothing, so that the first frame comes.
    await lab.passes(100);
    return lab;
  }

  /** The page with nobody listening: the server that waits at the start is ended. */
  static async quiet(tab) {
    const lab = await Lab.open(tab);
    await lab.ctrlC('S_m upper');
    await lab.shows([], []);
    return lab;
  }

  /** Lets so many milliseconds pass on the screen. */
  async passes(ms) {
    await this.tab.passes(ms);
  }

  /** Lets time pass on the screen until `seen` holds, at most `most` milliseconds. */
  async until(seen, most, what) {
    try {
      await this.tab.until(seen, most, what);
    } catch (error) {
      error.message += `\n${JSON.stringify(await this.pair())}`;
      throw error;
    }
  }

  // What is done.

  /** Types a line, key by key, and Enter. */
  async types(title, line) {
    await this.tab.click(region(title), textbox());
    await this.tab.type(line);
    await this.tab.key('Enter');
    await this.passes(FRAME);
  }

  /** Pastes text from the clipboard, line breaks and all. */
  async pastes(title, text) {
    await this.tab.focus(region(title), textbox());
    await this.tab.paste(text);
    await this.passes(FRAME);
  }

  async ctrlC(title) {
    await this.tab.focus(region(title), textbox());
    await this.tab.key('Control+c');
    await this.passes(FRAME);
  }

  /** Clicks what is at a place, and lets the page draw. */
  async clicks(...path) {
    await this.tab.click(...path);
    await this.passes(FRAME);
  }

  /** Presses a button of a host's card: `Connect`, `Listen`, `Send hello`, `Ctrl-C`. */
  async presses(name, label) {
    await this.clicks(host(name), button(label));
  }

  /** Presses a toggle of the firewall. */
  async drops(kind) {
    await this.clicks(region('Firewall'), button(new RegExp(`(^|\\s)${kind.replace('|', '\\|')}( \\d+)?$`)));
  }

  /** Jumps to the next timer, again and again, until `seen` holds. */
  async skipsUntil(seen, what) {
    for (let jumps = 0; jumps < 60; jumps += 1) {
      if (await seen()) return;
      await this.tab.click(button('On to the next timer'));
      await this.passes(10 * FRAME);
    }
    throw new Error(`not after 60 jumps: ${what}\n${JSON.stringify(await this.pair())}`);
  }

  // What is seen.

  /** All that tells the state of both hosts: netstat's rows, badges, and what is lit in the diagram. */
  async looks() {
    return this.tab.evaluate(() => {
      const cell = (row, name) => row.querySelector(`.${name}`).innerText.trim();
      const card = (letter) => document.querySelector(`.host[data-host="${letter}"]`);
      const rows = (letter) =>
        [...card(letter).querySelectorAll('tr.entry')].map((row) => ['local', 'foreign', 'state'].map((name) => cell(row, name)));
      const badge = (letter) => card(letter).querySelector('.badge').dataset.state;
      const lit = [...document.querySelectorAll('svg.diagram [data-here]')].map((node) => node.dataset.state);
      return { rows: { C_m: rows('C'), S_m: rows('S') }, badges: [badge('C'), badge('S')], lit: lit.sort() };
    });
  }

  /** The live netstat rows of a host: [local, foreign, state]. */
  async rows(name) {
    return (await this.looks()).rows[name];
  }

  /** The states in a host's netstat rows for port 5555. */
  async states(name) {
    return statesIn(await this.rows(name));
  }

  /** Both hosts' states in netstat. */
  async pair() {
    const { rows } = await this.looks();
    return [statesIn(rows.C_m), statesIn(rows.S_m)];
  }

  /** The state on a host's badge, in the article's spelling. */
  async badge(name) {
    return (await this.looks()).badges[name === 'C_m' ? 0 : 1];
  }

  /** Netstat, badges and diagram together show this pair; waits for it on the screen's clock. */
  async shows(client, server, most = 15_000) {
    const wanted = JSON.stringify([client, server]);
    await this.until(async () => JSON.stringify(await this.pair()) === wanted, most, `netstat ${wanted}`);
    const article = (states) => {
      const state = states.at(-1) ?? 'CLOSED';
      return state.replace(/^FIN_WAIT(\d)$/, 'FIN_WAIT_$1');
    };
    const { badges, lit } = await this.looks();
    expect(badges).toEqual([article(client), article(server)]);
    expect(lit).toEqual([...new Set([article(client), article(server)])].sort());
  }

  /** All that a terminal shows, as text. */
  async text(title) {
    return this.tab.read(region(title), role('log'));
  }

  /** Lets time pass until a terminal shows this. */
  async prints(title, text, most = 5_000) {
    await this.until(async () => (await this.text(title)).includes(text), most, `${title} prints ${text}`);
  }
}

const statesIn = (rows) =>
  rows.filter(([local, foreign]) => /:5555$/.test(local) || /:5555$/.test(foreign)).map((row) => row[2]);
