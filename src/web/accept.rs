//! Content negotiation (RFC 9110, section 12.5).

use axum::http::HeaderValue;
use icu_locale_core::{LanguageIdentifier, Locale};
use icu_locale_fallback::{LocaleFallbackConfig, LocaleFallbacker};
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::CountryId;

/// The number of languages of one reader that are considered: more than any browser has in its settings, and few enough
/// that a long header costs nothing.
const PREFERENCES: usize = 32;

/// Parses an entry of an `Accept-…` header: its name and weight. `None` if it is malformed or excluded by `q=0` (RFC 9110,
/// 12.4.2).
pub fn weighted(entry: &str) -> Option<(&str, f32)> {
    let (name, parameter) = entry.split_once(';').unwrap_or((entry, ""));
    let weight = match parameter.trim().strip_prefix("q=") {
        Some(weight) => weight.parse().ok()?,
        None => 1.0,
    };
    (weight > 0.0 && weight <= 1.0).then_some((name.trim(), weight))
}

/// The offered language that `Accept-Language` prefers, or else the fallback.
pub fn language(catalog: &Catalog, header: Option<&HeaderValue>) -> LocaleId {
    let offered = catalog.languages().map(|(id, language)| (id, language.code.as_str()));
    negotiate(offered, &preferences(header)).unwrap_or(catalog.fallback())
}

/// The first country of the catalog among the regions of `Accept-Language`.
pub fn country(catalog: &Catalog, header: Option<&HeaderValue>) -> Option<CountryId> {
    let mut preferences = preferences(header).into_iter();
    preferences.find_map(|tag| catalog.facts.country(tag.region?.as_str()))
}

/// Parses `Accept-Language`, most preferred first. `*` and malformed tags are left out.
fn preferences(header: Option<&HeaderValue>) -> Vec<LanguageIdentifier> {
    let header = header.and_then(|header| header.to_str().ok()).unwrap_or_default();
    let mut tags: Vec<(f32, LanguageIdentifier)> = header
        .split(',')
        .filter_map(weighted)
        .filter_map(|(tag, weight)| Some((weight, parse(tag)?)))
        .collect();
    // The sort is stable: of equal weights, the first one comes first.
    tags.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    tags.truncate(PREFERENCES);
    tags.into_iter().map(|(_, tag)| tag).collect()
}

/// Parses a language tag such as `de-AT`, `de_AT` or `zh-Hant-TW`, without its extensions.
fn parse(tag: &str) -> Option<LanguageIdentifier> {
    let tag = Locale::try_from_str(&tag.replace('_', "-")).ok()?.id;
    // Codes of four and more letters are reserved.
    (tag.language.as_str().len() <= 3).then_some(tag)
}

/// The offered language for the first preference that has one: the nearest by [`lineage`]. If no preference has one, the
/// first of the same language in another script, such as Serbian in Cyrillic for `sr-Latn`.
///
/// A variant such as `de-simple` is not in the negotiation: readers choose it.
fn negotiate<'a, Id: Copy>(
    offered: impl Iterator<Item = (Id, &'a str)>,
    preferences: &[LanguageIdentifier],
) -> Option<Id> {
    let offered: Vec<(Id, Vec<LanguageIdentifier>)> = offered
        .filter_map(|(id, code)| Some((id, parse(code)?)))
        .filter(|(_, tag)| tag.variants.is_empty())
        .map(|(id, tag)| (id, lineage(&tag)))
        .collect();
    let nearest = |tag: &LanguageIdentifier| {
        let wanted = lineage(tag);
        let distance = |own: &[LanguageIdentifier]| {
            let mut steps = wanted.iter().enumerate();
            steps.find_map(|(step, tag)| Some((step, own.iter().position(|own| own == tag)?)))
        };
        let near = offered.iter().filter_map(|(id, own)| Some((distance(own)?, *id)));
        near.min_by_key(|(distance, _)| *distance).map(|(_, id)| id)
    };
    let in_another_script = |tag: &LanguageIdentifier| {
        let same = |own: &[LanguageIdentifier]| own.first().is_some_and(|own| own.language == tag.language);
        offered.iter().find(|(_, own)| same(own)).map(|(id, _)| *id)
    };
    let preferences = preferences.iter();
    preferences
        .clone()
        .find_map(nearest)
        .or_else(|| preferences.clone().find_map(in_another_script))
}

/// A tag and those that it inherits from by CLDR, nearest first: `pt-AO`, `pt-PT`, `pt`; `zh-Hant-TW`, `zh-Hant`; `nn`,
/// `no`. Only languages that can be read by the same readers have a tag in common.
fn lineage(tag: &LanguageIdentifier) -> Vec<LanguageIdentifier> {
    let fallbacker = LocaleFallbacker::new().for_config(LocaleFallbackConfig::default());
    let mut current = fallbacker.fallback_for(tag.into());
    let mut tags = Vec::new();
    while !current.get().is_unknown() {
        tags.push(current.get().into_locale().id);
        current.step();
    }
    tags
}

#[cfg(test)]
mod tests {
    use veto_content::files::Files;

    use super::*;

