//! The journeys on one page: each shows its facts and nothing of another one, with texts that fit the law of the country.

use toml::Value;

use super::company_objection::{submit, with_grounds};
use super::evidence::check_evidence;
use super::objection::{law_name, texts_for};
use super::page::{Page, after, contains, parent, same, shown, squeeze, within};
use super::repository::{
    controller, countries, country_of_each_law, entries, flag, languages, links, list, optional, page_journeys, text,
};
use super::site::{links as hrefs, path, without_query};
use super::words::{Words, fill};
use crate::in_process::Site;

/// The maximum number of characters of a text: that of the field for reasons in Meta's form of 2024, with a reserve.
const LIMIT: usize = 1_600;

/// What a text or a letter for a person without an account, and one for a child, must not say.
const NOT_OF_OTHERS: [(&str, &[&str]); 2] = [
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
const OF_OTHERS: [&str; 2] = ["meta-third-party", "meta-parents"];

/// A journey on one page, in one language, for one country.
struct Journey {
    id: &'static str,
    file: &'static toml::Table,
    country: &'static Value,
    page: Page,
}

impl Journey {
    /// Each journey in each country of `in_countries` that it is for.
    fn all(words: &Words) -> Vec<Self> {
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

/// The journeys whose objection takes reasons, and what it is about.
fn with_reasons(words: &Words) -> Vec<(Journey, &'static str)> {
    let all = Journey::all(words).into_iter();
    let all = all.filter_map(|journey| {
        let about = journey.file.get("reasons")?.as_str()?;
        Some((journey, about))
    });
    all.collect()
}

/// The clause of a ground in an objection about `about`, if it fits that.
fn clause(words: &Words, ground: &Value, about: &str) -> Option<String> {
    let key = format!("objection.grounds.{}", text(ground, "id"));
    let own = words.value(&format!("{key}.about.{about}"));
    let fits = about == "posts" || list(ground, "about").contains(&about);
    let own = own.and_then(Value::as_str).map(str::to_owned);
    own.or_else(|| fits.then(|| words.raw(&format!("{key}.clause")).to_owned()))
}

/// The texts in which reasons stand.
fn objection(page: &Page) -> String {
    squeeze(&shown(page.only("form.work textarea")))
}

#[test]
fn a_ticked_reason_that_fits_is_in_the_text_and_the_letter_and_in_no_address() {
    let mut subjects = std::collections::BTreeSet::new();
    for language in languages() {
        let words = Words::of(language);
        let tested = squeeze(words.raw("language.tested_sentence.text"));
        for (place, (journey, about)) in with_reasons(&words).into_iter().enumerate() {
            subjects.insert(about);
            let path = &journey.page.path;
            let law = text(journey.country, "law");
            let special = words.raw(&format!("{}.short_special", texts_for(&words, "objection", law)));
            let special = squeeze(&fill(special, &[("law", law_name(&words, law))]));
            let mut all = Vec::new();
            for (index, ground) in entries("grounds", "ground").iter().enumerate() {
                let id = text(ground, "id");
                let field = format!("form.work input[name=ground][value={id}]");
                let Some(clause) = clause(&words, ground, about) else {
                    assert!(journey.page.select(&field).is_empty(), "{path}: {id}");
                    if index % 4 == 0 {
                        let response = submit(path, &[("ground", id)]);
                        assert_eq!(response.status, 400, "{path}: {id}");
                    }
                    continue;
                };
                journey.page.only(&field);
                all.push((id, clause.clone()));
                // Each alone in one country and journey of several, since each costs two requests.
                if (index + place) % 4 > 0 {
                    continue;
                }
                let page = with_grounds(path, &[id]);
                let shown = objection(&page);
                contains(path, &shown, &squeeze(&clause));
                assert!(!shown.contains(&tested), "{path}: {id}: {shown}");
                let is_special = flag(ground, "special_category");
                assert_eq!(shown.contains(special.trim()), is_special, "{path}: {id}: {shown}");
                page.only(&format!("{field}[checked]"));
            }
            assert!(!all.is_empty(), "{path}: no reasons");
            let ids: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
            let page = with_grounds(path, &ids);
            let text = objection(&page);
            let has = |clause: &str| text.contains(&squeeze(clause));
            let fitting = all.iter().take_while(|(_, clause)| has(clause)).count();
            let left_out = all[fitting..].iter().any(|(_, clause)| !has(clause));
            let says_so = shown(page.main()).contains(&words.plain("text.shortened"));
            assert!(left_out == says_so && fitting > all.len() / 2, "{path}: {text}");
            assert!(text.chars().count() <= LIMIT, "{path}: {text}");
            let forms = page.select("form").into_iter().filter_map(|form| form.attr("action"));
            for address in forms.map(str::to_owned).chain(hrefs(&page)) {
                let id = ids.iter().find(|id| address.contains(&format!("={id}")));
                assert!(id.is_none() && !address.contains("ground"), "{path}: {address}");
            }
            let letter = page
                .only("form.work button[formaction]")
                .attr("formaction")
                .expect("an address");
            let fields: Vec<_> = ids
                .iter()
                .map(|id| ("ground", *id))
                .chain([("typed", text.as_str())])
                .collect();
            let response = Site::built_in().post(letter, &fields);
            assert_eq!(
                (response.status, response.headers["cache-control"].as_str()),
                (200, "no-store"),
                "{letter}"
            );
            let letter = Page::parse(letter, &response.html);
            let sheet = squeeze(&shown(letter.only("main article.letter")));
            for (_, clause) in &all[..fitting] {
                contains(&letter.path, &sheet, &squeeze(clause));
            }
            if OF_OTHERS.contains(&journey.id) {
                for word in NOT_OF_OTHERS
                    .iter()
                    .filter(|(code, _)| *code == language)
                    .flat_map(|(_, words)| *words)
                {
                    assert!(
                        !sheet.to_lowercase().contains(&word.to_lowercase()),
                        "{path}: “{word}” in {sheet}"
                    );
                }
            }
        }
    }
    assert_eq!(subjects.len(), 4, "{subjects:?}");
}

#[test]
fn what_a_person_has_typed_into_the_text_of_a_journey_is_kept_and_printed() {
    let words = Words::of("en");
    for (journey, about) in with_reasons(&words) {
        let path = &journey.page.path;
        let mut grounds = entries("grounds", "ground").iter();
        let found = grounds.find_map(|ground| Some((text(ground, "id"), clause(&words, ground, about)?)));
        let (id, clause) = found.expect("a ground");
        let typed = "My <b>own</b> words.";
        let response = submit(path, &[("typed", typed), ("ground", id)]);
        let page = Page::parse(path, &response.html);
        let message = if about == "posts" {
            "text.added"
        } else {
            "journey.reasons.added"
        };
        page.must_show(&words.plain(message));
        contains(path, &objection(&page), &squeeze(typed));
        contains(path, &objection(&page), &squeeze(&clause));
        let letter = page
            .only("form.work button[formaction]")
            .attr("formaction")
            .expect("an address");
        let response = Site::built_in().post(letter, &[("typed", typed)]);
        let letter = Page::parse(letter, &response.html);
        contains(path, &shown(letter.only("main article.letter")), typed);
    }
}

#[test]
fn the_first_question_and_the_table_lead_to_each_journey_and_the_table_tells_its_number() {
    for language in languages() {
        let words = Words::of(language);
        for key in ["topic.title", "journey.ways.title"] {
            let page = Page::get(path(&words, key));
            for (id, file) in page_journeys() {
                let address = format!("/{language}/{id}");
                let mut links = page.select("main a[href]").into_iter();
                let link = links.find(|link| link.attr("href").map(without_query) == Some(&address));
                let link = link.unwrap_or_else(|| panic!("{}: does not lead to {id}", page.path));
                contains(&page.path, &shown(link), &words.plain(&format!("journeys/{id}.want")));
                if key != "topic.title" {
                    let number = file["number"].as_integer().expect("a number").to_string();
                    let number = words.fill("journey.number", &[("number", &number)]);
                    contains(&page.path, &shown(parent(link)), &number);
                    Page::get(&address).must_show(&number);
                }
            }
        }
    }
}

#[test]
fn the_table_is_linked_from_home_from_reasons_and_from_an_address_that_does_not_exist() {
    for language in languages() {
        let words = Words::of(language);
        let ways = path(&words, "journey.ways.title");
        for address in [format!("/{language}/"), path(&words, "why.title").to_owned()] {
            let page = Page::get(&address);
            let leads = page
                .select("a[href]")
                .into_iter()
                .any(|link| link.attr("href") == Some(ways));
            assert!(leads, "{address}");
        }
        for unknown in ["meta-unknown", "meta-unknown/letter", "9999"] {
            let response = Site::built_in().get(&format!("/{language}/{unknown}"));
            assert_eq!(response.status, 404, "{unknown}");
            let page = Page::parse(unknown, &response.html);
            let links = page.select("main a[href]").into_iter();
            assert!(
                links.filter_map(|link| link.attr("href")).any(|link| link == ways),
                "{unknown}"
            );
        }
    }
}

#[test]
fn a_number_leads_to_its_journey_in_the_language_of_the_browser() {
    for language in languages() {
        for (id, file) in page_journeys() {
            let number = file["number"].as_integer().expect("a number");
            let response = Site::built_in().get_in(language, &format!("/{number}"));
            assert_eq!(response.status, 307, "{id}");
            assert_eq!(response.headers["location"], format!("/{language}/{id}"));
            assert_eq!(response.headers["vary"], "accept-language", "{id}");
        }
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
