// Each journey on one page, on a phone: from the first page to its texts, the page of the company and the letter.

import assert from 'node:assert/strict';
import test from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';
import { pageJourneys, text } from './data.mjs';

const fits = async (page) => {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${page.url()} is ${width} px wide`);
};

/** Walks one journey to its end, beginning with the first question. */
async function walk(page, language, journey, javaScriptEnabled) {
  await page.goto(LOCALHOST);
  await page.locator('main .actions a.button').click();
  await page.locator(`.answers a[href*="/${language}/${journey.id}"]`).click();
  assert.equal(await page.locator('h1').innerText(), text(language, `journeys/${journey.id}`, 'title'));
  await fits(page);

  const boxes = page.locator('main textarea');
  assert.equal(await boxes.count(), journey.texts, 'texts to copy');
  for (const box of await boxes.all()) assert.doesNotMatch(await box.inputValue(), /^\s*$|[{}]/, 'a text with a hole');
  if (javaScriptEnabled && journey.texts > 0) {
    await page.getByRole('button', { name: text(language, 'journey', 'copy.copy') }).first().click();
    await page.getByRole('status').filter({ hasText: text(language, 'journey', 'copy.copied') }).first().waitFor();
  }

  if (journey.reasons) {
    const form = page.locator('form.work');
    const before = await form.locator('textarea').inputValue();
    await form.locator('input[name=ground]').first().check();
    if (!javaScriptEnabled) await form.locator('fieldset button[value=change]').click();
    await page.getByRole('status').filter({ hasText: text(language, 'text', 'changed') }).waitFor();
    assert.notEqual(await form.locator('textarea').inputValue(), before, 'a text without the reason');
    assert.doesNotMatch(page.url(), /ground/, 'a reason in the address');
    await fits(page);
  }

  const opened = page.locator('main .todo a.button[target=_blank]');
  assert.equal(await opened.count(), journey.links, 'pages of the company');
  for (const link of await opened.all()) assert.ok(await link.isVisible());
  const evidence = page.locator('main .todo details.evidence');
  assert.ok(await evidence.count() >= journey.links, 'evidence of each link');
  for (const details of await evidence.all()) {
    await details.locator('summary').click();
    assert.match(await details.locator('p').innerText(), /\d{4}/, 'evidence with a date');
  }

  if (journey.letter) {
    await page.getByRole('link', { name: text(language, 'journey', 'letter_link') }).click();
    await fits(page);
    assert.match(await page.locator('article.letter .window').innerText(), /Ireland/);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('article.letter').isVisible(), 'the letter on paper');
    assert.ok(await page.locator('main form').isHidden(), 'a form on paper');
  }
}

// What the script does is the same in each language.
for (const [language, javaScriptEnabled] of [['de', false], ['en', true]]) {
  for (const journey of pageJourneys()) {
    test(`${journey.id} in ${language}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      await visitor({ javaScriptEnabled, locale: language }, (page) => walk(page, language, journey, javaScriptEnabled));
    });
  }
}
