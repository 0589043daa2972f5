// What `cargo xtask dist` makes: the site in any folder, without a network after one visit, with its documents, under its
// policy; and the single file from a disk.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { site } from './browser.mjs';
import { expect, SINGLE, test as base } from './hosts.mjs';
import { serve } from './server.mjs';

const FOLDER = '/courses/net/tcp-states/';

const PAGES = { '/other/': '<!DOCTYPE html><meta charset="utf-8"><title>Another folder</title>', '/favicon.ico': '' };

const test = base.extend({
  /** The address of the site as it is, which no test may change, in a sub-folder of a server. */
  standing: [
    async ({}, use) => {
      const server = await serve(site, 0, { under: FOLDER, pages: PAGES });
      await use(server.address.replace(/\/$/, '') + FOLDER);
      server.close();
    },
    { scope: 'worker' },
  ],

  /** A copy of the site that a test may change, in a sub-folder of a server, and the paths of all requests to it. */
  published: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tcp-states-site-'));
    cpSync(site, folder, { recursive: true });
    const asked = [];
    const server = await serve(folder, 0, { under: FOLDER, pages: PAGES, seen: (path) => asked.push(path) });
    const address = server.address.replace(/\/$/, '') + FOLDER;
    await use({ folder, asked, address, origin: server.address, close: server.close });
    server.close();
    rmSync(folder, { recursive: true });
  },
});

/** Opens the published page on the browser's own clock, and waits until the program has drawn. */
const visit = async (page, address) => {
  await page.goto(address);
  await expect(page.locator('#page:not([inert])')).toBeVisible();
};

/** Waits until the worker keeps the page. */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state));

/** Publishes a version in which the page has another title. */
const renew = ({ folder }, title) => {
  const change = (name, from, to) => {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };
  change('index.html', /<title>[^<]*/, `<title>${title}`);
  change('sw.js', /VERSION = '[^']*/, `VERSION = '${title}`);
};

test('the page is in a sub-folder, and asks for nothing outside of it', async ({ page, published }) => {
  await visit(page, published.address);
  await kept(page);
  expect(published.asked.filter((path) => !path.startsWith(FOLDER))).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
});

test('after one visit the page needs no network', async ({ page, published }) => {
  await visit(page, published.address);
  await kept(page);
  published.close();
  await visit(page, published.address);
  await visit(page, `${published.address}index.html?profile=linux`);
  await expect(page.locator('.badge').first()).toHaveAttribute('data-state', 'CLOSED');
});

test('after one visit the lessons need no network, either', async ({ page, published }) => {
  await visit(page, published.address);
  await kept(page);
  published.close();
  await visit(page, published.address);
  const names = readdirSync(join(site, 'lessons/en'));
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const text = await page.evaluate((address) => fetch(address).then((response) => response.text()), `lessons/en/${name}`);
    expect(text, name).toBe(readFileSync(join(site, 'lessons/en', name), 'utf8'));
  }
});

test('the single file has all lessons in it', async ({ page }) => {
  await visit(page, pathToFileURL(join(site, SINGLE)).href);
  for (const name of readdirSync(join(site, 'lessons/en'))) {
    const text = await page.evaluate((file) => window.unpackedLesson(file), `en/${name.replace('.md', '')}`);
    expect(text, name).toBe(readFileSync(join(site, 'lessons/en', name), 'utf8'));
  }
  expect(await page.evaluate(() => window.unpackedLesson('en/none'))).toBe(undefined);
});

test('the worker leaves all else alone', async ({ page, published }) => {
  await page.goto(`${published.origin}other/`);
  await page.evaluate(() => caches.open('of another').then((cache) => cache.put('x', new Response('theirs'))));
  await visit(page, published.address);
  await kept(page);
  renew(published, 'two');
  await page.reload();
  await page.getByRole('button', { name: 'Load it' }).click();
  await expect(page).toHaveTitle('two');
  const caches = await page.evaluate(() => window.caches.keys());
  expect(caches).toHaveLength(2);
  expect(caches).toContain('of another');
  // What is not of this folder goes to the network each time, also from a page of this folder.
  published.asked.splice(0);
  for (const at of [1, 2]) {
    await page.evaluate((path) => fetch(path).then((answer) => answer.text()), '/other/');
    expect(published.asked.filter((path) => path === '/other/')).toHaveLength(at);
  }
});

test('a newer version is offered, and loaded only when it is asked for', async ({ page, published }) => {
  await visit(page, published.address);
  await kept(page);
  const notice = page.getByRole('status').filter({ hasText: 'newer version' });
  await expect(notice).toBeHidden();
  const title = await page.title();
  renew(published, 'two');
  await page.reload();
  await expect(notice).toBeVisible();
  await expect(page).toHaveTitle(title);
  await notice.getByRole('button', { name: 'Later' }).click();
  await expect(notice).toBeHidden();
  await page.reload();
  await expect(page).toHaveTitle(title);
  // Another window of the old version stays as it is.
  const other = await page.context().newPage();
  await visit(other, published.address);
  await other.evaluate(() => (window.mark = 1));
  await notice.getByRole('button', { name: 'Load it' }).click();
  await expect(page).toHaveTitle('two');
  await expect(page.locator('#page:not([inert])')).toBeVisible();
  await expect(notice).toBeHidden();
  expect(await other.evaluate(() => window.mark)).toBe(1);
});

