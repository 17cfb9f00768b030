//! What a visitor notices, over HTTP, against the real program that serves its pages below [`BASE`].

use std::collections::BTreeSet;
use std::process::Command;

use crate::BASE;
use crate::site::Site;
use ureq::http::Response;
use ureq::{Agent, Body};

/// Every page that needs no choices, below the language.
const PAGES: [&str; 11] = [
    "",
    "start",
    "answer",
    "answer/confirmed",
    "answer/more",
    "answer/refused",
    "answer/nothing",
    "why",
    "sources",
    "privacy",
    "accessibility",
];
const CHOICES: &str = "service=both&accounts=unsure&country=DE";

fn agent() -> Agent {
    let config = Agent::config_builder().max_redirects(0).http_status_as_error(false);
    config.build().into()
}

/// A host at which visitors reach a program that lies below a path.
const HOST: &str = "http://veto.example";

/// A running program whose pages lie below [`BASE`].
fn start_with(prepare: impl FnOnce(&mut Command)) -> Site {
    Site::start_with(|command| {
        if !BASE.is_empty() {
            command.env("VETO_ADDRESS", format!("{HOST}{BASE}/"));
        }
        prepare(command);
    })
}

/// An answer, read to its end. That all addresses in it lie below [`BASE`] has been seen; they are given without it.
struct Answer {
    status: u16,
    headers: ureq::http::HeaderMap,
    body: String,
}

impl Answer {
    fn read(mut response: Response<Body>) -> Self {
        let mut body = response.body_mut().read_to_string().expect("the body is UTF-8");
        for attribute in ["href", "src", "action"] {
            let own = format!("{attribute}=\"{BASE}/");
            let any = format!("{attribute}=\"/");
            assert_eq!(body.matches(&any).count(), body.matches(&own).count(), "{attribute}");
            body = body.replace(&own, &any);
        }
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        }
    }

    /// Where the answer leads, without [`BASE`].
    fn location(&self) -> &str {
        let location = self.header("location");
        location.strip_prefix(BASE).expect("it leads to a page of this site")
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a readable header"))
    }
}

/// A browser in front of a running wizard.
struct Visitor {
    site: Site,
}

impl Visitor {
    fn new() -> Self {
        Self {
            site: start_with(|_| {}),
        }
    }

    /// Asks for `path` as a browser that prefers `language`.
    fn get_in(&self, language: &str, path: &str) -> Answer {
        let request = agent().get(self.url(path)).header("accept-language", language);
        Answer::read(request.call().expect("an answer"))
    }

    fn get(&self, path: &str) -> Answer {
        self.get_in("en", path)
    }

    /// A page that must be there.
    fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.site.url)
    }
}

/// All pages of a language that answer with 200.
fn all_pages(language: &str) -> Vec<String> {
    let plain = PAGES.iter().map(|page| format!("/{language}/{page}"));
    let steps = (1..=7).map(|step| format!("/{language}/step/{step}?{CHOICES}"));
    plain
        .chain(steps)
        .chain([format!("/{language}/everything?{CHOICES}")])
        .collect()
}

/// What stands between `start` and the next `end`, each time.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}

/// The text of a piece of HTML without its tags, escapes resolved.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let escapes = [
        ("&#38;", "&"),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    let text = escapes
        .iter()
        .fold(text, |text, (escape, letter)| text.replace(escape, letter));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_root_leads_to_the_language_and_country_that_the_browser_asks_for() {
    let visitor = Visitor::new();
    for (accept, location) in [
        ("de-AT,de;q=0.9,en;q=0.8", "/de/?country=AT"),
        ("de", "/de/"),
        ("fr-CH;q=0.9, en;q=0.3, de;q=0.5", "/de/?country=CH"),
        ("tlh", "/en/"),
        ("", "/en/"),
    ] {
        let answer = visitor.get_in(accept, "/");
        assert_eq!(answer.status, 307, "{accept}");
        assert_eq!(answer.location(), location, "{accept}");
        assert_eq!(answer.header("vary"), "accept-language");
    }
    assert_eq!(visitor.get_in("de-AT", "/?country=FR").location(), "/de/?country=FR");
    assert_eq!(visitor.get("/de").location(), "/de/");
}

