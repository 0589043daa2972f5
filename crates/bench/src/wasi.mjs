// Runs a wasm32-wasip1 program: node --eval … -- FILE ARGUMENT…
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [file, ...args] = process.argv.slice(1);
const wasi = new WASI({ version: "preview1", args: [file, ...args], returnOnExit: false });
const { instance } = await WebAssembly.instantiate(await readFile(file), wasi.getImportObject());
wasi.start(instance);
