// Every kind of page, as paths below `/{language}/`.

const BOTH = 'service=both&accounts=unsure&country=DE';
/** The number of steps. */
export const STEPS = 7;
const steps = Array.from({ length: STEPS }, (_, index) => index + 1);

export const PAGES = [
  '',
  'start',
  ...steps.map((step) => `step/${step}?service=facebook&country=IE`),
  ...steps.map((step) => `step/${step}?${BOTH}&form=instagram`),
  'step/2?service=facebook&country=GB',
  'step/4?service=facebook&country=CH&length=full&ground=children&ground=health&ground=profession',
  'step/7?service=both&accounts=linked&country=AT',
  `step/7?${BOTH}`,
  `everything?${BOTH}&length=full&ground=children`,
  `record?${BOTH}`,
  `record?${BOTH}&day=2026-03-31`,
  'record?service=facebook&country=CH&day=2026-03-31&length=full&ground=children',
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
  'why',
  'sources',
  'privacy',
  'accessibility',
  'languages?page=why',
];

/** Error pages. */
export const ERRORS = [
  'nothing-here',
  'start?service=myspace&country=Atlantis',
  'step/1?service=&country=',
  'step/4?service=facebook&country=DE&ground=envy',
  'record?service=facebook&country=DE&day=2026-02-31',
  'authority?service=facebook&country=DE&region=',
];

/** Pages of a letter that is being written: path, and fields to send by POST. */
export const TYPED = [
  ['letter/complaint?service=facebook&country=FR', 'name=Ada'],
  ['letter/complaint?service=facebook&country=FR', typed('check')],
  ['letter/complaint?service=facebook&country=FR', typed('letter')],
  ['letter/refused?service=facebook&country=CH', typed('letter')],
];

function typed(next) {
  return new URLSearchParams({
    name: 'Ada Muster', address: 'Weg 1\n12345 Ort', account: 'ada', day: '2026-03-31', outcome: 'refused', replied: '2026-05-01', next,
  }).toString();
}
