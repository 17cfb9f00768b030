//! The supervisory authority: for each country and each region its own, with what is known of it.

use std::collections::BTreeSet;

use super::evidence::check_evidence;
use super::laws::laws;
use super::page::{Page, parent, same, shown, squeeze, within};
use super::repository::{
    authorities, controller, languages, languages_and_variants, letter_languages, list, optional, standard, text,
    with_standard,
};
use super::site::{Choices, authority_choices, in_variant, link, path};
use super::words::Words;

/// The page of each authority.
fn each_page(words: &Words, mut check: impl FnMut(&'static toml::Value, &'static toml::Value, &Page)) {
    let standard = path(&Words::of(standard(words.language)), "authority.title");
    let path = in_variant(standard, words.language);
    for (authority, country, choices) in authority_choices() {
        check(authority, country, &Page::get(&choices.at(&path)));
    }
}

/// The page of an authority for complaints in a language; its site where none is known.
pub fn complaint_page<'a>(authority: &'a toml::Value, language: &str) -> &'a str {
    let by_language = authority.get("complaint_by_language");
    let own = with_standard(language).find_map(|code| by_language?.get(code)?.as_str());
    own.or(optional(authority, "complaint"))
        .unwrap_or_else(|| text(authority, "website"))
}

#[test]
fn each_country_and_each_region_has_its_own_authority_with_its_details() {
    for language in languages_and_variants() {
        let words = Words::of(language);
        each_page(&words, |authority, _, page| {
            let name = text(authority, "name");
            let headings = page.select("main h2").into_iter().map(shown).collect::<Vec<_>>();
            assert_eq!(
                headings,
                [name.split_whitespace().collect::<Vec<_>>().join(" ")],
                "{}",
                page.path
            );
            for (other, _) in authorities() {
                if !same(text(other, "name"), name) && !name.contains(text(other, "name")) {
                    page.must_not_show(text(other, "name"));
                }
            }

            let complaint = complaint_page(authority, language);
            let known = authority.get("complaint").is_some();
            let label = words.plain(if known {
                "authority.complaint"
            } else {
                "authority.website"
            });
            assert_eq!(link(page, &label), complaint, "{}", page.path);

            let website = page.definition(&words.plain("authority.website"));
            let links = within(website, "a[href]")
                .into_iter()
                .filter_map(|link| link.attr("href"));
            assert_eq!(links.collect::<Vec<_>>(), [text(authority, "website")], "{}", page.path);

            let terms = page.select("main dt").into_iter().map(shown).collect::<Vec<_>>();
            let label = words.plain("authority.address");
            match list(authority, "address").concat() {
                expected if expected.is_empty() => assert!(!terms.contains(&label), "{}: an empty address", page.path),
                expected => {
                    let address = shown(page.definition(&label));
                    assert!(same(&address, &expected), "{}: {address}", page.path);
                }
            }
            match optional(authority, "email") {
                Some(email) => assert_eq!(
                    shown(page.definition(&words.plain("authority.email"))),
                    email,
                    "{}",
                    page.path
                ),
                None => assert!(
                    !terms.contains(&words.plain("authority.email")),
                    "{}: an e-mail address",
                    page.path
                ),
            }
        });
    }
}

#[test]
fn the_name_of_an_authority_is_marked_with_its_language_and_translated_for_others() {
    for language in languages_and_variants() {
        let words = Words::of(language);
        each_page(&words, |authority, _, page| {
            let own = list(authority, "languages").first().copied();
            assert_eq!(page.only("main h2").attr("lang"), own, "{}", page.path);
            let english = page
                .select("main p[lang=en]")
                .into_iter()
                .map(shown)
                .collect::<Vec<_>>();
            let expected =
                optional(authority, "name_en").filter(|_| with_standard(language).all(|code| own != Some(code)));
            assert_eq!(english, expected.into_iter().collect::<Vec<_>>(), "{}", page.path);
        });
    }
}

#[test]
fn the_languages_of_a_complaint_are_those_of_the_authority() {
    for language in languages() {
        let words = Words::of(language);
        each_page(&words, |authority, _, page| {
            let mut listed = squeeze(&shown(page.definition(&words.plain("authority.languages"))));
            let taken = list(authority, "languages");
            let name = |code: &str| squeeze(&words.plain(&format!("authority.language_names.{code}")));
            for code in &taken {
                assert!(listed.contains(&name(code)), "{}: missing “{}”", page.path, name(code));
                listed = listed.replacen(&name(code), "", 1);
            }
            for code in words.keys("authority.language_names") {
                assert!(
                    !listed.contains(&name(code)),
                    "{}: “{}” does not belong here",
                    page.path,
                    name(code)
                );
            }
        });
    }
}

