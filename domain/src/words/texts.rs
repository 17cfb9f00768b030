//! The texts of each file of a language, as types. A file that lacks one of them, or has one too many, does not load.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Html, Label, Pattern, PerService, Slot};
use crate::facts::Law;

/// File `common.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// The language's own name.
    pub language: Label,
    /// The tag under which CLDR has the rules that fit the texts, such as `en-GB`.
    pub cldr: String,
    /// What the site is, in half a line, for the title.
    pub tagline: Label,
    /// The link that jumps to the content.
    pub skip: Label,
    /// The heading of the language switch.
    pub languages: Label,
    /// The heading of the links at the foot.
    pub more: Label,
    /// The link to the first page.
    pub home: Label,
    /// Veto depends on nobody it names.
    pub independent: Html,
    /// When the facts were checked.
    pub checked: Html,
    /// What stands in brackets behind a link that opens in a new tab.
    pub new_tab: Label,
    /// That this site sends nothing and asks for no password and no code.
    pub promise: Html,
    /// The heading above the sources of a page.
    pub sources: Label,
    /// How sure a statement is.
    pub confidence: Confidences,
}

/// How sure a statement is, in words.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidences {
    /// Several sources.
    pub confirmed: Label,
    /// One source.
    pub single: Label,
    /// Sources disagree.
    pub conflicting: Label,
    /// Our conclusion.
    pub inference: Label,
}

/// A heading with its text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The heading.
    pub title: Label,
    /// The text.
    pub body: Html,
}

/// A page that consists of text only.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// The heading of the page.
    pub title: Label,
    /// The first sentences.
    pub lead: Html,
    /// The sections, in order.
    pub sections: Vec<Section>,
}

/// File `home.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// The heading of the page.
    pub title: Label,
    /// What can be done here.
    pub lead: Html,
    /// What Meta does, with whose data.
    pub what: Section,
    /// What a person can do about it.
    pub can: Section,
    /// What is needed at hand.
    pub need: Section,
    /// What this site does not do.
    pub promise: Section,
    /// The chain post has no effect.
    pub chain_post: Section,
    /// The main button.
    pub start: Label,
    /// The link to everything on one page.
    pub everything: Label,
    /// The link for those who have objected already.
    pub already: Label,
}

/// File `start.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// The heading of the page.
    pub title: Label,
    /// The first sentence.
    pub lead: Html,
    /// The question for the service.
    pub service: Label,
    /// The answer "both".
    pub both: Label,
    /// The question whether both are in the same Accounts Centre.
    pub accounts: Label,
    /// Why this matters and how to look it up.
    pub accounts_help: Html,
    /// They are in the same one.
    pub linked: Label,
    /// They are not.
    pub separate: Label,
    /// The person does not know.
    pub unsure: Label,
    /// The question for the country of residence.
    pub country: Label,
    /// Why this matters.
    pub country_help: Html,
    /// The empty entry of the list.
    pub country_empty: Label,
    /// For people who live elsewhere.
    pub elsewhere: Section,
    /// The main button.
    pub button: Label,
    /// The button to another page that was wanted and needs these choices.
    pub go_on_to_page: Label,
    /// The heading above what has to be changed.
    pub errors: Label,
    /// No service was chosen.
    pub service_missing: Label,
    /// No country was chosen.
    pub country_missing: Label,
    /// An unknown service, with the value that came.
    pub service_unknown: Slot,
    /// An unknown country, with the value that came.
    pub country_unknown: Slot,
    /// An unknown value of another choice, with the value that came.
    pub choice_unknown: Slot,
    /// Where the wrong value came from, and what happened to it.
    pub unknown_help: Html,
    /// The button that goes on without the wrong value.
    pub go_on: Label,
}

