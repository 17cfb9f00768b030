//! The complaint about another company: to the visitor's own authority, with the day and the outcome that were chosen.

use toml::Value;

use super::authority::complaint_page;
use super::objection::{law_name, texts_for};
use super::opt_out::Record;
use super::page::{Page, contains, follow, shown, squeeze, within};
use super::repository::{country_of_each_law, every_language, languages, letter_languages, list, text};
use super::site::{Choices, DAY, authority_choices, link, links};
use super::words::{Words, fill};
use crate::folder::Folder;
use crate::in_process::Site;

const OUTCOMES: [&str; 3] = ["nothing", "refused", "more"];

/// Choices after an objection to `linkedin` on [`DAY`].
fn after(choices: &Choices, outcome: &str) -> Choices {
    choices.with("entry", &format!("linkedin.{DAY}.{outcome}"))
}

/// The complaints under each law with each outcome, in the language of the page.
pub fn finished(words: &Words) -> Vec<Page> {
    let of = |(country, outcome): (&Value, &str)| {
        let choices = Choices::default()
            .with("country", text(country, "code"))
            .with("text", words.language);
        Page::get(&after(&choices, outcome).at(&format!("/{}/complaint/linkedin", words.language)))
    };
    let countries = country_of_each_law().into_iter();
    let all = countries.flat_map(|country| OUTCOMES.map(|outcome| (country, outcome)));
    all.map(of).collect()
}

#[test]
fn it_goes_to_the_authority_of_each_visitor_and_names_company_day_and_outcome() {
    let record = Record::of("linkedin");
    let recipients = record.file["recipient"].as_array().expect("recipients");
    for language in languages() {
        for ((authority, country, choices), outcome) in authority_choices().into_iter().zip(OUTCOMES.iter().cycle()) {
            let path = after(&choices, outcome).at(&format!("/{language}/complaint/linkedin"));
            let (path, response) = follow(Site::built_in(), &path);
            assert_eq!(response.headers["cache-control"], "private, no-store", "{path}");
            let page = Page::parse(&path, &response.html);
            let letter = page.only("article.letter");
            let recipient = shown(within(letter, ".window")[0]);
            for line in [text(authority, "name")].into_iter().chain(list(authority, "address")) {
                contains(&path, &squeeze(&recipient), &squeeze(line));
            }
            assert!(
                page.select("main a[href]")
                    .iter()
                    .any(|link| link.attr("href") == Some(complaint_page(authority, language))),
                "{path}: no link to the authority"
            );
            // In a language that the authority accepts, if we have it.
            let own = letter.attr("lang").expect("a language");
            let accepted = list(authority, "languages");
            assert!(
                accepted.contains(&own) || !letter_languages().iter().any(|it| accepted.contains(it)),
                "{path}: {own}"
            );
            let own = every_language()
                .into_iter()
                .find(|it| *it == own)
                .expect("a language of the site");
            let words = Words::of(own);
            let law = text(country, "law");
            let texts = texts_for(&words, "objection", law).replace("objection.texts", "company_objection.complaints");
            let day = words.date(DAY);
            let outcome = fill(
                words.raw(&format!("{texts}.{outcome}")),
                &[("law", law_name(&words, law))],
            );
            let outcome = outcome.split("{due}").next().unwrap_or_default();
            let controller = recipients
                .iter()
                .find(|it| text(it, "role") == "controller" && list(it, "laws").contains(&law));
            let controller = controller.map_or(record.name(), |it| text(it, "name"));
            for shown in [shown(letter), shown(page.only("textarea"))] {
                for expected in [record.name(), controller, &day, outcome] {
                    contains(&path, &squeeze(&shown), &squeeze(expected));
                }
                assert!(!shown.contains(['{', '}']), "{path}: {shown}");
            }
        }
    }
}

