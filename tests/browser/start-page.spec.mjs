// The list of lessons, over the lab: what it says of each, where it leads, and what becomes of a learner's progress.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { dist, site } from './browser.mjs';
import { expect, test } from './fixture.mjs';
import { SINGLE } from './hosts.mjs';

/** What each file says of its lesson. */
const lessons = readdirSync(join(dist, 'lessons/en'))
  .map((name) => {
    const text = readFileSync(join(dist, 'lessons/en', name), 'utf8');
    const of = (key) => text.match(new RegExp(`^${key}: (.*)$`, 'm'))?.[1];
    const steps = [...text.matchAll(/^## (.*) \{#([a-z0-9-]+)\}$/gm)].map(([, title, id]) => ({ title, id }));
    const [id, title, able] = ['id', 'title', 'able'].map(of);
    return { id, title, able, number: Number(of('number')), core: of('core') === 'yes', minutes: Number(of('minutes')), steps };
  })
  .sort((a, b) => a.number - b.number);
const core = lessons.filter((lesson) => lesson.core);

/** A learner's progress as a file: all of these lessons were done, when their files were others. */
const progress = (done) =>
  ['tcp-states journal 1', ...done.flatMap(({ id, steps }) => steps.flatMap((step) => [`${id} 00000001 ${step.id} begun`, `${id} 00000001 ${step.id} passed x`])), ''].join('\n');

const button = (page) => page.getByRole('banner').getByRole('button', { name: 'Lessons' });
const list = (page) => page.getByRole('dialog', { name: 'Lessons' });
const rows = (page) => list(page).locator('.row');

const opens = async (page) => {
  await button(page).click();
  await expect(list(page)).toBeVisible();
};

/** Opens a file of this text as progress. */
const takes = (page, text) => page.setInputFiles('#progress-file', { name: 'progress.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });

/** The lessons whose files were asked for, from now on. */
const asked = (page) => {
  const files = [];
  page.on('request', (request) => files.push(...(request.url().match(/lessons\/.*$/) ?? [])));
  return files;
};

test('all lessons are listed in their order, with what they teach and how long they take', async ({ page, open }) => {
  await open();
  await opens(page);
  expect(lessons.length).toBeGreaterThan(20);
  const texts = await rows(page).evaluateAll((all) => all.map((row) => row.innerText.split('\n').map((line) => line.trim()).filter(Boolean).join(' ')));
  expect(texts).toEqual(lessons.map(({ number, title, able, core: is, minutes }) => `${number} ${title} ${minutes} min ${is ? 'core ' : ''}${able}`));
  await expect(list(page).getByRole('heading', { level: 3 })).toHaveText(['Setting up', 'Refusals, data, closing', 'TIME_WAIT, live trouble, rare cases', 'Diagnosis: find the hidden fault', 'Your progress', 'The map']);
  await expect(list(page)).toContainText(`0 of ${lessons.length} done, 0 of the ${core.length} core`);
  await expect(list(page)).toContainText(`${core.length} lessons, about`);
});

test('it opens and closes by the keyboard, and the clock stands meanwhile', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'Connect' }).first().click();
  await button(page).focus();
  await page.keyboard.press('Enter');
  await expect(list(page).getByRole('button', { name: /^Begin/ })).toBeFocused();
  const clock = () => page.locator('.time .clock').textContent();
  const stood = await clock();
  await page.waitForTimeout(300);
  expect(await clock()).toBe(stood);
  await page.keyboard.press('Tab');
  await expect(list(page).getByRole('button', { name: 'Open lab' })).toBeFocused();
  for (const row of [0, 1, 2]) {
    await page.keyboard.press('Tab');
    await expect(rows(page).nth(row)).toBeFocused();
  }
  // Keys of the lab are not for those who cannot see it.
  await page.keyboard.press('p');
  await expect(page.locator('html[data-present]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(list(page)).toHaveCount(0);
  await expect(button(page)).toBeFocused();
  await expect.poll(clock).not.toBe(stood);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(list(page)).toHaveCount(0);
});

test('what is done is seen, and where to go on', async ({ page, open }) => {
  await open();
  await opens(page);
  const done = lessons.slice(0, 3);
  const next = lessons[3];
  await takes(page, `${progress(done)}${next.id} 00000001 ${next.steps[0].id} begun\n${next.id} 00000001 ${next.steps[0].id} passed x\n`);
  await expect(list(page).getByRole('status')).toHaveText(/^\d+ entries were added\.$/);
  for (const { number } of done) {
    await expect(rows(page).nth(number - 1)).toContainText('✓ done');
    await expect(rows(page).nth(number - 1)).toContainText('changed since');
  }
  await expect(rows(page).nth(3)).toContainText(`1 of ${next.steps.length} steps`);
  await expect(list(page).locator('[aria-current]')).toHaveText(new RegExp(next.title));
  await expect(list(page)).toContainText(`3 of ${lessons.length} done, ${done.filter((it) => it.core).length} of the ${core.length} core`);
  await expect(list(page).getByRole('button', { name: `Continue ▸ ${next.number} · ${next.title}, step 2` })).toBeVisible();
  // The same file again adds nothing.
  await takes(page, progress(done));
  await expect(list(page).getByRole('status')).toHaveText('All that is in the file was here already.');
});

test('progress is saved, deleted after a question, and opened again', async ({ page, open }) => {
  await open();
  await opens(page);
  const name = (of) => list(page).getByRole('button', { name: of, exact: true });
  await takes(page, progress(lessons.slice(0, 1)));
  const [download] = await Promise.all([page.waitForEvent('download'), name('Save as a file').click()]);
  expect(download.suggestedFilename()).toBe('tcp-states-progress.txt');
  const saved = readFileSync(await download.path(), 'utf8');
  expect(saved).toBe(progress(lessons.slice(0, 1)));
  await name('Delete').click();
  await expect(name('Keep it')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(name('Delete')).toBeFocused();
  await expect(rows(page).first()).toContainText('✓ done');
  // Whoever presses twice deletes nothing.
  await name('Delete').dblclick();
  await expect(rows(page).first()).toContainText('✓ done');
  await name('Delete').click();
  await name('Delete all').click();
  await expect(list(page).getByRole('status')).toHaveText('Your progress is deleted.');
  await expect(rows(page).first()).not.toContainText('✓ done');
  await takes(page, saved);
  await expect(rows(page).first()).toContainText('✓ done');
  for (const [text, says] of [
    ['', 'This file is not a learner’s progress in tcp-states.'],
    ['<html>', 'This file is not a learner’s progress in tcp-states.'],
    ['tcp-states journal 2\n', 'A later version of tcp-states wrote this file: this one cannot read it.'],
    ['tcp-states journal 1\nhandshake\n', 'This file is damaged in line 2: nothing of it was added.'],
    ['x'.repeat(2_000_000), 'This file is too long for a learner’s progress in tcp-states.'],
  ]) {
    await takes(page, text);
    await expect(list(page).getByRole('status')).toHaveText(says);
    await expect(rows(page).first()).toContainText('✓ done');
  }
});

test('progress is still there after a reload', async ({ page, open }) => {
  await open();
  await opens(page);
  await takes(page, progress(lessons.slice(0, 1)));
  await expect(rows(page).first()).toContainText('✓ done');
  // It is written down once it is drawn.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('tcp-states.journal'))).toContain(' passed ');
  await page.reload();
  await opens(page);
  await expect(rows(page).first()).toContainText('✓ done');
});

test('a lesson’s file is fetched when it is opened, and no other', async ({ page, open }) => {
  const files = asked(page);
  await open();
  await opens(page);
  expect(files).toEqual([]);
  await rows(page).nth(4).click();
  await expect(list(page)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Lesson', exact: true })).toContainText(lessons[4].steps[0].title);
  await expect(page.getByRole('heading', { name: lessons[4].steps[0].title })).toBeFocused();
  expect(files).toEqual([`lessons/en/${lessons[4].id}.md`]);
});

test('the map leads from the article to lessons and their steps', async ({ page, open }) => {
  await open();
  await opens(page);
  await list(page).getByText('12 figures and 18 exercise steps of the article: where?').click();
  const parts = list(page).locator('.map dt');
  const figures = Array.from({ length: 12 }, (_, at) => `Figure ${at + 1}`);
  const exercises = ['1', '2'].flatMap((exercise) => [...'abcdefghi'].map((step) => `Exercise ${exercise}${step}`));
  await expect(parts).toHaveText([...figures, ...exercises]);
  const files = asked(page);
  await list(page).locator('.map div', { has: page.getByText('Figure 6', { exact: true }) }).last().getByRole('button').first().click();
  await expect(list(page)).toHaveCount(0);
  const dropped = lessons.find(({ id }) => id === 'syn-dropped');
  await expect(page.getByRole('region', { name: 'Lesson', exact: true })).toContainText(dropped.steps.find(({ id }) => id === 'again').title);
  expect(files).toEqual(['lessons/en/syn-dropped.md']);
});

test('the single file has the lessons in it, and asks for nothing', async ({ page }) => {
  const asks = [];
  const file = pathToFileURL(join(site, SINGLE)).href;
  await page.context().route('**', (route) => {
    if (route.request().url() === file) return route.continue();
    asks.push(route.request().url());
    return route.abort();
  });
  await page.goto(file);
  await expect(page.locator('#page:not([inert])')).toBeVisible();
  await opens(page);
  await rows(page).first().click();
  await expect(page.getByRole('region', { name: 'Lesson', exact: true })).toContainText(lessons[0].steps[0].title);
  expect(asks.filter((url) => !url.startsWith('data:'))).toEqual([]);
});

const SIZES = [[1280, 720], [1024, 576], [1920, 1080], [768, 1024], [390, 844], [320, 640]];

for (const [width, height] of SIZES) {
  test(`nothing lies over another and nothing sticks out, at ${width} px`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await open();
    await opens(page);
    await takes(page, progress(lessons.slice(0, 4)));
    await expect(rows(page).first()).toContainText('✓ done');
    for (const theme of ['light', 'contrast']) {
      const found = await page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
        const dialog = document.querySelector('.start');
        const box = (it) => it.getBoundingClientRect();
        const cards = [...dialog.querySelectorAll('.begin, .card')].map(box);
        const over = cards.flatMap((one, at) =>
          cards.slice(at + 1).filter((other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1),
        );
        const all = [...dialog.querySelectorAll('*')].filter((it) => it.checkVisibility() && !it.closest('details:not([open]) > :not(summary)'));
        return {
          over: over.length,
          wide: dialog.scrollWidth - dialog.clientWidth,
          outside: all.filter((it) => box(it).right > innerWidth + 1 || box(it).left < -1).map((it) => it.outerHTML.slice(0, 80)),
          cut: all.filter((it) => it.matches('b, span, p, h2, h3, small') && it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== 'inline').map((it) => it.textContent),
          small: [...dialog.querySelectorAll('button, summary')].filter((it) => it.checkVisibility() && Math.min(box(it).width, box(it).height) < 24).map((it) => it.textContent),
        };
      }, theme);
      expect(found, theme).toEqual({ over: 0, wide: 0, outside: [], cut: [], small: [] });
    }
  });
}

test('all lessons are seen at once in 1280 × 720', async ({ page, open }) => {
  await open();
  await opens(page);
  const ends = await rows(page).evaluateAll((all) => all.map((row) => row.getBoundingClientRect().bottom));
  expect(Math.max(...ends)).toBeLessThanOrEqual(720);
});

for (const [width, height] of [[1000, 640], [1180, 700], [1280, 720], [1440, 900], [1920, 1080]]) {
  test(`the bar at the top stays one row with the button in it, at ${width} px`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await open();
    expect(await page.locator('header.top').evaluate((it) => it.getBoundingClientRect().height)).toBeLessThan(60);
  });
}

/** What a theme can change: colours and sizes. */
const OF_THEMES = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

for (const [width, height] of [[1280, 720], [1024, 576], [390, 844]]) {
  test(`axe finds nothing in it, at ${width} px`, async ({ page, open, axe }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height });
    await open();
    await opens(page);
    await takes(page, progress(lessons.slice(0, 4)) + `${lessons[4].id} 00000001 ${lessons[4].steps[0].id} begun\n`);
    await expect(rows(page).first()).toContainText('✓ done');
    await list(page).locator('.map summary').click();
    for (const asks of [false, true]) {
      if (asks) await list(page).getByRole('button', { name: 'Delete', exact: true }).click();
      for (const theme of ['light', 'dark', 'contrast']) {
        await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
        await test.step(`${theme}, ${asks}`, () => axe(theme === 'light' ? undefined : OF_THEMES, 'dialog:modal'));
      }
      await page.evaluate(() => (document.documentElement.dataset.theme = 'light'));
    }
  });
}
