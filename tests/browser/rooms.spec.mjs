// The picture fits where it stands. Each number is measured in the page.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';
import { button, region, textbox } from './layer/tab.mjs';

/** Where things stand: left, top, right, bottom in pixels of the window. */
const places = (tab) =>
  tab.evaluate(() => {
    const place = (selector) => {
      const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
      return { left, top, right, bottom };
    };
    return {
      'state of C_m': place('.host[data-host="C"] .badge'),
      'state of S_m': place('.host[data-host="S"] .badge'),
      diagram: place('.machine'),
      wire: place('.wire'),
      'what happened': place('.told'),
      firewall: place('.firewall'),
    };
  });

/** Where the bar of a scene stands, and whether all of its sentence is seen. */
const bar = (tab) =>
  tab.evaluate(() => {
    const { left, top, right, bottom } = document.querySelector('.playing').getBoundingClientRect();
    const cue = document.querySelector('.cue');
    return { place: { left, top, right, bottom }, whole: cue.scrollHeight <= cue.clientHeight };
  });

/** The smallest text of the diagram, in pixels. */
const smallest = (tab) =>
  tab.evaluate(() => {
    const svg = document.querySelector('svg.diagram');
    const scale = svg.getScreenCTM().a;
    const sizes = [...svg.querySelectorAll('text')].map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
    return Math.min(...sizes);
  });

/** What lies over what, of things that must not. */
const overlaps = (all) => {
  const names = Object.keys(all);
  const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other]));
  const meet = ([one, other]) => {
    const [a, b] = [all[one], all[other]];
    return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  };
  return pairs.filter(meet).map((pair) => pair.join(' and '));
};

/** A connection that hangs. */
const hangs = async (tab) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN|ACK');
  await tab.evaluate(() => [...document.querySelectorAll('.act')].find((it) => it.textContent === 'Connect').click());
  await lab.passes(2_000);
  return lab;
};

for (const colorScheme of ['light', 'dark']) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [width, height] of [[1024, 576], [1024, 768], [1280, 720], [1366, 768], [1920, 1080]]) {
      test(`all of the picture stands on one screen at ${width}×${height}`, async ({ tab }) => {
        await tab.resize(width, height);
        await hangs(tab);
        await tab.evaluate(() => scrollTo(0, 0));
        const all = await places(tab);
        for (const [name, { left, top, right, bottom }] of Object.entries(all)) {
          expect(Math.min(left, top), name).toBeGreaterThanOrEqual(0);
          expect(right, name).toBeLessThanOrEqual(width);
          expect(bottom, name).toBeLessThanOrEqual(height);
        }
        expect(overlaps(all)).toEqual([]);
        expect(await smallest(tab)).toBeGreaterThanOrEqual(10.5);
      });
    }
  });
}

/** How much of what is said is cut, in pixels; and which words of the time bar lie over others, or over a mark. */
const cut = (tab) =>
  tab.evaluate(() => {
    const of = (selector) => [...document.querySelectorAll(selector)];
    const over = of('.narration, .pair').map((it) => it.scrollHeight - it.clientHeight);
    const seen = (it) => it.getClientRects().length > 0;
    const words = of('.timebar .length').filter(seen).map((it) => it.getBoundingClientRect());
    const marks = of('.timebar .stop').map((it) => it.getBoundingClientRect());
    const meets = (a, b) => a.left < b.right - 1 && b.left < a.right - 1;
    const met = words.flatMap((a, at) => [...words.slice(at + 1), ...marks].filter((b) => meets(a, b)));
    return { over: Math.max(...over), met: met.length };
  });

