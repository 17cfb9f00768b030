// All steps on a phone, in German and without JavaScript: from the first page to the replies after two objections.

import assert from 'node:assert/strict';
import test from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';
import { form, text } from './data.mjs';
import { STEPS } from './pages.mjs';

const forward = (page) => page.locator('main .actions a.button:not(.second)').click();

/** Walks all steps, starting at the first, and returns what a person takes to Meta: the form's address and the text. */
async function walkSteps(page) {
  const taken = {};
  for (const [index, step] of STEPS.entries()) {
    assert.match(page.url(), new RegExp(`/de/meta-account/${step}\\?`));
    const position = text('de', 'steps', 'position').replace('{number}', index + 1).replace('{count}', STEPS.length);
    assert.ok((await page.locator('#position').innerText()).includes(position), `the position is not “${position}”`);
    assert.equal(await page.locator('.steps li').count(), STEPS.length, 'steps in the list');
    const present = page.locator('.steps [aria-current=step]');
    assert.equal(await present.count(), 1, 'marked steps in the list');
    await page.locator('.drawing svg[role=img]').waitFor();
    assert.equal(await page.locator('.promise').innerText(), text('de', 'common', 'promise'));
    if (step === 'open-form') taken.form = await page.locator('.work a.open').getAttribute('href');
    if (step === 'open-form') taken.text = await page.locator('textarea').inputValue();
    if (index + 1 < STEPS.length) await page.locator(`main .actions a[href*="/meta-account/${STEPS[index + 1]}?"]`).click();
  }
  await forward(page);
  assert.match(page.url(), /\/de\/finish\?/);
  return taken;
}

test('a person in Germany objects for Facebook and Instagram', async () => {
  await visitor({ javaScriptEnabled: false, locale: 'de-DE' }, async (page) => {
    await page.goto(LOCALHOST);
    assert.equal(await page.locator('h1').innerText(), text('de', 'home', 'title'));
    await forward(page);
    await page.getByRole('link', { name: text('de', 'topic', 'several.title') }).click();
    assert.ok(await page.getByLabel('Facebook').isChecked() && await page.getByLabel('Instagram').isChecked());
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
    await page.getByRole('link', { name: text('de', 'journeys/meta-account', 'end.reply') }).click();

    assert.match(page.url(), /\/de\/reply\?/);
    const replies = await page.locator('.answers a').count();
    assert.ok(replies >= 8, 'replies, and questions whether the objection counts');
    for (let reply = 0; reply < replies; reply += 1) {
      await page.locator('.answers a').nth(reply).click();
      assert.ok((await page.locator('main h2, .answers a, main form').count()) > 0, 'each has something to do next');
      await page.goBack();
    }
  });
});

const STEP = '/de/meta-account/open-form?service=facebook&country=AT';
const reason = (page, id) => page.locator(`input[name=ground][value=${id}]`);
const clause = (id) => text('de', 'objection', `grounds.${id}.clause`);

test('reasons are ticked without JavaScript, are in the text, and are in no address', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(LOCALHOST + STEP);
    await reason(page, 'children').check();
    await reason(page, 'health').check();
    await page.locator('.apply .button').first().click();
    assert.equal(page.url().split('#')[0], LOCALHOST + STEP);
    const changed = await page.locator('textarea').inputValue();
    assert.ok(changed.includes(clause('children')), 'the reason is in the text');
    assert.match(changed, /Art\. 9/, 'the article on health data');
    assert.equal(await page.getByRole('status').first().innerText(), text('de', 'text', 'changed'));
    for (const link of await page.locator('a[href]').all()) assert.doesNotMatch(await link.getAttribute('href'), /health|children/);

    await page.locator('textarea').fill('Meine eigenen Worte.');
    await reason(page, 'others').check();
    await page.locator('.apply .button').first().click();
    const kept = await page.locator('textarea').inputValue();
    assert.ok(kept.startsWith('Meine eigenen Worte.') && kept.length > 40, `what was typed is lost: ${kept}`);
    await page.getByRole('button', { name: text('de', 'text', 'fresh') }).click();
    assert.ok((await page.locator('textarea').inputValue()).includes(clause('others')));
  });
});

test('with the script a ticked reason changes the text at once, without a new page', async () => {
  await visitor({}, async (page) => {
    await page.goto(LOCALHOST + STEP);
    const entries = await page.evaluate(() => history.length);
    await reason(page, 'children').check();
    await page.getByRole('status').filter({ hasText: text('de', 'text', 'changed') }).waitFor();
    assert.ok((await page.locator('textarea').inputValue()).includes(clause('children')));
    await reason(page, 'children').uncheck();
    await page.waitForFunction((words) => !document.querySelector('textarea').value.includes(words), clause('children'));
    await page.locator('textarea').fill('Meine eigenen Worte.');
    await reason(page, 'others').check();
    await page.getByRole('status').filter({ hasText: text('de', 'text', 'added') }).waitFor();
    assert.match(await page.locator('textarea').inputValue(), /^Meine eigenen Worte\./);
    assert.equal(page.url(), LOCALHOST + STEP);
    assert.equal(await page.evaluate(() => history.length), entries, 'entries in the history');
    assert.ok(await page.locator('.apply').first().isHidden(), 'a button that is not needed');
  });
});

