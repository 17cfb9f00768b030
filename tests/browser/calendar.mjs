// Calendar files, read by the parsers of calendar programs: ical.js (Thunderbird) and node-ical.

import assert from 'node:assert/strict';
import test from 'node:test';
import ICAL from 'ical.js';
import ical from 'node-ical';
import { LOCALHOST } from './browser.mjs';
import { LANGUAGES } from './data.mjs';

const CHOICES = 'service=facebook&service=instagram&accounts=unsure&country=DE&entry=facebook.2026-01-31';

async function fetched(path) {
  const response = await fetch(LOCALHOST + path);
  assert.match(response.headers.get('content-type'), /^text\/calendar/);
  return response.text();
}

for (const language of LANGUAGES) {
  test(`the days of the record can be read in ${language}`, async () => {
    const file = await fetched(`/${language}/record.ics?${CHOICES}`);
    const expected = ['2026-02-14', '2026-03-02', '2027-01-31'];
    const replies = `${LOCALHOST}/${language}/reply?${CHOICES}`;
    const confirmed = `${LOCALHOST}/${language}/reply/confirmed?${CHOICES}`;
    const urls = [replies, replies, confirmed];

    const events = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((it) => new ICAL.Event(it));
    assert.deepEqual(events.map((event) => event.startDate.toString()), expected);
    assert.deepEqual(events.map((event) => event.component.getFirstPropertyValue('url')), urls);
    for (const event of events) {
      assert.ok(event.startDate.isDate, 'the event is for the whole day');
      assert.ok(event.summary.length > 10 && event.uid.endsWith('@veto'));
    }

    const others = Object.values(ical.sync.parseICS(file)).filter((it) => it.type === 'VEVENT');
    assert.deepEqual(others.map((it) => it.start.toLocaleDateString('sv')), expected);
    assert.ok(others.every((it) => it.datetype === 'date'));
    assert.deepEqual(others.map((it) => it.url.val ?? it.url), urls);
    assert.deepEqual(others.map((it) => it.summary), events.map((it) => it.summary));

    for (const url of urls) assert.equal((await fetch(url)).status, 200, 'the link of the event');
  });

  test(`the days of the family sheet can be read in ${language}, and name nobody`, async () => {
    const file = await fetched(`/${language}/family/sheet.ics?country=DE&entry=a.facebook.2026-01-31&entry=c.instagram.2026-02-28`);
    const events = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((it) => new ICAL.Event(it));
    const days = events.map((event) => event.startDate.toString());
    assert.deepEqual(days, ['2026-02-14', '2026-03-02', '2026-03-14', '2026-03-30']);
    // A person is a letter.
    assert.ok(events.every((event) => /^[AC]\b/.test(event.summary)), events.map((event) => event.summary).join());
    assert.ok(!/ATTENDEE|ORGANIZER/.test(file));

    const others = Object.values(ical.sync.parseICS(file)).filter((it) => it.type === 'VEVENT');
    assert.deepEqual(others.map((it) => it.start.toLocaleDateString('sv')), days);
    assert.deepEqual(others.map((it) => it.summary), events.map((it) => it.summary));
  });

  test(`the event a year later can be read in ${language}`, async () => {
    const file = await fetched(`/${language}/year.ics?${CHOICES}`);
    const [event] = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((it) => new ICAL.Event(it));
    assert.equal(event.startDate.toString(), '2027-01-31');
  });
}