#[test]
fn every_page_exists_in_every_language_with_one_heading_and_a_title_of_its_own() {
    let visitor = Visitor::new();
    for language in ["de", "en"] {
        let mut titles = BTreeSet::new();
        for path in all_pages(language) {
            let body = visitor.page(&path);
            assert_eq!(body.matches("<h1").count(), 1, "{path}");
            assert!(body.contains(&format!("<html lang=\"{language}\">")), "{path}");
            let title = between(&body, "<title>", "</title>")
                .next()
                .expect("a title")
                .to_owned();
            assert!(
                titles.insert(title.clone()),
                "the title “{title}” stands on two pages: {path}"
            );
            let shown = body.replace(between(&body, "<style>", "</style>").next().expect("a style"), "");
            assert!(!shown.contains(['{', '}']), "a placeholder is left on {path}");
        }
    }
}

#[test]
fn the_title_of_a_step_says_which_of_seven_it_is_and_then_its_name() {
    let visitor = Visitor::new();
    for (language, title) in [("de", "<title>Schritt 2 von 7: "), ("en", "<title>Step 2 of 7: ")] {
        let page = visitor.page(&format!("/{language}/step/2?{CHOICES}"));
        assert!(page.contains(title), "{title}");
    }
}

#[test]
fn only_pages_on_which_the_script_has_something_to_do_load_it() {
    let visitor = Visitor::new();
    for language in ["de", "en"] {
        for path in all_pages(language) {
            let page = visitor.page(&path);
            let works = page.contains("class=\"copy-box\"") || page.contains("class=\"keep\"");
            assert_eq!(page.matches("<script").count(), usize::from(works), "{path}");
        }
    }
}

#[test]
fn the_language_switch_keeps_the_place_and_the_choices() {
    let visitor = Visitor::new();
    let body = visitor.page(&format!("/de/step/4?{CHOICES}&ground=children"));
    let link = format!("/en/step/4?{CHOICES}&ground=children").replace('&', "&amp;");
    assert!(body.contains(&format!("href=\"{link}\"")), "{link}");
    assert!(
        visitor
            .page("/de/why?country=AT")
            .contains("href=\"/en/why?country=AT\"")
    );
}

#[test]
fn the_language_switch_of_a_question_leads_to_the_page_that_was_wanted() {
    let visitor = Visitor::new();
    for (wanted, other) in [
        ("/de/step/4", "/en/step/4"),
        (
            "/de/letter/complaint?service=facebook&country=DE",
            "/en/letter/complaint?service=facebook&amp;country=DE",
        ),
        (
            "/de/record.ics?service=facebook&country=AT",
            "/en/record.ics?service=facebook&amp;country=AT",
        ),
    ] {
        let page = visitor.page(wanted);
        assert!(page.contains(&format!("href=\"{other}\" lang=\"en\"")), "{wanted}");
    }
}

#[test]
fn every_link_on_a_page_keeps_the_choices_and_leads_to_a_page() {
    let visitor = Visitor::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![format!("/de/?{CHOICES}")];
    while let Some(path) = open.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = visitor.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        for link in between(&answer.body, "href=\"/", "\"") {
            let link = format!("/{}", words(link));
            assert!(
                link.starts_with("/static/") || link.contains("country=DE"),
                "{link} on {path} lost the choices"
            );
            open.push(link);
        }
    }
    assert!(seen.len() > 60, "only {} pages were found", seen.len());
}

#[test]
fn a_query_has_one_canonical_form_and_strangers_in_it_are_dropped() {
    let visitor = Visitor::new();
    for (given, canonical) in [
        ("/en/why?country=DE&fbclid=abc", "/en/why?country=DE"),
        (
            "/en/step/1?country=DE&service=facebook",
            "/en/step/1?service=facebook&country=DE",
        ),
        ("/en/why?service=facebook&service=instagram", "/en/why?service=facebook"),
        ("/en/why?", "/en/why"),
        (
            "/en/step/4?service=facebook&accounts=linked&country=DE&length=short",
            "/en/step/4?service=facebook&country=DE",
        ),
        ("/en/why?length=short&length=full", "/en/why"),
    ] {
        let answer = visitor.get(given);
        assert_eq!((answer.status, answer.location()), (307, canonical), "{given}");
    }
}

#[test]
fn every_page_leads_from_an_address_with_a_stranger_to_its_own() {
    let visitor = Visitor::new();
    for path in all_pages("en") {
        let separator = if path.contains('?') { '&' } else { '?' };
        let answer = visitor.get(&format!("{path}{separator}fbclid=abc"));
        assert_eq!((answer.status, answer.location()), (307, path.as_str()), "{path}");
    }
}

