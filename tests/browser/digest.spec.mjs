// The same recording gives the same facts natively and in WebAssembly, byte for byte.
//
// tests/digests.txt holds a line `DIGEST FILE` for each recording, FILE being a path in
// tests/. A native test writes and checks it; here the page itself, the very module that
// is shipped, must come to the same digests. It offers the function as `digestOf`.
import { existsSync, readFileSync } from 'node:fs';

import { expect, test } from './fixture.mjs';

const tests = new URL('../', import.meta.url);
const list = new URL('digests.txt', tests);
const lines = existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : [];

for (const line of lines) {
  const [digest, file] = line.split(/\s+/);
  test(`${file} gives the same facts as natively`, async ({ page, open }) => {
    await open();
    const recording = readFileSync(new URL(file, tests), 'utf8');
    expect(await page.evaluate((text) => window.wasmBindings.digestOf(text), recording)).toBe(digest);
  });
}
