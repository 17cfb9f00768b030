//! A folder of an operator adds a service and a step to a journey, and a company: each is data and its words, and no code.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::overrides::changed;
use super::page::{Page, contains, shown, within};
use super::repository::{country_of_each_law, entries, journey, languages, services, text};
use super::site::{Choices, links, without_query};
use super::words::Words;
use crate::folder::Folder;
use crate::in_process::Site;

const SERVICE: &str = "pictogram";
const NAME: &str = "Pictogram";
const FORM: &str = "https://help.pictogram.example/contact/1";
const STEP: &str = "sign-out";

/// A folder with a third service for the journey.
fn with_service() -> Folder {
    let folder = Folder::new();
    let evidence = "{ source = \"a test\", checked = \"2026-10-01\" }";
    let company = format!(
        "[[service]]\nid = \"{SERVICE}\"\nname = \"{NAME}\"\nsite = \"pictogram.example\"\n\
         [[form]]\nservice = \"{SERVICE}\"\ngeneration = 2026\naddress = \"{FORM}\"\ntried = {evidence}\nnamed = {evidence}\n"
    );
    folder.write("data/companies/meta.toml", &company);
    folder.write(
        &format!("data/{}.toml", journey()),
        &format!("services = [\"{SERVICE}\"]\n"),
    );
    folder
}

/// The pages of a journey from `path` to its end, and the link to the first step of the next objection on the page after it.
fn walk(site: &Site, path: &str) -> (Vec<Page>, Option<String>) {
    let mut pages: Vec<Page> = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let page = Page::of(site, &path);
        let mut listed = page.select("ol.steps a[href]").into_iter().skip_while(|step| {
            let path = step.attr("href").map(without_query);
            path != Some(without_query(&page.path))
        });
        let following = listed.nth(1).and_then(|step| step.attr("href")).map(without_query);
        let way_on = within(page.main(), "a[href]").into_iter();
        let way_on = way_on.filter_map(|link| link.attr("href"));
        let mut way_on = way_on.filter(|link| following == Some(without_query(link)));
        next = way_on.next().map(str::to_owned);
        assert_eq!(next.is_some(), following.is_some(), "{}: the way on", page.path);
        pages.push(page);
    }
    let last = pages.last().expect("a page");
    let first = without_query(&pages[0].path).to_owned();
    let mut end = within(last.main(), "a.button[href]").into_iter();
    let end = end.find_map(|link| link.attr("href")).expect("the last step leads on");
    let end = Page::of(site, end);
    let next = within(end.main(), "a[href]").into_iter();
    let next = next.filter_map(|link| link.attr("href").map(str::to_owned));
    let mut next = next.filter(|link| without_query(link) == first && link.contains("form="));
    let next = next.next();
    (pages, next)
}

#[test]
fn a_service_that_is_added_is_walked_to_the_end_and_its_text_names_it() {
    let folder = with_service();
    let site = Site::with_folder(folder.path());
    let first = text(&entries(journey(), "step")[0], "id");
    let (_, name) = journey().split_once('/').expect("a folder and a name");
    for language in languages() {
        let start = Page::of(&site, &format!("/{language}/start"));
        let offered = start.select("input[type=checkbox][name=service]").into_iter();
        let offered: Vec<&str> = offered.filter_map(|field| field.attr("value")).collect();
        assert_eq!(offered, [&services()[..], &[SERVICE]].concat(), "{}", start.path);
        for country in country_of_each_law() {
            let all = offered
                .iter()
                .fold(Choices::default(), |all, service| all.with("service", service));
            let all = all.with("accounts", "unsure").with("country", text(country, "code"));
            let mut next = Some(all.at(&format!("/{language}/{name}/{first}")));
            let mut seen = BTreeSet::new();
            let mut forms = Vec::new();
            while let Some(path) = next {
                let (pages, next_objection) = walk(&site, &path);
                for page in &pages {
                    assert!(seen.insert(page.path.clone()), "{}: walked twice", page.path);
                    if path.ends_with(&format!("form={SERVICE}")) {
                        for typed in page.select("main textarea") {
                            contains(&page.path, &shown(typed), NAME);
                        }
                    }
                }
                let buttons = pages.iter().flat_map(|page| page.select("main a.button[target]"));
                forms.extend(buttons.filter_map(|button| button.attr("href").map(str::to_owned)));
                next = next_objection;
            }
            assert_eq!(seen.len(), offered.len() * entries(journey(), "step").len());
            let own = forms.iter().filter(|form| *form == FORM).count();
            assert!(own > 0 && own * offered.len() == forms.len(), "the forms are {forms:?}");
        }
    }
}

