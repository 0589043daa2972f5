// Keeps the page for when there is no connection. `cargo xtask dist` puts before this what differs from build to build:
// VERSION, PROGRAM (the files that the page cannot do without), and FILES (all that may be kept, PROGRAM and the lessons
// among them).
//
// A new version waits until the reader asks for it on the page, or has closed all pages of the old one.

// All folders of a server share its caches: the name says whose this is.
const OURS = `tcp-states ${registration.scope} `;
const CACHE = OURS + VERSION;

const addressOf = (name) => new URL(name, registration.scope).href;

// The name of one of our files, by its address; undefined for all else, which goes its way as if we were not here.
const nameOf = (address) => {
  const [path] = address.split(/[?#]/);
  if (!path.startsWith(registration.scope)) return undefined;
  const name = path.slice(registration.scope.length).replace(/^index\.html$/, '');
  return FILES.includes(name) ? name : undefined;
};

// Some hosts answer `index.html` with a redirection to `./`, and a browser refuses what was redirected as a page.
const plain = (response) =>
  response.redirected ? new Response(response.body, { status: response.status, headers: response.headers }) : response;

const fill = async () => {
  const page = await fetch(addressOf(''), { cache: 'reload' });
  const text = await page.clone().text();
  // While a server is being renewed, it may have this file already, and still the old page.
  if (!page.ok || !PROGRAM.every((name) => text.includes(name))) throw new Error('the page is of another version');
  const cache = await caches.open(CACHE);
  await cache.put(addressOf(''), plain(page));
  await cache.addAll(PROGRAM.map(addressOf));
  // A lesson that does not come now is kept once it is opened.
  const keep = async (address) => {
    const response = await fetch(address, { cache: 'reload' });
    if (response.ok) await cache.put(address, response);
  };
  await Promise.allSettled(FILES.filter((name) => name.startsWith('lessons/')).map((name) => keep(addressOf(name))));
};

const forget = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
};

const answer = async (name, request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(addressOf(name));
  if (kept) return kept;
  const response = plain(await fetch(request));
  // A part of a file is not to be kept as the whole.
  if (response.status === 200) await cache.put(addressOf(name), response.clone());
  return response;
};

addEventListener('install', (event) => event.waitUntil(fill()));
addEventListener('activate', (event) => event.waitUntil(forget()));
addEventListener('message', ({ data }) => {
  if (data === 'take over') skipWaiting();
});
addEventListener('fetch', (event) => {
  const name = event.request.method === 'GET' ? nameOf(event.request.url) : undefined;
  if (name !== undefined) event.respondWith(answer(name, event.request));
});