for (const [width, height] of [[1024, 576], [1024, 640], [1024, 768], [1280, 650], [1280, 720], [1366, 768], [1280, 800], [1440, 900]]) {
  test(`in high contrast nothing is cut at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab, '?theme=contrast');
    await lab.drops('SYN|ACK');
    await tab.evaluate(() => [...document.querySelectorAll('.act')].find((it) => it.textContent === 'Connect').click());
    await lab.passes(20_000);
    await tab.evaluate(() => scrollTo(0, 0));
    const all = await places(tab);
    expect(overlaps(all)).toEqual([]);
    const { over, met } = await cut(tab);
    expect(over, 'of a sentence').toBeLessThanOrEqual(1);
    expect(met, 'on the time bar').toBe(0);
    const of = (host) => all[`state of ${host}`];
    const [left, right] = ['C_m', 'S_m'].map((host) => of(host).right - of(host).left);
    expect(Math.abs(left - right), 'both hosts have as much room').toBeLessThan(8);
    expect(all.firewall.bottom).toBeLessThanOrEqual(height);
    // A name, how long, and what runs are apart from each other, and begin at one line.
    const stands = await tab.evaluate(() =>
      ['b', '.age .num', '.running'].map((part) => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(`.host[data-host="C"] .badge ${part}`));
        return range.getBoundingClientRect().toJSON();
      }));
    const [name, age, running] = stands;
    expect(running.top, 'what runs is below how long').toBeGreaterThanOrEqual(Math.min(age.bottom || name.bottom, name.bottom) - 1);
    if (age.width > 0 && age.left < name.right) expect(Math.abs(age.left - name.left), 'how long begins with the name').toBeLessThanOrEqual(1);
  });
}

for (const [theme, height] of [['light', 640], ['light', 650], ['light', 670], ['contrast', 640], ['contrast', 670], ['contrast', 720]]) {
  test(`a scene's bar is below the firewall at 1280×${height}, ${theme}`, async ({ tab }) => {
    await tab.resize(1280, height);
    await Lab.open(tab, `?scene=data-lost&pause=3&theme=${theme}`);
    await tab.evaluate(() => scrollTo(0, 0));
    expect(overlaps({ ...(await places(tab)), scene: (await bar(tab)).place })).toEqual([]);
  });
}

