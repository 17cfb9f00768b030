//! The journeys on one page: each shows its facts and nothing of another one, with texts that fit the law of the country.

use toml::Value;

use super::evidence::check_evidence;
use super::objection::law_name;
use super::page::{Page, after, contains, same, shown, squeeze, within};
use super::repository::{
    controller, countries, country_of_each_law, languages, links, list, optional, page_journeys, text,
};
use super::site::without_query;
use super::words::{Words, fill};

/// The maximum number of characters of a text: that of the field for reasons in Meta's form of 2024, with a reserve.
pub const LIMIT: usize = 1_600;

/// What a text or a letter for a person without an account, and one for a child, must not say.
pub const NOT_OF_OTHERS: [(&str, &[&str]); 2] = [
    (
        "en",
        &["my account", "my posts", "my content", "copyright", "posted data"],
    ),
    (
        "de",
        &[
            "mein Konto",
            "meinem Konto",
            "meine Beiträge",
            "meiner Beiträge",
            "Urheberrecht",
            "geposteten",
        ],
    ),
];

/// The journeys whose texts must not say that.
pub const OF_OTHERS: [&str; 2] = ["meta-third-party", "meta-parents"];

/// A journey on one page, in one language, for one country.
pub struct Journey {
    pub id: &'static str,
    pub file: &'static toml::Table,
    pub country: &'static Value,
    pub page: Page,
}

impl Journey {
    /// Each journey in each country of `in_countries` that it is for.
    pub fn all(words: &Words) -> Vec<Self> {
        let mut all = Vec::new();
        for (id, file) in page_journeys() {
            for country in country_of_each_law() {
                if is_for(file, country) {
                    let page = Page::get(&address(words, id, country));
                    all.push(Self {
                        id,
                        file,
                        country,
                        page,
                    });
                }
            }
        }
        all
    }

    fn steps(&self) -> Vec<&'static Value> {
        self.file["step"].as_array().expect("steps").iter().collect()
    }

    fn key(&self, key: &str) -> String {
        format!("journeys/{}.{key}", self.id)
    }

    /// The text `key` as it has to be sent from this country.
    fn text(&self, words: &Words, key: &str) -> String {
        let law = text(self.country, "law");
        let kind = if law == "swiss_fadp" { "swiss_fadp" } else { "gdpr" };
        let of = |name: &str| {
            words
                .value(&self.key(&format!("texts.{key}.{name}")))
                .and_then(Value::as_str)
        };
        let raw = of(&format!("body.{law}"))
            .or_else(|| of(&format!("body.{kind}")))
            .or_else(|| of("other"));
        let raw = raw.unwrap_or_else(|| panic!("{}: no text {key} under {law}", self.id));
        let sentence = words.raw("language.tested_sentence.text");
        fill(raw.trim(), &[("law", law_name(words, law)), ("sentence", sentence)])
    }

    /// The letter of this journey, if it has one.
    fn letter(&self, words: &Words) -> Option<Page> {
        self.file.get("letter")?;
        Some(Page::get(&address(words, &format!("{}/letter", self.id), self.country)))
    }
}

fn address(words: &Words, path: &str, country: &Value) -> String {
    format!("/{}/{path}?country={}", words.language, text(country, "code"))
}

/// Whether a journey is for people in a country.
fn is_for(file: &toml::Table, country: &Value) -> bool {
    let laws = file.get("laws").and_then(Value::as_array);
    laws.is_none_or(|laws| laws.iter().any(|law| law.as_str() == Some(text(country, "law"))))
}

/// The page of a company with this key.
fn link(key: &str) -> &'static Value {
    let mut links = links().into_iter();
    links
        .find(|link| text(link, "id") == key)
        .unwrap_or_else(|| panic!("no link {key}"))
}

#[test]
fn a_journey_shows_its_steps_in_order_each_with_its_links_and_their_evidence() {
    for language in languages() {
        let words = Words::of(language);
        for journey in Journey::all(&words) {
            let page = &journey.page;
            assert!(
                same(&page.heading(), &words.plain(&journey.key("title"))),
                "{}",
                page.path
            );
            for key in ["lead", "who", "covers", "expect"] {
                page.must_show(&words.plain(&journey.key(key)));
            }
            let steps = page.select("main ol.todo > li");
            assert_eq!(steps.len(), journey.steps().len(), "{}", page.path);
            for (step, item) in journey.steps().into_iter().zip(steps) {
                let key = journey.key(&format!("steps.{}", text(step, "id")));
                let whole = squeeze(&shown(item));
                let expected = [
                    words.plain(&format!("{key}.title")),
                    words.plain(&format!("{key}.body")),
                ];
                let rest = after(&whole, &expected);
                let mut rest = rest.unwrap_or_else(|missing| panic!("{}: missing “{missing}”", page.path));
                let hrefs: Vec<_> = within(item, "a[href]")
                    .into_iter()
                    .filter_map(|it| it.attr("href"))
                    .collect();
                for key in optional(step, "link").into_iter().chain(optional(step, "fallback")) {
                    let address = text(link(key), "address");
                    assert!(hrefs.contains(&address), "{}: no link {address}", page.path);
                    rest = check_evidence(&page.path, rest, &words, link(key));
                }
                let places = list(step, "services").len();
                let mine = |href: &&&str| href.starts_with(&format!("/{language}/")) && href.contains("service=");
                assert_eq!(hrefs.iter().filter(mine).count(), places, "{}: {whole}", page.path);
                for id in list(step, "journeys") {
                    let leads = |href: &&str| without_query(href) == format!("/{language}/{id}");
                    assert!(hrefs.iter().any(leads), "{}: does not lead to {id}", page.path);
                }
            }
        }
    }
}

