// The lab in pages of others: by element, by frame, in slides, in a book, under a policy, in a sandbox, twice.
import { fileURLToPath } from 'node:url';

import { badges, connect, content, expect, inFrame, page, policy, quoted, test, SINGLE } from './hosts.mjs';

const script = (lab) => `<script src="${lab}tcp-states.js"></script>`;
const element = (lab, attributes = '') => `<tcp-states ${attributes}></tcp-states>${script(lab)}`;

/** The lab works: one click connects, and no frame complains. */
async function works(...frames) {
  for (const frame of frames) {
    expect(await badges(frame)).toEqual(['CLOSED', 'LISTEN']);
    await connect(frame);
  }
  await content(...frames);
}

test('as an element, from a server that sends no CORS header', async ({ hosts, lab }) => {
  const answer = await fetch(`${lab}tcp-states.js`, { headers: { origin: 'https://course.example.edu' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe(null);
  await works(...(await hosts(page(element(lab)))));
});

test('as a frame with the page in it', async ({ hosts, lab }) => {
  await works(...(await hosts(page(`<iframe src="${lab}" title="tcp-states" width="800" height="620"></iframe>`))));
});

test('as a frame with the single file in it, in a sandbox', async ({ hosts, lab }) => {
  const frame = `<iframe sandbox="allow-scripts" src="${lab}${SINGLE}" title="tcp-states" width="800" height="620"></iframe>`;
  const labs = await hosts(page(frame));
  await works(...labs);
  expect(await labs[0].evaluate(() => window.origin)).toBe('null');
});

for (const sandbox of ['', 'sandbox="allow-scripts"']) {
  test(`as the text of a frame ${sandbox}`, async ({ hosts, single }) => {
    const frame = `<iframe ${sandbox} srcdoc=${quoted(single)} title="tcp-states" width="800" height="620"></iframe>`;
    await works(...(await hosts(page(frame))));
  });
}

test('twice on one page, each by itself', async ({ hosts, lab }) => {
  const two = `<tcp-states></tcp-states><tcp-states profile="linux"></tcp-states>${script(lab)}`;
  const [one, other] = await hosts(page(two), { frames: 2 });
  await connect(one);
  expect(await badges(other)).toEqual(['CLOSED', 'LISTEN']);
  await works(other);
  await content(one);
});

test('on a page with a strict policy', async ({ hosts, lab }) => {
  const strict = policy(
    `default-src 'none'; img-src 'self'; script-src ${lab}tcp-states.js; frame-src ${lab}${SINGLE}; ` +
      "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'",
  );
  await works(...(await hosts(page(element(lab), strict))));
});

test('in a slide of reveal.js', async ({ hosts, lab, tab }) => {
  const files = fileURLToPath(new URL('node_modules/reveal.js/dist', import.meta.url));
  const slides = `<div class="reveal"><div class="slides">
    <section><h2>Set-up</h2></section>
    <section>${element(lab)}</section>
  </div></div><script src="/files/reveal.js"></script><script>Reveal.initialize({ transition: 'none' });</script>`;
  const head = '<link rel="stylesheet" href="/files/reset.css"><link rel="stylesheet" href="/files/reveal.css">';
  await hosts(page(slides, head), { folder: files, frames: 0 });
  await tab.passes(1_000);
  await tab.evaluate(() => Reveal.next());
  await tab.passes(1_000);
  await works(await inFrame(tab));
});

// What mdBook writes around a chapter, as far as it decides where the lab is and how large.
test('in a chapter with the structure of mdBook', async ({ hosts, lab, tab }) => {
  await tab.resize(1280, 720);
  const style = `<style>
    html { font-size: 62.5%; }
    body { margin: 0; font-size: 1.6rem; }
    .page { padding: 0 15px; }
    .content { overflow-y: auto; padding: 0 5px 50px; }
    .content main { margin: 0 auto; max-width: 750px; }
    .content img, .content video { max-width: 100%; }
  </style>`;
  const chapter = `<div id="mdbook-body-container"><div id="mdbook-page-wrapper" class="page-wrapper"><div class="page">
    <div id="mdbook-content" class="content"><main><h1>Set-up</h1><p>${element(lab)}</p></main></div></div></div></div>`;
  const labs = await hosts(page(chapter, style));
  await works(...labs);
  expect(await labs[0].evaluate(() => innerWidth)).toBe(750);
});

test('an attribute is a parameter, and another value loads the lab again', async ({ hosts, lab, tab }) => {
  const attributes = 'id="lab" class="wide" data-week="3" aria-label="x" title="Week 3" profile="linux"';
  const [frame] = await hosts(page(element(lab, attributes)));
  const query = (at) => at.evaluate(() => [...new URLSearchParams(location.search)].map((pair) => pair.join('=')));
  expect(await query(frame)).toEqual(['title=Week 3', 'profile=linux']);
  expect(await frame.evaluate(() => document.title)).toBe('Week 3');
  await connect(frame);
  await tab.evaluate(() => document.getElementById('lab').classList.add('wider'));
  expect(await badges(frame)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
  await tab.evaluate(() => document.getElementById('lab').setAttribute('profile', 'article'));
  await expect.poll(async () => query(await tab.frame()).catch(() => [])).toEqual(['title=Week 3', 'profile=article']);
  await works(await inFrame(tab));
});

test('an element that is removed leaves nothing behind, and may come back', async ({ hosts, lab, tab }) => {
  await hosts(page(element(lab, 'id="lab"')));
  await tab.evaluate(() => {
    window.removed = document.getElementById('lab');
    window.removed.remove();
    postMessage({ 'tcp-states': 1, type: 'height', nonce: 'x', height: 300 }, '*');
  });
  expect(await tab.evaluate(() => window.frames.length)).toBe(0);
  await tab.evaluate(() => document.body.prepend(window.removed));
  await works(await inFrame(tab));
});

test('the frame is named, sandboxed, and asks for what it needs', async ({ hosts, lab, tab }) => {
  await hosts(page(element(lab, 'id="lab"')));
  const frame = await tab.evaluate(() => {
    const { title, allow, loading, attributes } = document.getElementById('lab').shadowRoot.querySelector('iframe');
    return { title, allow, loading, sandbox: attributes.sandbox.value };
  });
  expect(frame).toEqual({
    title: 'tcp-states: both ends of a TCP connection',
    allow: 'fullscreen; clipboard-write',
    loading: 'lazy',
    sandbox: 'allow-scripts allow-downloads',
  });
});

/** By how much the lab's document is larger than its frame: to the right and down. */
const over = (frame) =>
  frame.evaluate(() => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    return [scrollWidth - clientWidth, scrollHeight - clientHeight];
  });

/** The same a second later: the frame has its height some moments after the lab has said it. */
async function overLater(frame) {
  await frame.passes(1_000);
  return over(frame);
}

for (const width of [320, 480, 640, 768, 900, 1280, 1920]) {
  test(`a frame of ${width} px needs no scrollbar, and its height settles`, async ({ hosts, lab, tab }) => {
    await tab.resize(1960, 900);
    const listen = `<script>
      const heights = [];
      addEventListener('message', ({ data }) => data.type === 'height' && heights.push(data.height));
    </script>`;
    const style = `<style>tcp-states { width: ${width}px; }</style>`;
    const [frame] = await hosts(page(element(lab), listen + style));
    await expect.poll(() => overLater(frame)).toEqual([0, 0]);
    expect(await frame.evaluate(() => innerWidth)).toBe(width);
    const heights = await tab.evaluate(() => heights);
    expect(heights.length, String(heights)).toBeGreaterThan(0);
    expect(heights.length, String(heights)).toBeLessThanOrEqual(3);
    // The frame is as high as the lab has said last, once the browser has laid it out anew.
    const off = async () => (await frame.evaluate(() => innerHeight)) - (await tab.evaluate(() => heights.at(-1)));
    await expect.poll(off).toBe(0);
    await connect(frame);
    await expect.poll(() => overLater(frame)).toEqual([0, 0]);
  });
}

test('the page around it drives it, and hears what happens', async ({ hosts, lab, tab }) => {
  const [frame] = await hosts(page(element(lab, 'id="lab"')));
  await tab.evaluate(() => {
    window.heard = [];
    const lab = document.getElementById('lab');
    lab.addEventListener('tcp-states-state', ({ detail }) => window.heard.push(`${detail.client} / ${detail.server}`));
    lab.load('synack-dropped');
    lab.play();
  });
  const heard = async (pair) => (await tab.evaluate(() => window.heard)).includes(pair);
  await frame.until(() => heard('SYN_SENT / SYN_RECV'), 30_000, 'SYN_SENT / SYN_RECV');
  const session = await tab.evaluate(() => {
    window.asked = document.getElementById('lab').session();
  }).then(() => frame.passes(100)).then(() => tab.evaluate(() => window.asked));
  expect(session).toMatch(/^#2\./);
});

test('the element believes no other window', async ({ hosts, lab, tab }) => {
  const [frame] = await hosts(page(element(lab, 'id="lab"')));
  await tab.evaluate(async () => {
    window.heard = [];
    document.addEventListener('tcp-states-height', ({ detail }) => window.heard.push(detail.height));
    for (const nonce of ['', undefined, 'x']) postMessage({ 'tcp-states': 1, type: 'height', nonce, height: 300 }, '*');
    postMessage(null, '*');
    await new Promise((done) => {
      addEventListener('message', ({ data }) => data === 'last' && done());
      postMessage('last', '*');
    });
  });
  // The lab itself may speak meanwhile: what it says of its height is no other.
  expect(await tab.evaluate(() => window.heard)).not.toContain(300);
  await expect.poll(() => overLater(frame)).toEqual([0, 0]);
  expect(await frame.evaluate(() => innerHeight)).not.toBe(300);
});
