// All steps on a phone, in German and without JavaScript: from the first page to the replies after two objections.

import assert from 'node:assert/strict';
import test from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';
import { form, text } from './data.mjs';
import { STEPS } from './pages.mjs';

const forward = (page) => page.locator('main .actions a.button').click();

/** Walks all steps, starting at the first, and returns what a person takes to Meta: the form's address and the text. */
async function walkSteps(page) {
  const taken = {};
  for (const step of STEPS) {
    assert.match(page.url(), new RegExp(`/de/meta-account/${step}\\?`));
    const position = text('de', 'steps', 'position').replace('{number}', STEPS.indexOf(step) + 1).replace('{count}', STEPS.length);
    assert.ok((await page.locator('.position').innerText()).includes(position), `the position is not “${position}”`);
    assert.equal(await page.locator('.steps li').count(), STEPS.length, 'steps in the list');
    const present = page.locator('.steps [aria-current=step]');
    assert.equal(await present.count(), 1, 'marked steps in the list');
    assert.ok(await page.locator('.drawing svg[role=img]').isVisible(), 'the drawing is visible');
    assert.equal(await page.locator('.promise').innerText(), text('de', 'common', 'promise'));
    if (step === 'open-form') taken.form = await page.locator('.target a.button').getAttribute('href');
    if (step === 'explain') taken.text = await page.locator('textarea').inputValue();
    if (step !== STEPS.at(-1)) await forward(page);
  }
  return taken;
}

test('a person in Germany objects for Facebook and Instagram', async () => {
  await visitor({ javaScriptEnabled: false, locale: 'de-DE' }, async (page) => {
    await page.goto(LOCALHOST);
    assert.equal(await page.locator('h1').innerText(), text('de', 'home', 'title'));
    await forward(page);

    await page.getByLabel('Facebook').check();
    await page.getByLabel('Instagram').check();
    await page.getByLabel(text('de', 'start', 'separate')).check();
    const country = page.getByLabel(text('de', 'start', 'country'));
    assert.equal(await country.inputValue(), 'DE', 'the country of the browser’s language');
    await page.locator('main form .button').click();

    const facebook = await walkSteps(page);
    assert.equal(facebook.form, form('facebook'));
    assert.match(facebook.text, /Facebook/);
    assert.match(facebook.text, /Art\. 21/);
    await forward(page);

    const instagram = await walkSteps(page);
    assert.equal(instagram.form, form('instagram'));
    assert.match(instagram.text, /Instagram/);
    assert.doesNotMatch(instagram.text, /Facebook/);
    await forward(page);

    assert.match(page.url(), /\/de\/reply\?/);
    const replies = await page.locator('.cards a').count();
    assert.equal(replies, 4);
    for (let reply = 0; reply < replies; reply += 1) {
      await page.locator('.cards a').nth(reply).click();
      assert.ok((await page.locator('main h2').count()) > 0, 'each reply has something to do next');
      await page.goBack();
    }
  });
});

test('reasons are ticked without JavaScript and are in the text', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/meta-account/explain?service=facebook&country=AT`);
    const before = await page.locator('textarea').inputValue();
    await page.locator('.change summary').click();
    await page.locator('input[value=children]').check();
    await page.locator('input[value=health]').check();
    await page.locator('form .button').click();
    assert.match(page.url(), /ground=children&ground=health/);
    const after = await page.locator('textarea').inputValue();
    assert.notEqual(after, before);
    assert.ok(after.includes(text('de', 'objection', 'grounds.children.clause')), 'the reason is in the text');
    assert.match(after, /Art\. 9/, 'the article on health data');
  });
});

test('the text field shows all its lines and can be edited without JavaScript', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/meta-account/explain?service=facebook&country=AT&length=full&ground=children`);
    const field = page.locator('textarea');
    assert.ok(await field.evaluate((it) => it.scrollHeight <= it.clientHeight), 'all lines are visible');
    await field.fill('Meine eigenen Worte');
    assert.equal(await field.inputValue(), 'Meine eigenen Worte');
    const copy = page.getByRole('button', { name: text('de', 'text', 'copy') });
    assert.equal(await copy.count(), 0, 'buttons that do nothing without JavaScript');
  });
});

test('back, a bookmark and the language switch keep the choices', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/meta-account/explain?service=instagram&country=CH&ground=children`);
    await page.locator('.languages a[hreflang=en]').click();
    assert.equal(page.url(), `${LOCALHOST}/en/meta-account/explain?service=instagram&country=CH&ground=children`);
    assert.match(await page.locator('textarea').inputValue(), /Instagram/);
    await page.goBack();
    assert.match(page.url(), /\/de\/meta-account\/explain\?service=instagram&country=CH&ground=children$/);
  });
});
