// Chromium, driven by Playwright. The script comes in by `addInitScript`.
import { chromium } from '@playwright/test';

import { launchOptions } from '../browser.mjs';

/**
 * What Chromium leaves out. It reads only the last of several such lists: the second part repeats what Playwright 1.65
 * leaves out.
 *
 * For each window Chromium would start two more processes: one for the suggestions of its address bar, which are pages of
 * their own, and one in reserve. No test sees an address bar, and both together take as long to start as the lab does.
 */
const WITHOUT = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',

  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
];

/** Starts the browser; `fresh` opens a window of its own, which has seen no page yet. */
export async function start({ baseURL }) {
  const args = [...launchOptions.args, `--disable-features=${WITHOUT.join(',')}`];
  const browser = await chromium.launch({ ...launchOptions, args });
  return {
    baseURL,
    fresh: async (options) => {
      const context = await browser.newContext({ baseURL, ...options });
      return driver(context, await context.newPage());
    },
    close: () => browser.close(),
  };
}

function driver(context, page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`page error: ${error.stack ?? error.message}`));
  page.on('crash', () => complaints.push('the page crashed'));
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) {
      complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  return {
    page,
    inject: (source) => page.addInitScript({ content: source }),
    goto: (url) => page.goto(url),
    evaluate: (source, args) => evaluate(page, source, args),
    frame: async (at) => {
      const frame = page.mainFrame().childFrames()[at];
      return { evaluate: (source, args) => evaluate(frame, source, args), complaints: () => [] };
    },
    click: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
    key: (names) => page.keyboard.press(names),
    resize: (width, height) => page.setViewportSize({ width, height }),
    screenshot: () => page.screenshot(),
    complaints: () => complaints,
    close: () => context.close(),
  };
}

/** `source` is an expression, and not a function, to Playwright. */
function evaluate(where, source, args) {
  return where.evaluate(`Promise.resolve((${source})(...${JSON.stringify(args)}))`);
}
