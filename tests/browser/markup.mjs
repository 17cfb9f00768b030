// The Nu HTML checker on every page: no errors, no warnings.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { LOCALHOST } from './browser.mjs';
import { LANGUAGES } from './data.mjs';
import { ERRORS, PAGES, TYPED } from './pages.mjs';

const checker = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

test('the Nu HTML checker finds no error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'veto-pages-'));
  try {
    for (const language of LANGUAGES) {
      const pages = [...PAGES, ...ERRORS].map((path) => [path]);
      for (const [number, [path, typed]] of [...pages, ...TYPED].entries()) {
        const request = typed ? { method: 'POST', body: new URLSearchParams(typed) } : {};
        const response = await fetch(`${LOCALHOST}/${language}/${path}`, request);
        writeFileSync(join(folder, `${language}-${number}.html`), await response.text());
      }
    }
    const broken = join(folder, 'broken.html');
    writeFileSync(broken, '<!doctype html><html lang="en"><title>Broken</title><p><b>');
    const findings = [];
    try {
      execFileSync('java', ['-jar', checker, '--format', 'json', folder], { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1e8 });
    } catch (error) {
      findings.push(...JSON.parse(error.stderr).messages);
    }
    assert.ok(findings.some(({ url }) => url.endsWith('broken.html')), 'the checker has run');
    const ours = findings.filter(({ url }) => !url.endsWith('broken.html'));
    assert.deepEqual(ours.map(({ url, message, extract }) => `${url}: ${message}: ${extract}`), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
