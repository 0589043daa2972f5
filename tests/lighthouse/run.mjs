// Lighthouse over a build, as on a phone: `node run.mjs FOLDER RUNS` prints a line of JSON for each run.
//
// Each run has a browser of its own, and the page comes compressed. Times are simulated for a slow phone and network from
// what was observed here, so the machine should have nothing else to do.
import { readdirSync } from 'node:fs';

import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

import { launchOptions } from '../browser/browser.mjs';
import { serve } from '../browser/server.mjs';

const [folder, runs] = process.argv.slice(2);
const { address, close } = await serve(folder, 0, { compressed: true });
// The server compresses each file once, and shall not do so while it is measured.
for (const name of readdirSync(folder)) {
  await (await fetch(new URL(name, address), { headers: { 'accept-encoding': 'br' } })).arrayBuffer();
}

for (let run = 0; run < Number(runs); run += 1) {
  const chrome = await launch({
    chromePath: launchOptions.executablePath,
    chromeFlags: ['--headless=new', ...launchOptions.args],
  });
  const options = { port: chrome.port, logLevel: 'error', onlyCategories: ['performance', 'accessibility'] };
  const { lhr } = await lighthouse(address, options);
  chrome.kill();
  const value = (name) => lhr.audits[name].numericValue;
  const score = (name) => Math.round(100 * lhr.categories[name].score);
  console.log(JSON.stringify({
    lcp: value('largest-contentful-paint'),
    cls: value('cumulative-layout-shift'),
    tbt: value('total-blocking-time'),
    performance: score('performance'),
    accessibility: score('accessibility'),
  }));
}
close();
