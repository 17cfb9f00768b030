// Every kind of page, as paths below `/{language}/`.

import { steps } from './data.mjs';

const BOTH = 'service=facebook&service=instagram&accounts=unsure&country=DE';
/** The steps, in order. */
export const STEPS = steps('meta-account');

export const PAGES = [
  '',
  'topic',
  'topic?country=DE',
  'ways',
  'meta-whatsapp?country=DE',
  'meta-whatsapp/letter?country=GB',
  'meta-third-party?country=CH',
  'meta-young?country=AT',
  'meta-genai-rights?country=DE',
  'start',
  ...STEPS.map((step) => `meta-account/${step}?service=facebook&country=IE`),
  ...STEPS.map((step) => `meta-account/${step}?${BOTH}&form=instagram`),
  'meta-account/open-form?service=facebook&country=GB',
  'meta-account/explain?service=facebook&country=CH&length=full',
  'meta-account/confirmation?service=facebook&service=instagram&accounts=linked&country=AT',
  `meta-account/confirmation?${BOTH}`,
  `everything?${BOTH}&length=full`,
  'finish?service=facebook&country=IE',
  `finish?${BOTH}`,
  'troubles',
  'shared-device',
  `days?${BOTH}`,
  `record?${BOTH}`,
  `record?${BOTH}&entry=facebook.2026-03-31&entry=instagram.2026-04-02.confirmed`,
  'record?service=facebook&country=CH&entry=facebook.2026-03-31&length=full',
  'authority?service=facebook&country=DE',
  'authority?service=facebook&country=DE&region=DE-BY',
  'authority?service=facebook&country=BE',
  'authority?service=facebook&country=GB',
  'authority?service=facebook&country=CH',
  ...['objection', 'more', 'refused', 'reminder', 'complaint'].map((it) => `letter/${it}?service=facebook&country=GB`),
  'letter/complaint?service=facebook&country=FR',
  'reply',
  `reply?${BOTH}`,
  'reply/confirmed',
  'reply/more',
  'reply/refused',
  `reply/nothing?${BOTH}`,
  'status/notice',
  'status/notice-today',
  'status/earlier-repeat',
  'status/earlier-counts',
  `status/receipt?${BOTH}`,
  `status/receipt?${BOTH}&entry=facebook.2026-03-31`,
  'company',
  'company/linkedin?country=DE',
  'company/tiktok?country=GB',
  'objection/linkedin?country=CH',
  'complaint/linkedin',
  'complaint/linkedin?country=GB&entry=linkedin.2026-03-31.refused',
  'check-list',
  'check-list?entry=linkedin&entry=x.2026-03-31',
  'why',
  'timeline',
  'sources',
  'privacy',
  'accessibility',
  'languages?page=why',
  'school',
  'school/slides',
  'school/slides/why',
  'school/slides/steps',
  'school/slides/quiz',
  'school/slides/code',
  'school/notes',
  'school/lesson',
  'school/handout',
  'school/handout?second=en',
  'school/parents',
  'school/quiz',
  'school/quiz/answers',
  'school/rules',
  'family',
  'family/sheet',
  'family/sheet?entry=a.facebook.2026-03-31&entry=c.instagram.2026-04-02.confirmed',
  'family/phone',
  'family/phone/other',
  'share',
];

/** Error pages. */
export const ERRORS = [
  'nothing-here',
  'start?service=myspace&country=Atlantis',
  'meta-account/sign-in?service=&country=',
  'meta-account/explain?service=facebook&country=DE&text=xx',
  'record?service=facebook&country=DE&day=2026-02-31',
  'authority?service=facebook&country=DE&region=',
  'family/sheet?entry=a.facebook.2026-02-31',
  'school/handout?second=tlh',
  'school/lesson?minutes=7',
];

/** Pages with what was typed, such as a letter that is being written: path, and fields to send by POST. */
export const TYPED = [
  ['meta-account/open-form?service=facebook&country=DE', 'ground=health&ground=hiding&typed=My+own+words'],
  ['meta-account/open-form?service=facebook&country=DE', 'ground=envy'],
  ['objection/linkedin?country=DE', 'ground=health&ground=hiding&typed=My+own+words'],
  [`record?${BOTH}&entry=facebook.2026-03-31`, 'entry=facebook&used=other&typed=My+own+words'],
  [`record?${BOTH}&entry=facebook.2026-03-31`, 'entry=facebook&used=1999&typed=My+own+words'],  ['letter/complaint?service=facebook&country=FR', 'name=Ada'],
  ['letter/complaint?service=facebook&country=FR', typed('check')],
  ['letter/complaint?service=facebook&country=FR', typed('letter')],
  ['letter/refused?service=facebook&country=CH', typed('letter')],
];

/** A page of each layout, as pairs like those in `TYPED`, for languages that are not checked on every page. */
export const FEW = [
  [''],
  ['start'],
  ['topic?country=DE'],
  ['meta-account/open-form?service=facebook&country=DE', 'ground=health&ground=hiding&typed=My+own+words'],
  ['meta-account/contact?service=facebook&country=GB'],
  [`meta-account/confirmation?${BOTH}`],
  [`record?${BOTH}&entry=facebook.2026-03-31&entry=instagram.2026-04-02.confirmed`],
  ['authority?service=facebook&country=DE&region=DE-BY'],
  ['company'],
  ['company/linkedin?country=DE'],
  ['objection/linkedin?country=DE', 'ground=health&ground=hiding&typed=My+own+words'],
  ['complaint/linkedin?country=FR&entry=linkedin.2026-03-31.refused'],
  ['check-list?country=DE&entry=linkedin&entry=x'],
  ['timeline'],
  ['start?service=myspace&country=Atlantis'],
  ['letter/complaint?service=facebook&country=FR', typed('check')],
];

function typed(next) {
  return new URLSearchParams({
    name: 'Ada Muster', address: 'Weg 1\n12345 Ort', account: 'ada', day: '2026-03-31', outcome: 'refused', replied: '2026-05-01', next,
  }).toString();
}
