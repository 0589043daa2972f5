// A lesson as somebody takes it who has no mouse.
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const folder = new URL('../../crates/lessons/content/en/', import.meta.url);

/** The ids of all lessons. */
export const ids = readdirSync(folder).map((name) => name.replace('.md', ''));

/** How many steps a lesson has. */
export const stepsOf = (id) => readFileSync(new URL(`${id}.md`, folder), 'utf8').match(/^## /gm).length;

/** Presses of the tab key that lead to anything in the panel. */
const FAR = 60;

export class Pupil {
  constructor(tab) {
    this.tab = tab;
  }

  /** Opens the page at a lesson. */
  static async opens(tab, id, more = '') {
    await tab.open(`?lesson=${id}&pace=60${more}`);
    const pupil = new Pupil(tab);
    await pupil.sees((panel) => panel !== null, 'the lesson opens');
    return pupil;
  }

  /** What the panel shows; `null` if there is none. */
  async panel() {
    return this.tab.evaluate(() => {
      const panel = document.querySelector('.lesson');
      if (!panel) return null;
      const text = (selector) => panel.querySelector(selector)?.innerText ?? null;
      return {
        title: text('h2'),
        step: text('h3'),
        where: text('.where span'),
        question: text('.question legend'),
        explained: text('.explained'),
        checks: [...panel.querySelectorAll('.checks li')].map((it) => it.innerText.replace(/\s+/g, ' ')),
        lines: [...panel.querySelectorAll('.line')].map((it) => it.innerText.replace(/\s+/g, ' ')),
        hints: text('.hints'),
        buttons: [...panel.querySelectorAll('.foot button')].map((it) => it.innerText),
        main: text('.foot .go-on'),
        ready: panel.querySelector('.foot .go-on:not([aria-disabled])') !== null,
      };
    });
  }

  /** Waits in real time, as for a file that is fetched, and lets a frame pass now and then. */
  async sees(seen, what) {
    for (let tries = 0; tries < 200; tries += 1) {
      if (seen(await this.panel())) return;
      await this.tab.passes(20);
      await sleep(25);
    }
    throw new Error(`not seen: ${what}\n${JSON.stringify(await this.panel())}`);
  }

  /** Goes to what a selector finds with the tab key alone, from where the focus is. */
  async tabsTo(selector) {
    for (let presses = 0; presses < FAR; presses += 1) {
      if (await this.tab.evaluate((it) => document.activeElement.matches(it), selector)) return;
      await this.tab.key('Tab');
    }
    throw new Error(`no way to ${selector} with the tab key\n${JSON.stringify(await this.panel())}`);
  }

  /** Presses what a selector finds. */
  async presses(selector) {
    await this.tabsTo(selector);
    await this.tab.key('Enter');
    await this.tab.passes(40);
  }

  /** Chooses something for the question. */
  async answers() {
    const radios = await this.tab.evaluate(() => [...new Set([...document.querySelectorAll('.question input')].map((it) => it.name))]);
    for (const name of radios) {
      await this.tabsTo(`.question input[name=${name}]`);
      await this.tab.key('ArrowDown');
      await this.tab.passes(40);
    }
  }

  /** Does a step, whatever it asks for. */
  async doesStep() {
    const { question } = await this.panel();
    if (question) {
      await this.answers();
      await this.presses('.lesson .foot .go-on');
      await this.goesOn((panel) => panel.explained !== null, 'the answer is compared');
    } else {
      const [, of] = (await this.panel()).buttons.join().match(/Hint \d of (\d)/) ?? [0, 0];
      for (let hint = 0; hint < of; hint += 1) await this.presses('.lesson .foot .link');
    }
    // Whatever is still to be typed, or to be waited for.
    for (let tries = 0; tries < 4 && !(await this.isDone()); tries += 1) {
      await this.presses('.lesson .foot > button:first-child');
      await this.goesOn((panel) => this.done(panel), 'the step is done', 40);
    }
    if (!(await this.isDone())) throw new Error(`not done: ${JSON.stringify(await this.panel())}`);
  }

  done(panel) {
    return panel === null || /^Next: /.test(panel.main ?? '') || panel.buttons.includes('Go on in the open lab');
  }

  async isDone() {
    return this.done(await this.panel());
  }

  /** Lets time pass until something is seen. */
  async goesOn(seen, what, seconds = 60) {
    for (let passed = 0; passed < seconds * 5; passed += 1) {
      if (seen(await this.panel())) return;
      await this.tab.passes(200);
    }
    if (what === 'the step is done') return;
    throw new Error(`not seen: ${what}\n${JSON.stringify(await this.panel())}`);
  }

  /** Takes the whole lesson. */
  async takes(id) {
    const of = stepsOf(id);
    for (let step = 1; step <= of; step += 1) {
      const { where } = await this.panel();
      if (where !== `step ${step} of ${of}`) throw new Error(`${id}: ${where}, not ${step} of ${of}`);
      await this.doesStep();
      if (step < of) await this.presses('.lesson .foot .go-on');
    }
  }
}
