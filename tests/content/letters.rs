//! The letters: to whom they go, under which law, and what they must not go without.

use scraper::ElementRef;
use toml::Value;

use super::calendar::{parse, reply_due};
use super::evidence::check_evidence;
use super::objection::{law_name, texts_for};
use super::page::{Page, after, contains, pieces, same, shown, squeeze, within};
use super::repository::{controller, country_of_each_law, languages, list, optional, services, text};
use super::site::{Choices, DAY, authority_choices, path, service_name, text_for_meta};
use super::words::{Words, fill};
use crate::in_process::{Response, Site};

/// What is typed into the fields, by their names.
const TYPED: [(&str, &str); 10] = [
    ("name", "Kim Example"),
    ("address", "Example Road 1\n12345 Exampleton"),
    ("email", "kim@example.org"),
    ("account", "kim.example"),
    ("day", DAY),
    ("outcome", "refused"),
    ("replied", "2025-02-14"),
    ("reply", "We see it otherwise."),
    ("reminded", "2025-02-20"),
    ("own", "This matters to me."),
];

/// What was typed into a field.
fn typed(name: &str) -> &'static str {
    TYPED
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, value)| value)
}

/// A letter: where its form's texts stand, and where its own do.
struct Letter {
    form: String,
    id: String,
    choices: Choices,
    law: &'static str,
    /// The authority that it goes to; Meta if there is none.
    authority: Option<&'static Value>,
}

/// The letters to Meta under each law, then the letters to each authority.
fn letters(words: &Words) -> Vec<Letter> {
    let mut letters = Vec::new();
    let keys = words.tables("letters.texts.gdpr", "body");
    for country in country_of_each_law() {
        for key in &keys {
            let id = key.rsplit('.').next().unwrap_or_default();
            letters.push(Letter {
                form: format!("letter_forms.{id}"),
                id: id.to_owned(),
                choices: Choices::of(services()[0], country),
                law: text(country, "law"),
                authority: None,
            });
        }
    }
    letters.extend(authority_choices().into_iter().map(|(authority, country, choices)| {
        let form = if text(country, "law") == "swiss_fadp" {
            "report"
        } else {
            "complaint"
        };
        Letter {
            form: format!("letter_forms.{form}"),
            id: "complaint.letter".to_owned(),
            choices,
            law: text(country, "law"),
            authority: Some(authority),
        }
    }));
    letters
}

impl Letter {
    fn address(&self, words: &Words) -> String {
        self.choices.at(path(words, &format!("{}.title", self.form)))
    }

    /// The form, filled in, for the button `next`, with a letter in the language of the page.
    fn filled(&self, words: &Words, next: &'static str) -> Vec<(String, &'static str)> {
        let page = Page::get(&self.address(words));
        let mut form: Vec<(String, &'static str)> = Vec::new();
        for field in page.select("form[method=post] [name]:not(button)") {
            let name = field.attr("name").unwrap_or_default().to_owned();
            let value = if name == "language" {
                words.language
            } else {
                typed(&name)
            };
            if !form.iter().any(|(known, _)| *known == name) {
                form.push((name, value));
            }
        }
        form.push(("next".to_owned(), next));
        form
    }

    fn send(&self, words: &Words, form: &[(String, &str)]) -> Response {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        Site::built_in().post(&self.address(words), &form)
    }

    fn page(&self, words: &Words, next: &'static str) -> Page {
        let response = self.send(words, &self.filled(words, next));
        let path = self.address(words);
        assert_eq!(response.status, 200, "POST {path}");
        Page::parse(&path, &response.html)
    }

    /// The lines of the recipient.
    fn recipient(&self) -> Vec<&'static str> {
        if let Some(authority) = self.authority {
            let address = list(authority, "address");
            return [text(authority, "name")].into_iter().chain(address).collect();
        }
        let controller = controller(self.law);
        let names = [text(controller, "name")]
            .into_iter()
            .chain(optional(controller, "also"));
        names
            .chain([text(controller, "attention")])
            .chain(list(controller, "address"))
            .collect()
    }

