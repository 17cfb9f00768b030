// Letters without JavaScript: typed, checked, changed, printed on A4, and not kept.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { chromium } from 'playwright-core';
import { LAUNCH, LOCALHOST, visitor } from './browser.mjs';
import { LANGUAGES, attention, authority, text } from './data.mjs';

const MARK = 'Quendolin Findling';
const PLAN = 'service=facebook&service=instagram&accounts=linked&country=DE&region=DE-BY';

/** The number of printed pages. */
async function printed(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

const field = (page, name) => page.locator(`main [name=${name}]`);
const next = (page, value) => page.locator(`button[name=next][value=${value}]`).click();

test('a complaint is typed, rejected, corrected, checked, changed and printed', async () => {
  await visitor({ javaScriptEnabled: false, locale: 'de-DE' }, async (page) => {
    await page.goto(`${LOCALHOST}/de/reply/refused?service=facebook&service=instagram&accounts=linked&country=DE`);
    await page.locator('main a[href*="/letter/complaint?"]').click();
    await field(page, 'region').selectOption('DE-BY');
    await page.locator('main form .button').click();

    await field(page, 'name').fill(MARK);
    await field(page, 'address').fill('Weg 1\n80331 München');
    await field(page, 'account').fill('<b>quendolin</b>');
    await field(page, 'day').fill('31.2.2026');
    await page.locator('[name=outcome][value=refused]').check();
    await field(page, 'reply').fill('Wir sehen "keinen" Grund & lehnen ab.');
    await next(page, 'check');
    await page.locator('.errors a[href="#day"]').click();
    assert.equal(await field(page, 'name').inputValue(), MARK, 'the field still has what was typed');
    assert.equal(await field(page, 'day').inputValue(), '31.2.2026');
    assert.ok(await page.locator('[name=outcome][value=refused]').isChecked());

    await field(page, 'day').fill('31.3.2026');
    await next(page, 'check');
    await page.getByText('31. März 2026').waitFor();
    await next(page, 'change');
    assert.equal(await field(page, 'address').inputValue(), 'Weg 1\n80331 München');
    await next(page, 'check');
    await next(page, 'letter');

    const letter = await page.locator('.letter').innerText();
    for (const part of [MARK, authority('region', 'DE-BY'), 'Art. 77 DSGVO', '<b>quendolin</b>', 'Wir sehen "keinen" Grund & lehnen ab.']) {
      assert.ok(letter.includes(part), part);
    }
    assert.equal(await page.locator('.letter b').count(), 0, 'nothing typed becomes markup');
    const mail = new URL(await page.locator('a[href^="mailto:"]').getAttribute('href'));
    assert.match(mail.pathname, /@/);
    assert.ok(decodeURIComponent(mail.search).includes('Wir sehen "keinen" Grund & lehnen ab.'));
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.letter').isVisible());
    assert.ok(!await page.locator('.top').isVisible(), 'only the letter is printed');
    assert.equal(await printed(page), 1);
    assert.ok(!page.url().includes('Quendolin'), 'the address has something that was typed');
  });
});

test('the recipient is in the window of the envelope', async () => {
  await visitor({ javaScriptEnabled: false, viewport: { width: 794, height: 1123 } }, async (page) => {
    await page.goto(`${LOCALHOST}/de/letter/reminder?${PLAN}`);
    await field(page, 'name').fill(MARK);
    await field(page, 'account').fill('quendolin');
    await field(page, 'day').fill('2025-05-20');
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
  test(`the letter “${letter}” with every field full has at most two pages`, async () => {
    await visitor({ javaScriptEnabled: false }, async (page) => {
      for (const language of LANGUAGES) {
        await page.goto(`${LOCALHOST}/${language}/letter/${letter}?${PLAN}`);
        for (const id of ['children', 'others', 'health', 'belief', 'old-posts']) {
          const tick = page.locator(`input[name=ground][value=${id}]`);
          if (await tick.count()) await tick.check();
        }
        const long = (characters) => 'Wort und Satz '.repeat(100).slice(0, characters - 1).concat('.');
        const values = {
          name: MARK, address: 'Eins\nZwei\nDrei\nVier\nFünf', email: 'q@example.org', account: 'quendolin',
          day: '2025-05-20', replied: '2025-06-01', reminded: '2025-07-01', reply: long(800), own: long(800),
        };
        for (const [name, value] of Object.entries(values)) {
          if (await field(page, name).count()) await field(page, name).fill(value);
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

test('the browser writes nothing typed to its profile, except to its list of tabs that can be reopened', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'veto-profile-'));
  try {
    const context = await chromium.launchPersistentContext(profile, LAUNCH);
    const page = await context.newPage();
    await page.goto(`${LOCALHOST}/de/letter/reminder?${PLAN}`);
    await field(page, 'name').fill(MARK);
    await field(page, 'account').fill('Quendolin');
    await field(page, 'day').fill('2025-05-20');
    await next(page, 'check');
    await next(page, 'letter');
    await page.getByText(attention()).first().waitFor();
    await page.goto(`${LOCALHOST}/de/`);
    await context.close();

    const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
    assert.ok(files.length > 20, 'files in the profile');
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

const DAYS = 'entry=facebook.2026-03-31&entry=instagram.2026-04-02.confirmed';
const RECORDS = [
  `${PLAN}&entry=facebook.2026-03-31`,
  `${PLAN.replace('linked', 'separate')}&${DAYS}`,
  `${PLAN.replace('linked', 'separate')}&${DAYS}&length=full`,
];

test('the record of a person fits on one page, with two objections and full texts too', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    for (const language of LANGUAGES) {
      for (const record of RECORDS) {
        await page.goto(`${LOCALHOST}/${language}/record?${record}`);
        assert.equal(await printed(page), 1, `${language}: ${record}`);
      }
    }
  });
});

test('the form and the text that were sent are put into the record, and are in no address', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    const address = `${LOCALHOST}/en/record?${RECORDS[1]}`;
    await page.goto(address);
    await page.getByText(text('en', 'record', 'sent.title')).click();
    await page.locator('#used-facebook').selectOption({ label: text('en', 'record', 'sent.other') });
    await page.locator('#typed-instagram').fill('Quendolin’s own words');
    await page.getByRole('button', { name: text('en', 'record', 'sent.button') }).click();
    assert.equal(page.url(), address);
    const [facebook, instagram] = await page.locator('.sheet .record').all();
    assert.ok(!(await facebook.innerText()).includes('https://'), 'a form that was not used');
    assert.match(await instagram.innerText(), /Quendolin’s own words/);
    assert.equal(await printed(page), 1);
  });
});
