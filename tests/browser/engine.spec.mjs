// The engine comes when somebody reaches for the page, not before; and nothing that is done meanwhile is lost.
import { expect, test } from './fixture.mjs';

const ENGINE = /snippets\/engine-[0-9a-f]{16}\.wasm$/;

const typed = async (page, line) => {
  const input = page.getByRole('region', { name: 'C_m upper', exact: true }).getByRole('textbox');
  await input.fill(line);
  await input.press('Enter');
};

/** Keeps the engine on its way until what is returned is called. */
const holdsTheEngine = async (page) => {
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route(ENGINE, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
};

test('the first view does without the engine, and a hand on the mouse fetches it', async ({ page, open }) => {
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await open();
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('region', { name: /netstat.*S_m|S_m.*netstat/i })).toContainText('LISTEN');
  expect(fetched.filter((url) => ENGINE.test(url))).toEqual([]);
  await page.mouse.move(300, 300);
  await expect.poll(() => fetched.filter((url) => ENGINE.test(url)).length).toBe(1);
});

test('what is done before the engine is there happens in its order', async ({ page, open }) => {
  const letGo = await holdsTheEngine(page);
  await open();
  await typed(page, 'date +one');
  await typed(page, 'date +two');
  const log = page.getByRole('region', { name: 'C_m upper', exact: true }).getByRole('log');
  await expect(log).not.toContainText('one');
  letGo();
  await expect(log).toContainText(/date \+one\s*one\s*.*date \+two\s*two/s);
});

test('an impatient second press before the engine is there is one press', async ({ page, open }) => {
  const letGo = await holdsTheEngine(page);
  await open();
  await page.getByRole('button', { name: 'Connect' }).dblclick();
  await expect(page.getByText('fetching the engine')).toBeVisible();
  letGo();
  const log = page.getByRole('region', { name: 'C_m upper', exact: true }).getByRole('log');
  await expect(log).toContainText('nc 10.211.55.10 5555');
  await expect(page.getByText('fetching the engine')).toBeHidden();
  expect((await log.textContent()).match(/nc 10\.211\.55\.10 5555/g)).toHaveLength(1);
});

test.describe('without a connection', () => {
  test.use({ mayComplain: /ERR_FAILED|Failed to fetch/ });

  test('the page says so, keeps what was typed, and tries again', async ({ page, open }) => {
    await page.route(ENGINE, (route) => route.abort());
    await open();
    await typed(page, 'date +kept');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('could not be fetched');
    // Who starts again has nothing that could be kept.
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(alert).toBeHidden();
    await typed(page, 'date +kept');
    await expect(alert).toBeVisible();
    await page.unroute(ENGINE);
    await alert.getByRole('button', { name: 'Try again' }).click();
    const log = page.getByRole('region', { name: 'C_m upper', exact: true }).getByRole('log');
    await expect(log).toContainText(/date \+kept\s*kept/);
    await expect(alert).toBeHidden();
  });
});