/// File `steps.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// The heading of the list of steps.
    pub list: Label,
    /// Where one is: `Step {number} of 7`.
    pub position: Slot,
    /// That this is the first of two objections.
    pub first: PerService,
    /// That this is the second of two objections.
    pub second: PerService,
    /// That this one objection is for both services.
    pub linked: PerService,
    /// The heading above what to do.
    pub todo: Label,
    /// The heading above the difference to the form of June 2024.
    pub then: Label,
    /// The heading above the troubles.
    pub trouble: Label,
    /// The button to the next step, with its name.
    pub next: Slot,
    /// The link to the step before, with its name.
    pub previous: Slot,
    /// What the drawing is, and what it is not.
    pub drawing: DrawingWords,
    /// Step 1.
    pub sign_in: StepWords,
    /// Step 2.
    pub open_form: StepWords,
    /// Step 3.
    pub contact: StepWords,
    /// Step 4.
    pub explain: StepWords,
    /// Step 5.
    pub submit: StepWords,
    /// Step 6.
    pub code: StepWords,
    /// Step 7.
    pub confirmation: StepWords,
    /// What only step 2 has.
    pub form: FormWords,
    /// The country that was chosen, on step 3.
    pub your_country: Slot,
    /// What only step 7 has.
    pub end: EndWords,
}

/// The texts that every step has.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepWords {
    /// The name in the list of steps.
    pub name: Label,
    /// The heading of the page.
    pub title: PerService,
    /// The first sentences.
    pub lead: PerService,
    /// What to do, in order.
    pub todo: PerService,
    /// How the form of June 2024 differed, if it did.
    pub then: Option<Html>,
    /// What the drawing shows, for those who do not see it.
    pub drawing: PerService,
}

/// The words in the drawing of Meta's form.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawingWords {
    /// That it is a drawing and that the real page may differ.
    pub caption: Label,
    /// The mark at the place of this step.
    pub here: Label,
    /// What is drawn with a broken line.
    pub older: Label,
    /// The field for the country.
    pub country: Label,
    /// The field for the e-mail address.
    pub email: Label,
    /// The field for the explanation.
    pub explanation: Label,
    /// The field for more information.
    pub more: Label,
    /// Meta's button.
    pub send: Label,
    /// The field for the password.
    pub password: Label,
    /// The button to sign in.
    pub sign_in: Label,
    /// The field for the code.
    pub code: Label,
    /// The subject of the confirmation mail.
    pub mail: Label,
}

/// What only step 2 has.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormWords {
    /// The link to the form.
    pub open: PerService,
    /// The host of the link, to compare.
    pub host: Slot,
    /// When the link was last reported to work.
    pub tried: Slot,
    /// When the link was last named.
    pub named: Slot,
    /// The heading above the other ways.
    pub dead: Label,
    /// The heading above the older form.
    pub older: Label,
    /// The link to the older form, with its year.
    pub older_open: Slot,
    /// The heading above the ways through the menus.
    pub menus: Label,
    /// What is known about these ways.
    pub menus_help: Html,
    /// The heading above travel and VPN, with its text.
    pub abroad: Section,
    /// What is not known about the form in the United Kingdom.
    pub united_kingdom: Html,
    /// Meta's general channel.
    pub general: Section,
    /// A letter, for those whom the form refuses.
    pub letter: Section,
}

/// What only step 7 has.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndWords {
    /// The main button when the other service comes next.
    pub next_service: PerService,
    /// The main button when all objections are made.
    pub answer: Label,
    /// That the objection is made, and what it covers.
    pub done: Section,
    /// What remains when both are in the same Accounts Centre.
    pub linked: Html,
}

/// What goes wrong at a step, and what helps.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TroubleWords {
    /// What the person sees.
    pub problem: Label,
    /// What helps.
    pub help: Html,
}

