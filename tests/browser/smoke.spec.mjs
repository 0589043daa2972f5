import { expect, test } from './fixture.mjs';

test('the page opens and names itself', async ({ page, open }) => {
  await open();
  await expect(page).toHaveTitle(/tcp-states/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('tcp-states');
});

test('nothing is fetched from anywhere else', async ({ page, open, baseURL }) => {
  const foreign = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(baseURL) && !url.startsWith('data:')) foreign.push(url);
  });
  await open();
  expect(foreign).toEqual([]);
});
