// The smallest web server that can serve a build: `node server.mjs FOLDER PORT`. Port 0, or none, takes a free one.
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** What may be chosen from, the best first. */
const codings = [['br', brotliCompressSync], ['gzip', gzipSync], ['', (bytes) => bytes]];

/** Bodies by file, time of its last change, and coding: each is compressed once. */
const bodies = new Map();

function body(file, changed, [coding, compress]) {
  const key = [file, changed, coding].join(' ');
  if (!bodies.has(key)) bodies.set(key, compress(readFileSync(file)));
  return bodies.get(key);
}

/** A page with a script before all others in it, and before its policy, which does not apply to what came before. */
export function withScript(page, source) {
  return page.replace(/<meta charset=[^>]*>/, (first) => `${first}<script>${source}</script>`);
}

function answer({ folder, under, injected, pages, seen, compressed }, request, response) {
  let path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  seen?.(path, request);
  const page = pages?.[path];
  if (page !== undefined) {
    const { text, ...headers } = typeof page === 'string' ? { text: page } : page;
    const body = injected.source ? withScript(text, injected.source) : text;
    response.writeHead(200, { 'content-type': types['.html'], ...headers }).end(body);
    return;
  }
  if (path.endsWith('/')) path += 'index.html';
  const file = path.startsWith(under) && folder ? join(folder, normalize(path.slice(under.length))) : '';
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!file || !file.startsWith(folder) || !stat?.isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end(`no such file: ${path}\n`);
    return;
  }
  const type = types[extname(file)] ?? 'application/octet-stream';
  const accepted = (compressed && request.headers['accept-encoding']) || '';
  const coding = codings.find(([name]) => accepted.split(/[\s,]+/).includes(name) || name === '');
  if (injected.source && extname(file) === '.html') {
    const bytes = Buffer.from(withScript(readFileSync(file, 'utf8'), injected.source));
    response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
    return;
  }
  const bytes = body(file, stat.mtimeMs, coding);
  const headers = { 'content-type': type, 'content-length': bytes.length, vary: 'accept-encoding' };
  response.writeHead(200, coding[0] ? { ...headers, 'content-encoding': coding[0] } : headers).end(bytes);
}

/**
 * Serves until closed; resolves to the address once it answers. Each page comes with the script `injected.source`, if
 * there is one by then.
 *
 * The folder is at the path `under`. Beside it there may be `pages`: texts by path, or objects of a `text` and headers.
 * `seen` is called with the path of each request. `compressed` serves as real servers do: worth it where sizes count, and
 * not for tests, in which the best compression takes seconds for the program, and its reverse a part of each start.
 */
export function serve(folder, port = 0, { injected = {}, under = '/', pages, seen, compressed = false } = {}) {
  const given = { folder, under, injected, pages, seen, compressed };
  const server = createServer((request, response) => answer(given, request, response));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = `http://127.0.0.1:${server.address().port}/`;
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ address, close });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, port] = process.argv.slice(2);
  const { address } = await serve(folder, Number(port ?? 0));
  console.log(`${folder} is at ${address}`);
}