/// File `text.toml`: the text for Meta, as the pages offer it.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextPage {
    /// The label of the text field.
    pub label: Label,
    /// How to mark and copy, with and without the button.
    pub help: Html,
    /// The number of characters.
    pub characters: Slot,
    /// Where the reason comes from when nothing is ticked; the date of klicksafe's article stands in it.
    pub tested: Html,
    /// The same where the sentence is our translation.
    pub tested_translated: Html,
    /// That the text was made from the ticks.
    pub own: Html,
    /// The copy button.
    pub copy: Label,
    /// That copying worked.
    pub copied: Label,
    /// That copying did not work, and what to press.
    pub copy_failed: Label,
    /// The link to the text as a plain file.
    pub plain: Label,
    /// The heading above the choices.
    pub change: Label,
    /// What the ticks do.
    pub change_help: Html,
    /// The headings of the groups of grounds.
    pub groups: GroundGroups,
    /// What the sign behind a ground means.
    pub special_category: Label,
    /// The question for the length.
    pub length: Label,
    /// The short version.
    pub short: Label,
    /// The full version.
    pub full: Label,
    /// The question for the language of the text.
    pub language: Label,
    /// The button that shows the text with these choices.
    pub show: Label,
    /// The link back to the tested sentence.
    pub reset: Label,
    /// The heading above the law.
    pub law: Label,
    /// What the law of the country says, by law.
    pub laws: Laws<Html>,
    /// What the law is called in the country.
    pub law_name: Slot,
    /// That this is no legal advice.
    pub no_advice: Html,
}

/// The headings of the groups of grounds.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundGroups {
    /// People in pictures and posts.
    pub people: Label,
    /// What must not get around.
    pub sensitive: Label,
    /// Work and own works.
    pub work: Label,
    /// Time and control.
    pub control: Label,
}

/// One thing for each law.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laws<T> {
    /// For the GDPR.
    pub gdpr: T,
    /// For the UK GDPR.
    pub uk_gdpr: T,
    /// For the Swiss FADP.
    pub swiss_fadp: T,
}

impl<T> Laws<T> {
    /// The one for `law`.
    pub fn of(&self, law: Law) -> &T {
        match law {
            Law::Gdpr => &self.gdpr,
            Law::UkGdpr => &self.uk_gdpr,
            Law::SwissFadp => &self.swiss_fadp,
        }
    }
}

/// File `everything.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Everything {
    /// The heading of the page.
    pub title: Label,
    /// The first sentences.
    pub lead: Html,
    /// The heading of one objection.
    pub objection: PerService,
    /// The heading above the order of the fields.
    pub fields: Label,
    /// The fields of today's form, in order.
    pub fields_today: Html,
    /// The fields of the form of June 2024, in order.
    pub fields_then: Html,
    /// What to do afterwards.
    pub after: Section,
    /// The link to the steps.
    pub steps: Label,
}

/// File `answer.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The heading of the page.
    pub title: Label,
    /// The first sentences.
    pub lead: Html,
    /// Meta confirms.
    pub confirmed: AnswerWords,
    /// Meta asks for more.
    pub more: AnswerWords,
    /// Meta refuses.
    pub refused: AnswerWords,
    /// Nothing came.
    pub nothing: AnswerWords,
    /// The link to the calendar file that reminds a year later.
    pub year: Label,
    /// The link back to the four answers.
    pub back: Label,
}

/// One of Meta's answers.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerWords {
    /// The answer, as a link to its page.
    pub name: Label,
    /// How to recognise it.
    pub sign: Html,
    /// The heading of its page.
    pub title: Label,
    /// The next thing to do.
    pub lead: Html,
    /// More, in order.
    pub sections: Vec<AnswerSection>,
}

/// A heading with its text, for everybody or for those under some laws only.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerSection {
    /// The heading.
    pub title: Label,
    /// The text.
    pub body: Html,
    /// For whom it is; for everybody, if there is none.
    #[serde(default)]
    laws: Vec<Law>,
}

impl AnswerSection {
    /// Whether this is for people under `law`.
    pub fn is_for(&self, law: Law) -> bool {
        self.laws.is_empty() || self.laws.contains(&law)
    }
}