#[test]
fn a_wrong_service_or_country_is_named_and_the_rest_stays_chosen() {
    let visitor = Visitor::new();
    // The form leads on, and not back to itself.
    let asked = visitor.get("/de/start?service=myspace");
    assert!(asked.status == 400 && asked.body.contains("action=\"/de/step/1\""));
    let answer = visitor.get("/de/step/3?service=myspace&country=AT&ground=children");
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("„myspace“"));
    assert!(answer.body.contains("<option value=\"AT\" selected>"));
    assert!(
        answer
            .body
            .contains("<input type=\"hidden\" name=\"ground\" value=\"children\">")
    );
    assert!(
        answer.body.contains("action=\"/de/step/3\""),
        "the form leads on to the page that was wanted"
    );

    let answer = visitor.get("/en/step/1?service=instagram&country=Atlantis");
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("“Atlantis”"));
    assert!(answer.body.contains("value=\"instagram\" required checked"));
    assert!(
        answer.body.contains("aria-describedby=\"country-help country-error\""),
        "the error is tied to its field"
    );
}

#[test]
fn another_wrong_choice_is_named_and_one_button_goes_on_without_it() {
    let visitor = Visitor::new();
    let answer = visitor.get("/en/step/4?service=facebook&country=DE&ground=envy&ground=health");
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("“envy”"));
    assert!(
        answer
            .body
            .contains("href=\"/en/step/4?service=facebook&amp;country=DE&amp;ground=health\"")
    );
}

#[test]
fn a_form_that_was_sent_in_too_early_says_what_is_missing() {
    let visitor = Visitor::new();
    let answer = visitor.get("/en/step/1?service=&country=");
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("href=\"#facebook\"") && answer.body.contains("href=\"#country\""));
    let answer = visitor.get("/en/step/1?service=&service=facebook&country=");
    assert!(!answer.body.contains("href=\"#facebook\"") && answer.body.contains("href=\"#country\""));
    assert!(answer.body.contains("value=\"facebook\" required checked"));
}

#[test]
fn a_shared_address_without_choices_asks_for_them_without_blame_and_leads_on() {
    let visitor = Visitor::new();
    for path in ["/en/step/5", "/en/everything?country=AT", "/en/text.txt"] {
        let answer = visitor.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.body.contains("role=\"alert\""), "{path}");
        let action = path.split('?').next().expect("a path");
        assert!(answer.body.contains(&format!("action=\"{action}\"")), "{path}");
    }
}

#[test]
fn what_goes_wrong_has_a_page_in_the_visitor_s_language() {
    let visitor = Visitor::new();
    let not_found = visitor.get_in("de", "/nothing/here");
    assert_eq!(not_found.status, 404);
    assert!(not_found.body.contains("Diese Seite gibt es nicht"));
    assert!(
        visitor
            .get_in("en", "/de/nothing")
            .body
            .contains("Diese Seite gibt es nicht"),
        "the address counts more"
    );
    for path in [
        "/fr/",
        "/de/step/8",
        "/de/step/0",
        "/de/answer/maybe",
        "/static/veto.js",
        "//example.org/de/",
    ] {
        assert_eq!(visitor.get(path).status, 404, "{path}");
    }

    let url = visitor.url("/de/");
    let wrong_method = Answer::read(agent().post(&url).send("x=y").expect("an answer"));
    assert_eq!((wrong_method.status, wrong_method.header("allow")), (405, "GET,HEAD"));
    assert!(wrong_method.body.contains("So lässt sich diese Seite nicht aufrufen"));

    let too_large = Answer::read(agent().post(&url).send("x".repeat(100_000)).expect("an answer"));
    assert_eq!(too_large.status, 413);
    assert!(too_large.body.contains("Das war zu viel"));

    let too_long = visitor.get(&format!("/de/?x={}", "y".repeat(5_000)));
    assert_eq!(too_long.status, 414);
    assert!(too_long.body.contains("Die Adresse ist zu lang"));
    for answer in [not_found, wrong_method, too_large, too_long] {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-type").starts_with("text/html"));
    }
}