#[test]
fn a_step_that_is_added_has_its_drawing_and_a_way_on() {
    let folder = with_service();
    let steps = entries(journey(), "step");
    let (last, code) = (steps.last().expect("a step"), &steps[steps.len() - 2]);
    // The step that was the last one leads on.
    let before = changed(last, &[("shows", Value::Array(Vec::new()))]);
    let own = changed(
        code,
        &[
            ("id", STEP.into()),
            ("there", false.into()),
            ("shows", vec!["end"].into()),
        ],
    );
    let file = Table::from_iter([
        ("services".to_owned(), vec![SERVICE].into()),
        ("step".to_owned(), vec![before.clone(), own.clone()].into()),
    ]);
    folder.write(&format!("data/{}.toml", journey()), &file.to_string());
    for language in languages() {
        folder.write(
            &format!("locales/{language}/{}.toml", journey()),
            &format!(
                "[steps.{STEP}]\nname = \"Sign out\"\ntitle = \"Sign out of it\"\nlead = \"Others may use it.\"\n\
                 todo = \"Sign out.\"\ndrawing = \"A field.\"\n"
            ),
        );
    }
    let site = Site::with_folder(folder.path());
    let (_, name) = journey().split_once('/').expect("a folder and a name");
    for language in languages() {
        let words = Words::of(language);
        let choices = Choices::of(SERVICE, country_of_each_law()[0]);
        let (pages, _) = walk(
            &site,
            &choices.at(&format!("/{language}/{name}/{}", text(&steps[0], "id"))),
        );
        assert_eq!(pages.len(), steps.len() + 1);
        let [.., drawn, before, page] = &pages[..] else {
            panic!("steps");
        };
        let count = pages.len().to_string();
        let position = words.fill("steps.position", &[("number", &count), ("count", &count)]);
        contains(&page.path, &shown(page.only("nav.progress")), &position);
        // The same drawing as at the step with the same entry, apart from the title.
        let drawing = |page: &Page| {
            let shapes = page.select("figure.drawing svg :not(title)").into_iter();
            shapes.map(|shape| shape.html()).collect::<Vec<_>>()
        };
        assert_eq!(drawing(page), drawing(drawn), "{}", page.path);
        assert_ne!(drawing(page), drawing(before), "{}", page.path);
        let finish = format!("/{language}/finish");
        let on = links(page).into_iter().any(|link| without_query(&link) == finish);
        assert!(on, "{}: no way on", page.path);
        let back = links(page)
            .into_iter()
            .any(|link| without_query(&link) == without_query(&before.path));
        assert!(back, "{}: no way back", page.path);
    }
}

#[test]
fn a_company_is_one_data_file_and_one_file_of_words() {
    let folder = Folder::new();
    folder.write(
        "data/companies/acme.toml",
        r#"
            name = "Acme"
            [[source]]
            id = "policy"
            source = "https://acme.example/privacy"
            checked = "2026-09-01"
            own = true
            [[service]]
            id = "roadrunner"
            name = "Roadrunner"
            site = "roadrunner.example"
            [[opt_out]]
            id = "roadrunner"
            kind = "everyday"
            default = { is = "on", confidence = "single", sources = ["policy"] }
            notes = [{ confidence = "single", sources = ["policy"] }]
            [[way]]
            id = "form"
            service = "roadrunner"
            kind = "form"
            address = "https://acme.example/object"
            evidence = { confidence = "single", sources = ["policy"] }
        "#,
    );
    folder.write(
        "locales/en/companies.toml",
        "[roadrunner]\nnotes = [\"It never stops.\"]\n",
    );
    let site = Site::with_folder(folder.path());
    let page = Page::of(&site, "/en/company/roadrunner");
    page.must_show("It never stops.");
    assert!(page.select("a[href='https://acme.example/object']").len() == 1);
    Page::of(&site, "/de/company/roadrunner").must_show("acme.example");
    Page::of(&site, "/en/company").must_show("Roadrunner");
    Page::of(&site, "/en/objection/roadrunner").must_show("Roadrunner");
}