/// A page that asks for one choice.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The heading of the page.
    pub title: Label,
    /// What the answer is for.
    pub lead: Html,
    /// The question.
    pub label: Label,
    /// Why it is asked.
    pub help: Html,
    /// The empty entry of the list, if there is one.
    #[serde(default)]
    pub empty: Option<Label>,
    /// What came is no such choice.
    pub wrong: Slot,
    /// Nothing came.
    pub missing: Label,
    /// The main button.
    pub button: Label,
}

/// File `record.toml`: what to keep.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The heading of the page.
    pub title: Label,
    /// What to do with it.
    pub lead: Html,
    /// The question for the day.
    pub question: Question,
    /// The link to another day.
    pub change: Label,
    /// The services.
    pub services: Label,
    /// The day.
    pub made: Label,
    /// The form.
    pub link: Label,
    /// The law.
    pub law: Label,
    /// The text.
    pub text: Label,
    /// A line to fill in by hand.
    pub came_back: Label,
    /// Another one.
    pub name: Label,
    /// The day by which Meta must answer.
    pub due: Label,
    /// How it is counted.
    pub due_help: Html,
    /// The same where the law names no day.
    pub due_switzerland: Label,
    /// Why there is none.
    pub due_switzerland_help: Html,
    /// The day to look again.
    pub look: Label,
    /// The day to complain.
    pub complain: Label,
    /// The link to the calendar file.
    pub calendar: Label,
    /// What the calendar file holds.
    pub calendar_help: Html,
    /// The heading above the reason.
    pub why: Label,
    /// Why to keep it.
    pub why_body: Html,
    /// The first entry of the calendar.
    pub event_look: Label,
    /// The second entry of the calendar.
    pub event_due: Label,
    /// The same where the law names no day.
    pub event_due_switzerland: Label,
    /// The entry a year later.
    pub event_year: Label,
    /// What stands above the letters.
    pub letters: Label,
    /// The article under which one objects.
    pub laws: Laws<Label>,
}

/// File `authority.toml`: the supervisory authority.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityPage {
    /// The heading of the page.
    pub title: Label,
    /// What it is there for.
    pub lead: Html,
    /// The question for the Land.
    pub question: Question,
    /// The postal address.
    pub address: Label,
    /// The page for complaints.
    pub complaint: Label,
    /// The site.
    pub website: Label,
    /// The address for complaints by e-mail.
    pub email: Label,
    /// The languages of a complaint.
    pub languages: Label,
    /// That the details should be checked.
    pub check: Html,
    /// Where the details were read.
    pub source: Slot,
    /// The part of the Irish authority.
    pub role: Html,
    /// The same for people in Ireland.
    pub role_ireland: Html,
    /// What is different in the United Kingdom.
    pub role_uk: Html,
    /// What is different in Switzerland.
    pub role_switzerland: Html,
    /// The link to another Land.
    pub change: Label,
    /// The link to the record.
    pub record: Label,
    /// The names of the languages, by ISO 639-1.
    pub language_names: BTreeMap<String, Label>,
}

/// File `why.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// The text before the timeline.
    pub article: Article,
    /// The heading of the timeline.
    pub timeline: Label,
    /// Until when it knows.
    pub timeline_lead: Html,
    /// The mark of what is disputed or open.
    pub disputed: Label,
}

/// File `sources.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcesPage {
    /// The heading of the page.
    pub title: Label,
    /// How the facts were gathered.
    pub lead: Html,
    /// The heading above the forms.
    pub forms: Label,
    /// The columns of the forms.
    pub generation: Slot,
    /// The heading above Meta's other pages.
    pub links: Label,
    /// The heading above the tested sentence.
    pub sentence: Label,
    /// The heading above the grounds.
    pub grounds: Label,
    /// The licences of code, texts and data.
    pub licences: Section,
}