#[test]
fn the_note_about_an_authority_stands_on_its_page_and_nowhere_else() {
    for language in languages() {
        let words = Words::of(language);
        let notes: Vec<(&str, String)> = words
            .keys("authorities")
            .into_iter()
            .map(|id| (id, words.plain(&format!("authorities.{id}"))))
            .collect();
        each_page(&words, |authority, _, page| {
            let body = page.body();
            for (id, note) in &notes {
                let belongs = *id == text(authority, "id");
                assert_eq!(body.contains(&squeeze(note)), belongs, "{}: “{note}”", page.path);
            }
        });
    }
}

#[test]
fn the_role_of_an_authority_is_that_of_its_law_and_of_the_lead_authority() {
    for language in languages() {
        let words = Words::of(language);
        let of_law = |law: &str| ["role", "lead"].map(|role| format!("authority.laws.{law}.{role}"));
        let roles: Vec<String> = laws().into_iter().flat_map(of_law).collect();
        let roles: Vec<&String> = roles.iter().filter(|role| words.value(role).is_some()).collect();
        each_page(&words, |authority, country, page| {
            let law = text(country, "law");
            let leads = text(controller(law), "lead_authority") == text(authority, "id");
            let [role, lead] = of_law(law);
            let expected = if leads && roles.contains(&&lead) { lead } else { role };
            let body = page.body();
            for role in &roles {
                let told = words.plain(role);
                assert_eq!(
                    body.contains(&squeeze(&told)),
                    **role == *expected,
                    "{}: “{told}”",
                    page.path
                );
            }
        });
    }
}

#[test]
fn uncertain_details_of_an_authority_are_called_so_and_certain_ones_are_not() {
    for language in languages() {
        let words = Words::of(language);
        let hint = words.plain("authority.check");
        each_page(&words, |authority, _, page| {
            let uncertain = text(authority, "reliability") != "high";
            assert_eq!(
                page.body().contains(&squeeze(&hint)),
                uncertain,
                "{}: “{hint}”",
                page.path
            );
        });
    }
}

#[test]
fn the_details_of_an_authority_have_their_sources_with_dates() {
    for language in languages() {
        let words = Words::of(language);
        let (before, _) = words.around("authority.source");
        each_page(&words, |authority, _, page| {
            let body = page.body();
            let evidence = body.split_once(&squeeze(&before)).map(|(_, rest)| rest);
            let evidence = evidence.unwrap_or_else(|| panic!("{}: missing “{before}”", page.path));
            check_evidence(&page.path, evidence, &words, authority);
        });
    }
}

#[test]
fn where_a_country_has_several_authorities_the_region_is_asked_for() {
    for language in languages() {
        let words = Words::of(language);
        let path = path(&words, "authority.title");
        let with_regions = authorities()
            .into_iter()
            .filter(|(authority, _)| authority.get("region").is_some());
        let codes: BTreeSet<&str> = with_regions.clone().map(|(_, country)| text(country, "code")).collect();
        for code in codes {
            let of_country = with_regions
                .clone()
                .filter(|(_, country)| text(country, "code") == code);
            let country = of_country.clone().next().expect("an authority").1;
            let page = Page::get(&Choices::of(super::repository::services()[0], country).at(path));
            assert!(
                same(&page.heading(), &words.plain("authority.question.title")),
                "{}",
                page.path
            );
            let options = page.select("select[name=region] option:not([value=''])").into_iter();
            let offered: BTreeSet<(String, String)> = options
                .map(|option| (option.attr("value").unwrap_or_default().to_owned(), shown(option)))
                .collect();
            let expected = of_country.map(|(authority, _)| text(authority, "region"));
            let expected = expected.map(|region| (region.to_owned(), words.plain(&format!("regions.{region}"))));
            assert_eq!(offered, expected.collect(), "{}", page.path);
        }
    }
}

#[test]
fn a_complaint_may_be_written_in_the_languages_that_the_authority_takes() {
    for language in languages() {
        let words = Words::of(language);
        let (not_accepted, _) = words.around("letter_forms.not_accepted");
        for (authority, country, choices) in authority_choices() {
            let key = if text(country, "law") == "swiss_fadp" {
                "letter_forms.report.title"
            } else {
                "letter_forms.complaint.title"
            };
            let page = Page::get(&choices.at(path(&words, key)));
            // A list, or a card for each if they are few.
            let field = page.only("main :is(fieldset, .field):has([name=language])");
            assert!(
                shown(field).contains(&words.plain("letter_forms.language")),
                "{}",
                page.path
            );
            let taken = list(authority, "languages");
            for option in within(field, "input[name=language], option") {
                let code = option.attr("value").unwrap_or_default();
                let label = if option.value().name() == "input" {
                    parent(option)
                } else {
                    option
                };
                let marked = shown(label).contains(&words.plain("letter_forms.accepted"));
                assert_eq!(marked, taken.contains(&code), "{}: {code}", page.path);
            }
            let none = !letter_languages().iter().any(|language| taken.contains(language));
            assert_eq!(
                shown(field).contains(not_accepted.trim_end()),
                none,
                "{}: “{not_accepted}”",
                page.path
            );
        }
    }
}
