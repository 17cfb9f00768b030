// Slides for a class: keys, size of the type, and that a set works once it is loaded.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOCALHOST, visitor } from './browser.mjs';
import { LANGUAGES } from './data.mjs';

const SETS = ['why', 'steps', 'quiz', 'code'];
const SCREENS = [{ width: 1280, height: 720 }, { width: 1920, height: 1080 }, { width: 1024, height: 768 }];

const address = (language, set) => `${LOCALHOST}/${language}/school/slides/${set}`;

/** The number of the slide that fills the screen, once the page has come to rest; 0 if there is none. */
async function slide(page) {
  let last;
  for (let same = 0; same < 4;) {
    const top = await page.evaluate(() => scrollY);
    same = top === last ? same + 1 : 0;
    last = top;
    await page.waitForTimeout(50);
  }
  return page.evaluate(() => [...document.querySelectorAll('section')]
    .findIndex((it) => Math.abs(it.getBoundingClientRect().top) < 2) + 1);
}

async function press(page, key, expected) {
  await page.keyboard.press(key);
  assert.equal(await slide(page), expected, key);
}

test('Page Down, space and arrow down lead on by one slide, and the opposite keys back, without a script', async () => {
  await visitor({ javaScriptEnabled: false, viewport: SCREENS[0] }, async (page) => {
    await page.goto(address(LANGUAGES[0], 'why'));
    await press(page, 'PageDown', 2);
    await press(page, 'Space', 3);
    await press(page, 'ArrowDown', 4);
    await press(page, 'PageUp', 3);
    await press(page, 'ArrowUp', 2);
    await press(page, 'End', await page.locator('section').count());
    await press(page, 'Home', 1);
  });
});

test('with the script, arrow right and left do so too', async () => {
  await visitor({ viewport: SCREENS[0] }, async (page) => {
    await page.goto(address(LANGUAGES[0], 'quiz'));
    await press(page, 'ArrowRight', 2);
    await press(page, 'ArrowRight', 3);
    await press(page, 'ArrowLeft', 2);
  });
});

test('every slide fits the screen, with type that is read from the last row', async () => {
  for (const viewport of SCREENS) {
    await visitor({ javaScriptEnabled: false, viewport }, async (page) => {
      for (const language of LANGUAGES) {
        for (const set of SETS) {
          const path = address(language, set);
          await page.goto(path);
          const found = await page.evaluate(() => [...document.querySelectorAll('section')].map((slide) => {
            const words = [...slide.querySelectorAll('*')]
              .filter((it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && it.tagName !== 'title');
            const size = (it) => {
              const scale = it.ownerSVGElement ? it.getScreenCTM().a : 1;
              return parseFloat(getComputedStyle(it).fontSize) * scale;
            };
            return {
              id: slide.id,
              height: slide.getBoundingClientRect().height,
              smallest: Math.min(...words.map(size)),
              prose: [...slide.querySelectorAll('.prose')].map(size),
              next: [...slide.querySelectorAll('nav a')].map((it) => it.getBoundingClientRect().height),
            };
          }));
          for (const { id, height, smallest, prose, next } of found) {
            const { height: screen, width } = viewport;
            const where = `${path}#${id} at ${width}`;
            assert.ok(height <= screen + 1, `${where}: ${height} is higher than the screen`);
            assert.ok(smallest >= screen / 50, `${where}: type of ${smallest}`);
            for (const size of prose) assert.ok(size >= Math.min(screen * 0.05, width * 0.029), `${where}: text of ${size}`);
            for (const link of next) assert.ok(link >= 48, `${where}: a link of ${link}`);
          }
        }
      }
    });
  }
});

test('slides are dark on white in dark mode too, and readable in the colours of the reader', async () => {
  await visitor({ viewport: SCREENS[0], colorScheme: 'dark' }, async (page) => {
    const colors = () => page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.documentElement);
      return [color, backgroundColor];
    });
    await page.goto(address(LANGUAGES[0], 'steps'));
    assert.deepEqual(await colors(), ['rgb(17, 17, 17)', 'rgb(255, 255, 255)']);
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    const [ink, paper] = await colors();
    assert.notEqual(ink, paper);
  });
});

test('all slides of a set can be reached when the network is gone', async () => {
  await visitor({ javaScriptEnabled: false, viewport: SCREENS[0] }, async (page, context) => {
    await page.goto(address(LANGUAGES[0], 'steps'));
    await context.setOffline(true);
    const count = await page.locator('section').count();
    for (let number = 2; number <= count; number += 1) {
      await page.locator(`section:nth-child(${number - 1}) nav a:last-child`).click();
      assert.equal(await slide(page), number);
    }
  });
});
