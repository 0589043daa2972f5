// What the tests and the screenshots share: which browser, which build, which port.
// `cargo xtask test` and `cargo xtask shots` set the environment; by hand, after
// `cargo xtask build`, `npx playwright test` works as well.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// `executablePath: undefined` means Playwright's own.
export const launchOptions = {
  executablePath: process.env.TCP_STATES_BROWSER ?? installed.find((path) => existsSync(path)),
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

export const dist = process.env.TCP_STATES_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
