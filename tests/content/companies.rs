//! Services of other companies: each page shows what the record says, with its evidence; the ways out lead on to the
//! objection, the check-list and its calendar file.

use scraper::ElementRef;
use toml::Value;

use super::opt_out::Record;
use super::page::{Page, css, follow, shown, squeeze, within};
use super::repository::{
    countries, entries, flag, languages, languages_and_variants, list, optional, text, with_standard,
};
use super::site::{Choices, DAY, links};
use super::words::Words;
use crate::in_process::Site;

/// The values of all rows with the label `label`.
fn rows<'a>(page: &'a Page, label: &str) -> Vec<String> {
    let terms = page.select("main dl.record dt").into_iter();
    let terms = terms.filter(|term| squeeze(&shown(*term)) == squeeze(label));
    let values = |term: ElementRef<'a>| term.next_siblings().filter_map(ElementRef::wrap).map(shown);
    terms.flat_map(values).collect()
}

/// The words for a statement of a record.
fn expected(words: &Words, key: &str, is: &Value) -> Vec<String> {
    let values: Vec<&str> = match is {
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        Value::String(value) => vec![value],
        _ => Vec::new(),
    };
    let word = |value: &str| match key {
        "default" => words.plain(&format!("company.default.{value}")),
        "affected" => words.plain(&format!("company.laws.{value}.place")),
        "used" | "not_used" => words.plain(&format!("company.data.{value}")),
        "since" => words.date(value),
        "basis" => words.plain(&format!("company.basis.{}", value.replace('-', "_"))),
        _ => unreachable!(),
    };
    match (key, is) {
        ("only_future", Value::Boolean(true)) => vec![words.plain("company.rows.only_future")],
        ("only_future", _) => vec![words.plain("company.rows.past_too")],
        _ => values.into_iter().map(word).collect(),
    }
}

#[test]
fn the_page_of_a_service_shows_every_field_of_its_record_and_how_well_it_is_supported() {
    let labels = [
        ("default", "default"),
        ("affected", "affected"),
        ("used", "used"),
        ("not_used", "not_used"),
        ("since", "since"),
        ("basis", "basis"),
        ("only_future", "reach"),
    ];
    for language in languages() {
        let words = Words::of(language);
        for record in Record::all() {
            let page = record.page(language);
            assert_eq!(page.heading(), record.name());
            for (key, label) in labels {
                let label = words.plain(&format!("company.rows.{label}"));
                let rows = rows(&page, &label);
                let stated: Vec<&Value> = match record.entry.get(key) {
                    Some(Value::Array(statements)) => statements.iter().collect(),
                    statement => statement.into_iter().collect(),
                };
                assert_eq!(rows.len(), stated.len(), "{}: rows “{label}”", page.path);
                for (row, statement) in rows.iter().zip(stated) {
                    let row = squeeze(row);
                    for word in expected(&words, key, &statement["is"]) {
                        assert!(row.contains(&squeeze(&word)), "{}: “{word}” in {row}", page.path);
                    }
                    let support = record.support(statement, &words);
                    let supports = words.keys("company.support").into_iter();
                    let found = supports
                        .map(|key| words.plain(&format!("company.support.{key}")))
                        .find(|support| row.starts_with(&squeeze(support)));
                    assert_eq!(found, support, "{}: {row}", page.path);
                }
            }
            if let Some(nothing) = record.entry.get("nothing") {
                page.must_show(&words.plain(&format!("company.nothing.{}", text(nothing, "is").replace('-', "_"))));
            }
            let notes = words.value(&format!("companies.{}.notes", record.id()));
            let notes: Vec<&str> = notes
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let evidence = record.entry.get("notes").and_then(Value::as_array).map_or(0, Vec::len);
            assert_eq!(
                notes.len(),
                evidence,
                "locales/{language}: sentences about {}",
                record.id()
            );
            for note in notes {
                page.must_show(note);
            }
        }
    }
}

