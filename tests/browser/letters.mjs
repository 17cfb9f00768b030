// Letters without JavaScript: typed, checked, changed, printed on A4, and kept by nobody.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { chromium } from 'playwright-core';
import { LAUNCH, LOCALHOST, visitor } from './browser.mjs';

const MARK = 'Quendolin Findling';
const PLAN = 'service=both&accounts=linked&country=DE&region=DE-BY';

/** The number of pages that the page fills on paper. */
async function printed(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

const next = (page, value) => page.locator(`button[name=next][value=${value}]`).click();

test('a complaint is typed, found wrong, put right, checked, changed and printed', async () => {
  await visitor({ javaScriptEnabled: false, locale: 'de-DE' }, async (page) => {
    await page.goto(`${LOCALHOST}/de/answer/refused?service=both&accounts=linked&country=DE`);
    await page.getByRole('link', { name: 'Beschwerde bei der Behörde' }).click();
    await page.getByLabel('In welchem Bundesland wohnen Sie?').selectOption('Bayern');
    await page.locator('main form .button').click();

    await page.getByLabel('Ihr Name').fill(MARK);
    await page.getByLabel('Ihre Anschrift').fill('Weg 1\n80331 München');
    await page.getByLabel('Ihr Konto').fill('<b>quendolin</b>');
    await page.getByLabel('Tag Ihres Widerspruchs').fill('31.2.2026');
    await page.getByLabel('Meta hat abgelehnt').check();
    await page.getByLabel('Was Meta geschrieben hat').fill('Wir sehen "keinen" Grund & lehnen ab.');
    await next(page, 'check');
    await page.locator('.errors a[href="#day"]').click();
    assert.equal(await page.getByLabel('Ihr Name').inputValue(), MARK, 'what was typed is still there');
    assert.equal(await page.getByLabel('Tag Ihres Widerspruchs').inputValue(), '31.2.2026');
    assert.ok(await page.getByLabel('Meta hat abgelehnt').isChecked());

    await page.getByLabel('Tag Ihres Widerspruchs').fill('31.3.2026');
    await next(page, 'check');
    await page.getByText('31. März 2026').waitFor();
    await next(page, 'change');
    assert.equal(await page.getByLabel('Ihre Anschrift').inputValue(), 'Weg 1\n80331 München');
    await next(page, 'check');
    await next(page, 'letter');

    const letter = await page.locator('.letter').innerText();
    for (const part of [MARK, 'Bayerisches Landesamt', 'Art. 77 DSGVO', '<b>quendolin</b>', 'Wir sehen "keinen" Grund & lehnen ab.']) {
      assert.ok(letter.includes(part), part);
    }
    assert.equal(await page.locator('.letter b').count(), 0, 'nothing typed becomes markup');
    const mail = new URL(await page.locator('a[href^="mailto:"]').getAttribute('href'));
    assert.match(mail.pathname, /@/);
    assert.ok(decodeURIComponent(mail.search).includes('Wir sehen "keinen" Grund & lehnen ab.'));
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.letter').isVisible());
    assert.ok(!await page.locator('.top').isVisible(), 'only the letter is on the paper');
    assert.equal(await printed(page), 1);
    assert.ok(!page.url().includes('Quendolin'), 'nothing typed stands in the address');
  });
});

test('the address stands in the window of the envelope', async () => {
  await visitor({ javaScriptEnabled: false, viewport: { width: 794, height: 1123 } }, async (page) => {
    await page.goto(`${LOCALHOST}/de/letter/reminder?${PLAN}`);
    await page.getByLabel('Ihr Name').fill(MARK);
    await page.getByLabel('Ihr Konto').fill('quendolin');
    await page.getByLabel('Tag Ihres Widerspruchs').fill('2025-05-20');
    await next(page, 'check');
    await next(page, 'letter');
    await page.emulateMedia({ media: 'print' });
    const MILLIMETRES = 25.4 / 96;
    const top = await page.locator('.letter').evaluate((it) => it.getBoundingClientRect().top);
    const box = await page.locator('.window').boundingBox();
    const margin = 20;
    assert.equal(Math.round((box.y - top) * MILLIMETRES) + margin, 45, 'DIN 5008 form B: 45 mm from the top');
    assert.ok(Math.round(box.height * MILLIMETRES) === 45 && box.width * MILLIMETRES <= 85);
  });
});

for (const letter of ['objection', 'more', 'refused', 'reminder', 'complaint']) {
  test(`the letter “${letter}” with all that can be typed has at most two pages`, async () => {
    await visitor({ javaScriptEnabled: false }, async (page) => {
      for (const language of ['en', 'de']) {
        await page.goto(`${LOCALHOST}/${language}/letter/${letter}?${PLAN}&ground=children&ground=others&ground=health&ground=belief&ground=old-posts`);
        const long = (characters) => 'Wort und Satz '.repeat(100).slice(0, characters - 1).concat('.');
        const values = {
          name: MARK, address: 'Eins\nZwei\nDrei\nVier\nFünf', email: 'q@example.org', account: 'quendolin',
          day: '2025-05-20', answered: '2025-06-01', reminded: '2025-07-01', answer: long(800), own: long(800),
        };
        for (const [name, value] of Object.entries(values)) {
          const field = page.locator(`[name=${name}]`);
          if (await field.count()) await field.fill(value);
        }
        if (await page.locator('[name=outcome]').count()) await page.locator('[name=outcome][value=more]').check();
        await next(page, 'check');
        await next(page, 'letter');
        const pages = await printed(page);
        assert.ok(pages <= 2, `${pages} pages in ${language}`);
      }
    });
  });
}

test('the browser keeps nothing typed, but for its list of tabs that can be reopened', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'veto-profile-'));
  try {
    const context = await chromium.launchPersistentContext(profile, LAUNCH);
    const page = await context.newPage();
    await page.goto(`${LOCALHOST}/de/letter/reminder?${PLAN}`);
    await page.getByLabel('Ihr Name').fill(MARK);
    await page.getByLabel('Ihr Konto').fill('Quendolin');
    await page.getByLabel('Tag Ihres Widerspruchs').fill('2025-05-20');
    await next(page, 'check');
    await next(page, 'letter');
    await page.getByText('Privacy Operations').first().waitFor();
    await page.goto(`${LOCALHOST}/de/`);
    await context.close();

    const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
    assert.ok(files.length > 20, 'the browser has written its profile');
    const keeping = files.filter(({ parentPath, path, name }) => {
      const content = readFileSync(join(parentPath ?? path, name));
      return content.includes('Quendolin') || content.includes(Buffer.from('Quendolin', 'utf16le'));
    });
    const elsewhere = keeping.filter(({ parentPath, path }) => !(parentPath ?? path).endsWith('Sessions'));
    assert.deepEqual(elsewhere.map(({ name }) => name), []);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

test('the record has one page', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/de/record?${PLAN}`);
    await page.getByLabel('An welchem Tag haben Sie Metas Knopf gedrückt?').fill('2026-03-31');
    await page.locator('main form .button').click();
    assert.match(await page.locator('.record').innerText(), /30\. April 2026/);
    assert.equal(await printed(page), 1);
  });
});
