// Visitors with a real browser. Each file beside this one is run by tests/browser.rs as
//   node <file> <address of the running wizard> <path of Chromium>

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const [, , site, executablePath] = process.argv;

/** The wizard at localhost, which browsers trust, and by a name in the home network on plain http, which they do not. */
export const LOCALHOST = site;
export const HOME_NETWORK = site.replace('localhost', 'veto.lan');
const ORIGINS = [LOCALHOST, HOME_NETWORK].map((it) => new URL(it).origin);

/** The languages of the wizard. */
export const LANGUAGES = readdirSync(new URL('../../locales', import.meta.url));

/** How Chromium is started. */
export const LAUNCH = {
  executablePath,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP veto.lan 127.0.0.1',
  ],
};

const browser = await chromium.launch(LAUNCH);
after(() => browser.close());

/**
 * Opens a browser window of its own, calls `visit` with its empty page, and then fails on what the visit must never
 * cause: an error in the console, a request to anyone else, a missing file, a cookie, something kept in the browser.
 */
export async function visitor(options, visit) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: false, ...options });
  const faults = [];
  context.on('console', (message) => {
    // A page that reports an error is a failed resource to the browser; other files are looked at below.
    // On plain http the browser says that a header has no effect there, as if that were an error.
    const known = /^Failed to load resource|^The Cross-Origin-Opener-Policy header has been ignored/.test(message.text());
    if (!known && ['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`script: ${error.error()}`));
  context.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (!ORIGINS.includes(origin)) faults.push(`a request to someone else: ${request.url()}`);
  });
  context.on('response', (response) => {
    const file = response.request().resourceType() !== 'document';
    if (file && response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await visit(page, context);
    const { cookies, origins } = await context.storageState();
    assert.deepEqual([cookies, origins], [[], []], 'nothing is kept in the browser');
  } finally {
    await context.close();
  }
  assert.deepEqual(faults, []);
}
