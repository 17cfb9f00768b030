// Accessibility of pages: axe-core, widths, sizes, spacing, motion. With the argument `translations`, of a page of each layout
// in some translations; else of every page in German, which has the longest texts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';
import { TRANSLATIONS } from './data.mjs';
import { ERRORS, FEW, PAGES, TYPED } from './pages.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const IN_TRANSLATIONS = process.argv.includes('translations');
const LANGUAGES = IN_TRANSLATIONS ? TRANSLATIONS : ['de'];
const CHECKED = IN_TRANSLATIONS ? FEW : [...[...PAGES, ...ERRORS].map((it) => [it]), ...TYPED];
const ALL_RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const SMALLEST_BUTTON = 44;
const LOOKS = [
  [320, {}, ALL_RULES],
  // Colours and the wide layout are the same in every language.
  ...(IN_TRANSLATIONS ? [] : [[1280, {}, ALL_RULES], [768, { colorScheme: 'dark' }, COLOURS], [1280, { forcedColors: 'active' }, COLOURS]]),
];
/** The text spacing that a reader may set (WCAG 2.2, 1.4.12). */
const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }';

const openDetails = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));

/** Opens one page after the other, with every `details` open. */
async function* eachPage(page, language) {
  for (const [path, typed] of CHECKED) {
    await page.goto(`${LOCALHOST}/${language}/${path}`);
    if (typed) {
      await page.evaluate((fields) => {
        const form = document.querySelector('main form[method=post]');
        form.replaceChildren();
        for (const [name, value] of new URLSearchParams(fields)) form.append(Object.assign(document.createElement('input'), { name, value }));
        form.submit();
      }, typed);
      await page.waitForEvent('load');
    }
    await openDetails(page);
    yield path;
  }
}

for (const language of LANGUAGES) {
  test(`axe-core finds no violation in ${language}`, async () => {
    // The policy of the page does not allow the script of the checker.
    await visitor({ bypassCSP: true }, async (page) => {
      const findings = [];
      for await (const path of eachPage(page, language)) {
        await page.evaluate(axe);
        for (const [width, look, rules] of LOOKS) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...look });
          const { violations, passes } = await page.evaluate((runOnly) => axe.run({ runOnly, resultTypes: ['violations'] }), rules);
          assert.ok(passes.length > (rules === ALL_RULES ? 10 : 0), 'the checker has run');
          for (const { id, nodes } of violations) {
            const where = `${path} at ${width} px, ${JSON.stringify(look)}`;
            findings.push(...nodes.map((node) => `${where}: ${id}: ${node.html} ${node.failureSummary}`));
          }
        }
      }
      assert.deepEqual(findings, []);
    });
  });

  test(`no page scrolls sideways at 320 px in ${language}, and every target is at least ${SMALLEST_BUTTON} px high`, async () => {
    await visitor({ viewport: { width: 320, height: 640 } }, async (page) => {
      const faults = [];
      for await (const path of eachPage(page, language)) {
        const found = await page.evaluate((smallest) => {
          const wide = document.documentElement.scrollWidth > innerWidth ? ['wider than the window'] : [];
          const targets = document.querySelectorAll('a.button, button, .choice, summary, select, .steps a, .languages a, .answers a, .tick, .cards a, .more a');
          const small = [...targets].filter((it) => it.checkVisibility() && it.getBoundingClientRect().height < smallest);
          return [...wide, ...small.map((it) => `too low: ${it.outerHTML}`)];
        }, SMALLEST_BUTTON);
        faults.push(...found.map((fault) => `${path}: ${fault}`));
      }
      assert.deepEqual(faults, []);
    });
  });

  test(`text with wider spacing or of double size is not cut off in ${language}`, async () => {
    await visitor({ bypassCSP: true, viewport: { width: 640, height: 800 } }, async (page) => {
      const faults = [];
      for await (const path of eachPage(page, language)) {
        for (const style of [SPACING, 'html { font-size: 200% !important; }']) {
          const tag = await page.addStyleTag({ content: style });
          const found = await page.evaluate(() => {
            const wide = document.documentElement.scrollWidth > innerWidth ? ['wider than the window'] : [];
            const cut = [...document.querySelectorAll('main *, header *, footer *')].filter((it) => {
              const { overflowX, overflowY } = getComputedStyle(it);
              const hides = [overflowX, overflowY].some((value) => ['hidden', 'clip'].includes(value));
              return hides && !it.matches('.unseen') && (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1);
            });
            return [...wide, ...cut.map((it) => `cut off: ${it.outerHTML.slice(0, 200)}`)];
          });
          faults.push(...found.map((fault) => `${path}: ${fault}`));
          await tag.evaluate((it) => it.remove());
        }
      }
      assert.deepEqual(faults, []);
    });
  });
}

test('nothing is animated for people who asked for reduced motion', async () => {
  await visitor({ reducedMotion: 'reduce' }, async (page) => {
    for (const path of ['', 'meta-account/explain?service=facebook&country=DE']) {
      await page.goto(`${LOCALHOST}/en/${path}`);
      assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    }
  });
});
