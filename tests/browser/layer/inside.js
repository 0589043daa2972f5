// Runs in the page before any script of the page itself, in every engine: `window.underTest`.
//
// It has the clock, which stands still unless a test lets time pass; what the page complains about; and the search by
// role and accessible name. The page sees only the clock.
(() => {
  /** How long a frame lasts, in milliseconds. */
  const FRAME = 20;

  // The clock: timers, animation frames, Date and performance.now. Its time is in milliseconds since the page's start.

  const RealDate = Date;
  const faked = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame'];
  const real = Object.fromEntries(faked.map((name) => [name, window[name].bind(window)]));
  let now = 0;
  let last = 0;
  /** What is due, by id: when, what, and for an interval how often. */
  const due = new Map();

  // A browser's ids are small; larger ones than 32 bits would not come back from WebAssembly.
  const put = (entry) => {
    last += 1;
    due.set(last, entry);
    return last;
  };
  /** How many timers and frames the page waits for now, and how many it has ever asked for. */
  const asked = () => ({ waiting: due.size, ever: last });
  const cancel = (id) => {
    due.delete(id);
  };
  // As in a browser, no timer comes at once.
  const delay = (ms) => Math.max(1, Number(ms) || 0);

  const ours = {
    setTimeout: (call, ms, ...args) => put({ at: now + delay(ms), call: () => call(...args) }),
    setInterval: (call, ms, ...args) => put({ at: now + delay(ms), every: delay(ms), call: () => call(...args) }),
    requestAnimationFrame: (call) => put({ at: (Math.floor(now / FRAME) + 1) * FRAME, call: () => call(now) }),
    clearTimeout: cancel,
    clearInterval: cancel,
    cancelAnimationFrame: cancel,
  };
  Object.assign(window, ours);

  /** Whether new timers and frames are the browser's own: a tool such as axe waits for them while the page stands still. */
  const live = (yes) => void Object.assign(window, yes ? real : ours);

  performance.now = () => now;
  window.Date = new Proxy(RealDate, {
    construct: (target, args, self) => Reflect.construct(target, args.length > 0 ? args : [now], self),
    apply: () => new RealDate(now).toString(),
    get: (target, name) => (name === 'now' ? () => Math.floor(now) : Reflect.get(target, name)),
  });

  /** Gives way to promises and to the browser's own events. */
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()();
  const turn = () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });

  /** Lets `ms` milliseconds pass; resolves when all that was due has happened. */
  async function passes(ms) {
    const end = now + ms;
    for (;;) {
      await turn();
      const [id, entry] = [...due].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0] ?? [];
      if (!entry) break;
      now = Math.max(now, entry.at);
      if (entry.every) entry.at += entry.every;
      else due.delete(id);
      try {
        entry.call();
      } catch (error) {
        reportError(error);
      }
    }
    now = end;
    if (watched) watch();
  }

  // Complaints.

  const complaints = [];
  const heard = (type, words) => window.addEventListener(type, (event) => complaints.push(words(event)), true);
  const what = (error) => (error instanceof Error ? `${error}\n${error.stack}` : String(error));

  heard('error', (event) => {
    const { target } = event;
    if (target !== window) return `did not come: ${target.src ?? target.href ?? target.nodeName}`;
    return `page error: ${event.error ? what(event.error) : event.message}`;
  });
  heard('unhandledrejection', ({ reason }) => `page error: ${what(reason)}`);
  heard('securitypolicyviolation', (event) => `refused by the policy: ${event.violatedDirective} ${event.blockedURI}`);
  for (const kind of ['error', 'warn', 'assert']) {
    const spoken = console[kind];
    console[kind] = (...args) => {
      if (kind !== 'assert' || !args[0]) complaints.push(`console ${kind}: ${args.map(what).join(' ')}`);
      spoken.apply(console, args);
    };
  }

  // Roles and names.

  const NATIVE = {
    button: 'button, input:is([type=button], [type=submit], [type=reset])',
    cell: 'td',
    checkbox: 'input[type=checkbox]',
    columnheader: 'th',
    combobox: 'select, input[list]',
    dialog: 'dialog',
    group: 'fieldset, details',
    heading: 'h1, h2, h3, h4, h5, h6',
    img: 'img',
    link: 'a[href]',
    list: 'ul, ol',
    listitem: 'li',
    navigation: 'nav',
    option: 'option',
    radio: 'input[type=radio]',
    region: 'section',
    row: 'tr',
    slider: 'input[type=range]',
    spinbutton: 'input[type=number]',
    status: 'output',
    // Not a role: browsers agree on none.
    summary: 'summary',
    table: 'table',
    textbox: 'textarea, input:is(:not([type]), [type=text], [type=email], [type=url]):not([list])',
  };
  /** The roles that are named by what they contain. */
  const BY_CONTENT = new Set([
    'button', 'cell', 'columnheader', 'heading', 'link', 'listitem', 'menuitem', 'menuitemradio', 'option', 'row', 'summary', 'switch', 'tab',
  ]);

  const selector = (role) => {
    const named = `[role~="${role}"]`;
    return NATIVE[role] ? `:is(${NATIVE[role]}):not([role]), ${named}` : named;
  };
  const roleOf = (element) =>
    element.getAttribute('role')?.split(/\s+/)[0] ?? Object.keys(NATIVE).find((role) => element.matches(NATIVE[role])) ?? '';

  const tidy = (text) => text.replace(/[\s\u200b]+/g, ' ').trim();
  // What has no box of its own is shown where its parent is.
  const shown = (element) =>
    element !== null &&
    (element.checkVisibility({ visibilityProperty: true }) ||
      (getComputedStyle(element).display === 'contents' && shown(element.parentElement)));
  const hidden = (element) => element.closest('[aria-hidden="true"], [inert]') !== null || !shown(element);

  /** The words in an element, as a screen reader puts them together. */
  function words(node, evenHidden) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return '';
    if (!evenHidden && (node.getAttribute('aria-hidden') === 'true' || !shown(node))) return '';
    const label = node.getAttribute('aria-label') ?? node.getAttribute('alt');
    if (label) return label;
    const parts = [...node.childNodes].map((child) => words(child, evenHidden)).join('');
    return getComputedStyle(node).display.startsWith('inline') ? parts : ` ${parts} `;
  }

  /** The accessible name, the first of those that the standard lists: https://www.w3.org/TR/accname-1.2/. */
  function nameOf(element) {
    const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
    const labels = ids.map((id) => document.getElementById(id)).filter(Boolean);
    const part = element.querySelector(':scope > :is(legend, caption, title)');
    const names = [
      () => labels.map((label) => words(label, true)).join(' '),
      () => element.getAttribute('aria-label') ?? '',
      () => [...(element.labels ?? [])].map((label) => words(label)).join(' '),
      () => element.getAttribute('alt') ?? (element.matches(NATIVE.button) && element.value) ?? '',
      () => (part ? words(part, true) : ''),
      () => (BY_CONTENT.has(roleOf(element)) ? [...element.childNodes].map((child) => words(child)).join('') : ''),
      () => element.getAttribute('title') ?? '',
      () => element.getAttribute('placeholder') ?? '',
    ];
    for (const name of names) {
      const found = tidy(name() || '');
      if (found) return found;
    }
    return '';
  }

  const named = (name, { text, source, flags }) => (source === undefined ? name === text : new RegExp(source, flags).test(name));
  const say = (path) => path.map(({ role, name }) => (name ? `${role} ${name.text ?? `/${name.source}/`}` : role)).join(' › ');

  /** Every visible element at the end of a path of roles and names, in the order of the page. */
  function all(path) {
    let scopes = [document];
    for (const { role, name } of path) {
      const found = scopes.flatMap((scope) => [...scope.querySelectorAll(selector(role))]);
      scopes = [...new Set(found)].filter((element) => !hidden(element) && (!name || named(nameOf(element), name)));
    }
    return scopes;
  }

  /** The one visible element at the end of a path. */
  function one(path) {
    const found = all(path);
    if (found.length === 1) return found[0];
    const { role } = path.at(-1);
    const others = all([...path.slice(0, -1), { role }]).map((element) => `“${nameOf(element)}”`);
    throw new Error(`${found.length} elements are ${say(path)}; ${role} there: ${others.join(', ') || 'none'}`);
  }

  /**
   * The browser's own next frame, by which it has scrolled where it wanted to, and the page has heard of its new size. It
   * is waited for `most` milliseconds: a page that is not seen has no frames.
   */
  const settled = (most = 200) =>
    new Promise((resolve) => {
      real.requestAnimationFrame(() => real.setTimeout(resolve));
      real.setTimeout(resolve, most);
    });

  /** A point of an element that nothing lies over, in pixels of the window: its middle, or another one. */
  function free(element) {
    const reaches = (hit) => hit && (element.contains(hit) || hit.closest('label')?.control === element);
    const { left, top, width, height } = element.getBoundingClientRect();
    return [0.5, 0.25, 0.75]
      .map((part) => [left + width / 2, top + height * part])
      .find(([x, y]) => reaches(document.elementFromPoint(x, y)));
  }

  const intoView = (element) => element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });

  /**
   * A point of an element, scrolled into view, in pixels of the window: its middle, or another one if something lies over
   * that, such as a scroll bar. What lies over all of it is an error.
   */
  async function point(path) {
    const element = one(path);
    if (element.disabled) throw new Error(`${say(path)} is disabled`);
    await settled();
    const inView = free(element);
    if (inView) return inView;
    // A key scrolls smoothly, in the browser's own time, and until then goes on from where it was.
    for (let times = 0; times < 20; times += 1) {
      intoView(element);
      await settled();
      const found = free(element);
      if (found) return found;
    }
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    throw new Error(`over ${say(path)} lies ${hit?.outerHTML.slice(0, 120) ?? 'nothing of the page'}`);
  }

  // Rectangles.

  const CONTROLS = 'a[href], button, input, select, summary, textarea, [tabindex]:not([tabindex="-1"])';

  /** Where an element is, in pixels of the page, wherever that is scrolled to: [x, y, width, height]. */
  const boxOf = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left + scrollX, top + scrollY, width, height];
  };
  const visibleControls = () => {
    for (const animation of document.getAnimations()) {
      if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
    }
    return [...document.querySelectorAll(CONTROLS)].filter((element) => !hidden(element));
  };
  const describe = (element) => {
    const region = element.parentElement.closest(selector('region'));
    return { role: roleOf(element), name: nameOf(element), region: region ? nameOf(region) : '' };
  };

  /** What has controls of its own. */
  const PART = 'dialog, [popover], section, header, footer';

  /**
   * A visible control, scrolled into view: what it is, and a point of it. Numbers from 0 to 1 choose it, two at a time:
   * first a part of the page, and then one of those in it that match `selector`. Null if something lies over each.
   */
  function some(numbers, selector = '*') {
    const modal = document.querySelector('dialog:modal');
    const able = visibleControls().filter((it) => it.matches(selector) && !it.disabled && (!modal || modal.contains(it)));
    const of = (list, number) => list[Math.floor(number * list.length)];
    const parts = [...new Set(able.map((it) => it.closest(PART)))];
    for (let at = 0; at + 1 < numbers.length && able.length > 0; at += 2) {
      const part = of(parts, numbers[at]);
      const element = of(able.filter((it) => it.closest(PART) === part), numbers[at + 1]);
      if (!free(element)) intoView(element);
      const found = free(element);
      if (found) return { ...describe(element), at: found };
    }
    return null;
  }

  /** Every visible control: its role and name, the region that it is in, and its box. */
  const controls = () => visibleControls().map((element) => ({ ...describe(element), box: boxOf(element) }));

  /** The controls that are watched, each with its place when it was first seen, and the farthest from there. */
  let watched;

  /**
   * What moves by its nature: the line in which one types, a segment on its way and in the ladder, a row of a table whose
   * rows come and go.
   */
  const MOVING = '[role="log"], .lane, .rung, tbody';

  /** Looks where the controls are, now and from now on each time that a test has let time pass. */
  function watch() {
    watched ??= new Map();
    for (const element of visibleControls()) {
      if (element.closest(MOVING)) continue;
      const [x, y] = boxOf(element);
      if (!watched.has(element)) watched.set(element, { ...describe(element), x, y, right: 0, down: 0 });
      const seen = watched.get(element);
      if (Math.hypot(x - seen.x, y - seen.y) <= Math.hypot(seen.right, seen.down)) continue;
      Object.assign(seen, { right: x - seen.x, down: y - seen.y, at: now });
    }
  }

  /** The watched controls that have moved by more than half a pixel, each as a line. */
  const moved = () =>
    [...watched.values()]
      .filter(({ right, down }) => Math.hypot(right, down) > 0.5)
      .map(({ role, name, region, right, down, at }) =>
        `${role} “${name}” of “${region}”: ${Math.round(right)} px to the right, ${Math.round(down)} px down, at ${at} ms`);

  window.underTest = { all, asked, complaints, controls, elements: visibleControls, live, moved, nameOf, one, passes, point, roleOf, settled, some, watch };
})();
