// The browser of the tests. Each file with tests is run by tests/browser.rs as
//   node <file> <address of the server> <path of Chromium>

import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const [, , site, executablePath] = process.argv;

/** The server at localhost, which browsers treat as secure, and by another name on plain http, which they do not. */
export const LOCALHOST = site;
export const HOME_NETWORK = site.replace('localhost', 'veto.lan');
const ORIGINS = [LOCALHOST, HOME_NETWORK].map((it) => new URL(it).origin);

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
 * Opens a new browser context, calls `visit` with an empty page in it, and fails on what must never happen meanwhile:
 * an error in the console, a request to another host, a missing file, a cookie, an entry in the browser's storage.
 */
export async function visitor(options, visit) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: false, ...options });
  const faults = [];
  context.on('console', (message) => {
    // The browser reports an error page as a failed resource; files are checked below.
    // On plain http it reports as an error that a header has no effect there.
    const known = /^Failed to load resource|^The Cross-Origin-Opener-Policy header has been ignored/.test(message.text());
    if (!known && ['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`script: ${error.error()}`));
  context.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (!ORIGINS.includes(origin)) faults.push(`a request to another host: ${request.url()}`);
  });
  context.on('response', (response) => {
    // What the script asks the server for is answered with a page.
    const file = !['document', 'fetch'].includes(response.request().resourceType());
    if (file && response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await visit(page, context);
    const { cookies, origins } = await context.storageState();
    assert.deepEqual([cookies, origins], [[], []], 'cookies and storage');
  } finally {
    await context.close();
  }
  assert.deepEqual(faults, []);
}
