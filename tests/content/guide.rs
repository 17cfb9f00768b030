//! The guide as a file: it has everything inside and loads nothing.

use super::page::{Page, contains, squeeze};
use super::repository::{country_of_each_law, entries, journey, languages, services, text};
use super::site::{Choices, path, text_for_meta, without_query};
use super::words::Words;
use crate::in_process::Site;

#[test]
fn the_guide_is_one_file_with_steps_forms_and_text_that_needs_no_other() {
    for language in languages() {
        let words = Words::of(language);
        for (service, country) in services().into_iter().zip(country_of_each_law()) {
            let choices = Choices::of(service, country);
            let everything = Page::get(&choices.at(path(&words, "everything.title")));
            let link = everything.only("main a[download]").attr("href").expect("an address");
            let response = Site::built_in().get(link);
            assert_eq!(response.status, 200, "{link}");
            let name = &response.headers["content-disposition"];
            assert!(name.starts_with("attachment") && name.contains(".html"), "{name}");
            let guide = Page::parse(link, &response.html);
            let loaded = guide.select("link, script, img, iframe, [src], a[href^='/'], form");
            assert_eq!(loaded.len(), 0, "{}: needs something else", guide.path);
            guide.only("style");
            guide.must_show(&text_for_meta(language, &choices));
            for step in entries(journey(), "step") {
                guide.must_show(&words.plain(&format!("handout.steps.{}", text(step, "id"))));
            }
            for form in everything.select("main .host") {
                let form = squeeze(&super::page::shown(form));
                contains(&guide.path, &squeeze(&guide.body()), &form);
            }
            let listed = |page: &Page| page.select("details.sources li").len();
            assert!(
                listed(&guide) > listed(&everything),
                "{}: sources are missing",
                without_query(&guide.path)
            );
        }
    }
}
