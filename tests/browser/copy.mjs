// The copy box with JavaScript: what is copied is what is in the field, and a message says whether it worked.

import assert from 'node:assert/strict';
import test from 'node:test';
import { HOME_NETWORK, LOCALHOST, visitor } from './browser.mjs';
import { text } from './data.mjs';

const STEP = '/en/meta-account/explain?service=facebook&country=IE';
const copyButton = (page) => page.getByRole('button', { name: text('en', 'text', 'copy') });

/** Pastes into a field of another page, as a person does into Meta's form, and returns what is in it then. */
async function paste(context) {
  const meta = await context.newPage();
  await meta.setContent('<textarea autofocus></textarea>');
  await meta.locator('textarea').focus();
  await meta.keyboard.press('Control+V');
  const pasted = await meta.locator('textarea').inputValue();
  await meta.close();
  return pasted;
}

for (const [where, site, hasApi] of [['at localhost', LOCALHOST, true], ['on plain http by a name', HOME_NETWORK, false]]) {
  test(`the edited text is copied and pasted ${where}`, async () => {
    await visitor({}, async (page, context) => {
      await page.goto(site + STEP);
      assert.equal(await page.evaluate(() => 'clipboard' in navigator), hasApi);
      const mine = `My own words ${where}, with ä, “quotes” and 🙂.\nSecond line.`;
      await page.locator('textarea').fill(mine);
      await copyButton(page).click();
      await page.getByRole('status').filter({ hasText: text('en', 'text', 'copied') }).waitFor();
      assert.equal(await paste(context), mine);
    });
  });
}

test('where a browser does not allow copying, a message names the keys for it', async () => {
  await visitor({}, async (page) => {
    await page.addInitScript(() => { document.execCommand = () => false; });
    await page.goto(HOME_NETWORK + STEP);
    await copyButton(page).click();
    await page.getByRole('status').filter({ hasText: 'Ctrl+C' }).waitFor();
    const selected = await page.evaluate(() => {
      const { selectionStart, selectionEnd, value } = document.activeElement;
      return value && selectionStart === 0 && selectionEnd === value.length;
    });
    assert.ok(selected, 'the text is selected and focused, so that the keys work at once');
  });
});

test('nothing is copied without a click', async () => {
  await visitor({}, async (page, context) => {
    await page.addInitScript(() => {
      window.copies = 0;
      document.addEventListener('copy', () => { window.copies += 1; });
      if (navigator.clipboard) navigator.clipboard.writeText = async () => { window.copies += 1; };
    });
    await page.goto(LOCALHOST + STEP);
    await page.locator('textarea').click();
    await page.keyboard.press('Tab');
    await page.locator('textarea').fill('Changed');
    assert.equal(await page.evaluate(() => window.copies), 0);
    await copyButton(page).click();
    assert.equal(await page.evaluate(() => window.copies), 1, 'the test notices a copy');
  });
});

test('the field that the focus has only passed does not take it back', async () => {
  await visitor({}, async (page) => {
    await page.goto(LOCALHOST + STEP);
    const stays = await page.evaluate(async () => {
      const button = document.querySelector('button.copy');
      document.querySelector('textarea').focus();
      button.focus();
      await new Promise((resolve) => { setTimeout(resolve, 100); });
      return document.activeElement === button;
    });
    assert.ok(stays, 'Enter would replace the text');
  });
});

test('all of the text is selected when the field is focused, and the count follows what is typed', async () => {
  await visitor({}, async (page) => {
    await page.goto(LOCALHOST + STEP);
    const field = page.locator('textarea');
    await field.click();
    await page.waitForFunction(() => {
      const it = document.querySelector('textarea');
      return it.selectionStart === 0 && it.selectionEnd === it.value.length;
    });
    const count = page.locator('.work output');
    assert.equal(Number((await count.innerText()).replaceAll(/\D/g, '')), [...await field.inputValue()].length);
    await page.keyboard.type('Twelve ch 🙂.');
    assert.equal(await count.innerText(), '12');
  });
});