test('a page that is not of the worker’s version is not kept', async ({ page, published }) => {
  const file = join(published.folder, 'sw.js');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/tcp-web-/, 'tcp-web-0'));
  await visit(page, published.address);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found ?? null))).toBe(null);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test('the single file opens from a disk and asks for nothing', async ({ page, driver }) => {
  const asked = [];
  const file = pathToFileURL(join(site, SINGLE)).href;
  await page.context().route('**', (route) => {
    if (route.request().url() === file) return route.continue();
    asked.push(route.request().url());
    return route.abort();
  });
  await visit(page, file);
  await page.getByRole('button', { name: 'Connect' }).first().click();
  await expect(page.locator('.badge').first()).toHaveAttribute('data-state', 'ESTABLISHED', { timeout: 20_000 });
  expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);
  expect(driver.complaints()).toEqual([]);
});

for (const name of readdirSync(join(site, 'docs')).filter((file) => file.endsWith('.html'))) {
  test(`docs/${name} is a page without complaints, and its links lead somewhere`, async ({ page, standing, axe }) => {
    await page.goto(`${standing}docs/${name}`);
    await expect(page.locator('h1')).toBeVisible();
    const links = await page.locator('a[href]').evaluateAll((all) => all.map(({ href }) => href));
    for (const link of new Set(links.filter((href) => href.startsWith(new URL(standing).origin)))) {
      expect((await fetch(link)).status, link).toBe(200);
    }
    await axe();
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}

/** What somebody might bring into the page, and the means by which it would run. */
const HOSTILE = {
  'a script in the page': () => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hit = 1' })),
  'a text made into elements': () => (document.body.innerHTML = '<img src="data:," onerror="window.hit = 1">'),
  'a fragment of elements': () => document.body.insertAdjacentHTML('beforeend', '<svg onload="window.hit = 1"></svg>'),
  'an attribute that is a script': () => {
    const button = document.body.appendChild(document.createElement('button'));
    button.setAttribute('onclick', 'window.hit = 1');
    button.click();
  },
  'a text as a program': () => eval('window.hit = 1'),
  'a text as a function': () => new Function('window.hit = 1')(),
  'a script of this folder': () => document.body.append(Object.assign(document.createElement('script'), { src: 'tcp-states.js' })),
  'another rule for scripts': () => trustedTypes.createPolicy('lab', { createScriptURL: (name) => name }),
  'a rule of another name': () => trustedTypes.createPolicy('theirs', { createScriptURL: (name) => name }),
  'a worker': () => navigator.serviceWorker.register('tcp-states.js'),
  'a request to elsewhere': () => fetch('https://example.invalid/'),
  'a picture from elsewhere': () => new Promise((done) => Object.assign(new Image(), { onload: () => (window.hit = 1), onerror: done, src: 'https://example.invalid/x.png' })),
  'a frame from elsewhere': () => document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.invalid/' })),
  'an address that is a script': () => {
    const link = document.body.appendChild(Object.assign(document.createElement('a'), { href: 'javascript:void (window.hit = 1)' }));
    link.click();
  },
  'another base for addresses': () => {
    document.head.append(Object.assign(document.createElement('base'), { href: 'https://example.invalid/' }));
    if (!document.baseURI.startsWith(location.origin) && location.protocol !== 'file:') window.hit = 1;
  },
};

test.describe('under the policy', () => {
  test.use({ mayComplain: /./ });

  for (const [name, open] of Object.entries({ 'the page': '', 'the single file': SINGLE })) {
    test(`what somebody brings into ${name} does nothing there`, async ({ page, standing }) => {
      let foreign = [];
      await page.context().route('https://**', (route) => {
        foreign.push(route.request().url());
        return route.abort();
      });
      for (const [what, attempt] of Object.entries(HOSTILE)) {
        foreign = [];
        await visit(page, standing + open);
        await page.evaluate(() => {
          window.refused = [];
          addEventListener('securitypolicyviolation', ({ violatedDirective }) => window.refused.push(violatedDirective));
        });
        // By the page's own hand: what a test evaluates may do more than the page may.
        await page.evaluate(`setTimeout(${attempt})`);
        await page.waitForTimeout(100);
        expect.soft(await page.evaluate(() => window.hit), what).toBe(undefined);
        expect.soft(foreign, what).toEqual([]);
        expect.soft(await page.evaluate(() => window.refused), `what the policy refused of ${what}`).not.toEqual([]);
        // The next one begins as this one did, without the worker, which would be between the page and its requests.
        await page.evaluate(async () => {
          for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
        });
      }
    });
  }
});