#[test]
fn nothing_that_comes_with_the_address_becomes_markup() {
    let visitor = Visitor::new();
    let attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        format!("/en/step/1?service={attack}&country={attack}"),
        format!("/en/why?ground={attack}&text={attack}&length={attack}"),
        format!("/en/{attack}"),
        "/en/step/1?service=%ff%fe&country=%00".to_owned(),
    ] {
        let answer = visitor.get(&path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(
            !answer.body.contains("<script>") && !answer.body.contains("\"><script"),
            "{path}"
        );
    }
}

#[test]
fn a_page_allows_only_its_own_style_and_script_and_sets_no_cookie() {
    let visitor = Visitor::new();
    for path in ["/de/", "/de/nothing", "/", "/de/text.txt?service=facebook&country=DE"] {
        let answer = visitor.get(path);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
        assert_eq!(answer.header("server"), "", "{path}");
    }
}

#[test]
fn script_and_icon_are_kept_for_good_under_an_address_of_their_content() {
    let visitor = Visitor::new();
    let body = visitor.page("/en/");
    for file in between(&body, "\"/static/", "\"") {
        let answer = visitor.get(&format!("/static/{file}"));
        assert_eq!(answer.status, 200, "{file}");
        assert!(answer.header("cache-control").contains("immutable"), "{file}");
    }
    assert_eq!(body.matches("\"/static/").count(), 2, "a page needs nothing else");
}

#[test]
fn every_link_to_elsewhere_opens_apart_and_tells_nothing() {
    let visitor = Visitor::new();
    for language in ["de", "en"] {
        for path in all_pages(language) {
            let body = visitor.page(&path);
            for tag in between(&body, "<a ", ">").filter(|tag| tag.contains("href=\"http")) {
                assert!(tag.contains("href=\"https://"), "{path}: {tag}");
                assert!(
                    tag.contains("target=\"_blank\" rel=\"noopener noreferrer\""),
                    "{path}: {tag}"
                );
            }
            for source in between(&body, "src=\"", "\"") {
                assert!(source.starts_with("/static/"), "{path} loads {source}");
            }
        }
    }
}

#[test]
fn no_button_of_ours_claims_to_send() {
    let visitor = Visitor::new();
    let senders = ["send", "submit", "schick", "abschicken"];
    for language in ["de", "en"] {
        for path in all_pages(language) {
            let body = visitor.page(&path);
            let buttons = between(&body, "<button", "</button>").chain(between(&body, "<a class=\"button", "</a>"));
            for button in buttons {
                let label = words(button.split_once('>').map_or("", |(_, label)| label)).to_lowercase();
                // The name of step 5 is what a person does on Meta's page.
                let own = label
                    .strip_prefix("weiter:")
                    .or(label.strip_prefix("continue:"))
                    .is_none();
                assert!(
                    !own || !senders.iter().any(|word| label.contains(word)),
                    "{path}: “{label}”"
                );
            }
        }
    }
}

#[test]
fn every_step_says_that_this_site_sends_nothing_and_lists_all_seven() {
    let visitor = Visitor::new();
    for step in 1..=7 {
        let body = visitor.page(&format!("/en/step/{step}?{CHOICES}"));
        assert!(
            body.contains("This site sends nothing to Meta. It never asks for a password or a code."),
            "{step}"
        );
        let list = between(&body, "<nav class=\"steps\"", "</nav>")
            .next()
            .expect("the list of steps");
        assert_eq!(list.matches("<li>").count(), 7);
        let marked = list
            .split(" aria-current=\"step\"")
            .next()
            .and_then(|before| before.rsplit("<a ").next());
        assert!(
            marked.is_some_and(|link| link.contains(&format!("/step/{step}?"))),
            "{marked:?}"
        );
        assert!(
            body.contains("<svg") && body.contains("<title id=\"drawing\">"),
            "step {step} has a drawing with a label"
        );
        assert!(body.contains("class=\"sources\""), "step {step} names its sources");
    }
}