for (const [width, height] of [[1024, 576], [1280, 720], [1366, 768], [1920, 1080], [720, 900], [390, 844]]) {
  test(`a scene's bar lies over nothing of the picture at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab, '?scene=data-lost&pause=3');
    await tab.evaluate(() => scrollTo(0, 0));
    const all = await places(tab);
    // A phone's diagram is a screen of its own, and is scrolled to.
    if (width < 640) delete all.diagram;
    const scene = await bar(tab);
    expect(overlaps({ ...all, scene: scene.place })).toEqual([]);
    expect(scene.whole).toBe(true);
    for (const [name, { left, top, right, bottom }] of Object.entries({ ...all, scene: scene.place })) {
      expect(Math.min(left, top), name).toBeGreaterThanOrEqual(0);
      expect(right, name).toBeLessThanOrEqual(width);
      expect(bottom, name).toBeLessThanOrEqual(height);
    }
    expect(await smallest(tab)).toBeGreaterThanOrEqual(10.5);
    // Nothing moves while it plays.
    await lab.clicks(button('Go on'));
    await lab.passes(3_000);
    expect((await bar(tab)).place).toEqual(scene.place);
    expect(await places(tab)).toMatchObject(all);
  });
}

for (const width of [640, 720, 800, 900]) {
  test(`in a column of ${width} px the picture is at most 620 px high`, async ({ tab }) => {
    await tab.resize(width, 900);
    await hangs(tab);
    const all = await places(tab);
    const picture = ['state of C_m', 'state of S_m', 'diagram', 'wire', 'firewall'].map((name) => all[name]);
    const top = Math.min(...picture.map((place) => place.top));
    expect(Math.max(...picture.map((place) => place.bottom)) - top).toBeLessThanOrEqual(620);
    expect(overlaps(all)).toEqual([]);
    expect(await smallest(tab)).toBeGreaterThanOrEqual(10.5);
    // It does not depend on how high the window is.
    await tab.resize(width, 500);
    expect(await places(tab)).toEqual(all);
  });
}

test.describe('on a first visit', () => {
  test.use({ settings: '' });
  for (const [width, height] of [[1280, 720], [1366, 768]]) {
    test(`who types sees the picture at ${width}×${height}`, async ({ tab }) => {
      await tab.resize(width, height);
      const lab = await Lab.open(tab);
      await lab.types('C_m upper', 'nc 10.211.55.10 5555');
      await lab.passes(500);
      await tab.evaluate(() => scrollTo(0, 0));
      const all = await places(tab);
      for (const [name, { top, bottom }] of Object.entries(all)) {
        expect(top, name).toBeGreaterThanOrEqual(0);
        expect(bottom, name).toBeLessThanOrEqual(height);
      }
      expect(overlaps(all)).toEqual([]);
      const screen = await tab.evaluate(() => {
        const node = document.querySelector('.terminal[data-front] .screen');
        const style = getComputedStyle(node);
        const probe = node.appendChild(Object.assign(document.createElement('span'), { textContent: '0'.repeat(80) }));
        const columns = probe.getBoundingClientRect().width;
        probe.remove();
        const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
        const inner = node.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return {
          lines: (node.clientHeight - padding) / parseFloat(style.lineHeight),
          columns: (80 * inner) / columns,
          bottom: node.getBoundingClientRect().bottom,
        };
      });
      expect(screen.lines).toBeGreaterThanOrEqual(6);
      expect(screen.columns).toBeGreaterThanOrEqual(80);
      expect(screen.bottom).toBeLessThanOrEqual(height);
    });
  }

  test('the focus and a press move nothing, and the first key brings the terminals beside the picture', async ({ tab, page }) => {
    const lab = await Lab.open(tab);
    const now = () => tab.evaluate(() => document.documentElement.dataset.terminals);
    const boxes = () =>
      tab.evaluate(() =>
        [...document.querySelectorAll('.columns .terminal, .host .netstat, .machine, .badge')].map((it) => {
          const { left, top, width, height } = it.getBoundingClientRect();
          return [it.className, left, top + scrollY, width, height].map((part) => (typeof part === 'number' ? Math.round(part) : part)).join(' ');
        }));
    const before = await boxes();
    for (const name of ['C_m upper', 'C_m lower', 'S_m upper', 'S_m lower']) {
      await tab.focus(region(name), textbox());
      await tab.key('Tab');
      await lab.passes(100);
      expect(await boxes(), `the focus in ${name}`).toEqual(before);
    }
    // A press leaves under the pointer what was pressed.
    const terminal = page.locator('.terminal[data-terminal="server-upper"]');
    for (const part of ['h3', '.screen', 'input']) {
      await terminal.locator(part).scrollIntoViewIfNeeded();
      const place = await terminal.locator(part).boundingBox();
      await terminal.locator(part).click({ position: { x: 20, y: 5 } });
      await lab.passes(100);
      expect(await terminal.locator(part).boundingBox(), part).toEqual(place);
      await expect(terminal.locator('input')).toBeFocused();
    }
    expect(await now()).toBe('below');
    await tab.type('x');
    await lab.passes(100);
    expect(await now()).toBe('beside');
    await expect(terminal.locator('input')).toBeFocused();
    expect(await tab.evaluate(() => scrollY), 'what stands beside them is seen').toBe(0);
    // Both tables are one press away.
    for (const [name, letter] of [['C_m', 'C'], ['S_m', 'S']]) {
      await lab.clicks(button(`${name}: buttons and netstat`));
      await expect(page.locator(`.host[data-host="${letter}"] .netstat`)).toBeVisible();
      await tab.key('Escape');
    }
  });

  test('the terminals stay where somebody put them', async ({ tab }) => {
    const lab = await Lab.open(tab);
    const now = () => tab.evaluate(() => document.documentElement.dataset.terminals);
    expect(await now()).toBe('below');
    await lab.types('C_m lower', 'date');
    await lab.passes(100);
    expect(await now()).toBe('beside');
    await lab.clicks(button('below'));
    await lab.types('C_m lower', 'date');
    await lab.passes(100);
    expect(await now()).toBe('below');
    await tab.evaluate(() => document.activeElement.blur());
    await tab.key('t');
    await lab.passes(100);
    expect(await now()).toBe('away');
  });
});

/** Half as large again as the page was at the same window before it could be presented, in pixels. */
const PRESENTED = {
  '1280x720': { state: 28.5, label: 18.2, segment: 19.5, narration: 21 },
  '1920x1080': { state: 28.5, label: 22.3, segment: 21, narration: 22.5 },
};

for (const [size, least] of Object.entries(PRESENTED)) {
  test(`Present is half as large again at ${size}`, async ({ tab }) => {
    const [width, height] = size.split('x').map(Number);
    await tab.resize(width, height);
    const lab = await hangs(tab);
    await lab.clicks(button('Present'));
    await lab.passes(1_000);
    const found = await tab.evaluate(() => {
      const size = (selector) => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize);
      const scale = document.querySelector('svg.diagram').getScreenCTM().a;
      return {
        state: size('.badge b'),
        label: size('.diagram .edge text') * scale,
        segment: size('.segment'),
        narration: size('.says'),
      };
    });
    for (const [what, px] of Object.entries(least)) expect(found[what], what).toBeGreaterThanOrEqual(px);
    for (const [name, { left, top, right, bottom }] of Object.entries(await places(tab))) {
      expect(Math.min(left, top), name).toBeGreaterThanOrEqual(0);
      expect(right, name).toBeLessThanOrEqual(width);
      expect(bottom, name).toBeLessThanOrEqual(height);
    }
    // The nodes in use are in the frame, whole.
    const cut = await tab.evaluate(() => {
      const frame = document.querySelector('.machine').getBoundingClientRect();
      const used = [...document.querySelectorAll('.diagram .node[data-here]')].map((node) => node.getBoundingClientRect());
      return used.filter((it) => it.top < frame.top || it.bottom > frame.bottom).length;
    });
    expect(cut).toBe(0);
  });
}

test('presented, the rules in force are named beside the clock, and there is no heading without one', async ({ tab }) => {
  const seen = () =>
    tab.evaluate(() => {
      const shown = (it) => it.checkVisibility();
      const row = document.querySelector('.firewall');
      const ends = [...row.querySelectorAll('h2, .in-force, .force')].filter(shown).map((it) => it.getBoundingClientRect().right);
      return {
        heading: shown(row.querySelector('h2')),
        rules: [...row.querySelectorAll('.pill b')].filter(shown).map((it) => it.textContent),
        room: document.querySelector('.clock').getBoundingClientRect().left - Math.max(0, ...ends),
      };
    });
  const lab = await Lab.open(tab);
  await lab.clicks(button('Present'));
  expect((await seen()).heading).toBe(false);
  await lab.clicks(button('End the presentation'));
  await lab.types('S_m lower', 'sudo iptables -I INPUT -p tcp --dport 5555 -j REJECT');
  await lab.drops('SYN|ACK');
  await lab.clicks(button('Present'));
  const { heading, rules, room } = await seen();
  expect(heading).toBe(true);
  expect(rules).toHaveLength(2);
  expect(rules).toContain('SYN|ACK');
  expect(room).toBeGreaterThanOrEqual(0);
});

test("a presenter's remote works", async ({ tab }) => {
  const lab = await hangs(tab);
  const root = (key) => tab.evaluate((name) => document.documentElement.dataset[name], key);
  await tab.evaluate(() => document.activeElement.blur());
  await tab.key('p');
  await lab.passes(100);
  expect(await root('present')).toBe('on');
  await tab.key('.');
  await lab.passes(100);
  expect(await root('present')).toBe('blank');
  await tab.key('.');
  await tab.key(' ');
  await lab.passes(100);
  const clock = () => tab.evaluate(() => document.querySelector('.clock').textContent);
  const paused = await clock();
  await tab.key('PageDown');
  await lab.passes(100);
  const later = await clock();
  expect(later > paused).toBe(true);
  await tab.key('PageUp');
  await lab.passes(100);
  expect((await clock()) < later).toBe(true);
  await tab.key('f');
  await lab.passes(100);
  expect(await tab.has(button('SYN'))).toBe(true);
  await tab.key('Escape');
  await lab.passes(100);
  expect(await root('present')).toBeUndefined();
});

test('on a phone the states stay, and what is needed is near', async ({ tab }) => {
  await tab.resize(390, 844);
  const lab = await hangs(tab);
  await tab.evaluate(() => scrollTo(0, 0));
  const all = await places(tab);
  const connect = await tab.evaluate(() => document.querySelector('.act').getBoundingClientRect().bottom);
  expect(all.wire.bottom).toBeLessThanOrEqual(700);
  expect(connect).toBeLessThanOrEqual(700);
  expect(all.firewall.bottom).toBeLessThanOrEqual(700);
  // The rim of the states, which stay, would cut a count that sticks out of its gate.
  const out = await tab.evaluate(() => {
    document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime)).forEach((it) => it.finish());
    const count = document.querySelector('.gate b');
    return count.parentElement.getBoundingClientRect().top - count.getBoundingClientRect().top;
  });
  expect(out).toBeLessThanOrEqual(0);
  await tab.evaluate(() => scrollTo(0, 900));
  const later = await places(tab);
  for (const name of ['state of C_m', 'state of S_m']) {
    expect(later[name].top, name).toBeGreaterThanOrEqual(0);
    expect(later[name].bottom, name).toBeLessThanOrEqual(200);
  }
  expect(await tab.evaluate(() => getComputedStyle(document.querySelector('.terminal input')).fontSize)).toBe('16px');
  await lab.types('C_m lower', 'netstat -nat');
  const wider = await tab.evaluate(() =>
    Math.max(...[...document.querySelectorAll('.screen')].map((node) => node.scrollWidth - node.clientWidth)));
  expect(wider).toBeLessThanOrEqual(0);
});

for (const [name, query, width, height, hasTouch] of [
  ['on a phone', '', 390, 844, true],
  ['in a window as narrow', '', 390, 844, false],
  ['on a phone in high contrast', '?theme=contrast', 390, 844, true],
  ['on the smallest phone', '', 320, 568, true],
  ['on a phone, presented', '?present=on', 390, 844, true],
  ['for the back row', '?present=on', 1280, 720, false],
]) {
  test.describe(name, () => {
    test.use({ hasTouch, viewport: { width, height } });
    test('a gate shows its name and what it has stopped, each whole', async ({ tab }) => {
      await Lab.open(tab, query);
      // At each gate, and as many as a flood leaves there.
      const faults = await tab.evaluate(() => {
        const gates = [...document.querySelectorAll('.gate')];
        for (const gate of gates) {
          gate.dataset.shut = '';
          gate.prepend(Object.assign(document.createElement('b'), { style: 'animation: none' }));
        }
        const words = (node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return range.getBoundingClientRect();
        };
        return ['1', '12', '4096'].flatMap((stopped) => gates.flatMap((gate) => {
          const [name, count] = [words(gate.querySelector('span')), gate.querySelector('b')];
          count.dataset.stopped = stopped;
          const { left, top, right, bottom } = count.getBoundingClientRect();
          const says = (fault) => `${gate.dataset.place} ${stopped}: ${fault}`;
          const found = [];
          if (left < 0 || top < 0 || right > innerWidth) found.push(says(`out of the window: ${[left, top, right]}`));
          if (top < gate.getBoundingClientRect().top) found.push(says('under the rim of the states'));
          if (bottom > name.top + 1) found.push(says(`over the name by ${bottom - name.top}`));
          // What is seen at its ends and in its middle is the count.
          const covered = [0.25, 0.5, 0.75].some((part) => document.elementFromPoint(left + (right - left) * part, (top + bottom) / 2) !== count);
          if (covered) found.push(says('covered'));
          return found;
        }));
      });
      expect(faults).toEqual([]);
    });
  });
}

for (const [width, height, hasTouch] of [[320, 568, true], [360, 640, false], [390, 844, true], [640, 620, false], [720, 620, true], [999, 700, false], [1024, 576, true], [1024, 576, false], [1280, 720, false]]) {
  test.describe(`${width}×${height}${hasTouch ? ', by touch' : ''}`, () => {
    test.use({ hasTouch, viewport: { width, height } });
    test('what is said, and what a state waits for, is whole', async ({ tab }) => {
      // The longest verdict, the longest timer, and the longest sentence on what happened.
      for (const scene of ['ack-dropped-by-receiver&pause=2', 'ack-dropped&pause=1', 'ack-dropped&pause=2', 'synack-dropped&pause=4', 'synack-dropped&pause=5']) {
        await Lab.open(tab, `?scene=${scene}`);
        const faults = await tab.evaluate(() => {
          document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime)).forEach((it) => it.finish());
          const words = (node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return range.getBoundingClientRect();
          };
          const ends = [['.says', '.narration'], ['.meaning', '.pair']].map((pair) => pair.map((it) => document.querySelector(it)));
          const badges = [...document.querySelectorAll('.host .badge')].flatMap((badge) => [...badge.children].map((it) => [it, badge]));
          return [...ends, ...badges].flatMap(([text, box]) => {
            const [inner, outer] = [words(text), box.getBoundingClientRect()];
            const out = inner.width > 0 && (inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1 || inner.right > outer.right + 1);
            return out ? [`${text.textContent} is cut in ${box.className}: ${[inner.top - outer.top, outer.bottom - inner.bottom]}`] : [];
          });
        });
        expect(faults, scene).toEqual([]);
      }
    });
  });
}

for (const [width, height, hasTouch] of [[390, 844, true], [390, 844, false], [720, 900, false], [1024, 576, false], [1280, 720, false]]) {
  test.describe(`${width}×${height}`, () => {
    test.use({ hasTouch, viewport: { width, height } });
    test(`what can be done to a segment is in the window${hasTouch ? ', by touch' : ''}`, async ({ tab }) => {
      const lab = await Lab.open(tab, '?scene=synack-dropped&pause=2');
      await tab.evaluate(() => document.querySelector('.segment').click());
      await lab.passes(100);
      const out = await tab.evaluate(() => {
        const room = document.querySelector('.told').getBoundingClientRect();
        const parts = [...document.querySelectorAll('.acts > *')];
        const cut = parts.filter((it) => it.getBoundingClientRect().right > room.right + 1).map((it) => it.textContent);
        const verdict = document.querySelector('.meaning');
        const { bottom } = document.querySelector('.acts').getBoundingClientRect();
        const over = verdict.checkVisibility({ visibilityProperty: true }) && getComputedStyle(document.querySelector('.told')).gridTemplateColumns.split(' ').length === 1
          && innerWidth < 640 && bottom > verdict.getBoundingClientRect().top;
        return { parts: parts.length, cut, over };
      });
      expect(out.parts).toBeGreaterThan(6);
      expect(out.cut).toEqual([]);
      expect(out.over, 'over the verdict').toBe(false);
    });
  });
}

test('on paper there is the diagram, both tables complete, and all is light', async ({ tab, page }) => {
  await hangs(tab);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const paper = await tab.evaluate(() => ({
    background: getComputedStyle(document.body).backgroundColor,
    cut: [...document.querySelectorAll('.netstat')].filter((it) => it.scrollHeight > it.clientHeight + 1).length,
    diagram: document.querySelector('svg.diagram').getBoundingClientRect().width > 500,
  }));
  expect(paper).toEqual({ background: 'rgb(255, 255, 255)', cut: 0, diagram: true });
});

for (const [width, height] of [[390, 844], [1024, 576], [1280, 720], [1920, 1080]]) {
  test(`the clock stands beside what is said of time, at ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const address of ['', '?present=on', '?theme=contrast', '?embed=on', '?present=on&theme=contrast', '?scale=200']) {
      await page.goto(`./${address}`);
      await page.locator('#page:not([inert])').waitFor();
      const [clock, box, speed] = await page.evaluate(() => {
        const words = (selector) => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(selector));
          return range.getBoundingClientRect().toJSON();
        };
        return [words('.time .clock'), document.querySelector('.time .clock').getBoundingClientRect().toJSON(), words('.time .speed')];
      });
      expect(clock.right, `${address}: the clock is whole`).toBeLessThanOrEqual(box.right + 1);
      const apart = speed.width === 0 || clock.right <= speed.left + 1 || clock.bottom <= speed.top + 3;
      expect(apart, `${address}: ${JSON.stringify([clock, speed])}`).toBe(true);
    }
  });
}

