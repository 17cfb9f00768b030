//! The pages for a class: what is on paper, and that nobody is asked for anything.

use regex::Regex;

use super::page::{Page, contains, shown, squeeze, within};
use super::qr_code;
use super::repository::{entries, every_language, journey, languages, locale, services, text};
use super::site::{Choices, path};
use super::words::Words;
use crate::in_process::{ADDRESS, Site};

/// The paragraphs of the letter to parents, as they are written.
fn paragraphs(words: &Words) -> Vec<String> {
    let list = words.value("parents.paragraphs").and_then(toml::Value::as_array);
    let list = list.into_iter().flatten();
    list.map(|paragraph| words.resolve(text(paragraph, "text"))).collect()
}

#[test]
fn the_handout_has_a_box_and_a_text_for_each_step_and_the_newest_forms() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(path(&words, "handout.title"));
        let rows: Vec<String> = page.select("ol.to-tick > li").into_iter().map(shown).collect();
        let steps = entries(journey(), "step");
        assert_eq!(rows.len(), steps.len(), "{language}");
        for (row, step) in rows.iter().zip(steps) {
            let expected = words.plain(&format!("handout.steps.{}", text(step, "id")));
            contains(&page.path, row, &expected);
            assert!(
                expected.chars().count() <= 120,
                "{language}: too long for its row: {expected}"
            );
        }
        let forms = page.select(".forms .host").into_iter().map(shown).collect::<Vec<_>>();
        assert_eq!(forms.len(), services().len(), "{language}: one form for each service");
        let everything = |service| {
            let country = super::repository::country_of_each_law()[0];
            Page::get(&Choices::of(service, country).at(path(&words, "everything.title")))
        };
        for (service, form) in services().into_iter().zip(forms) {
            let newest = shown(everything(service).select("main .host")[0]);
            assert_eq!(squeeze(&form), squeeze(&newest), "{language}: {service}");
        }
    }
}

#[test]
fn a_step_on_the_handout_is_short_in_every_language() {
    let markup = Regex::new(r"\[([^\]]*)\]\([^)]*\)").expect("a pattern");
    for language in every_language() {
        let steps = locale(language)["handout"]["steps"]
            .as_table()
            .expect("a text for each step");
        for (step, text) in steps {
            let text = markup.replace_all(text.as_str().expect("a text"), "$1");
            let (words, characters) = (text.split_whitespace().count(), text.chars().count());
            assert!(
                words <= 18 || characters <= 120,
                "{language}, {step}: {words} words, {characters} characters"
            );
        }
    }
}

#[test]
fn a_paper_in_two_languages_has_each_row_in_both() {
    let [first, second, ..] = languages()[..] else {
        return;
    };
    for key in ["handout.title", "parents.title"] {
        let page = Page::get(&format!("{}?second={second}", path(&Words::of(first), key)));
        for row in page.select("ol > li .columns") {
            let cells = within(row, "[lang]").into_iter();
            let languages: Vec<_> = cells.filter_map(|cell| cell.attr("lang")).collect();
            assert_eq!(languages, [first, second], "{}", page.path);
        }
        contains(&page.path, &shown(page.main()), &Words::of(second).plain(key));
    }
}

#[test]
fn the_letter_has_the_same_paragraphs_in_every_language_and_as_plain_text() {
    let count = paragraphs(&Words::of(languages()[0])).len();
    for language in languages() {
        let words = Words::of(language);
        let paragraphs = paragraphs(&words);
        assert_eq!(paragraphs.len(), count, "{language}");
        let page = Page::get(path(&words, "parents.title"));
        let shown_paragraphs = page.select("ol.numbers > li");
        assert_eq!(shown_paragraphs.len(), count);
        let mut links = page
            .select("main a[href]")
            .into_iter()
            .filter_map(|link| link.attr("href"));
        let file = links.find(|link| link.contains(".txt")).expect("the plain text");
        let response = Site::built_in().get(file);
        assert_eq!(response.headers["content-type"], "text/plain; charset=utf-8");
        assert!(
            response.html.chars().count() <= 1_400,
            "{language}: too long for a messenger"
        );
        for (index, (paragraph, element)) in paragraphs.iter().zip(shown_paragraphs).enumerate() {
            contains(&page.path, &shown(element), paragraph);
            let numbered = format!("\n\n{} {paragraph}", index + 1);
            assert!(response.html.contains(&numbered), "{file}: missing “{numbered}”");
        }
        assert!(!response.html.contains(['<', '&']), "{file}: markup");
        assert!(response.html.contains(ADDRESS), "{file}: no address");
    }
}

