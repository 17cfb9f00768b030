// The way from the first page to the record in another browser than Chromium, at its narrowest window. Run as
//   node engines.mjs <address of the server> <firefox or webkit>

import assert from 'node:assert/strict';
import test from 'node:test';
import { form, text } from './data.mjs';
import { STEPS } from './pages.mjs';
import { browse, until } from './webdriver.mjs';

const [, , site, browser] = process.argv;

/** A reason that is offered first, and one behind “more”, which is data under Art. 9 GDPR. */
const REASONS = ['children', 'health'];
const clause = (id) => text('en', 'objection', `grounds.${id}.clause`);
const words = (value) => value.split(/\s+/).filter(Boolean).join(' ');

/** What holds for each page: it fits the window, stores nothing, and no address names a reason. */
async function check(page) {
  const [width, available, addresses] = await page.run(`return [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
    [location.href, ...[...document.querySelectorAll('[href], [action]')].map((it) => it.href ?? it.action)],
  ]`);
  const url = await page.url();
  assert.ok(width <= available, `${url} is ${width} px wide in a window of ${available} px`);
  for (const reason of REASONS) {
    assert.ok(!addresses.some((address) => address.includes(reason)), `${url} has “${reason}” in an address`);
  }
  assert.deepEqual(await page.get('cookie'), [], 'cookies');
}

async function follow(page, element) {
  await page.follow(element);
  await check(page);
}

const field = (page) => page.find('textarea[name=typed]');
const textOf = async (page) => (await field(page)).property('value');
const hasReasons = (value) => REASONS.every((reason) => value.includes(clause(reason)));

/** Ticks the reasons, and waits until they are in the text. */
async function tickReasons(page, javaScript) {
  await (await page.find('.ticks summary')).click();
  for (const reason of REASONS) await (await page.find(`input[name=ground][value=${reason}]`)).click();
  if (!javaScript) await follow(page, await page.named('.apply .button', text('en', 'text', 'apply')));
  await page.named('.outcome', text('en', 'text', 'changed'));
  await until('the reasons are in the text', async () => hasReasons(await textOf(page)));
}

/** Puts the text that was sent into the record: from the clipboard, or typed. */
async function pasteIntoRecord(page, value, javaScript) {
  await (await page.named('summary', text('en', 'record', 'sent.title'))).click();
  const sent = await field(page);
  await sent.clear();
  if (javaScript) {
    await sent.click();
    await page.pressWithControl('v');
    await until('the text is pasted', async () => words(await sent.property('value')) === words(value));
  } else {
    await sent.type(value);
  }
  await follow(page, await page.named('button', text('en', 'record', 'sent.button')));
  await page.named('[role=status]', text('en', 'record', 'sent.done'));
  assert.equal(words(await (await page.find('dd.text')).text()), words(value), 'the text on the record');
}

for (const javaScript of [true, false]) {
  for (const reasons of [false, true]) {
    test(`an objection ${reasons ? 'with' : 'without'} reasons, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      await browse({ browser, javaScript }, async (page) => {
        await page.open(`${site}/en/?country=IE`);
        await check(page);
        await follow(page, await page.find('main .actions a.button'));
        await follow(page, await page.named('.answers a', 'Facebook'));
        await follow(page, await page.find('main .actions a.button'));

        await page.named('h1', text('en', 'journeys/meta-account', 'steps.open-form.title'));
        if (reasons) await tickReasons(page, javaScript);
        const taken = await textOf(page);
        assert.match(taken, /Facebook/);
        if (javaScript) {
          await (await page.named('button', text('en', 'text', 'copy'))).click();
          await page.named('.result', text('en', 'text', 'copied'));
        } else {
          assert.equal((await page.all('button.copy')).length, 0, 'buttons that do nothing');
        }
        assert.equal(await (await page.find('a.open')).property('href'), form('facebook'));
        assert.equal(await (await page.find('.host')).text(), new URL(form('facebook')).host);

        await follow(page, await page.find(`.place a[href*="/${STEPS[2]}?"]`));
        // Without the script the page with reasons came by POST, and Firefox asks before it loads that again.
        if (javaScript || !reasons) {
          await page.back();
          assert.equal(await textOf(page), taken, 'the text after going back');
          for (const reason of REASONS) {
            const tick = await page.find(`input[name=ground][value=${reason}]`);
            assert.equal(await tick.property('checked'), reasons, `the tick of ${reason} after going back`);
          }
          await follow(page, await page.find(`.place a[href*="/${STEPS[2]}?"]`));
        }
        for (const step of STEPS.slice(3)) await follow(page, await page.find(`main .actions a[href*="/${step}?"]`));
        await follow(page, await page.find('main .actions a.button'));
        await page.named('h1', text('en', 'finish', 'title'));
        await follow(page, await page.find('main a[href*="/record?"]'));
        await pasteIntoRecord(page, taken, javaScript);
      });
    });
  }
}