#[test]
fn a_journey_opens_no_page_that_belongs_to_another_one() {
    for language in languages() {
        let words = Words::of(language);
        for journey in Journey::all(&words) {
            let hrefs = journey.page.select("main a[href]").into_iter();
            let hrefs: Vec<_> = hrefs.filter_map(|link| link.attr("href")).collect();
            for (id, file) in page_journeys() {
                let own = file.get("link").and_then(Value::as_array).into_iter().flatten();
                for address in own.map(|link| text(link, "address")) {
                    let is_own = id == journey.id;
                    assert_eq!(
                        hrefs.contains(&address),
                        is_own,
                        "{}: {address} of {id}",
                        journey.page.path
                    );
                }
            }
        }
    }
}

#[test]
fn a_text_is_ready_to_copy_whole_short_enough_and_under_the_law_of_the_country() {
    for language in languages() {
        let words = Words::of(language);
        for journey in Journey::all(&words) {
            let page = &journey.page;
            let boxes = page.select("main textarea");
            let keys = journey.steps().into_iter().filter_map(|step| optional(step, "text"));
            let keys: Vec<_> = keys.collect();
            assert_eq!(boxes.len(), keys.len(), "{}", page.path);
            for (key, element) in keys.into_iter().zip(boxes) {
                let shown: String = element.text().collect();
                assert_eq!(shown.trim(), journey.text(&words, key), "{}", page.path);
                assert!(!shown.contains(['{', '}']), "{}: a hole in {shown}", page.path);
                assert!(shown.chars().count() <= LIMIT, "{}: too long: {shown}", page.path);
                assert_eq!(element.attr("lang"), Some(language), "{}", page.path);
            }
        }
    }
}

#[test]
fn a_text_and_a_letter_come_in_the_language_that_is_chosen_for_them() {
    for language in languages() {
        let words = Words::of(language);
        for other in languages() {
            let own = Words::of(other);
            for journey in Journey::all(&words) {
                let chosen = |path: &str| format!("{}&text={other}", address(&words, path, journey.country));
                let page = Page::get(&chosen(journey.id));
                let keys = journey.steps().into_iter().filter_map(|step| optional(step, "text"));
                for (key, element) in keys.zip(page.select("main textarea")) {
                    let shown: String = element.text().collect();
                    assert_eq!(shown.trim(), journey.text(&own, key), "{}", page.path);
                    assert_eq!(element.attr("lang"), Some(other), "{}", page.path);
                }
                if journey.file.contains_key("letter") {
                    let letter = Page::get(&chosen(&format!("{}/letter", journey.id)));
                    let sheet = letter.only("main article.letter");
                    assert_eq!(sheet.attr("lang"), Some(other), "{}", letter.path);
                    contains(&letter.path, &shown(sheet), own.raw("letters.salutation"));
                }
            }
        }
    }
}

#[test]
fn a_letter_goes_to_the_company_that_decides_under_the_law_of_the_country_and_says_the_text() {
    for language in languages() {
        let words = Words::of(language);
        for journey in Journey::all(&words) {
            let Some(letter) = journey.letter(&words) else { continue };
            let law = text(journey.country, "law");
            let own = journey
                .file
                .get("controller")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            let mut own = own.filter(|controller| list(controller, "laws").contains(&law));
            let recipient = own.next().unwrap_or_else(|| controller(law));
            let names = [text(recipient, "name")].into_iter().chain(optional(recipient, "also"));
            let lines = names
                .chain([text(recipient, "attention")])
                .chain(list(recipient, "address"));
            let sheet = shown(letter.only("main article.letter"));
            contains(&letter.path, &sheet, &lines.collect::<Vec<_>>().concat());
            contains(
                &letter.path,
                &sheet,
                &journey.text(&words, text(&Value::Table(journey.file.clone()), "letter")),
            );
            check_evidence(&letter.path, &squeeze(&shown(letter.main())), &words, recipient);
        }
    }
}

#[test]
fn a_person_without_an_account_and_a_parent_claim_no_account_no_posts_and_no_copyright() {
    for (language, forbidden) in NOT_OF_OTHERS {
        let words = Words::of(
            languages()
                .into_iter()
                .find(|known| *known == language)
                .expect("a language"),
        );
        let mut seen = 0;
        for journey in Journey::all(&words) {
            if !OF_OTHERS.contains(&journey.id) {
                continue;
            }
            let letter = journey.letter(&words).expect("a letter");
            let mut texts = vec![shown(letter.only("main article.letter"))];
            texts.extend(journey.page.select("main textarea").into_iter().map(shown));
            for (text, word) in texts
                .iter()
                .flat_map(|text| forbidden.iter().map(move |word| (text, word)))
            {
                let says = text.to_lowercase().contains(&word.to_lowercase());
                assert!(!says, "{}: “{word}” in {text}", journey.page.path);
            }
            seen += 1;
        }
        assert!(seen > 0, "no journey of {OF_OTHERS:?}");
    }
}

#[test]
fn a_journey_that_is_not_for_the_country_says_so_and_leads_to_one_that_is() {
    let mut seen = 0;
    for language in languages() {
        let words = Words::of(language);
        for (id, file) in page_journeys() {
            for country in countries().iter().filter(|country| !is_for(file, country)) {
                let page = Page::get(&address(&words, id, country));
                let name = words.plain(&format!("countries.{}", text(country, "code")));
                page.must_show(&words.fill("journey.elsewhere", &[("country", &name)]));
                assert!(page.select("main ol.todo, main textarea").is_empty(), "{}", page.path);
                let mut buttons = page.select("main a.button").into_iter();
                let first = buttons.find_map(|link| link.attr("href")).expect("a button");
                Page::get(first);
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "every journey is for every country");
}
