// The layer finds elements by role and accessible name as Playwright does.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';

test('roles and names are those of the browser', async ({ tab, page }) => {
  const lab = await Lab.open(tab);
  await lab.drops('SYN');
  await lab.presses('C_m', 'Connect');
  await lab.shows(['SYN_SENT'], ['LISTEN']);
  await lab.passes(3_000);
  const ours = (await tab.rectangles()).filter(({ role }) => role && role !== 'summary');
  const unknown = [];
  for (const { role, name } of ours) {
    const found = await page.getByRole(role, { name, exact: true }).count();
    if (found === 0) unknown.push(`${role} “${name}”`);
  }
  expect(ours.length).toBeGreaterThan(40);
  expect(unknown, 'what the browser calls otherwise').toEqual([]);
});
