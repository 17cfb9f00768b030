// Every kind of page that the wizard has, as paths below `/{language}/`.

const BOTH = 'service=both&accounts=unsure&country=DE';
const steps = [1, 2, 3, 4, 5, 6, 7];

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
  'answer',
  `answer?${BOTH}`,
  'answer/confirmed',
  'answer/more',
  'answer/refused',
  `answer/nothing?${BOTH}`,
  'why',
  'sources',
  'privacy',
  'accessibility',
];

/** The pages that report an error. */
export const ERRORS = [
  'nothing-here',
  'start?service=myspace&country=Atlantis',
  'step/1?service=&country=',
  'step/4?service=facebook&country=DE&ground=envy',
];
