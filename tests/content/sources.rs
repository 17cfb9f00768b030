//! The page with sources and dates: every form, link and ground with its evidence, once.

use toml::Value;

use super::evidence::{check_evidence, check_links};
use super::page::{Page, after, contains, parent, same, shown, squeeze, within};
use super::repository::{data, entries, forms, generation, languages, links, services, text};
use super::site::{path, service_name};
use super::steps::form_evidence;
use super::words::Words;

/// The items of the list under a heading.
fn items<'a>(page: &'a Page, heading: &str) -> Vec<scraper::ElementRef<'a>> {
    let headings = page.select("main h2").into_iter();
    let mut headings = headings.filter(|element| same(&shown(*element), heading));
    let heading = headings
        .next()
        .unwrap_or_else(|| panic!("{}: no heading “{heading}”", page.path));
    within(parent(heading), "li")
}

/// A form in a list, with its evidence.
pub fn listed_form(words: &Words, form: &'static Value) -> [String; 7] {
    let year = generation(form).to_string();
    let [tried, tried_on, named, named_on] = form_evidence(words, form);
    [
        service_name(words.language, text(form, "service")),
        words.fill("sources.generation", &[("year", &year)]),
        text(form, "address").to_owned(),
        tried,
        tried_on,
        named,
        named_on,
    ]
}

#[test]
fn the_sources_page_has_every_form_with_its_evidence_once() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(path(&words, "sources.title"));
        let items = items(&page, &words.plain("sources.forms"));
        let forms: Vec<_> = services().into_iter().flat_map(|service| forms(service)).collect();
        assert_eq!(items.len(), forms.len(), "{}", page.path);
        for (form, item) in forms.into_iter().zip(items) {
            let whole = squeeze(&shown(item));
            after(&whole, &listed_form(&words, form))
                .unwrap_or_else(|missing| panic!("{}: missing “{missing}”", page.path));
        }
    }
}

#[test]
fn the_sources_page_has_every_link_and_every_ground_with_its_evidence_once() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(path(&words, "sources.title"));

        let listed = items(&page, &words.plain("sources.links"));
        assert_eq!(listed.len(), links().len(), "{}", page.path);
        for link in links() {
            let address = text(link, "address");
            let item = listed.iter().find(|item| shown(**item).starts_with(address));
            let item = item.unwrap_or_else(|| panic!("{}: missing “{address}”", page.path));
            check_evidence(&page.path, &squeeze(&shown(*item)), &words, link);
        }

        let grounds = items(&page, &words.plain("sources.grounds"));
        assert_eq!(grounds.len(), entries("grounds", "ground").len(), "{}", page.path);
        for ground in entries("grounds", "ground") {
            let label = squeeze(&words.plain(&format!("grounds.{}.label", text(ground, "id"))));
            let item = grounds.iter().find(|item| squeeze(&shown(**item)).starts_with(&label));
            let item = item.unwrap_or_else(|| panic!("{}: missing “{label}”", page.path));
            check_evidence(&page.path, &squeeze(&shown(*item)), &words, ground);
            check_links(&page.path, *item, &[ground]);
        }
    }
}

#[test]
fn the_sources_page_says_where_the_tested_sentence_comes_from() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(path(&words, "sources.title"));
        let entry: &'static toml::Value = Box::leak(Box::new(toml::Value::Table(data("tested_sentence").clone())));
        let body = page.body();
        let rest = after(&body, &[&words.plain("sources.sentence")]).expect("the heading");
        check_evidence(&page.path, rest, &words, entry);
    }
}

#[test]
fn the_page_with_everything_has_each_form_with_its_evidence_and_the_text() {
    for language in languages() {
        let words = Words::of(language);
        let everything = path(&words, "everything.title");
        for tour in super::site::tours(language) {
            let page = Page::get(&tour.choices.at(everything));
            for section in page.select("main section:has(textarea)") {
                let whole = squeeze(&shown(section));
                let is_for = |service: &&str| {
                    let name = service_name(language, service);
                    whole.starts_with(&squeeze(&words.fill("everything.objection", &[("service", &name)])))
                };
                let service = services().into_iter().find(is_for).expect("a service");
                let mut rest = whole.as_str();
                for form in forms(service) {
                    let [tried, tried_on, named, named_on] = form_evidence(&words, form);
                    let expected = [text(form, "address"), &tried, &tried_on, &named, &named_on];
                    rest =
                        after(rest, &expected).unwrap_or_else(|missing| panic!("{}: missing “{missing}”", page.path));
                }
                for other in services().into_iter().filter(|other| *other != service) {
                    for form in forms(other) {
                        assert!(
                            !whole.contains(text(form, "address")),
                            "{}: a form of {other}",
                            page.path
                        );
                    }
                }
            }
            contains(&page.path, &page.body(), &words.plain("everything.fields_today"));
        }
    }
}