#[test]
fn every_way_out_is_shown_with_its_labels_and_its_address() {
    for language in languages_and_variants() {
        let words = Words::of(language);
        for record in Record::all() {
            let page = record.page(language);
            let hrefs: Vec<&str> = page
                .select("main a[href]")
                .into_iter()
                .filter_map(|link| link.attr("href"))
                .collect();
            let only_english = words.plain("company.ways.only_english");
            let mut says_so = false;
            for way in record.ways_in_the_eu() {
                page.must_show(&words.plain(&format!("company.ways.{}", text(way, "kind"))));
                if let Some(address) = optional(way, "address") {
                    assert!(hrefs.contains(&address), "{}: no link to {address}", page.path);
                }
                if let Some(email) = optional(way, "email") {
                    page.must_show(email);
                }
                let paths = way.get("paths").and_then(Value::as_array).into_iter().flatten();
                let paths: Vec<&Value> = paths.map(|path| &path["is"]).collect();
                let of = |code: &str| paths.iter().find(|path| text(path, "language") == code);
                let own = with_standard(language).find_map(of);
                let Some(path) = own.or_else(|| of("en")).or(paths.first()) else {
                    continue;
                };
                let menus = page.select("main ol.menu").into_iter();
                let mut menus = menus.map(|menu| within(menu, "li").into_iter().map(shown).collect::<Vec<_>>());
                let labels: Vec<String> = list(path, "labels").into_iter().map(str::to_owned).collect();
                assert!(menus.any(|menu| menu == labels), "{}: no path {labels:?}", page.path);
                if own.is_none() && text(path, "language") == "en" {
                    page.must_show(&only_english);
                    says_so = true;
                }
                for (is_so, hint) in [
                    (flag(way, "may_be_missing"), "may_be_missing"),
                    (flag(way, "admin"), "admin"),
                ] {
                    if is_so {
                        page.must_show(&words.plain(&format!("company.ways.{hint}")));
                    }
                }
            }
            if !says_so {
                page.must_not_show(&only_english);
            }
        }
    }
}

#[test]
fn every_statement_is_listed_with_its_sources_their_dates_and_its_confidence() {
    for language in languages() {
        let words = Words::of(language);
        for record in Record::all() {
            let page = record.page(language);
            let listed = page.select("main details.evidence li").into_iter();
            let mut listed: Vec<String> = listed.map(|item| squeeze(&shown(item))).collect();
            for statement in record.statements() {
                let mut wanted = String::new();
                for source in record.sources(statement) {
                    let source = words.source(source);
                    let brackets = words.around("common.punctuation.brackets");
                    wanted.push_str(&[source.name, brackets.0, source.date, brackets.1].concat());
                    wanted.push('·');
                }
                wanted.push_str(&words.confidence(text(statement, "confidence")));
                let wanted = squeeze(&wanted);
                let found = listed.iter().position(|item| item.ends_with(&wanted));
                let found = found.unwrap_or_else(|| panic!("{}: no evidence {wanted}", page.path));
                listed.remove(found);
            }
            assert!(
                listed.is_empty(),
                "{}: evidence without a statement: {listed:?}",
                page.path
            );
        }
    }
}

#[test]
fn the_page_of_a_service_has_less_than_250_english_words() {
    for record in Record::all() {
        let page = record.page("en");
        let evidence = page.select("main details.evidence").into_iter().map(shown);
        let evidence: usize = evidence.map(|text| text.split_whitespace().count()).sum();
        let words = shown(page.main()).split_whitespace().count() - evidence;
        assert!(words < 250, "{}: {words} words", page.path);
    }
}

