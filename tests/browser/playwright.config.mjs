import { defineConfig } from '@playwright/test';

import { dist } from './browser.mjs';

const port = process.env.TCP_STATES_PORT ?? '4173';
const baseURL = process.env.TCP_STATES_URL ?? `http://127.0.0.1:${port}/`;

/** What is tested in each browser; all else in Chromium alone. */
const everywhere = ['embed.spec.mjs', 'exercises.spec.mjs', 'idle.spec.mjs', 'layer.spec.mjs', 'lesson.spec.mjs', 'seat.spec.mjs', 'talk.spec.mjs'];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  outputDir: 'results',
  workers: 2,
  fullyParallel: true,
  // A test that fails now and then is a fault: no second try.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 5_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: { baseURL, viewport: { width: 1280, height: 720 } },
  projects: [
    { name: 'chromium' },
    { name: 'firefox', testMatch: everywhere },
    { name: 'webkit', testMatch: everywhere },
  ],
  // Unless the page is served already.
  webServer: process.env.TCP_STATES_URL ? undefined : {
    command: `node server.mjs "${dist}" ${port}`,
    url: baseURL,
    // Never another program's page.
    reuseExistingServer: false,
  },
});