#[test]
fn a_code_leads_to_the_address_beside_it_and_no_code_is_taken_home_that_does_not_work_there() {
    for language in languages() {
        let words = Words::of(language);
        for (key, goes_home) in [
            ("handout.title", true),
            ("parents.title", true),
            ("family_sheet.title", false),
            ("share.title", false),
            ("slides.code_slide", false),
        ] {
            let path = path(&words, key);
            for (address, works_here, works_at_home) in [
                (ADDRESS, true, true),
                ("https://schule.example/veto", true, true),
                ("http://192.168.1.20:8080", true, false),
                ("http://veto.local", true, false),
                ("http://localhost:8080", false, false),
                ("http://[::1]:8080", false, false),
                ("http://0.0.0.0:8080", false, false),
            ] {
                let base = address.strip_prefix("https://schule.example").unwrap_or_default();
                let page = Page::of(&Site::at(address), &format!("{base}{path}"));
                let codes = page.select("main svg.code");
                let expected = if goes_home { works_at_home } else { works_here };
                assert_eq!(codes.len(), usize::from(expected), "{key} at {address}");
                for code in codes {
                    let read = qr_code::read(code);
                    assert!(read.starts_with(address), "{key}: {read}");
                    let beside = format!("https://{}", shown(page.only(":is(.address, .poster) .host")));
                    let beside = beside.replace("https://http://", "http://");
                    assert_eq!(beside, read.trim_end_matches('/'), "{key} at {address}");
                }
            }
        }
    }
}

#[test]
fn the_pages_for_a_class_ask_for_nothing_and_link_every_paper() {
    for language in languages() {
        let words = Words::of(language);
        let school = Page::get(path(&words, "school.title"));
        let linked = school
            .select("main table a[href]")
            .into_iter()
            .filter_map(|link| link.attr("href"));
        let linked: Vec<&str> = linked.collect();
        for key in ["handout.title", "parents.title"] {
            assert!(linked.contains(&path(&words, key)), "{language}: {key} is not linked");
        }
        for path in linked.into_iter().filter(|path| !path.contains(".txt")) {
            let page = Page::get(path);
            assert_eq!(
                page.select("main :is(form, input, textarea, select)").len(),
                0,
                "{path}"
            );
        }
    }
}

#[test]
fn a_paper_without_an_address_to_print_has_a_line_to_write_it_on() {
    let site = Site::at("http://localhost:8080");
    for language in languages() {
        let words = Words::of(language);
        for (key, lines) in [("handout.title", 1), ("parents.title", 3)] {
            let page = Page::of(&site, path(&words, key));
            // The letter also has lines for whom to ask and for a signature.
            assert_eq!(page.select("main article .line").len(), lines, "{}", page.path);
            assert!(!shown(page.only("main article")).contains("localhost"), "{}", page.path);
        }
    }
}

#[test]
fn every_link_for_teachers_keeps_the_country_and_the_rules_are_near() {
    for language in languages() {
        let words = Words::of(language);
        let [school, slides, rules] =
            ["school.title", "slides.title", "school_rules.title"].map(|key| path(&words, key));
        let page = Page::get(&Choices::default().with("country", "AT").at(school));
        let links = page
            .select("main a[href]")
            .into_iter()
            .filter_map(|link| link.attr("href"));
        let links: Vec<&str> = links.filter(|link| link.starts_with('/')).collect();
        for link in &links {
            assert!(link.contains("country=AT"), "{}: {link}", page.path);
        }
        let lesson = links.iter().find(|link| link.contains("/lesson")).expect("a lesson");
        for path in [school, slides, lesson] {
            let page = Page::get(path);
            let mut links = page
                .select("main a[href]")
                .into_iter()
                .filter_map(|link| link.attr("href"));
            assert!(
                links.any(|link| link.starts_with(rules)),
                "{path} does not lead to the rules"
            );
        }
    }
}
