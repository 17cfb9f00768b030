// Facts of data/ and texts of locales/, so that a corrected form or sentence breaks no test.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** All languages. */
export const ALL = readdirSync(new URL('../../locales', import.meta.url)).sort();

/** The languages that an author wrote. The others are translations: same files, same markup. */
export const LANGUAGES = ALL.filter((language) => read(`locales/${language}/language.toml`).includes('origin = "author"'));

/** Translations that stand for the others: from right to left, with long words, in letters of two bytes. */
export const TRANSLATIONS = ['ar', 'fr', 'uk'];

/** The address of the newest form of a service. */
export function form(service) {
  const forms = read('data/companies/meta.toml').split('\n[[').filter((entry) => entry.startsWith('form]]')).map((entry) => ({
    service: value(entry, 'service'),
    generation: Number(/^generation = (\d+)$/m.exec(entry)[1]),
    address: value(entry, 'address'),
  }));
  const [newest] = forms.filter((it) => it.service === service).sort((one, other) => other.generation - one.generation);
  return newest.address;
}

/** The steps of a journey, in order. */
export function steps(journey) {
  const entries = read(`data/journeys/${journey}.toml`).split('\n[[').filter((entry) => entry.startsWith('step]]'));
  return entries.map((entry) => value(entry, 'id'));
}

/** The journeys on one page: the id, the number of texts to copy and of pages of the company, whether there is a letter. */
export function pageJourneys() {
  const files = readdirSync(new URL('../../data/journeys', import.meta.url)).sort();
  const journeys = files.map((file) => [file.replace('.toml', ''), read(`data/journeys/${file}`)]);
  return journeys.filter(([, toml]) => /^kind = "page"$/m.test(toml)).map(([id, toml]) => {
    const steps = toml.split('\n[[').filter((entry) => entry.startsWith('step]]'));
    const having = (key) => steps.filter((step) => new RegExp(`^${key} = `, 'm').test(step)).length;
    return { id, texts: having('text'), links: having('link'), letter: /^letter = /m.test(toml), reasons: /^reasons = /m.test(toml) };
  });
}

/** The name of the authority of a country or of a region in it. */
export function authority(key, code) {
  const entries = read('data/authorities.toml').split('[[authority]]');
  return value(entries.find((entry) => entry.includes(`\n${key} = "${code}"\n`)), 'name');
}

/** The department of the first controller in the list, to which letters are addressed. */
export const attention = () => value(read('data/companies/meta.toml'), 'attention');

/** A text of one line: that of `key`, such as 'form.open', in `locales/{language}/{file}.toml`. */
export function text(language, file, key) {
  const path = key.split('.');
  const name = path.pop();
  const tables = `\n${read(`locales/${language}/${file}.toml`)}`.split('\n[');
  const table = path.length ? tables.find((it) => it.startsWith(`${path.join('.')}]`)) : tables[0];
  assert.ok(table, `${file} in ${language} has no table for ${key}`);
  return value(table, name);
}

/** The string of a key in a piece of TOML. */
function value(toml, key) {
  const line = toml.split(/\r?\n/).find((it) => it.startsWith(`${key} = "`) && !it.startsWith(`${key} = """`));
  assert.ok(line, `there is no string ${key}`);
  // A basic string of TOML is a string of JSON.
  return JSON.parse(/"(?:[^"\\]|\\.)*"/.exec(line)[0]);
}