#[test]
fn the_overview_has_every_service_once_with_its_default_and_its_ways() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(&format!("/{language}/company"));
        assert_eq!(page.heading(), words.plain("company.title"));
        let cards = page.select("main .cards li");
        assert_eq!(cards.len(), Record::all().len());
        for record in Record::all() {
            let selector = css(&format!("a[href='/{language}/company/{}']", record.id()));
            let card = cards.iter().find(|card| card.select(&selector).next().is_some());
            let card = shown(*card.unwrap_or_else(|| panic!("no card of {}", record.id())));
            let default = record
                .entry
                .get("default")
                .map_or("unknown", |default| text(default, "is"));
            let mut wanted = vec![words.plain(&format!("company.card.{default}"))];
            let nothing = record.entry.get("nothing").map(|nothing| text(nothing, "is"));
            match nothing {
                Some(nothing) => wanted.push(words.plain(&format!("company.nothing.{}", nothing.replace('-', "_")))),
                None => wanted.extend(
                    record
                        .ways_in_the_eu()
                        .into_iter()
                        .map(|way| words.plain(&format!("company.ways.{}", text(way, "kind")))),
                ),
            }
            for word in wanted {
                assert!(
                    squeeze(&card).contains(&squeeze(&word)),
                    "{}: “{word}” in {card}",
                    page.path
                );
            }
        }
    }
}

/// Follows the ways from the page of a service as a person does.
fn walk(language: &'static str, id: &str, has_switch: bool, has_form: bool) {
    let words = Words::of(language);
    let record = Record::of(id);
    let page = record.page(language);
    let kinds: Vec<&str> = record.ways().iter().map(|way| text(way, "kind")).collect();
    assert_eq!(
        (kinds.contains(&"switch"), kinds.contains(&"form")),
        (has_switch, has_form),
        "{id}"
    );
    let link = links(&page).into_iter().find(|link| link.contains("/objection/"));
    assert_eq!(link.is_some(), has_form, "{}: the objection", page.path);
    if let Some(link) = link {
        for (law, article) in [("gdpr", "Art. 21"), ("swiss_fadp", "Art. 30"), ("uk_gdpr", "UK GDPR")] {
            let country = countries()
                .iter()
                .find(|country| text(country, "law") == law)
                .expect("a country");
            let page = Page::get(&Choices::default().with("country", text(country, "code")).at(&link));
            let typed = shown(page.only("textarea"));
            assert!(
                typed.contains(article) && typed.contains(record.name()),
                "{}: {typed}",
                page.path
            );
            let recipients = record.file["recipient"].as_array().expect("recipients").iter();
            let mut recipients =
                recipients.filter(|it| list(it, "laws").contains(&law) && !list(it, "address").is_empty());
            if let Some(recipient) = recipients.next() {
                let letter = shown(page.only("article.letter"));
                for line in list(recipient, "address").into_iter().chain([text(recipient, "name")]) {
                    assert!(letter.contains(line), "{}: no “{line}” in the letter", page.path);
                }
            }
            let is_outdated = list(record.entry, "outdated_for").contains(&law);
            for way in record
                .ways()
                .into_iter()
                .filter(|way| text(way, "kind") == "form" && !is_outdated)
            {
                let href = text(way, "address");
                assert!(
                    page.select("a[href]")
                        .iter()
                        .any(|link| link.attr("href") == Some(href))
                );
            }
        }
    }
    let list = links(&page)
        .into_iter()
        .find(|link| link.contains("/check-list"))
        .expect("the check-list");
    let page = Page::get(&list);
    page.must_show(record.name());
    page.must_show(&words.plain("company.list.done"));
    if let Some(nothing) = record.entry.get("nothing") {
        page.must_show(&words.plain(&format!("company.nothing.{}", text(nothing, "is").replace('-', "_"))));
    }
    let form = page.only("form[method=get]");
    let fields = within(form, "input[type=hidden]").into_iter();
    let fields = fields.map(|field| {
        (
            field.attr("name").expect("a name"),
            field.attr("value").expect("a value"),
        )
    });
    let with_day = fields.fold(Choices::default().with("day", DAY), |choices, (name, value)| {
        choices.with(name, value)
    });
    let page = Page::get(&with_day.at(form.attr("action").expect("an action")));
    let calendar = links(&page)
        .into_iter()
        .find(|link| link.contains(".ics"))
        .expect("the calendar file");
    let calendar = Site::built_in().get(&calendar);
    if has_switch || has_form {
        assert_eq!(
            calendar.html.matches("BEGIN:VEVENT").count(),
            usize::from(has_switch) + usize::from(has_form)
        );
        assert!(calendar.html.contains(record.name()));
    } else {
        assert_eq!(calendar.status, 404);
    }
}

