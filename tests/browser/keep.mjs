// Choices kept in the browser on request: listed, deleted by a button and after a time, and never kept without a click.

import assert from 'node:assert/strict';
import test from 'node:test';
import { chromium } from 'playwright-core';
import { LAUNCH, LOCALHOST, visitor } from './browser.mjs';
import { text } from './data.mjs';

const STEP = '/en/meta-account/explain?service=facebook&country=IE';
const words = (key) => text('en', 'keep', key);
const stored = (page) => page.evaluate(() => ({ ...localStorage }));

test('choices are kept after a click only, listed on the first page, and deleted by a button', async () => {
  await visitor({}, async (page) => {
    await page.goto(LOCALHOST + STEP);
    assert.deepEqual(await stored(page), {}, 'nothing is kept without a click');
    await page.getByRole('button', { name: words('button') }).click();
    await page.getByRole('heading', { name: words('kept') }).waitFor();

    await page.goto(`${LOCALHOST}/en/`);
    const kept = page.locator('.kept');
    assert.deepEqual(await kept.locator('li').allInnerTexts(), ['Facebook', text('en', 'countries', 'IE')]);
    await page.getByRole('link', { name: words('go_on') }).click();
    assert.equal(page.url(), LOCALHOST + STEP);
    await page.getByRole('button', { name: words('wipe') }).click();
    await page.getByText(words('wiped')).waitFor();
    assert.deepEqual(await stored(page), {});
    await page.goto(`${LOCALHOST}/en/`);
    assert.ok(!await page.locator('.keep').isVisible());
  });
});

test('what is kept is deleted when its hours are over', async () => {
  await visitor({}, async (page) => {
    await page.clock.install({ time: new Date('2026-11-24T08:00:00Z') });
    await page.goto(LOCALHOST + STEP);
    await page.getByRole('button', { name: words('button') }).click();
    await page.clock.fastForward('23:59:00');
    await page.goto(`${LOCALHOST}/en/`);
    assert.ok(await page.locator('.kept').isVisible());
    await page.clock.fastForward('00:02:00');
    await page.goto(`${LOCALHOST}/en/`);
    assert.ok(!await page.locator('.keep').isVisible());
    assert.deepEqual(await stored(page), {});
  });
});

test('a foreign address in the storage is deleted and not linked', async () => {
  await visitor({}, async (page) => {
    for (const address of ['//evil.example/', 'javascript:alert(1)', 'https://evil.example/']) {
      await page.goto(`${LOCALHOST}/en/`);
      await page.evaluate((it) => localStorage.setItem('veto', JSON.stringify({ address: it, chosen: ['<b>x</b>'], since: Date.now() })), address);
      await page.goto(`${LOCALHOST}/en/`);
      assert.ok(!await page.locator('.kept').isVisible(), address);
      assert.deepEqual(await stored(page), {}, address);
    }
  });
});

test('after a wipe on a shared device nothing is kept, and Back shows empty fields', async () => {
  // As people have it: with the pages that the browser keeps for Back, which the other tests do without.
  const browser = await chromium.launch({ ...LAUNCH, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  try {
    const page = await browser.newPage();
    const back = async (path) => {
      await page.goBack({ waitUntil: 'commit' });
      assert.equal(page.url(), LOCALHOST + path);
    };
    const LETTER = '/en/letter/reminder?service=facebook&country=IE';
    await page.goto(LOCALHOST + STEP);
    const own = await page.locator('textarea').inputValue();
    await page.getByRole('button', { name: words('button') }).click();
    await page.locator('textarea').fill('My own words');
    await page.goto(LOCALHOST + LETTER);
    await page.locator('[name=name]').fill('Quendolin');
    await page.goto(`${LOCALHOST}/en/shared-device`);
    await back(LETTER);
    assert.equal(await page.locator('[name=name]').inputValue(), 'Quendolin', 'before the wipe, Back keeps what was typed');
    await page.goto(`${LOCALHOST}/en/shared-device`);
    await page.getByRole('button', { name: text('en', 'shared_device', 'button') }).click();
    await page.getByRole('heading', { name: text('en', 'shared_device', 'wiped') }).waitFor();
    assert.deepEqual(await stored(page), {});
    await back('/en/shared-device');
    await back(LETTER);
    await page.waitForFunction(() => document.querySelector('[name=name]').value === '');
    await back(STEP);
    await page.waitForFunction((words) => document.querySelector('textarea').value === words, own);
  } finally {
    await browser.close();
  }
});