/// File `keep.toml`: choices that a visitor asks the browser to keep.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// The heading of the offer.
    pub offer: Label,
    /// What happens, for how many hours, and where not to do it.
    pub help: Slot,
    /// The button that keeps them.
    pub button: Label,
    /// The heading of what is kept.
    pub kept: Label,
    /// The link that goes on with it.
    pub go_on: Label,
    /// The button that wipes it.
    pub wipe: Label,
    /// That nothing is kept any more.
    pub wiped: Label,
}

/// File `problems.toml`: the pages for what goes wrong.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problems {
    /// There is no such page.
    pub not_found: Section,
    /// The page cannot be called that way.
    pub method: Section,
    /// The request brought too much.
    pub too_large: Section,
    /// The address is too long.
    pub address_too_long: Section,
    /// What came cannot be read.
    pub unreadable: Section,
    /// We have made a mistake.
    pub failure: Section,
    /// Too many visitors at once.
    pub busy: Section,
    /// The main button.
    pub button: Label,
}

/// File `objection.toml`: the texts that go to Meta, as plain text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// The short names of the two laws that share their articles.
    pub law: LawNames,
    /// The texts under the GDPR and the UK GDPR.
    pub gdpr: ObjectionTexts,
    /// The texts under the Swiss FADP.
    pub swiss_fadp: ObjectionTexts,
    /// What each ground says, by its id.
    pub grounds: BTreeMap<String, GroundTexts>,
}

/// The short names of the two laws that share their articles.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawNames {
    /// Regulation (EU) 2016/679.
    pub gdpr: String,
    /// The UK GDPR.
    pub uk_gdpr: String,
}

/// The texts of an objection under one law. Each names the services; those with the tested sentence have a hole for
/// it, those with the person's own grounds have holes for these and for what special categories of data add.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionTexts {
    /// Short, with the tested sentence.
    pub short_tested: Pattern,
    /// Full, with the tested sentence.
    pub full_tested: Pattern,
    /// Short, with the person's grounds.
    pub short_own: Pattern,
    /// Full, with the person's grounds.
    pub full_own: Pattern,
    /// What is added to the short version if a ground names special categories of data.
    pub short_special: Pattern,
    /// What is added to the full version if a ground names special categories of data.
    pub full_special: Pattern,
}

impl Objection {
    /// The texts under a law, and its short name where the texts leave it open.
    pub fn of(&self, law: Law) -> (&ObjectionTexts, &str) {
        match law {
            Law::Gdpr => (&self.gdpr, &self.law.gdpr),
            Law::UkGdpr => (&self.gdpr, &self.law.uk_gdpr),
            Law::SwissFadp => (&self.swiss_fadp, ""),
        }
    }
}

/// File `letters.toml`: the texts on paper. Plain text, escaped only where a page shows it.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// The first line.
    pub salutation: String,
    /// The last line, above the name.
    pub closing: String,
    /// Around the day of Meta's answer in the complaint: `{answered}`.
    pub answered_on: Pattern,
    /// Around the account, as a part of a sentence or a paragraph of its own; like the next three with one `{typed}`.
    pub account: Pattern,
    /// Around the e-mail address.
    pub email: Pattern,
    /// Around what Meta wrote.
    pub quote: Pattern,
    /// Around the person's own words.
    pub own: Pattern,
    /// The letters under the GDPR and the UK GDPR.
    pub gdpr: LetterTexts,
    /// The letters under the Swiss FADP.
    pub swiss_fadp: LetterTexts,
}

/// The letters under one law.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterTexts {
    /// The objection by letter.
    pub objection: LetterText,
    /// The answer when Meta asks for more.
    pub more: LetterText,
    /// The answer when Meta refuses.
    pub refused: LetterText,
    /// The reminder.
    pub reminder: LetterText,
    /// The complaint to the authority.
    pub complaint: ComplaintTexts,
}

/// The texts of one letter.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterText {
    /// What it is about, in one line.
    pub subject: Pattern,
    /// Its paragraphs.
    pub body: Pattern,
}

