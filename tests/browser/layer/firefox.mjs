// Firefox, driven by WebDriver BiDi, which it speaks itself: https://www.w3.org/TR/webdriver-bidi/. The script comes in by
// `script.addPreloadScript`.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import WebSocket from 'ws';

import { click, combination, typing } from './actions.mjs';
import { ended, started } from './child.mjs';

/** Starts the browser; `fresh` opens a window of its own, which has seen no page yet. */
export async function start({ baseURL, program }) {
  const profile = mkdtempSync(join(tmpdir(), 'tcp-states-firefox-'));
  const args = ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile, 'about:blank'];
  const { child, found } = await started(program, args, {}, /BiDi listening on (ws:\S+)/);
  const bidi = await connect(`${found[1]}/session`);
  await bidi.call('session.new', { capabilities: {} });
  await bidi.call('session.subscribe', { events: ['log.entryAdded'] });
  return {
    baseURL,
    fresh: async ({ viewport }) => {
      const { userContext } = await bidi.call('browser.createUserContext');
      const { context } = await bidi.call('browsingContext.create', { type: 'tab', userContext });
      const opened = driver(bidi, userContext, context);
      await opened.resize(viewport.width, viewport.height);
      return opened;
    },
    close: async () => {
      bidi.close();
      await ended(child);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A connection: commands with their answers, and who listens to events. */
async function connect(url) {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  let last = 0;
  const answers = new Map();
  const listeners = new Set();
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    if (message.type === 'event') listeners.forEach((listener) => listener(message));
    else answers.get(message.id)?.(message);
  });
  return {
    listeners,
    call: async (method, params = {}) => {
      last += 1;
      const id = last;
      const answer = new Promise((resolve) => answers.set(id, resolve));
      socket.send(JSON.stringify({ id, method, params }));
      const { type, result, message } = await answer;
      answers.delete(id);
      if (type === 'error') throw new Error(`${method}: ${message}`);
      return result;
    },
    close: () => socket.close(),
  };
}

function driver(bidi, userContext, context) {
  const complaints = [];
  const listener = ({ method, params }) => {
    if (method === 'log.entryAdded' && params.source.context === context && ['error', 'warn'].includes(params.level)) {
      complaints.push(`${params.type} ${params.level}: ${params.text}`);
    }
  };
  bidi.listeners.add(listener);
  const evaluate = async (source, args, target = context) => {
    const { type, result, exceptionDetails } = await bidi.call('script.callFunction', {
      functionDeclaration: `async () => JSON.stringify(await (${source})(...${JSON.stringify(args)}))`,
      awaitPromise: true,
      target: { context: target },
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
    return result.value === undefined ? undefined : JSON.parse(result.value);
  };
  const act = (actions) => bidi.call('input.performActions', { context, actions });
  return {
    inject: (source) =>
      bidi.call('script.addPreloadScript', { functionDeclaration: `() => {${source}}`, userContexts: [userContext] }),
    goto: (url) => bidi.call('browsingContext.navigate', { context, url, wait: 'complete' }),
    evaluate,
    frame: async (at) => {
      const { contexts } = await bidi.call('browsingContext.getTree', { root: context });
      const inner = contexts[0].children[at].context;
      return { evaluate: (source, args) => evaluate(source, args, inner), complaints: () => [] };
    },
    click: (x, y) => act(click(x, y)),
    type: (text) => act(typing(text)),
    key: (names) => act(combination(names)),
    resize: (width, height) => bidi.call('browsingContext.setViewport', { context, viewport: { width, height } }),
    screenshot: async () => Buffer.from((await bidi.call('browsingContext.captureScreenshot', { context })).data, 'base64'),
    complaints: () => complaints,
    close: async () => {
      bidi.listeners.delete(listener);
      await bidi.call('browser.removeUserContext', { userContext });
    },
  };
}