/** The parts of the row of the connection that is shown, and of what is asked of it, that are out of sight in their table. */
const outOfTable = (tab) =>
  tab.evaluate(() =>
    [...document.querySelectorAll('.netstat')].flatMap((table) => {
      const frame = table.getBoundingClientRect();
      return [...table.querySelectorAll('[data-selected] td, [data-selected] + .why button')].filter((it) => {
        const { top, bottom } = it.getBoundingClientRect();
        return top < frame.top || bottom > Math.min(frame.bottom, innerHeight) + 0.5;
      }).map((it) => it.textContent);
    }));

for (const [width, height, theme] of [[1024, 576, 'light'], [1280, 720, 'light'], [1280, 720, 'contrast'], [1366, 768, 'light']]) {
  test(`the row of the connection is whole in its table, with “why?”, at ${width}×${height}, ${theme}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab, `?theme=${theme}`);
    await lab.drops('ACK');
    await tab.evaluate(() => [...document.querySelectorAll('.act')].find((it) => it.textContent === 'Connect').click());
    await lab.passes(7_000);
    expect(await lab.states('S_m')).toEqual(['LISTEN', 'SYN_RECV']);
    expect(await tab.evaluate(() => document.querySelectorAll('[data-selected] + .why').length)).toBe(1);
    expect(await outOfTable(tab)).toEqual([]);
  });
}

test('of many connections the one that is shown is in sight in both tables', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.types('C_m upper', 'for i in 1 2 3 4 5; do nc 10.211.55.10 5555 & done');
  await lab.passes(12_000);
  await tab.evaluate(() => scrollTo(0, 0));
  expect((await lab.rows('C_m')).length).toBe(5);
  expect(await outOfTable(tab)).toEqual([]);
  // Also when another is chosen.
  for (const at of [0, 4]) {
    await page.locator('.host[data-host="C"] .entry button').nth(at).press('Enter');
    await lab.passes(100);
    expect(await outOfTable(tab), `row ${at}`).toEqual([]);
  }
  // What the number on a state counts is said to whoever points at it.
  const badge = page.locator('.diagram .badge[data-node="established"]');
  await expect(badge.locator('title')).toHaveText(/^\d more in ESTABLISHED$/);
  await badge.hover();
  await lab.passes(100);
  await expect(page.locator('.machine .caption')).toHaveText(/^\d more in ESTABLISHED$/);
});

test('both are offered where they stand beside each other, within the card', async ({ tab, page }) => {
  const both = page.getByRole('radio', { name: 'Both' });
  for (const [width, height] of [[390, 844], [1024, 576], [1280, 720], [1680, 1050], [1720, 600]]) {
    await tab.resize(width, height);
    await Lab.open(tab);
    await expect(both, `at ${width}×${height}`).toBeHidden();
  }
  await tab.resize(1720, 900);
  const lab = await Lab.open(tab);
  const before = await places(tab);
  await both.check();
  await lab.passes(100);
  expect(await places(tab)).toEqual(before);
  const [left, right] = await tab.evaluate(() => ['.diagram-frame', '.ladder'].map((part) => document.querySelector(part).getBoundingClientRect().toJSON()));
  expect(left.right).toBeLessThanOrEqual(right.left);
  expect(right.bottom).toBeLessThanOrEqual(before.diagram.bottom);
});

test('an address that asks for both shows in a smaller window what fits, and both when it is widened', async ({ tab, page }) => {
  const seen = async () => {
    await tab.passes(100);
    return tab.evaluate(() => ({
      ladder: Boolean(document.querySelector('.ladder')?.checkVisibility()),
      machine: document.querySelector('.diagram-frame').checkVisibility({ visibilityProperty: true }),
      chosen: [...document.querySelectorAll('.switch label')].filter((it) => it.checkVisibility() && it.querySelector('input').checked).map((it) => it.textContent),
      search: location.search,
    }));
  };
  for (const [width, height] of [[1024, 576], [1280, 720], [1600, 900], [1720, 600], [390, 844]]) {
    await tab.resize(width, height);
    const lab = await Lab.open(tab, '?view=both');
    expect(await seen(), `${width}×${height}`).toEqual({ ladder: false, machine: true, chosen: ['State machine'], search: '?view=both' });
    const all = await places(tab);
    // A phone is a column.
    if (width >= 1000) for (const [name, { bottom }] of Object.entries(all)) expect(bottom, `${name} at ${width}×${height}`).toBeLessThanOrEqual(height);
    await tab.resize(1720, 900);
    await lab.passes(100);
    expect(await seen()).toEqual({ ladder: true, machine: true, chosen: ['Both'], search: '?view=both' });
  }
  // Who chooses another view meanwhile keeps that.
  await tab.resize(1280, 720);
  await tab.passes(100);
  await page.getByRole('radio', { name: 'Ladder' }).check();
  await tab.passes(100);
  expect((await seen()).chosen).toEqual(['Ladder']);
  await tab.resize(1720, 900);
  expect((await seen()).chosen).toEqual(['Ladder']);
});

for (const [width, height, theme] of [[1280, 720, 'light'], [1366, 768, 'light'], [1440, 900, 'light'], [1280, 720, 'contrast']]) {
  test(`with all four terminals used the page is in the window at ${width}×${height}, ${theme}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab, `?theme=${theme}`);
    await tab.evaluate(() => [...document.querySelectorAll('.arrangement button')][0].click());
    await lab.types('C_m upper', 'nc 10.211.55.10 5555');
    await lab.types('C_m lower', 'netstat -nat');
    await lab.types('S_m lower', 'sudo iptables -L -n -v');
    await lab.types('S_m upper', 'hello');
    await lab.passes(1_000);
    const [beyond, footer] = await tab.evaluate(() => [document.documentElement.scrollHeight - innerHeight, document.querySelector('footer').getBoundingClientRect().bottom]);
    expect(beyond).toBeLessThanOrEqual(0);
    expect(footer).toBeLessThanOrEqual(height);
    if (theme === 'light') expect(await smallest(tab)).toBeGreaterThanOrEqual(10.5);
  });
}

