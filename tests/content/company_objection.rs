//! The objection to another company: the reasons that a person ticks are in the text and in the letter, and in no address.

use scraper::ElementRef;
use toml::Value;

use super::objection::{law_name, texts_for};
use super::opt_out::Record;
use super::page::{Page, contains, shown, squeeze, within};
use super::repository::{country_of_each_law, entries, flag, languages, list, text};
use super::site::{Choices, links};
use super::words::{Words, fill};
use crate::in_process::{Response, Site};

/// The response to the form of the page at `path`, sent as it is with these fields added.
pub fn submit(path: &str, added: &[(&str, &str)]) -> Response {
    let page = Page::get(path);
    let form = page.only("form[method=post]");
    let typed = shown(page.only("form[method=post] textarea"));
    let hidden = within(form, "input[type=hidden]").into_iter();
    let field = |field: ElementRef| Some((field.attr("name")?.to_owned(), field.attr("value")?.to_owned()));
    let hidden: Vec<(String, String)> = hidden.filter_map(field).collect();
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    if !added.iter().any(|(name, _)| *name == "typed") {
        fields.push(("typed", &typed));
    }
    fields.extend(added);
    let action = form
        .attr("action")
        .expect("an action")
        .split('#')
        .next()
        .expect("an address");
    Site::built_in().post(action, &fields)
}

/// The page that comes when `grounds` are ticked.
pub fn with_grounds(path: &str, grounds: &[&str]) -> Page {
    let fields: Vec<(&str, &str)> = grounds.iter().map(|ground| ("ground", *ground)).collect();
    let response = submit(path, &fields);
    assert_eq!(response.status, 200, "{path}");
    assert_eq!(response.headers["cache-control"], "no-store", "{path}");
    Page::parse(path, &response.html)
}

/// The texts of the page in which reasons stand: the text to copy and the letter, if there is one.
fn texts(page: &Page) -> Vec<String> {
    let texts = page.select("main textarea, article.letter").into_iter();
    texts.map(|text| squeeze(&shown(text))).collect()
}

fn sentence(words: &Words, ground: &Value) -> String {
    let key = format!("objection.grounds.{}.sentence", text(ground, "id"));
    squeeze(words.raw(&key))
}

#[test]
fn ticked_reasons_are_in_the_text_and_in_the_letter_and_in_no_address() {
    for language in languages() {
        let words = Words::of(language);
        let tested = squeeze(words.raw("language.tested_sentence.text"));
        for country in country_of_each_law() {
            let choices = Choices::default().with("country", text(country, "code"));
            let path = choices.at(&format!("/{language}/objection/linkedin"));
            for text in texts(&Page::get(&path)) {
                assert!(text.contains(&tested), "{path}: {text}");
            }
            let law = text(country, "law");
            let special = words.raw(&format!("{}.full_special", texts_for(&words, "objection", law)));
            let special = squeeze(&fill(special, &[("law", law_name(&words, law))]));
            for ground in entries("grounds", "ground") {
                let id = text(ground, "id");
                let page = with_grounds(&path, &[id]);
                let shown = texts(&page);
                assert_eq!(shown.len(), 2, "{path}");
                for shown in shown {
                    assert!(shown.contains(&sentence(&words, ground)), "{path}: {id}: {shown}");
                    assert!(!shown.contains(&tested), "{path}: {id}: {shown}");
                    assert_eq!(
                        shown.contains(&special),
                        flag(ground, "special_category"),
                        "{path}: {id}"
                    );
                }
                page.only(&format!("input[name=ground][value={id}][checked]"));
                let forms = page.select("form").into_iter().filter_map(|form| form.attr("action"));
                for address in forms.map(str::to_owned).chain(links(&page)) {
                    assert!(
                        !address.contains(id) && !address.contains("ground"),
                        "{path}: {address}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_service_to_which_people_write_takes_reasons() {
    let grounds = entries("grounds", "ground");
    let (one, other) = (&grounds[0], grounds.last().expect("grounds"));
    let words = Words::of("en");
    let mut found = 0;
    for record in Record::all() {
        let path = format!("/en/objection/{}", record.id());
        if !links(&record.page("en")).contains(&path) {
            continue;
        }
        found += 1;
        for shown in texts(&with_grounds(&path, &[text(one, "id"), text(other, "id")])) {
            for ground in [one, other] {
                contains(&path, &shown, &sentence(&words, ground));
            }
            contains(&path, &shown, &squeeze(record.name()));
        }
    }
    assert!(found > 0);
}

#[test]
fn what_a_person_has_typed_is_kept_printed_and_never_becomes_markup() {
    let path = "/en/objection/linkedin?country=DE";
    let words = Words::of("en");
    let ground = &entries("grounds", "ground")[0];
    let typed = "My <b>own</b> words.";
    let response = submit(path, &[("typed", typed), ("ground", text(ground, "id"))]);
    let page = Page::parse(path, &response.html);
    page.must_show(&words.plain("text.added"));
    for shown in texts(&page) {
        contains(path, &shown, &squeeze(typed));
        contains(path, &shown, &sentence(&words, ground));
    }
    let own = page.only("button[name=next][value=fresh]");
    let response = submit(path, &[("typed", typed), ("next", own.attr("value").expect("a value"))]);
    let page = Page::parse(path, &response.html);
    assert_eq!(texts(&page), texts(&Page::get(path)), "our text again");

    let long = "x".repeat(10_001);
    for (field, value, message) in [
        ("ground", "envy", words.fill("text.unknown", &[("value", "envy")])),
        ("typed", long.as_str(), words.plain("text.too_long")),
    ] {
        let response = submit(path, &[("typed", typed), (field, value)]);
        assert_eq!(response.status, 400, "{field}");
        assert_eq!(response.headers["cache-control"], "no-store");
        let page = Page::parse(path, &response.html);
        contains(path, &shown(page.main()), &message);
        let kept = if field == "typed" { value } else { typed };
        assert_eq!(shown(page.only("textarea")), kept);
    }
}

#[test]
fn an_old_address_is_marked() {
    let words = Words::of("en");
    let old = words.plain("company.objection.old");
    for record in Record::all() {
        let path = format!("/en/objection/{}", record.id());
        let recipients = record
            .file
            .get("recipient")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let recipients = recipients.filter(|recipient| list(recipient, "laws").contains(&"gdpr"));
        let is_own = |recipient: &&Value| {
            let services = list(recipient, "services");
            services.is_empty() || services.contains(&record.id())
        };
        let expected = recipients
            .filter(is_own)
            .filter(|recipient| flag(recipient, "old"))
            .count();
        let shown = shown(Page::get(&path).main()).matches(&old).count();
        assert_eq!(shown, expected, "{path}");
    }
}
