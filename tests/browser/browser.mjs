// What the tests and the screenshots share: which browsers, which build, which port.
// `cargo xtask test` and `cargo xtask shots` set the environment; by hand, after
// `cargo xtask build`, `npx playwright test` works as well.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folders = (process.env.PATH ?? '').split(delimiter);

/** The first of these programs that is installed. */
export const installed = (...names) =>
  folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));

// `executablePath: undefined` means Playwright's own.
export const launchOptions = {
  executablePath: process.env.TCP_STATES_BROWSER ?? installed('chromium', 'chromium-browser', 'google-chrome'),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** Whichever is there: a folder named by the environment, or one of the project's. */
const folder = (named, name) => named ?? fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The page. */
export const dist = folder(process.env.TCP_STATES_DIST, 'dist');

/** What `cargo xtask dist` makes of it. */
export const site = folder(process.env.TCP_STATES_SITE, 'site');