#[test]
fn the_ways_of_five_services_can_be_walked_to_the_end() {
    for language in languages() {
        walk(language, "linkedin", true, true);
        walk(language, "x", true, true);
        walk(language, "chatgpt", true, true);
        walk(language, "tiktok", false, true);
        walk(language, "mastodon-social", false, false);
    }
}

#[test]
fn people_for_whom_the_evidence_is_outdated_read_so_and_nothing_else() {
    for language in languages() {
        let words = Words::of(language);
        let mut found = 0;
        for record in Record::all() {
            for law in list(record.entry, "outdated_for") {
                let country = countries()
                    .iter()
                    .find(|country| text(country, "law") == law)
                    .expect("a country");
                let path = format!("/{language}/company/{}?country={}", record.id(), text(country, "code"));
                let page = Page::get(&path);
                page.must_show(&words.plain("company.outdated"));
                assert!(page.select("main dl, main .target").is_empty(), "{path}");
                let page = Page::get(&path.replace("/company/", "/objection/"));
                page.must_show(&words.plain("company.outdated"));
                let links = page
                    .select("main a[href]")
                    .into_iter()
                    .filter_map(|link| link.attr("href"));
                let ways = record.ways().into_iter().filter_map(|way| optional(way, "address"));
                let ways: Vec<&str> = ways.collect();
                assert!(!links.into_iter().any(|link| ways.contains(&link)), "{}", page.path);
                found += 1;
            }
        }
        assert!(found > 0);
    }
}

#[test]
fn a_preset_is_a_check_list_with_its_services() {
    for language in languages() {
        let words = Words::of(language);
        let overview = Page::get(&format!("/{language}/company"));
        for preset in entries("presets", "preset") {
            let name = words.plain(&format!("company.presets.{}", text(preset, "id")));
            let page = Page::get(super::site::link(&overview, &name));
            let items = page.select("main .checks > li");
            assert_eq!(items.len(), list(preset, "services").len(), "{}", page.path);
            for service in list(preset, "services") {
                page.must_show(Record::of(service).name());
            }
        }
    }
}

#[test]
fn bad_input_gets_a_page_that_says_so() {
    let site = Site::built_in();
    let status = |path: &str| follow(site, path).1.status;
    for path in [
        "/en/company/nobody",
        "/en/company/meta",
        "/en/objection/nobody",
        "/en/company/linkedin/x",
    ] {
        assert_eq!(status(path), 404, "{path}");
    }
    assert_eq!(status("/en/check-list?entry=nobody"), 400);
    assert_eq!(status("/en/check-list?entry=linkedin.2026-02-30"), 400);
    let all = Record::all();
    let forty: Vec<String> = all
        .iter()
        .take(40)
        .map(|record| format!("entry={}", record.id()))
        .collect();
    let page = Page::get(&format!("/en/check-list?{0}&{0}", forty.join("&")));
    assert_eq!(page.select("main .checks > li").len(), 40);
}

#[test]
fn the_day_that_is_typed_once_is_that_of_every_service_on_the_list() {
    let page = Page::get(&format!("/en/check-list?day={DAY}&entry=linkedin&entry=x.2025-01-01"));
    let expected = [format!("linkedin.{DAY}"), "x.2025-01-01".to_owned()];
    for entry in expected {
        assert!(page.path.contains(&format!("entry={entry}")), "{}", page.path);
    }
    let words = Words::of("en");
    page.must_show(&words.date(DAY));
    page.must_show(&words.date("2025-01-01"));
}
