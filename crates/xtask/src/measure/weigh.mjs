// Prints `raw gzip brotli name` for each file of a folder, the heaviest first.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.argv[2];
const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

readdirSync(folder, { recursive: true })
  .filter((name) => statSync(join(folder, name)).isFile())
  .map((name) => {
    const bytes = readFileSync(join(folder, name));
    const gzip = gzipSync(bytes, { level: 9 }).length;
    return { name, raw: bytes.length, gzip, brotli: brotliCompressSync(bytes, best).length };
  })
  .sort((a, b) => b.brotli - a.brotli)
  .forEach(({ name, raw, gzip, brotli }) => console.log(raw, gzip, brotli, name));
