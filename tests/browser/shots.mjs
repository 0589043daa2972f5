// Screenshots of the built page, to be looked at: `cargo xtask shots`.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

import { dist, launchOptions } from './browser.mjs';
import { serve } from './server.mjs';

const sizes = [[1024, 576], [1280, 720], [1920, 1080], [390, 844]];

const connect = (page) => page.getByRole('button', { name: 'Connect' }).click();

/** What is shown, and how long after the last click. */
const states = {
  start: async () => {},
  connected: async (page) => {
    await connect(page);
    await page.waitForTimeout(6_000);
  },
  'syn-dropped': async (page) => {
    await page.getByRole('button', { name: 'SYN', exact: true }).click();
    await connect(page);
    await page.waitForTimeout(3_000);
  },
};

const folder = fileURLToPath(new URL('shots', import.meta.url));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const { address, close } = await serve(dist);
const browser = await chromium.launch(launchOptions);
for (const [state, reach] of Object.entries(states)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of sizes) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await page.goto(address);
      await page.locator('#page:not([inert])').waitFor();
      await reach(page);
      // One turn more, for what is drawn after the first frame.
      await page.waitForTimeout(300);
      const name = `${state}-${width}x${height}-${colorScheme}.png`;
      await page.screenshot({ path: `${folder}/${name}` });
      console.log(`tests/browser/shots/${name}`);
      await page.close();
    }
  }
}
await browser.close();
close();