for (const [width, height, address] of [[390, 844, ''], [1280, 720, '?present=on'], [390, 844, '?present=on'], [1280, 720, '']]) {
  test(`the name of a gate is in its middle at ${width}×${height}${address}`, async ({ tab }) => {
    await tab.resize(width, height);
    await Lab.open(tab, address);
    const off = await tab.evaluate(() =>
      [...document.querySelectorAll('.gate')].flatMap((gate) => {
        const range = document.createRange();
        range.selectNodeContents(gate.querySelector('span'));
        const [box, words] = [gate, range].map((it) => it.getBoundingClientRect());
        return [box.top + box.bottom - words.top - words.bottom, box.left + box.right - words.left - words.right].map((twice) => Math.abs(twice / 2));
      }));
    expect(off).toHaveLength(8);
    expect(Math.max(...off)).toBeLessThanOrEqual(1.5);
  });
}

for (const [terminals, width, height, theme = 'system'] of [['below', 1280, 720], ['beside', 1280, 720], ['beside', 1440, 900], ['below', 1920, 1080], ['below', 1280, 720, 'contrast']]) {
  test(`where Linux differs is said over nothing of the diagram, terminals ${terminals}, at ${width}×${height}, ${theme}`, async ({ tab }) => {
    await tab.resize(width, height);
    const lab = await Lab.open(tab, `?theme=${theme}${terminals === 'beside' ? '&terminal=client-upper' : ''}`);
    await lab.drops('SYN|ACK');
    await lab.types('C_m upper', 'nc 10.211.55.10 5555');
    await lab.passes(3_000);
    const all = await tab.evaluate(() => {
      const place = (shape) => {
        const { left, top, right, bottom } = shape.getBoundingClientRect();
        return { left, top, right, bottom };
      };
      const named = (shape) => shape.getAttribute('aria-label') ?? shape.textContent;
      const shapes = [...document.querySelectorAll('.diagram .node, .diagram .lane, .diagram .edge text')];
      return { note: place(document.querySelector('.differs')), shapes: shapes.map((shape) => [named(shape), place(shape)]) };
    });
    expect(all.shapes.length).toBeGreaterThan(30);
    const covered = all.shapes.filter(([, shape]) => overlaps({ note: all.note, shape }).length > 0);
    expect(covered.map(([name]) => name)).toEqual([]);
  });
}