test('with the script a text that is too long is named and is still there', async () => {
  await visitor({}, async (page) => {
    await page.goto(LOCALHOST + STEP);
    const field = page.locator('textarea');
    // Pasted at once: to type it takes too long.
    const paste = (characters) => field.evaluate((it, value) => { it.value = value; }, 'слова '.repeat(characters / 6));
    const length = () => field.evaluate((it) => it.value.length);
    await paste(99_000);
    await reason(page, 'children').check();
    await page.getByRole('status').filter({ hasText: text('de', 'text', 'too_long') }).waitFor();
    assert.equal(await length(), 99_000);
    // The server does not read that: then the button is there, which says so.
    await paste(180_000);
    await reason(page, 'others').check();
    await page.locator('.apply .button').first().waitFor();
    assert.equal(await length(), 180_000);
  });
});

for (const [language, locale] of [['de', 'de-DE'], ['en', 'en-IE']]) {
  for (const javaScriptEnabled of [true, false]) {
    test(`from the first page to the text and the form in five taps in ${language}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      await visitor({ javaScriptEnabled, locale, viewport: { width: 360, height: 640 } }, async (page) => {
        await page.goto(LOCALHOST);
        let taps = 0;
        // An operator's notice, which some of the servers of the tests have, is not counted.
        const bottom = async (target) => {
          const box = await target.boundingBox();
          const notices = await page.locator('.notice.wide').all();
          const heights = await Promise.all(notices.map(async (notice) => (await notice.boundingBox()).height));
          return box.y + box.height - heights.reduce((sum, height) => sum + height, 0);
        };
        const tap = async (target) => {
          assert.ok(await bottom(target) <= 640, `${await target.innerText()} ends at ${await bottom(target)} px`);
          taps += 1;
          await target.click();
        };
        await tap(page.locator('main .actions a.button'));
        for (const answer of await page.locator('.answers a').all().then((all) => all.slice(0, 4))) {
          assert.ok(await bottom(answer) <= 640, 'the first four answers are in the first screen');
        }
        await tap(page.getByRole('link', { name: 'Facebook' }).first());
        await tap(page.locator('main .actions a.button').first());
        if (javaScriptEnabled) {
          await tap(page.getByRole('button', { name: text(language, 'text', 'copy') }));
          await page.getByRole('status').filter({ hasText: text(language, 'text', 'copied') }).waitFor();
        }
        const open = page.locator('.work a.open');
        assert.ok(await bottom(open) <= 640, `the link to the form ends at ${await bottom(open)} px`);
        assert.equal(await open.getAttribute('href'), form('facebook'));
        assert.ok(taps + 1 <= 5, `${taps + 1} taps`);
      });
    });
  }
}

test('the text can be edited without JavaScript', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(LOCALHOST + STEP);
    const field = page.locator('textarea');
    await field.fill('Meine eigenen Worte');
    assert.equal(await field.inputValue(), 'Meine eigenen Worte');
    const copy = page.getByRole('button', { name: text('de', 'text', 'copy') });
    assert.equal(await copy.count(), 0, 'buttons that do nothing without JavaScript');
  });
});

test('back, a bookmark and the language switch keep the choices', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/meta-account/explain?service=instagram&country=CH&length=full`);
    await page.locator('.languages a.all').click();
    await page.locator('main a[hreflang=en]').click();
    assert.equal(page.url(), `${LOCALHOST}/en/meta-account/explain?service=instagram&country=CH&length=full`);
    assert.match(await page.locator('textarea').inputValue(), /Instagram/);
    await page.goBack();
    await page.goBack();
    assert.match(page.url(), /\/de\/meta-account\/explain\?service=instagram&country=CH&length=full$/);
  });
});

test('the list of troubles is filtered in the page, and nothing typed leaves it', async () => {
  await visitor({}, async (page) => {
    await page.goto(`${LOCALHOST}/en/meta-account/submit?service=facebook&country=IE`);
    await page.getByRole('link', { name: text('en', 'trouble_page', 'link') }).click();
    assert.match(page.url(), /\/en\/troubles\?.*#submit$/);
    const address = page.url();
    // The browser may ask for the icon late.
    await page.waitForLoadState('networkidle');
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    const problem = text('en', 'troubles', 'no-code.problem');
    const shown = () => page.locator('.filtered details').evaluateAll((all) => all.filter((it) => it.checkVisibility()).length);
    const all = await shown();
    await page.getByLabel(text('en', 'trouble_page', 'filter')).fill(problem.split(' ').slice(0, 3).join(' ').toUpperCase());
    await page.locator('summary').filter({ hasText: problem }).waitFor();
    assert.ok(await shown() < all, 'nothing is filtered');
    await page.getByLabel(text('en', 'trouble_page', 'filter')).fill('Quendolin');
    await page.getByRole('status').filter({ hasText: text('en', 'trouble_page', 'none') }).waitFor();
    assert.equal(await shown(), 0);
    await page.getByLabel(text('en', 'trouble_page', 'filter')).fill('');
    assert.equal(await shown(), all);
    assert.deepEqual([page.url(), requests], [address, []]);
  });
});
