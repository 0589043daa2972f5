// Screenshots of the built page, to be looked at: `cargo xtask shots`.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

import { dist, launchOptions } from './browser.mjs';
import { serve } from './server.mjs';

const sizes = [[1280, 720], [1920, 1080], [390, 844]];
const folder = fileURLToPath(new URL('shots', import.meta.url));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const { address, close } = await serve(dist);
const browser = await chromium.launch(launchOptions);
for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of sizes) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    await page.goto(address);
    await page.locator('#page:not([inert])').waitFor();
    // One turn more, for what is drawn after the first frame.
    await page.waitForTimeout(300);
    const name = `${width}x${height}-${colorScheme}.png`;
    await page.screenshot({ path: `${folder}/${name}` });
    console.log(`tests/browser/shots/${name}`);
    await page.close();
  }
}
await browser.close();
close();
