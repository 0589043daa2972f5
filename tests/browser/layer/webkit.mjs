// WebKit as GTK has it, driven by WebDriver over HTTP: https://www.w3.org/TR/webdriver2/. It has no way to run a script
// before those of the page, so that the page is served with the script in it, and its checksum in the policy.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { serve } from '../server.mjs';
import { click, combination, typing } from './actions.mjs';
import { ended, started } from './child.mjs';

/** Starts a screen that nobody sees and the browser on it; `fresh` hands out its window. */
export async function start({ dist, program, screen }) {
  const injected = { source: '' };
  const server = await serve(dist, 0, { injected });
  const args = ['-displayfd', '3', '-screen', '0', '2048x1536x24', '-nolisten', 'tcp'];
  const x = await started(screen, args, {}, /^(\d+)\n/m);
  const port = await freePort();
  const env = { DISPLAY: `:${x.found[1]}` };
  const { child } = await started('sh', ['-c', `echo started >&3; exec "${program}" --port=${port}`], env, /started/);
  const http = connect(`http://127.0.0.1:${port}`);
  await http.ready();
  const { sessionId } = await http.call('POST', '/session', { capabilities: { alwaysMatch: {} } });
  const session = (method, path, body) => http.call(method, `/session/${sessionId}${path}`, body);
  // WebKit measures a script's time with the page's own setTimeout, which the tests count; without a limit it asks for none.
  await session('POST', '/timeouts', { script: null });
  return {
    baseURL: server.address,
    // Whoever serves other pages to this browser serves them with this.
    injected,
    fresh: async ({ viewport }) => {
      injected.source = '';
      const opened = driver(session, server.address, injected);
      await opened.resize(viewport.width, viewport.height);
      return opened;
    },
    close: async () => {
      await http.call('DELETE', `/session/${sessionId}`);
      await ended(child);
      await ended(x.child);
      server.close();
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function connect(address) {
  const call = async (method, path, body) => {
    const answer = await fetch(address + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.message}`);
    return value;
  };
  const ready = async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      const answers = await call('GET', '/status').then(() => true, () => false);
      if (answers) return;
      await sleep(50);
    }
    throw new Error('the driver does not answer');
  };
  return { call, ready };
}

/** The frame of this number in the page, also one in an element's shadow. */
const nthFrame = (at) =>
  [...document.querySelectorAll('*')].flatMap((it) => [it, ...(it.shadowRoot?.querySelectorAll('*') ?? [])])
    .filter(({ localName }) => localName === 'iframe')[at];

function driver(session, address, injected) {
  const evaluate = (source, args) => session('POST', '/execute/sync', { script: `return (${source})(...arguments)`, args });
  const act = (actions) => session('POST', '/actions', { actions });
  return {
    inject: (source) => {
      injected.source += `${source}\n`;
    },
    goto: (url) => session('POST', '/url', { url }),
    evaluate,
    click: (x, y) => act(click(x, y)),
    type: (text) => act(typing(text)),
    key: (names) => act(combination(names)),
    // The window is larger than the page by its frame, which is known once there is a window of some size.
    resize: async (width, height) => {
      await session('POST', '/window/rect', { x: 0, y: 0, width, height });
      const frame = 'async () => [outerWidth - innerWidth, outerHeight - innerHeight]';
      for (let tries = 0; tries < 20; tries += 1) {
        const [wider, higher] = await evaluate(frame, []);
        await session('POST', '/window/rect', { x: 0, y: 0, width: width + wider, height: height + higher });
        const [w, h] = await evaluate('() => [innerWidth, innerHeight]', []);
        if (w === width && h === height) return;
        await sleep(50);
      }
      throw new Error(`the window does not become ${width}×${height}`);
    },
    // What is asked of a frame is asked there; the window goes on being the one that is spoken to.
    frame: async (at) => {
      const inFrame = async (source, args) => {
        const id = await session('POST', '/execute/sync', { script: `return (${nthFrame})(${at})`, args: [] });
        await session('POST', '/frame', { id });
        try {
          return await evaluate(source, args);
        } finally {
          await session('POST', '/frame', { id: null });
        }
      };
      return { evaluate: inFrame, complaints: () => [] };
    },
    screenshot: async () => Buffer.from(await session('GET', '/screenshot'), 'base64'),
    complaints: () => [],
    // The next test finds no page and nothing stored.
    close: async () => {
      await session('POST', '/url', { url: `${address}kernel.html` });
      await evaluate('() => { localStorage.clear(); sessionStorage.clear(); }', []);
      await session('DELETE', '/cookie');
      await session('POST', '/url', { url: 'about:blank' });
    },
  };
}
