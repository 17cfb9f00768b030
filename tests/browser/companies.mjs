// The pages about other companies: the filter of the overview, reasons for an objection, a complaint, the printed check-list.

import assert from 'node:assert/strict';
import test from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';
import { LANGUAGES, authority, text } from './data.mjs';

/** The number of printed pages. */
async function printed(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

const names = (page) => page.locator('.cards a:visible').allInnerTexts();

for (const language of LANGUAGES) {
  test(`what is typed filters the overview and leaves the page with no request (${language})`, async () => {
    await visitor({}, async (page) => {
      await page.goto(`${LOCALHOST}/${language}/company`);
      const all = await names(page);
      // The browser may ask for the icon late.
      await page.waitForLoadState('networkidle');
      const requests = [];
      page.on('request', (request) => requests.push(request.url()));
      const field = page.getByRole('searchbox', { name: text(language, 'company', 'filter.label') });
      for (const name of [all[0], all.at(-1)]) {
        // As people type: without capitals, and only a part.
        const typed = name.toLowerCase().slice(0, 4);
        await field.fill(typed);
        assert.deepEqual(await names(page), all.filter((it) => it.toLowerCase().includes(typed)));
        const groups = page.locator('#services section', { has: page.locator('li:visible') });
        assert.equal(await page.locator('#services h2:visible').count(), await groups.count(), 'no heading without a service');
      }
      const none = page.getByText(text(language, 'company', 'filter.none'));
      await field.fill('no such service');
      assert.deepEqual(await names(page), []);
      assert.ok(await none.isVisible());
      await field.fill('');
      assert.deepEqual(await names(page), all);
      assert.ok(!await none.isVisible());
      assert.deepEqual(requests, [], 'typing sends nothing');

      const box = page.locator('.cards [type=checkbox]').first();
      const chosen = await box.getAttribute('value');
      await box.check();
      await field.fill('no such service');
      await page.locator('#services button').click();
      assert.equal(new URL(page.url()).search, `?entry=${chosen}`, 'what was chosen stays chosen, what was typed is not sent');
    });
  });
}

test('the overview has no field without the script, and all services', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/en/company`);
    assert.ok(!await page.getByRole('searchbox').isVisible());
    assert.ok((await names(page)).length > 30);
  });
});

test('a reason that is ticked changes the text and the letter at once, and neither the address nor the history', async () => {
  await visitor({}, async (page) => {
    const address = `${LOCALHOST}/en/objection/linkedin?country=DE`;
    await page.goto(address);
    const [field, letter] = [page.locator('textarea'), page.locator('.letter')];
    const before = [await field.inputValue(), await letter.innerText()];
    const entries = await page.evaluate(() => window.history.length);
    const reason = page.locator('[name=ground]').first();
    await reason.check();
    await page.getByText(text('en', 'text', 'changed')).waitFor();
    const sentence = text('en', 'objection', `grounds.${await reason.getAttribute('value')}.sentence`);
    for (const [shown, old] of [[await field.inputValue(), before[0]], [await letter.innerText(), before[1]]]) {
      assert.ok(shown.includes(sentence) && !old.includes(sentence), shown);
    }
    assert.equal(page.url(), address);
    assert.equal(await page.evaluate(() => window.history.length), entries);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await printed(page), 1);
  });
});

test('a complaint to the authority is chosen without the script, and printed on one page', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/objection/linkedin?country=DE`);
    await page.locator('main a[href*="/complaint/"]').click();
    await page.locator('[name=day]').fill('2026-03-31');
    await page.locator('[name=state][value=refused]').check();
    await page.locator('main form .button').click();
    await page.locator('[name=region]').selectOption('DE-BY');
    await page.locator('main form .button').click();
    const letter = await page.locator('.letter').innerText();
    for (const part of [authority('region', 'DE-BY'), 'LinkedIn', '31. März 2026', 'Art. 77 DSGVO']) assert.ok(letter.includes(part), part);
    await page.emulateMedia({ media: 'print' });
    assert.ok(!await page.locator('.top, textarea').first().isVisible(), 'only the letter is printed');
    assert.equal(await printed(page), 1);
  });
});

for (const language of LANGUAGES) {
  test(`a check-list with any eight services is one page of A4 (${language})`, async () => {
    await visitor({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${LOCALHOST}/${language}/company`);
      const ids = await page.locator('.cards [type=checkbox]').evaluateAll((boxes) => boxes.map((it) => it.value));
      for (let start = 0; start < ids.length; start += 8) {
        const eight = ids.slice(start, start + 8);
        await page.goto(`${LOCALHOST}/${language}/check-list?${eight.map((id) => `entry=${id}`).join('&')}`);
        await page.emulateMedia({ media: 'print' });
        assert.equal(await page.locator('.checks > li').count(), eight.length);
        assert.equal(await printed(page), 1, eight.join());
      }
    });
  });
}
