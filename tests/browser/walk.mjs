// The whole way on a phone, without JavaScript and in German: from the first page to both confirmed objections.

import assert from 'node:assert/strict';
import test from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';

const STEPS = 7;

const heading = (page) => page.locator('h1').innerText();
const forward = (page) => page.locator('main .actions a.button').click();

/** Walks the seven steps from where the page is, and returns what is to be taken to Meta: the form's link, the text. */
async function walkSteps(page) {
  const taken = {};
  for (let step = 1; step <= STEPS; step += 1) {
    assert.match(page.url(), new RegExp(`/de/step/${step}\\?`));
    assert.match(await page.locator('.position').innerText(), new RegExp(`Schritt ${step} von ${STEPS}`));
    assert.equal(await page.locator('.steps li').count(), STEPS, 'all steps are visible as a list');
    const present = page.locator('.steps [aria-current=step]');
    assert.equal(await present.count(), 1, 'the present step is marked');
    assert.ok(await page.locator('.drawing svg[role=img]').isVisible(), 'a drawing shows where the field is');
    assert.match(await page.locator('.promise').innerText(), /Passwort/, 'each step says what this site never asks for');
    if (step === 2) taken.form = await page.locator('.target a.button').getAttribute('href');
    if (step === 4) taken.text = await page.locator('textarea').inputValue();
    if (step < STEPS) await forward(page);
  }
  return taken;
}

test('a person in Germany objects for Facebook and Instagram', async () => {
  await visitor({ javaScriptEnabled: false, locale: 'de-DE' }, async (page) => {
    await page.goto(LOCALHOST);
    assert.match(await heading(page), /Meta/);
    await forward(page);

    await page.getByLabel('Für beide').check();
    await page.getByLabel('Nein').check();
    assert.equal(await page.getByLabel('In welchem Land wohnen Sie?').inputValue(), 'DE', 'from the browser’s language');
    await page.locator('main form .button').click();

    const facebook = await walkSteps(page);
    assert.equal(facebook.form, 'https://www.facebook.com/help/contact/712876720715583');
    assert.match(facebook.text, /Facebook/);
    assert.match(facebook.text, /Art\. 21/);
    await forward(page);

    const instagram = await walkSteps(page);
    assert.equal(instagram.form, 'https://help.instagram.com/contact/767264225370182');
    assert.match(instagram.text, /Instagram/);
    assert.doesNotMatch(instagram.text, /Facebook/);
    await forward(page);

    assert.match(page.url(), /\/de\/answer\?/);
    const answers = await page.locator('.cards a').count();
    assert.equal(answers, 4);
    for (let answer = 0; answer < answers; answer += 1) {
      await page.locator('.cards a').nth(answer).click();
      assert.ok((await page.locator('main h2').count()) > 0, 'each answer has a next thing to do');
      await page.goBack();
    }
  });
});

test('reasons are ticked without a script and stand in the text', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/step/4?service=facebook&country=AT`);
    const before = await page.locator('textarea').inputValue();
    await page.locator('.change summary').click();
    await page.locator('input[value=children]').check();
    await page.locator('input[value=health]').check();
    await page.locator('form .button').click();
    assert.match(page.url(), /ground=children&ground=health/);
    const after = await page.locator('textarea').inputValue();
    assert.notEqual(after, before);
    assert.match(after, /Kinder/);
    assert.match(after, /Art\. 9/, 'health data are named by their article');
  });
});

test('the text field shows all its lines and can be edited without a script', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/step/4?service=facebook&country=AT&length=full&ground=children`);
    const field = page.locator('textarea');
    assert.ok(await field.evaluate((it) => it.scrollHeight <= it.clientHeight), 'nothing of it is hidden');
    await field.fill('Meine eigenen Worte');
    assert.equal(await field.inputValue(), 'Meine eigenen Worte');
    assert.equal(await page.getByRole('button', { name: /kopieren/i }).count(), 0, 'no button that would do nothing');
  });
});

test('back, a bookmark and the language switch keep the choices', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/step/4?service=instagram&country=CH&ground=children`);
    await page.locator('.languages a[hreflang=en]').click();
    assert.equal(page.url(), `${LOCALHOST}/en/step/4?service=instagram&country=CH&ground=children`);
    assert.match(await page.locator('textarea').inputValue(), /Instagram/);
    await page.goBack();
    assert.match(page.url(), /\/de\/step\/4\?service=instagram&country=CH&ground=children$/);
  });
});