for (const [width, height] of [[640, 620], [720, 620], [999, 700]]) {
  test(`a sentence of 125 letters on what happened is whole at ${width}×${height}`, async ({ tab }) => {
    await tab.resize(width, height);
    await Lab.open(tab);
    const over = await tab.evaluate(() => {
      const says = document.querySelector('.says');
      says.textContent = 'S_m forgets the half-open connection. The host\'s own firewall refused the SYN|ACK: the entry is forgotten at its first timer.';
      const { scrollHeight, clientHeight } = document.querySelector('.narration');
      return [says.textContent.length >= 125, scrollHeight - clientHeight];
    });
    expect(over).toEqual([true, 0]);
  });
}

for (const theme of ['light', 'dark', 'contrast', 'forced']) {
  test(`nothing is to the right of the narrowest window, ${theme}`, async ({ tab, page }) => {
    await tab.resize(320, 640);
    await page.emulateMedia({ forcedColors: theme === 'forced' ? 'active' : 'none' });
    for (const address of ['', '?lesson=syn-dropped', '?scene=ack-dropped&pause=2']) {
      await Lab.open(tab, `${address}${address ? '&' : '?'}theme=${theme === 'forced' ? 'contrast' : theme}`);
      await tab.passes(400);
      expect(await tab.evaluate(() => document.documentElement.scrollWidth), address).toBe(320);
    }
  });
}

for (const width of [320, 390]) {
  test(`what is in the menu of a lane has two columns at ${width} px`, async ({ tab, page }) => {
    await tab.resize(width, 844);
    await Lab.open(tab);
    await page.locator('.delay').first().click();
    const boxes = await tab.evaluate(() =>
      [...document.querySelectorAll('.lane-menu:popover-open .controls > :not(p)')].map((it) => {
        const { left, right } = it.getBoundingClientRect();
        return [left, right].map(Math.round).join();
      }));
    expect(boxes.length).toBeGreaterThan(7);
    // The left ones, the right ones, and what is as wide as both.
    const [left, right] = boxes;
    const whole = [left.split(',')[0], right.split(',')[1]].join();
    expect(boxes.filter((it) => ![left, right, whole].includes(it))).toEqual([]);
  });
}
