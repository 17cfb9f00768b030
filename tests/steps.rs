//! The steps of an objection, and the page that has all of them.

mod support;

use support::client::{CHOICES, at_each_base_path};
use support::html::{between, unescape};
use support::pages::steps;
use support::repository::{forms, languages, text};

#[test]
fn the_title_of_a_step_has_its_number_and_then_its_name() {
    at_each_base_path(|client| {
        for language in languages() {
            let page = client.page(&format!("/{language}/meta-account/open-form?{CHOICES}"));
            let position = text(&language, "steps", "position");
            let position = position
                .replace("{number}", "2")
                .replace("{count}", &steps().len().to_string());
            let name = text(&language, "journeys/meta-account", "steps.open-form.name");
            let title = text(&language, "common", "punctuation.pair");
            let title = title.replace("{label}", &position).replace("{value}", &name);
            page.assert_contains(&format!("<title>{title} "));
        }
    });
}

#[test]
fn every_step_says_that_this_site_sends_nothing_and_lists_all_steps() {
    at_each_base_path(|client| {
        for language in languages() {
            for step in steps() {
                let path = format!("/{language}/{step}?{CHOICES}");
                let page = client.page(&path);
                page.assert_says(&text(&language, "common", "promise"));
                let list = between(&page.body, "<nav class=\"progress\"", "</nav>").next();
                let list = list.unwrap_or_else(|| panic!("{path} has no list of steps"));
                assert_eq!(
                    list.matches("<li ").count(),
                    steps().len(),
                    "steps in the list of {path}"
                );
                let marked = list
                    .split(" aria-current=\"step\"")
                    .next()
                    .and_then(|before| before.rsplit("<a ").next());
                assert!(
                    marked.is_some_and(|link| link.contains(&format!("/{step}?"))),
                    "{path} marks {marked:?} as the current step"
                );
                // A drawing with a label, and sources.
                page.assert_contains("<svg");
                page.assert_contains("role=\"img\"><title>");
                page.assert_contains("class=\"sources\"");
            }
        }
    });
}

#[test]
fn two_services_are_led_through_one_after_the_other() {
    at_each_base_path(|client| {
        let last = client.page(&format!("/en/meta-account/confirmation?{CHOICES}"));
        let finish = format!("/en/finish?{CHOICES}").replace('&', "&amp;");
        last.assert_contains(&format!("class=\"button\" href=\"{finish}\""));
        let first = client.page(&format!("/en/finish?{CHOICES}"));
        let next = format!("/en/meta-account/sign-in?{CHOICES}&form=instagram").replace('&', "&#38;");
        first.assert_contains(&format!("class=\"button\" href=\"{next}\""));
        let second = client.page(&format!("/en/finish?{CHOICES}&form=instagram"));
        second.assert_contains("class=\"button\" href=\"/en/record.ics?");
        let form = client.page(&format!("/en/meta-account/open-form?{CHOICES}&form=instagram"));
        form.assert_contains(&format!("class=\"button open\" href=\"{}\"", forms("instagram")[0]));
    });
}

#[test]
fn the_plain_text_is_the_text_in_the_field() {
    at_each_base_path(|client| {
        let query = "service=instagram&country=GB&length=full&text=en";
        let page = client.page(&format!("/de/meta-account/explain?{query}"));
        let field = between(&page.body, "<textarea", "</textarea>").next();
        let field = field
            .and_then(|field| field.split_once(">\n"))
            .expect("step 4 has a field");
        let plain = client.page(&format!("/de/text.txt?{query}"));
        assert_eq!(plain.header("content-type"), "text/plain; charset=utf-8");
        let plain = plain.body.trim_end();
        assert_eq!(plain, unescape(field.1).trim_end());
        let law = text("en", "objection", "law_names.uk_gdpr");
        assert!(plain.contains(&format!("Art. 21(1) {law}")), "{plain}");
        page.assert_contains(&format!("<output for=\"text\">{}</output>", plain.chars().count()));
    });
}

#[test]
fn the_page_with_everything_has_link_fields_and_text_of_each_objection() {
    at_each_base_path(|client| {
        let page = client.page(&format!("/de/everything?{CHOICES}"));
        assert_eq!(page.body.matches("<textarea").count(), 2);
        for service in ["facebook", "instagram"] {
            page.assert_contains(&format!("href=\"{}\"", forms(service)[0]));
        }
        // The name of a field of the form.
        page.assert_says(&text("de", "steps", "drawing.explanation"));
        let law = text("de", "objection", "law_names.gdpr");
        page.assert_contains(&format!("Art. 21 Abs. 1 {law}"));

        let linked = client.page("/de/everything?service=facebook&service=instagram&accounts=linked&country=DE");
        assert_eq!(linked.body.matches("<textarea").count(), 1);
        linked.assert_contains("Facebook und Instagram");
    });
}
