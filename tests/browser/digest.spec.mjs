// The same recording gives the same facts natively and in WebAssembly, byte for byte.
//
// tests/digests.txt holds a line `DIGEST FILE` for each recording, FILE being a path in tests/. A native test writes and
// checks it; here the program `tcp-states` comes to the same digests as WebAssembly. The page does without the reading of
// recordings, which nobody needs there.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@playwright/test';

const tests = fileURLToPath(new URL('../', import.meta.url));
const built = fileURLToPath(new URL('../../target/wasm32-wasip1/debug/tcp-states.wasm', import.meta.url));
const program = process.env.TCP_STATES_WASM ?? built;

for (const line of readFileSync(`${tests}digests.txt`, 'utf8').trim().split('\n')) {
  const [digest, file] = line.split(/\s+/);
  test(`${file} gives the same facts as natively`, () => {
    const args = ['--no-warnings', 'wasi.mjs', program, tests, 'replay', '--digest', `/tests/${file}`];
    expect(execFileSync('node', args, { encoding: 'utf8' }).trim()).toBe(digest);
  });
}
