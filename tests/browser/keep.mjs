// Choices that the visitor asks the browser to keep: listed, wiped by a button and by time, and never kept unasked.

import assert from 'node:assert/strict';
import test from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';

const STEP = '/en/step/4?service=facebook&country=IE&ground=children';
const stored = (page) => page.evaluate(() => ({ ...localStorage }));

test('choices are kept after a click only, listed on the first page, and wiped by a button', async () => {
  await visitor({}, async (page) => {
    await page.goto(LOCALHOST + STEP);
    assert.deepEqual(await stored(page), {}, 'nothing is kept unasked');
    await page.getByRole('button', { name: 'Keep my choices in this browser' }).click();
    await page.getByRole('heading', { name: 'This browser keeps your choices' }).waitFor();

    await page.goto(`${LOCALHOST}/en/`);
    const kept = page.locator('.kept');
    assert.deepEqual(await kept.locator('li').allInnerTexts(), ['Facebook', 'Ireland', 'Children can be seen in my pictures']);
    await page.getByRole('link', { name: 'Go on with them' }).click();
    assert.equal(page.url(), LOCALHOST + STEP);
    await page.getByRole('button', { name: 'Wipe them now' }).click();
    await page.getByText('Wiped.').waitFor();
    assert.deepEqual(await stored(page), {});
    await page.goto(`${LOCALHOST}/en/`);
    assert.ok(!await page.locator('.keep').isVisible());
  });
});

test('what is kept is wiped by itself when its hours are over', async () => {
  await visitor({}, async (page) => {
    await page.clock.install({ time: new Date('2026-11-24T08:00:00Z') });
    await page.goto(LOCALHOST + STEP);
    await page.getByRole('button', { name: 'Keep my choices in this browser' }).click();
    await page.clock.fastForward('23:59:00');
    await page.goto(`${LOCALHOST}/en/`);
    assert.ok(await page.locator('.kept').isVisible());
    await page.clock.fastForward('00:02:00');
    await page.goto(`${LOCALHOST}/en/`);
    assert.ok(!await page.locator('.keep').isVisible());
    assert.deepEqual(await stored(page), {});
  });
});

test('what somebody else has written there leads nowhere', async () => {
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
