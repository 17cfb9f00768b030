// Pages for paper: the number of printed pages on A4 and on US Letter, in the languages of the authors and every pair of them,
// and in some translations; with ALL_LANGUAGES set, in all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';
import { ALL, LANGUAGES, TRANSLATIONS } from './data.mjs';

/** The number of printed pages. */
async function printed(page, format) {
  const pdf = await page.pdf({ format });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

const ENTRIES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((person) =>
  ['facebook', 'instagram'].map((service) => `entry=${person}.${service}.2026-03-31`));

/** The papers with their number of pages. */
const PAPERS = [
  ['school', 1],
  ['school/notes', 3],
  ['school/lesson?minutes=20', 3],
  ['school/lesson', 4],
  ['school/lesson?minutes=90', 4],
  ['school/handout', 1],
  ['school/handout?service=instagram&country=AT', 1],
  ['school/parents', 1],
  ['school/quiz', 1],
  ['school/quiz/answers', 1],
  ['school/rules', 1],
  ['family/sheet', 1],
  [`family/sheet?${ENTRIES.join('&')}`, 1],
  ['family/phone', 2],
  ['family/phone/other', 1],
  ['share', 1],
];

/** The papers that can have a second language. */
const IN_TWO_LANGUAGES = ['school/handout', 'school/parents', 'school/quiz', 'family/sheet'];

/** What is wrong with the number of pages of papers. */
async function faults(page, format, language, papers) {
  const found = [];
  for (const [path, expected] of papers) {
    await page.goto(`${LOCALHOST}/${language}/${path}`);
    const pages = await printed(page, format);
    if (pages !== expected) {
      found.push(`/${language}/${path}: ${pages} pages in place of ${expected}`);
    }
  }
  return found;
}

/** The papers beside another language. */
const beside = (other) => IN_TWO_LANGUAGES.map((paper) => [`${paper}?second=${other}`, 1]);

for (const format of ['A4', 'Letter']) {
  test(`each paper has its number of pages on ${format}`, async () => {
    await visitor({ javaScriptEnabled: false }, async (page) => {
      for (const language of LANGUAGES) {
        const pairs = LANGUAGES.filter((other) => other !== language).flatMap(beside);
        assert.deepEqual(await faults(page, format, language, [...PAPERS, ...pairs]), []);
      }
    });
  });
}

// Letter is the shorter of the two formats. What is longer than one sheet may be a page more or less in a translation.
const TRANSLATED = process.env.ALL_LANGUAGES ? ALL.filter((code) => !LANGUAGES.includes(code)) : TRANSLATIONS;
test(`each paper of one page fits in ${TRANSLATED.join(', ')}, alone and beside a language of the authors`, async () => {
  const papers = [...PAPERS, ...beside(LANGUAGES[0])].filter(([, pages]) => pages === 1);
  await visitor({ javaScriptEnabled: false }, async (page) => {
    const found = [];
    for (const language of TRANSLATED) {
      found.push(...await faults(page, 'Letter', language, papers));
    }
    assert.deepEqual(found, []);
  });
});

test('what is printed is black on white, without navigation and without form fields', async () => {
  await visitor({ javaScriptEnabled: false, colorScheme: 'dark' }, async (page) => {
    for (const [path] of PAPERS) {
      await page.goto(`${LOCALHOST}/${LANGUAGES[0]}/${path}`);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      for (const hidden of ['.site', 'body > footer', 'form', 'details.sources']) {
        for (const element of await page.locator(hidden).all()) {
          assert.ok(!await element.isVisible(), `${path}: ${hidden} is printed`);
        }
      }
      const [ink, paper] = await page.locator('main').evaluate((main) =>
        [getComputedStyle(main).color, getComputedStyle(document.body).backgroundColor]);
      assert.deepEqual([ink, paper], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], path);
    }
  });
});

test('the page of sources is printed with its lists', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${LOCALHOST}/${LANGUAGES[0]}/sources`);
    await page.emulateMedia({ media: 'print' });
    const entries = await page.locator('main ul.sources > li').all();
    assert.ok(entries.length > 0, 'no entries');
    for (const entry of entries) assert.ok(await entry.isVisible(), await entry.textContent());
  });
});

test('a copy of a copy can be read: nothing is tinted, and no line is thinner than 0.3 mm', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    await page.emulateMedia({ media: 'print' });
    for (const [path] of [...PAPERS, ...beside('en')]) {
      await page.goto(`${LOCALHOST}/de/${path}`);
      const faults = await page.locator('main').evaluate((main) => {
        const thinnest = 0.3 / 25.4 * 96;
        const isGrey = (colour) => {
          const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
          return alpha > 0 && !(red === green && green === blue && [0, 255].includes(red));
        };
        return [...main.querySelectorAll('*')].filter((it) => it.getClientRects().length > 0).flatMap((it) =>
          [it, ...['::before', '::after'].filter((part) => getComputedStyle(it, part).content !== 'none').map((part) => [it, part])].flatMap((place) => {
            const style = Array.isArray(place) ? getComputedStyle(...place) : getComputedStyle(place);
            const lines = ['top', 'right', 'bottom', 'left'].map((side) => parseFloat(style[`border-${side}-width`])).filter((width) => width > 0);
            return [
              [isGrey(style.backgroundColor), `tinted ${style.backgroundColor}`],
              [isGrey(style.color), `grey ${style.color}`],
              [lines.some((width) => width < thinnest), `a line of ${Math.min(...lines)} px`],
            ].filter(([applies]) => applies).map(([, fault]) => `${it.tagName}.${it.className.baseVal ?? it.className}: ${fault}`);
          }));
      });
      assert.deepEqual([...new Set(faults)], [], path);
    }
  });
});

test('the page for teachers names the number of pages of each paper', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    for (const language of LANGUAGES) {
      await page.goto(`${LOCALHOST}/${language}/school`);
      const rows = await page.locator('main tbody tr').evaluateAll((all) => all.map((row) =>
        [row.querySelector('a').href, Number(row.cells[1].textContent)]));
      assert.ok(rows.length > 0, 'no papers');
      for (const [address, named] of rows) {
        await page.goto(address);
        assert.equal(await printed(page, 'A4'), named, address);
      }
    }
  });
});

test('the sheet for the other side of a call is in type of at least 14 points', async () => {
  await visitor({ javaScriptEnabled: false }, async (page) => {
    for (const language of LANGUAGES) {
      await page.goto(`${LOCALHOST}/${language}/family/phone/other`);
      await page.emulateMedia({ media: 'print' });
      const sizes = await page.locator('ol.to-tick li').evaluateAll((all) => all.map((it) => parseFloat(getComputedStyle(it).fontSize)));
      assert.ok(sizes.length > 0, 'no lines');
      for (const size of sizes) assert.ok(size * 0.75 >= 13.99, `${language}: ${size * 0.75} points`);
    }
  });
});