    /// The text at `key` of this letter, with all that is known in its placeholders.
    fn text(&self, words: &Words, key: &str) -> String {
        let texts = texts_for(words, "letters", self.law);
        let typed_in = |key: &str, name: &str| fill(words.raw(key), &[("typed", typed(name))]);
        let day = |name: &str| words.written(parse(typed(name)));
        let (objected, replied, reminded) = (day("day"), day("replied"), day("reminded"));
        let replied_on = fill(words.raw("letters.replied_on"), &[("replied", &replied)]);
        let mut lead = "";
        if self
            .authority
            .is_some_and(|own| text(own, "id") != text(controller(self.law), "lead_authority"))
        {
            lead = words.raw(&format!("{texts}.complaint.lead"));
        }
        let complaint_law = format!("letters.complaint_law_names.{}", self.law);
        let complaint_law = words.value(&complaint_law).and_then(Value::as_str).unwrap_or_default();
        let service = service_name(words.language, services()[0]);
        fill(
            words.raw(&format!("{texts}.{}.{key}", self.id)),
            &[
                ("outcome", words.raw(&format!("{texts}.complaint.refused"))),
                ("reminded", words.raw(&format!("{texts}.complaint.reminded"))),
                ("lead", lead),
                ("complaint_law", complaint_law),
                ("replied_on", &replied_on),
                ("reminded_on", &reminded),
                ("replied", &replied),
                ("quote", &typed_in("letters.quote", "reply")),
                ("own", &typed_in("letters.own", "own")),
                ("account", &typed_in("letters.account", "account")),
                ("email", &typed_in("letters.email", "email")),
                (
                    "objection",
                    &text_for_meta(words.language, &self.choices.with("length", "full")),
                ),
                ("services", &service),
                ("day", &objected),
                ("due", &words.written(reply_due(parse(DAY)))),
                ("law", law_name(words, self.law)),
            ],
        )
    }
}

/// The pages with finished letters of a language, one for each form.
pub fn finished(words: &Words) -> Vec<Page> {
    letters(words)
        .iter()
        .map(|letter| letter.page(words, "letter"))
        .collect()
}

/// Fails unless `text` holds a template whose open placeholders may be anything.
fn holds(place: &str, text: &str, template: &str) {
    after(&squeeze(text), &pieces(template)).unwrap_or_else(|missing| panic!("{place}: missing “{missing}”"));
}

#[test]
fn a_letter_goes_to_the_one_who_decides_under_the_law_of_the_country_and_says_what_was_typed() {
    for language in languages() {
        let words = Words::of(language);
        for letter in letters(&words) {
            let page = letter.page(&words, "letter");
            let sheet = page.only("main article");
            assert_eq!(sheet.attr("lang"), Some(language), "{}", page.path);
            contains(&page.path, &shown(sheet), &letter.recipient().concat());
            holds(
                &page.path,
                &shown(within(sheet, "h2")[0]),
                &letter.text(&words, "subject"),
            );
            holds(&page.path, &shown(sheet), &letter.text(&words, "body"));
            let foreign = words.raw(&format!("{}.complaint.lead", texts_for(&words, "letters", letter.law)));
            let passes_on = letter.authority.is_some() && letter.text(&words, "body").contains(foreign);
            let shown = !foreign.is_empty() && squeeze(&shown(sheet)).contains(&squeeze(foreign));
            assert_eq!(shown, passes_on && !foreign.is_empty(), "{}: “{foreign}”", page.path);
        }
    }
}

#[test]
fn before_a_letter_is_made_its_recipient_is_shown_with_the_sources_of_the_address() {
    for language in languages() {
        let words = Words::of(language);
        for letter in letters(&words) {
            let page = letter.page(&words, "check");
            let recipient: ElementRef<'_> = page.definition(&words.plain("letter_forms.recipient"));
            let whole = squeeze(&shown(recipient));
            let rest = after(&whole, &[&letter.recipient().concat()]);
            let rest = rest.unwrap_or_else(|missing| panic!("{}: missing “{missing}”", page.path));
            let entry = letter.authority.unwrap_or_else(|| controller(letter.law));
            check_evidence(&page.path, rest, &words, entry);
        }
    }
}