/// The texts of the complaint.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintTexts {
    /// The letter.
    pub letter: LetterText,
    /// Its part about what came back: nothing.
    pub nothing: Pattern,
    /// A refusal.
    pub refused: Pattern,
    /// A question.
    pub more: Pattern,
    /// Its part about the reminder.
    pub reminded: Pattern,
    /// Its part for an authority that does not lead for Meta.
    pub lead: Pattern,
}

impl Letters {
    /// The letters under a law.
    pub fn of(&self, law: Law) -> &LetterTexts {
        match law {
            Law::Gdpr | Law::UkGdpr => &self.gdpr,
            Law::SwissFadp => &self.swiss_fadp,
        }
    }
}

/// File `letter.toml`: the forms in which letters are made.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterPage {
    /// The heading and the lead of each letter's form.
    pub objection: LetterWords,
    /// The same for the answer when Meta asks for more.
    pub more: LetterWords,
    /// The same for the answer when Meta refuses.
    pub refused: LetterWords,
    /// The same for the reminder.
    pub reminder: LetterWords,
    /// The same for the complaint.
    pub complaint: LetterWords,
    /// The same for the report in Switzerland.
    pub report: LetterWords,
    /// What happens to what is typed.
    pub privacy: Html,
    /// What stands behind the name of a field that may stay empty.
    pub optional: Label,
    /// The fields by their names.
    pub fields: BTreeMap<String, FieldWords>,
    /// What came back, by the answer's id.
    pub outcomes: BTreeMap<String, Label>,
    /// The question for the letter's language.
    pub language: Label,
    /// What stands behind a language in which the recipient takes letters.
    pub accepted: Label,
    /// That the authority takes no complaint in a language that we have.
    pub not_accepted: Slot,
    /// The heading above the errors.
    pub errors: Label,
    /// The errors.
    pub faults: FaultWords,
    /// The heading of the page that shows what was typed.
    pub check: Label,
    /// What to look at there.
    pub check_lead: Html,
    /// The button that leads to it.
    pub to_check: Label,
    /// The button back to the form.
    pub change: Label,
    /// The button that leads to the letter.
    pub to_letter: Label,
    /// The recipient.
    pub recipient: Label,
    /// The heading of the page with the letter.
    pub done: Label,
    /// What to do with a letter to Meta.
    pub use_meta: Html,
    /// What to do with a letter to the authority.
    pub use_authority: Html,
    /// The link to the authority's page for complaints.
    pub complaint_page: Label,
    /// The link that opens the e-mail program.
    pub mail: Label,
    /// What to do if that does nothing.
    pub mail_help: Slot,
    /// The button for the text file.
    pub file: Label,
    /// The name of the text file, without its ending.
    pub file_name: Label,
    /// The label of the letter as text.
    pub text: Label,
    /// That Veto's address of the controller may not be the right one in the United Kingdom.
    pub united_kingdom: Html,
    /// The link to the record.
    pub record: Label,
}

/// What a page says of one letter.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterWords {
    /// Its name, as a heading and as a link.
    pub title: Label,
    /// When it is the right one.
    pub lead: Html,
}

/// What a form says of one field.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldWords {
    /// Its name.
    pub label: Label,
    /// What to write there.
    pub help: Option<Html>,
}

/// What can be wrong with what was typed.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultWords {
    /// Nothing was.
    pub missing: Label,
    /// Too many characters.
    pub too_long: Slot,
    /// Too many lines.
    pub too_many_lines: Slot,
    /// Characters that are none.
    pub unreadable: Label,
    /// No day from May 2024 until today.
    pub no_day: Label,
    /// It tells of an answer, where it is said that nothing came.
    pub nothing_came: Label,
    /// A day before the objection.
    pub before_objection: Label,
    /// The month is not over; it ends on a day.
    pub too_early: Slot,
}

/// What a ground says in the text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundTexts {
    /// A clause for the short version, to be joined with "and".
    pub clause: String,
    /// A sentence for the full version.
    pub sentence: String,
}
