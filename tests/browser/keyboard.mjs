// All steps with the keyboard alone, in a desktop window.

import assert from 'node:assert/strict';
import test from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';
import { TRANSLATIONS, text } from './data.mjs';
import { STEPS } from './pages.mjs';

/** What has the focus, whether it matches `selector`, and what makes it invisible. */
function focused(page, selector) {
  return page.evaluate((wanted) => {
    const it = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(it);
    const box = it.getBoundingClientRect();
    // The first line of a link that has two.
    const [line] = it.getClientRects();
    const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    const faults = [
      [outlineStyle === 'none' || parseFloat(outlineWidth) < 2, 'has no outline'],
      [box.bottom <= 0 || box.top >= innerHeight, 'is outside of the window'],
      [top !== null && !it.contains(top), 'is covered'],
    ];
    return {
      html: it.outerHTML.slice(0, 200),
      reached: it.matches(wanted),
      faults: it === document.body ? [] : faults.filter(([applies]) => applies).map(([, fault]) => fault),
    };
  }, selector);
}

/** Presses Tab until the focus is on what matches, and asserts at each stop that the focus is visible and not covered. */
async function tabTo(page, selector) {
  for (let stop = 0; stop < 80; stop += 1) {
    await page.keyboard.press('Tab');
    let here = await focused(page, selector);
    // On a busy machine the browser may still be scrolling.
    for (let wait = 0; wait < 20 && here.faults.length; wait += 1) {
      await page.waitForTimeout(50);
      here = await focused(page, selector);
    }
    assert.deepEqual(here.faults, [], `the focus is on ${here.html}`);
    if (here.reached) return;
  }
  assert.fail(`${selector} cannot be reached with the Tab key`);
}

async function press(page, selector, key = 'Enter') {
  await tabTo(page, selector);
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press(key)]);
  await page.waitForLoadState();
}

for (const language of ['en', ...TRANSLATIONS]) {
  test(`all steps are walked with Tab, Space and Enter in ${language}`, async () => {
    await visitor({ viewport: { width: 1024, height: 700 }, locale: `${language}-IE` }, async (page) => {
      await page.goto(LOCALHOST);
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip', 'the first stop is the skip link');
      await page.keyboard.press('Enter');
      await press(page, 'main .actions .button');

      await press(page, '.answers a');
      for (const step of STEPS.slice(0, -1)) {
        assert.match(page.url(), new RegExp(`/${language}/meta-account/${step}\\?service=facebook&country=IE`));
        if (step === 'open-form') {
          await tabTo(page, 'input[value=children]');
          const before = await page.locator('textarea').inputValue();
          await page.keyboard.press('Space');
          // The text with the reason replaces the one that was there, and what was said about it.
          await page.waitForFunction((before) => document.querySelector('textarea').value !== before, before);
          await tabTo(page, 'textarea');
          await tabTo(page, '.work button.copy');
          await page.keyboard.press('Enter');
          await page.getByRole('status').filter({ hasText: text(language, 'text', 'copied') }).waitFor();
          await tabTo(page, '.work a.open');
        }
        await press(page, `main .actions a[href*="/meta-account/${STEPS[STEPS.indexOf(step) + 1]}?"]`);
      }
      await press(page, 'main .actions .button');
      assert.ok(page.url().includes(`/${language}/finish?`));
      await press(page, 'a[href*="/reply?"]');
    });
  });
}

test('a missing choice is reached from its error with the keyboard', async () => {
  await visitor({ viewport: { width: 1024, height: 700 } }, async (page) => {
    await page.goto(`${LOCALHOST}/en/meta-account/sign-in?service=&country=`);
    await tabTo(page, '.errors a[href="#country"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.id === 'country');
  });
});

test('the accessibility tree of each step tells the way by its headings', async () => {
  await visitor({}, async (page) => {
    for (const step of STEPS) {
      await page.goto(`${LOCALHOST}/en/meta-account/${step}?service=facebook&country=IE`);
      // To be read by a person: what a screen reader says, in its order.
      const tree = await page.locator('body').ariaSnapshot();
      console.log(`${step}\n${tree}`);
      const levels = [...tree.matchAll(/heading .*\[level=(\d)\]/g)].map(([, level]) => Number(level));
      assert.doesNotMatch(tree, /- (listitem|paragraph)$/m, `${step}: an empty item`);
      assert.deepEqual(levels.filter((level) => level === 1), [1], `${step}: one heading of the page`);
      assert.equal(levels[0], 1, `${step}: the heading of the page is the first`);
      levels.reduce((before, level) => {
        assert.ok(level <= before + 1, `${step}: a heading of level ${level} below one of level ${before}`);
        return level;
      });
      const position = text('en', 'steps', 'position').replace('{number}', STEPS.indexOf(step) + 1).replace('{count}', STEPS.length);
      assert.ok(tree.indexOf(position) >= 0 && tree.indexOf(position) < tree.indexOf('heading'), `${step}: the position comes first`);
    }
  });
});
