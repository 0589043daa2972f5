// The browsers: how each is started, or what is missing. Their names are those of Playwright's projects.
import { dist, installed } from '../browser.mjs';
import * as chromium from './chromium.mjs';
import * as firefox from './firefox.mjs';
import * as webkit from './webkit.mjs';

const fox = installed('firefox-esr', 'firefox');
const [driver, screen] = [installed('WebKitWebDriver'), installed('Xvfb')];

export const engines = {
  chromium: { start: chromium.start },
  firefox: fox
    ? { start: (options) => firefox.start({ ...options, program: fox }) }
    : { missing: 'Firefox is not installed (Debian: firefox-esr)' },
  webkit: driver && screen
    ? { start: () => webkit.start({ dist, program: driver, screen }) }
    : { missing: 'WebKit is not installed (Debian: webkit2gtk-driver and xvfb)' },
};
