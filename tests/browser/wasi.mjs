// Runs a wasm32-wasip1 program that sees one folder, as /tests: `node wasi.mjs PROGRAM FOLDER ARGUMENT…`
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [program, folder, ...args] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: [program, ...args], preopens: { '/tests': folder }, returnOnExit: false });
const { instance } = await WebAssembly.instantiate(await readFile(program), wasi.getImportObject());
wasi.start(instance);