    fn header(text: &str) -> Option<HeaderValue> {
        HeaderValue::from_str(text).ok()
    }

    fn tags(text: &str) -> Vec<String> {
        let preferences = preferences(header(text).as_ref()).into_iter();
        preferences.map(|tag| tag.to_string()).collect()
    }

    #[test]
    fn the_preferred_offered_language_and_the_first_known_country_are_taken() {
        let catalog = crate::catalog::load(&Files::embedded()).unwrap();
        for (text, language_code, country_code) in [
            ("de-AT,de;q=0.9,en;q=0.8", "de", Some("AT")),
            ("tlh-CH, de;q=0.5", "de", Some("CH")),
            ("tlh, xx;q=0.9", "en", None),
            ("en-US", "en", None),
            ("", "en", None),
        ] {
            let header = header(text);
            let locale = language(&catalog, header.as_ref());
            assert_eq!(catalog.language(locale).code, language_code, "{text}");
            let country = country(&catalog, header.as_ref());
            let code = country.map(|country| catalog.facts.countries[country].code.as_str());
            assert_eq!(code, country_code, "{text}");
        }
    }

    #[test]
    fn the_highest_quality_comes_first_and_ties_keep_their_order() {
        assert_eq!(tags("fr;q=0.3, de-AT, en;q=0.8, de;q=0.8"), ["de-AT", "en", "de", "fr"]);
    }

    #[test]
    fn whole_tags_are_parsed_without_their_extensions() {
        assert_eq!(
            tags("zh-hant-tw, sr_RS, de-u-ca-gregory, ca-valencia"),
            ["zh-Hant-TW", "sr-RS", "de", "ca-valencia"]
        );
    }

    /// Languages that are offered in no release: what is negotiated must not depend on the folders of `locales/`.
    fn negotiated(offered: &str, accepted: &str) -> String {
        let offered = offered.split(' ').map(|code| (code, code));
        let chosen = negotiate(offered, &preferences(header(accepted).as_ref()));
        chosen.unwrap_or("none").to_owned()
    }

    #[test]
    fn the_nearest_language_by_the_whole_tag_is_taken() {
        for (offered, accepted, chosen) in [
            // The region is that of the reader, or else the language without a region.
            ("de en", "de-CH", "de"),
            ("pt pt-BR", "pt-BR", "pt-BR"),
            ("pt pt-BR", "pt-PT", "pt"),
            ("pt pt-BR", "pt", "pt"),
            ("pt-BR pt-PT", "pt-AO", "pt-PT"),
            ("en pt", "pt-BR", "pt"),
            ("en pt-BR", "pt, en;q=0.8", "pt-BR"),
            ("en en-GB", "en-AU", "en-GB"),
            ("en en-GB", "en-US", "en"),
            // Codes of one macrolanguage.
            ("en nb", "no", "nb"),
            ("en nb", "nn-NO, en;q=0.9", "nb"),
            ("en nn nb", "nn", "nn"),
            // The script, written or implied by the region.
            ("en zh-Hans zh-Hant", "zh-Hant-TW", "zh-Hant"),
            ("en zh-Hans zh-Hant", "zh-TW", "zh-Hant"),
            ("en zh-Hans zh-Hant", "zh-CN", "zh-Hans"),
            ("en zh-Hans zh-Hant", "zh", "zh-Hans"),
            ("en sr-Cyrl sr-Latn", "sr-Latn-RS", "sr-Latn"),
            ("en sr-Cyrl sr-Latn", "sr", "sr-Cyrl"),
            ("en sr-Cyrl", "sr-Latn, en;q=0.1", "en"),
            ("en sr", "sr-Latn, hr;q=0.9, en-US;q=0.8", "en"),
            // Better another script than a language that the reader did not name.
            ("en sr-Cyrl", "sr-Latn", "sr-Cyrl"),
            // Variants are chosen by readers.
            ("de-simple de en-simple en", "de-AT", "de"),
            ("de-simple de en", "de-simple", "de"),
            ("de-simple en", "de, en;q=0.5", "en"),
            ("de-simple", "de-simple", "none"),
            // Not every language with common letters is a neighbour.
            ("en de", "nl, sv, tlh", "none"),
            ("en de", "", "none"),
            ("en de", "*", "none"),
            ("EN De", "dE", "De"),
        ] {
            assert_eq!(negotiated(offered, accepted), chosen, "{accepted} of {offered}");
        }
    }

    #[test]
    fn malformed_and_refused_languages_are_left_out() {
        assert_eq!(tags("*, de;q=0, en;q=7, x, klingon, fr;q=abc, ,;;, it;q=0.1"), ["it"]);
    }

    proptest::proptest! {
        #[test]
        fn any_header_is_parsed_without_a_panic(text in "([a-zA-Z*_-]{0,9}(;q=[0-9.e-]{0,5})?[,; ]{0,3}){0,9}|.{0,200}") {
            for tag in preferences(header(&text).as_ref()) {
                proptest::prop_assert!((2..=3).contains(&tag.language.as_str().len()));
            }
            negotiated("ar de de-simple en nb pt-BR sr-Cyrl zh-Hant", &text);
        }
    }
}
