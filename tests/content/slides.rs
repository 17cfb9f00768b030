//! The slides: short, with one dated source each, the same numbers as the notes, and no answer before its time.

use scraper::ElementRef;

use super::page::{Page, contains, shown, squeeze, within};
use super::repository::{entries, languages, text};
use super::site::{Found, path, tours, without_query};
use super::words::Words;

/// The sets of slides of a language.
fn sets(language: &str) -> Vec<Page> {
    let pages = tours(language).iter().flat_map(|tour| &tour.pages);
    let mut sets: Vec<Page> = pages.map(Found::page).filter(Page::is_slides).collect();
    sets.sort_by(|one, other| without_query(&one.path).cmp(without_query(&other.path)));
    sets.dedup_by(|one, other| without_query(&one.path) == without_query(&other.path));
    let paths: Vec<&str> = sets.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(paths.len(), 4, "{language}: {paths:?}");
    sets
}

/// The set at the address that ends with `name`.
fn set(language: &str, name: &str) -> Page {
    let mut sets = sets(language).into_iter();
    sets.find(|page| without_query(&page.path).ends_with(name))
        .expect("the set")
}

fn slides(page: &Page) -> Vec<ElementRef<'_>> {
    page.select("main > section")
}

fn title(slide: ElementRef<'_>) -> String {
    shown(within(slide, "h1, h2")[0])
}

#[test]
fn a_slide_asks_for_nothing_leads_to_no_other_site_and_has_at_most_thirty_words() {
    for language in languages() {
        for page in sets(language) {
            let others = page.select("a[href^=http], a[href*=\"//\"], form, input, textarea, select, button");
            assert!(others.is_empty(), "{}", page.path);
            for slide in slides(&page) {
                for prose in within(slide, ".prose") {
                    let words = shown(prose).split_whitespace().count();
                    assert!(words <= 30, "{}: {words} words: {}", page.path, shown(prose));
                }
            }
        }
    }
}

#[test]
fn each_set_is_two_links_away_from_the_page_for_teachers() {
    for language in languages() {
        let words = Words::of(language);
        let school = Page::get(path(&words, "school.title"));
        let contents = Page::get(school.only("main .button").attr("href").expect("an address"));
        let linked = contents.select("main a[href]").into_iter();
        let linked: Vec<&str> = linked.filter_map(|link| link.attr("href")).collect();
        for set in sets(language) {
            assert!(linked.contains(&without_query(&set.path)), "{}", set.path);
        }
        assert!(
            linked.contains(&path(&words, "slide_notes.title")),
            "{language}: the notes"
        );
    }
}

#[test]
fn slides_and_notes_have_the_same_numbers_and_titles() {
    for language in languages() {
        let words = Words::of(language);
        let slides_page = set(language, "/why");
        let notes = Page::get(path(&words, "slide_notes.title"));
        let headings: Vec<String> = notes.select("ol.notes > li h3").into_iter().map(shown).collect();
        let titles: Vec<String> = slides(&slides_page).into_iter().map(title).collect();
        assert_eq!(headings, titles, "{language}");
        for (number, slide) in (1..).zip(slides(&slides_page)) {
            assert_eq!(slide.attr("id"), Some(number.to_string().as_str()), "{language}");
        }
    }
}

#[test]
fn a_slide_with_a_statement_about_facts_names_a_source_with_its_date() {
    for language in languages() {
        let words = Words::of(language);
        let page = set(language, "/why");
        for (slide, entry) in slides(&page).into_iter().zip(entries("slides", "slide")) {
            let body = words.raw(&format!("slides.slides.{}.body", text(entry, "id")));
            let statements = words.statements(body);
            let sources = within(slide, ".source");
            assert_eq!(
                sources.len(),
                usize::from(!statements.is_empty()),
                "{language}: {}",
                shown(slide)
            );
            if let [statement, ..] = &statements[..] {
                let claim = &super::repository::data("claims")[statement.claims[0].as_str()];
                let dates = super::repository::sources(claim).iter();
                let newest = dates.max_by_key(|source| text(source, "checked")).expect("a source");
                contains(&page.path, &shown(sources[0]), &words.source(newest).date);
            }
        }
    }
}

#[test]
fn a_statement_is_shown_before_its_answer_and_tells_nothing_of_it() {
    for language in languages() {
        let words = Words::of(language);
        let page = set(language, "/quiz");
        let slides = slides(&page);
        let statements = entries("quiz", "statement");
        assert_eq!(slides.len(), 2 * statements.len() + 2, "{language}");
        for (pair, statement) in slides[1..].chunks(2).zip(statements) {
            let key = |part: &str| words.plain(&format!("quiz.statements.{}.{part}", text(statement, "id")));
            assert_eq!(
                [title(pair[0]), title(pair[1])],
                [key("statement"), key("fact")],
                "{language}"
            );
            let asked = squeeze(&shown(pair[0]));
            let truth = words.plain(&format!("quiz.{}", text(statement, "truth")));
            for hint in [key("fact"), key("why"), truth.clone()] {
                assert!(!asked.contains(&squeeze(&hint)), "{language}: {asked} tells {hint}");
            }
            contains(&page.path, &shown(pair[1]), &truth);
            assert_eq!(within(pair[1], ".source").len(), 1, "{language}: {}", shown(pair[1]));
        }
    }
}