#[test]
fn the_objection_leads_to_it_and_it_asks_for_what_it_needs() {
    for language in languages() {
        let words = Words::of(language);
        for country in country_of_each_law() {
            let country = Choices::default().with("country", text(country, "code"));
            let objection = Page::get(&country.at(&format!("/{language}/objection/linkedin")));
            let path = links(&objection)
                .into_iter()
                .find(|link| link.contains("/complaint/"))
                .expect("a link");
            let page = Page::get(&path);
            assert!(page.select("article.letter, textarea").is_empty(), "{path}");
            let form = page.only("main form[method=get]");
            let hidden = within(form, "input[type=hidden]").into_iter();
            let hidden = hidden.filter_map(|field| Some((field.attr("name")?, field.attr("value")?)));
            let all = hidden.fold(country.clone(), |all, (name, value)| all.with(name, value));
            let outcomes = within(form, "input[name=state]");
            assert_eq!(outcomes.len(), OUTCOMES.len(), "{path}");
            for outcome in outcomes {
                let outcome = outcome.attr("value").expect("a value");
                let all = all.with("day", DAY).with("state", outcome);
                let (path, response) = follow(Site::built_in(), &all.at(form.attr("action").expect("an action")));
                assert_eq!(response.status, 200, "{path}");
                let page = Page::parse(&path, &response.html);
                let asks_region = page.heading() == words.plain("authority.question.title");
                assert_ne!(asks_region, !page.select("article.letter").is_empty(), "{path}");
                contains(&path, &path, &format!("entry=linkedin.{DAY}.{outcome}"));
            }
        }
    }
}

#[test]
fn as_long_as_the_company_has_time_to_reply_there_is_no_letter() {
    let folder = Folder::new();
    let words = Words::of("en");
    let early = words.around("company.complaint.early").0;
    for (today, outcome, is_early) in [
        ("2026-06-12", "nothing", true),
        ("2026-06-12", "refused", false),
        ("2026-09-01", "nothing", false),
    ] {
        let site = Site::on(today, folder.path());
        let path = format!("/en/complaint/linkedin?country=IE&entry=linkedin.2026-06-10.{outcome}");
        let page = Page::of(&site, &path);
        assert_eq!(shown(page.main()).contains(&early), is_early, "{path} on {today}");
        assert_eq!(page.select("article.letter").is_empty(), is_early, "{path} on {today}");
    }
    let site = Site::on("2026-06-01", folder.path());
    let page = Page::of(
        &site,
        "/en/complaint/linkedin?country=IE&entry=linkedin.2026-06-10.refused",
    );
    page.must_show(&words.plain("letter_forms.field_errors.no_day"));
    assert!(page.select("article.letter").is_empty(), "an objection of tomorrow");
}

#[test]
fn bad_input_gets_a_page_that_says_so() {
    for (path, status) in [
        ("/en/complaint/nobody", 404),
        ("/en/complaint/linkedin?country=Atlantis", 400),
        (
            "/en/complaint/linkedin?country=DE&entry=linkedin.2026-02-30.refused",
            400,
        ),
        ("/en/complaint/linkedin?country=DE&entry=linkedin.2026-02-28.envy", 400),
    ] {
        assert_eq!(follow(Site::built_in(), path).1.status, status, "{path}");
    }
}

#[test]
fn a_day_that_is_missing_or_wrong_leads_back_to_the_form_with_the_rest_kept() {
    let words = Words::of("en");
    for (page, query, kept) in [
        (
            "complaint/linkedin",
            "country=IE&entry=x&entry=linkedin&day={day}&state=refused",
            &["country=IE", "entry=x"][..],
        ),
        (
            "check-list",
            "day={day}&country=IE&entry=linkedin&entry=x",
            &["country=IE", "entry=linkedin", "entry=x"],
        ),
    ] {
        for (day, status) in [("", 200), ("31.2.2026", 400)] {
            let path = format!("/en/{page}?{}", query.replace("{day}", day));
            let (path, response) = follow(Site::built_in(), &path);
            assert_eq!(response.status, status, "{path}");
            let mut form = Page::parse(&path, &response.html);
            if status == 400 {
                contains(&path, &shown(form.main()), day);
                form = Page::get(link(&form, &words.plain("start.go_on")));
            }
            form.only("main input[name=day]");
            for choice in kept {
                let mut pairs = form.path.split(['?', '&']);
                assert!(pairs.any(|pair| pair == *choice), "{path}: {}", form.path);
            }
        }
    }
}