#[test]
fn the_text_alone_is_the_text_in_the_field() {
    let visitor = Visitor::new();
    let query = "service=instagram&country=GB&length=full&text=en&ground=hiding&ground=health";
    let body = visitor.page(&format!("/de/step/4?{query}"));
    let field = between(&body, "<textarea", "</textarea>").next().expect("a field");
    let field = field.split_once(">\n").expect("its content").1.replace("&#39;", "'");
    let alone = visitor.get(&format!("/de/text.txt?{query}"));
    assert_eq!(alone.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(alone.body.trim_end(), field.trim_end());
    assert!(alone.body.contains("Art. 21(1) UK GDPR"));
    assert!(body.contains(&format!(
        "<output for=\"text\">{}</output>",
        alone.body.trim_end().chars().count()
    )));
}

#[test]
fn everything_on_one_page_has_link_fields_and_text_of_each_objection() {
    let visitor = Visitor::new();
    let body = visitor.page(&format!("/de/everything?{CHOICES}"));
    assert_eq!(body.matches("<textarea").count(), 2);
    for part in [
        "facebook.com/help/contact/",
        "help.instagram.com/contact/",
        "Erläuterung",
        "Art. 21 Abs. 1 DSGVO",
    ] {
        assert!(body.contains(part), "{part}");
    }
    let linked = visitor.page("/de/everything?service=both&accounts=linked&country=DE");
    assert_eq!(linked.matches("<textarea").count(), 1);
    assert!(linked.contains("Facebook und Instagram"));
}

#[test]
fn two_services_are_led_through_one_after_the_other() {
    let visitor = Visitor::new();
    let first = visitor.page(&format!("/en/step/7?{CHOICES}"));
    let next = format!("/en/step/1?{CHOICES}&form=instagram").replace('&', "&#38;");
    assert!(first.contains(&format!("class=\"button\" href=\"{next}\"")), "{next}");
    let second = visitor.page(&format!("/en/step/7?{CHOICES}&form=instagram"));
    assert!(second.contains("class=\"button\" href=\"/en/answer?"));
    assert!(
        visitor
            .page(&format!("/en/step/2?{CHOICES}&form=instagram"))
            .contains("https://help.instagram.com/contact/")
    );
}

#[test]
fn an_answer_may_be_kept_by_caches_and_head_answers_like_get() {
    let visitor = Visitor::new();
    let path = visitor.url("/en/why");
    let head = Answer::read(agent().head(&path).call().expect("an answer"));
    let get = Answer::read(agent().get(&path).call().expect("an answer"));
    assert_eq!(get.header("cache-control"), "public, max-age=300");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    assert_eq!(head.header("content-type"), get.header("content-type"));
}

/// A day for which the month is over, and that is not before the first form.
const DAY: &str = "2026-03-31";

/// The fields of a letter, as a browser sends them.
fn typed(changed: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = vec![
        ("name", "Quendolin Findling"),
        ("address", "Weg 1\r\n1010 Ort"),
        ("account", "quendolin.f"),
        ("day", DAY),
        ("outcome", "refused"),
        ("answered", "2026-05-01"),
        ("answer", "We go on."),
        ("next", "letter"),
    ];
    fields.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
    fields.extend(changed);
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

impl Visitor {
    fn post(&self, path: &str, fields: Vec<(String, String)>) -> Answer {
        Answer::read(agent().post(&self.url(path)).send_form(fields).expect("an answer"))
    }
}

#[test]
fn every_branch_leads_to_its_end_for_residents_of_seven_places_in_both_languages() {
    let visitor = Visitor::new();
    let residents = [
        ("country=DE&region=DE-BY", "Bayerisches Landesamt", "Art. 77"),
        ("country=AT", "Österreichische Datenschutzbehörde", "Art. 77"),
        ("country=FR", "CNIL", "Art. 77"),
        ("country=IE", "Data Protection Commission", "Art. 77"),
        ("country=NO", "Datatilsynet", "Art. 77"),
        ("country=GB", "Information Commission", "UK GDPR"),
        ("country=CH", "EDÖB", "Art. 49"),
    ];
    for (place, authority, article) in residents {
        for language in ["en", "de"] {
            let query = format!("service=facebook&{place}");
            for (answer, letters) in [
                ("confirmed", &[][..]),
                ("more", &["more"]),
                ("refused", &["refused", "complaint"]),
                ("nothing", &["reminder", "complaint"]),
            ] {
                let page = visitor.page(&format!("/{language}/answer/{answer}?{query}"));
                for letter in letters {
                    let path = format!("/{language}/letter/{letter}?{query}");
                    let link = path.replace('&', "&amp;");
                    assert!(page.contains(&format!("href=\"{link}\"")), "{link} on {answer}");
                    assert!(visitor.page(&path).contains("method=\"post\""), "{path}");
                    let check = visitor.post(&path, typed(&[("next", "check")]));
                    assert!(
                        check.status == 200 && check.body.contains("Quendolin Findling"),
                        "{path}"
                    );
                    let shown = words(&visitor.post(&path, typed(&[])).body);
                    let recipient = if *letter == "complaint" {
                        authority
                    } else {
                        "Privacy Operations"
                    };
                    assert!(shown.contains(recipient), "{path}: {shown}");
                    if *letter == "complaint" {
                        assert!(shown.contains(article), "{path}: {shown}");
                    }
                }
            }
            let record = words(&visitor.page(&format!("/{language}/record?{query}&day={DAY}")));
            assert!(
                record.contains("30 April 2026") || record.contains("30. April 2026"),
                "{record}"
            );
            let page = words(&visitor.page(&format!("/{language}/authority?{query}")));
            assert!(page.contains(authority), "{page}");
        }
    }
}

#[test]
fn after_an_answer_everybody_reads_of_the_law_of_their_own_country() {
    let visitor = Visitor::new();
    for answer in ["more", "refused", "nothing"] {
        let page = |country: &str| {
            let page = visitor.page(&format!("/en/answer/{answer}?service=facebook&country={country}"));
            // Not the sources, which are those of all countries.
            words(page.split("<details").next().unwrap_or_default())
        };
        let (eu, uk, swiss) = (page("AT"), page("GB"), page("CH"));
        assert!(eu.contains("GDPR)") && !eu.contains("FADP"), "{eu}");
        for foreign in [&uk, &swiss] {
            assert!(!foreign.replace("UK GDPR", "").contains("GDPR)"), "{foreign}");
            assert!(!foreign.contains("Irish"), "{foreign}");
        }
        assert!(!uk.contains("FADP"), "{uk}");
    }
    let swiss = words(&visitor.page("/en/answer/refused?service=facebook&country=CH"));
    assert!(swiss.contains("Federal Data Protection and Information Commissioner"));
}

#[test]
fn what_was_typed_is_not_lost_to_a_link_to_another_language() {
    let visitor = Visitor::new();
    let path = "/en/letter/complaint?service=facebook&country=AT";
    assert!(visitor.page(path).contains("hreflang=\"de\""), "nothing is typed yet");
    for next in ["check", "change", "letter"] {
        let answer = visitor.post(path, typed(&[("next", next)]));
        assert!(answer.status == 200 && !answer.body.contains("hreflang"), "{next}");
    }
}

#[test]
fn every_country_and_land_has_its_authority() {
    let visitor = Visitor::new();
    let start = visitor.page("/en/start");
    let countries: Vec<&str> = between(&start, "<option value=\"", "\"")
        .filter(|code| !code.is_empty())
        .collect();
    assert_eq!(countries.len(), 32);
    let question = visitor.page("/en/authority?service=facebook&country=DE");
    let regions: Vec<&str> = between(&question, "<option value=\"", "\"")
        .filter(|code| !code.is_empty())
        .collect();
    assert_eq!(regions.len(), 16);
    let regions = regions.iter().map(|region| format!("country=DE&region={region}"));
    let countries = countries
        .iter()
        .filter(|code| **code != "DE")
        .map(|code| format!("country={code}"));
    let mut names = BTreeSet::new();
    for place in countries.chain(regions) {
        let body = visitor.page(&format!("/en/authority?service=facebook&{place}"));
        let name = between(&body, "<div class=\"target\">", "</h2>")
            .next()
            .expect("a name")
            .to_owned();
        assert!(names.insert(name), "{place} has the authority of another place");
    }
    assert_eq!(names.len(), 47);
}

#[test]
fn a_wrong_day_is_asked_for_again_with_what_was_typed() {
    let visitor = Visitor::new();
    let base = "/en/record?service=facebook&country=DE";
    for day in ["2026-02-31", "2024-04-30", "2098-01-01", "tomorrow"] {
        let answer = visitor.get(&format!("{base}&day={day}"));
        assert_eq!(answer.status, 400, "{day}");
        assert!(
            answer.body.contains(&format!("value=\"{day}\"")) && answer.body.contains("role=\"alert\""),
            "{day}"
        );
        assert!(
            answer.body.contains("name=\"country\" value=\"DE\""),
            "the rest stays chosen"
        );
    }
    assert_eq!(visitor.get(&format!("{base}&day=")).status, 400);
    let asked = visitor.get(base);
    assert!(
        asked.status == 200 && !asked.body.contains("role=\"alert\""),
        "who has not been asked is not blamed"
    );
    let typed = visitor.get(&format!("{base}&day=31.3.2026"));
    assert_eq!(typed.location(), format!("{base}&day={DAY}"));
    let region = visitor.get("/en/authority?service=facebook&country=DE&region=DE-XX");
    assert!(region.status == 400 && region.body.contains("“DE-XX”"));
}

#[test]
fn a_letter_that_cannot_be_written_yet_says_what_to_change_and_loses_nothing() {
    let visitor = Visitor::new();
    let path = "/en/letter/complaint?service=facebook&country=AT";
    let long = "x".repeat(801);
    for (field, value) in [
        ("name", ""),
        ("day", "2026-02-31"),
        ("day", "2098-01-01"),
        ("answered", "2026-03-30"),
        ("answer", long.as_str()),
        ("outcome", ""),
    ] {
        let answer = visitor.post(path, typed(&[(field, value)]));
        assert_eq!(answer.status, 400, "{field}");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{field} is named");
        assert!(
            answer.body.contains(&format!("id=\"{field}-error\"")),
            "{field} has its error"
        );
        assert!(
            value.is_empty() || answer.body.contains(value),
            "{field} is still there"
        );
        assert!(field == "name" || answer.body.contains("Quendolin Findling"), "{field}");
    }
    // Nothing came, and yet something is told of it.
    let answer = visitor.post(path, typed(&[("outcome", "nothing")]));
    assert!(answer.status == 400 && answer.body.contains("id=\"answer-error\""));
    let broken = agent()
        .post(&visitor.url(path))
        .send("name=%ff&day=%00&x=%")
        .expect("an answer");
    assert_eq!(broken.status(), 400);
    let huge = agent()
        .post(&visitor.url(path))
        .send("name=".to_owned() + &"x".repeat(70_000))
        .expect("an answer");
    assert_eq!(huge.status(), 413);
    let unsized_body = format!("name={}", "x".repeat(70_000));
    let chunked = ureq::SendBody::from_owned_reader(std::io::Cursor::new(unsized_body));
    assert_eq!(
        agent()
            .post(&visitor.url(path))
            .send(chunked)
            .expect("an answer")
            .status(),
        413
    );
}

#[test]
fn nothing_that_is_typed_stands_in_a_header_or_a_log_and_no_cache_keeps_it() {
    let mut site = start_with(|command| {
        command
            .args(["--log", "debug", "--log-requests"])
            .stderr(std::process::Stdio::piped());
    });
    let url = format!("{}/de/letter/complaint?service=facebook&country=AT", site.url);
    for next in ["check", "letter", "file", "change"] {
        let answer = agent()
            .post(&url)
            .send_form(typed(&[("next", next)]))
            .expect("an answer");
        assert_eq!(answer.headers()["cache-control"], "no-store", "{next}");
        for value in answer.headers().values() {
            assert!(
                !value.to_str().expect("a readable header").contains("uendolin"),
                "{next}"
            );
        }
        let answer = Answer::read(answer);
        assert!(answer.body.contains("Quendolin Findling"), "{next}");
        for link in between(&answer.body, "href=\"/", "\"").chain(between(&answer.body, "action=\"", "\"")) {
            assert!(!link.contains("uendolin"), "{link}");
        }
    }
    site.process().kill().expect("it can be stopped");
    let mut log = String::new();
    let mut errors = site.process().stderr.take().expect("a pipe");
    std::io::Read::read_to_string(&mut errors, &mut log).expect("it can be read");
    assert!(!log.contains("uendolin"), "{log}");
}

#[test]
fn a_text_file_has_the_letter_in_the_language_that_was_chosen() {
    let visitor = Visitor::new();
    let path = "/en/letter/complaint?service=facebook&country=AT";
    let german = visitor.post(path, typed(&[("next", "file")]));
    assert!(
        german.header("content-type").starts_with("text/plain")
            && german.header("content-disposition").contains(".txt")
    );
    assert!(
        german.body.contains("Beschwerde nach Art. 77"),
        "the Austrian authority takes German: {}",
        german.body
    );
    let english = visitor.post(path, typed(&[("next", "file"), ("language", "en")]));
    assert!(english.body.contains("Complaint under Art. 77"), "{}", english.body);
    let french = visitor.page("/en/letter/complaint?service=facebook&country=FR");
    assert!(
        words(&french).contains("takes complaints in: French"),
        "{}",
        words(&french)
    );
}

#[test]
fn calendar_files_lead_back_to_the_address_of_this_instance_and_to_no_other() {
    let path = "/en/record.ics?service=facebook&country=AT&day=2026-03-31";
    let site = start_with(|command| {
        command.args(["--address", "https://veto.example.org/"]);
    });
    let request = agent()
        .get(&format!("{}{path}", site.url))
        .header("host", "evil.example");
    let file = Answer::read(request.call().expect("an answer"))
        .body
        .replace("\r\n ", "");
    assert!(
        file.contains("URL:https://veto.example.org/en/answer?service=facebook&country=AT&day=2026-03-31\r\n"),
        "{file}"
    );
    let visitor = Visitor::new();
    let file = visitor.get(path).body.replace("\r\n ", "");
    let printed = visitor.url("");
    let own = if BASE.is_empty() {
        printed
    } else {
        format!("{HOST}{BASE}")
    };
    assert!(file.contains(&format!("URL:{own}/en/answer?")), "{file}");
}

#[test]
fn a_page_and_a_file_have_one_address_each() {
    let visitor = Visitor::new();
    for path in ["/de/step/%31?service=facebook&country=DE", "/%64e/why"] {
        assert_eq!(visitor.get(path).status, 404, "{path}");
    }
    let page = visitor.get("/de/").body;
    let script = page.split("src=\"").nth(1).and_then(|rest| rest.split('"').next());
    let script = script.expect("a script");
    let answer = visitor.get(&format!("{script}?any=1"));
    assert_eq!((answer.status, answer.location()), (307, script));
}

#[test]
fn pages_come_compressed_to_those_who_take_it_and_say_the_same() {
    let visitor = Visitor::new();
    let url = visitor.url("/de/sources");
    let ask = |accepted: &str| {
        let request = agent().get(&url).header("accept-encoding", accepted);
        request.call().expect("an answer")
    };
    let mut plain = ask("identity");
    assert!(plain.headers().get("content-encoding").is_none());
    assert_eq!(plain.headers()["vary"], "accept-encoding");
    let expected = plain.body_mut().read_to_vec().expect("a body");
    let mut tags = BTreeSet::from([plain.headers()["etag"].to_str().expect("a tag").to_owned()]);
    for (accepted, coding) in [("gzip, deflate, br", "br"), ("gzip", "gzip")] {
        // Twice: from the compressor, then from the cache.
        for _ in 0..2 {
            let mut answer = ask(accepted);
            assert_eq!(answer.headers()["content-encoding"], coding);
            assert_eq!(answer.headers()["vary"], "accept-encoding");
            tags.insert(answer.headers()["etag"].to_str().expect("a tag").to_owned());
            let body = answer.body_mut().read_to_vec().expect("a body");
            assert!(
                body.len() < expected.len() / 3,
                "{} of {} bytes",
                body.len(),
                expected.len()
            );
            let mut read = Vec::new();
            if coding == "br" {
                brotli::BrotliDecompress(&mut body.as_slice(), &mut read).expect("brotli");
            } else {
                let mut decoder = flate2::read::GzDecoder::new(body.as_slice());
                std::io::Read::read_to_end(&mut decoder, &mut read).expect("gzip");
            }
            assert_eq!(read, expected, "{coding}");
        }
    }
    assert_eq!(tags.len(), 3, "each coding has a tag of its own: {tags:?}");
    let letter = agent()
        .post(&visitor.url("/de/letter/complaint?service=facebook&country=AT"))
        .header("accept-encoding", "br")
        .send_form(typed(&[]))
        .expect("an answer");
    assert!(
        letter.headers().get("content-encoding").is_none(),
        "the length of a letter tells nothing"
    );
}

#[test]
fn a_body_that_is_no_form_is_refused_with_a_page() {
    let visitor = Visitor::new();
    let url = visitor.url("/de/letter/complaint?service=facebook&country=AT");
    let request = agent().post(&url).header("content-type", "application/json");
    let answer = Answer::read(request.send("{}").expect("an answer"));
    assert!(
        answer.status == 415 && answer.body.contains("<h1>"),
        "{}",
        answer.status
    );
}