#[test]
fn a_letter_to_an_authority_leads_to_its_page_for_complaints_and_a_letter_to_meta_does_not() {
    for language in languages() {
        let words = Words::of(language);
        for letter in letters(&words) {
            let page = letter.page(&words, "letter");
            let has_complaint_page = |authority| optional(authority, "complaint").is_some();
            let label = words.plain(if letter.authority.is_none_or(has_complaint_page) {
                "letter_forms.complaint_page"
            } else {
                "authority.website"
            });
            let links = page
                .select("main a[href]")
                .into_iter()
                .filter(|link| same(&shown(*link), &label));
            let links: Vec<_> = links.filter_map(|link| link.attr("href")).collect();
            let expected = letter
                .authority
                .map(|authority| super::authority::complaint_page(authority, language));
            assert_eq!(links, expected.into_iter().collect::<Vec<_>>(), "{}", page.path);
            let use_it = words.plain(if letter.authority.is_some() {
                "letter_forms.use_authority"
            } else {
                "letter_forms.use_meta"
            });
            page.must_show(&use_it);
        }
    }
}

#[test]
fn the_hint_about_the_address_for_people_in_the_united_kingdom_stands_on_their_letters_to_meta_only() {
    for language in languages() {
        let words = Words::of(language);
        let hint = words.plain("letter_forms.two_companies");
        for letter in letters(&words) {
            let page = Page::get(&letter.address(&words));
            let belongs = letter.law == "uk_gdpr" && letter.authority.is_none();
            assert_eq!(
                page.body().contains(&squeeze(&hint)),
                belongs,
                "{}: “{hint}”",
                page.path
            );
        }
    }
}

#[test]
fn a_letter_is_refused_without_what_its_form_requires_and_made_without_the_rest() {
    for language in languages() {
        let words = Words::of(language);
        let missing = words.plain("letter_forms.field_errors.missing");
        for letter in letters(&words)
            .into_iter()
            .filter(|letter| letter.authority.is_none_or(is_first_of_its_law))
        {
            let form = Page::get(&letter.address(&words));
            for (name, _) in letter.filled(&words, "check") {
                let fields = form.select(&format!("[name={name}]:not(button)"));
                let Some(field) = fields.first().filter(|_| name != "language") else {
                    continue;
                };
                let required = field.attr("required").is_some();
                let mut typed = letter.filled(&words, "check");
                typed.retain(|(known, _)| *known != name);
                let response = letter.send(&words, &typed);
                assert_eq!(
                    response.status,
                    if required { 400 } else { 200 },
                    "{}: without {name}",
                    form.path
                );
                if required {
                    let label = words.plain(&format!("letter_forms.fields.{name}.label"));
                    let page = Page::parse(&form.path, &response.html);
                    let errors = shown(page.only("main [role=alert] li"));
                    contains(&form.path, &errors, &label);
                    contains(&form.path, &errors, &missing);
                }
            }
        }
    }
}

fn is_first_of_its_law(authority: &Value) -> bool {
    country_of_each_law()
        .iter()
        .any(|country| text(country, "code") == text(authority, "country"))
}

#[test]
fn a_letter_on_paper_needs_the_address_of_its_sender() {
    for language in languages() {
        let words = Words::of(language);
        for letter in letters(&words)
            .into_iter()
            .filter(|letter| letter.authority.is_none_or(is_first_of_its_law))
        {
            // An authority answers by post, and so does Meta to those whom its form turned away.
            if letter.authority.is_some() || letter.id == "objection" {
                let mut typed = letter.filled(&words, "letter");
                typed.retain(|(name, _)| name != "address");
                assert_eq!(letter.send(&words, &typed).status, 400, "{}", letter.address(&words));
            }
        }
    }
}
