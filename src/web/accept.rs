//! Content negotiation (RFC 9110, section 12.5).

use axum::http::HeaderValue;
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::CountryId;

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
    let mut preferences = preferences(header).into_iter();
    let preferred = preferences.find_map(|preference| catalog.locale(&preference.language));
    preferred.unwrap_or(catalog.fallback())
}

/// The first country of the catalog among the regions of `Accept-Language`.
pub fn country(catalog: &Catalog, header: Option<&HeaderValue>) -> Option<CountryId> {
    let mut preferences = preferences(header).into_iter();
    preferences.find_map(|preference| catalog.facts.country(preference.region.as_deref()?))
}

/// A language range of `Accept-Language`.
struct Preference {
    /// The language's code in lower case, such as `de`.
    language: String,
    /// The region's code in upper case, such as `AT`, if the range has one.
    region: Option<String>,
}

/// Parses `Accept-Language`, most preferred first.
fn preferences(header: Option<&HeaderValue>) -> Vec<Preference> {
    let header = header.and_then(|header| header.to_str().ok()).unwrap_or_default();
    let mut ranges: Vec<(f32, Preference)> = header
        .split(',')
        .filter_map(weighted)
        .filter_map(|(tag, weight)| Some((weight, preference(tag)?)))
        .collect();
    // The sort is stable: of equal weights, the first one comes first.
    ranges.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    ranges.into_iter().map(|(_, preference)| preference).collect()
}

/// Parses a language tag such as `de-AT` or `zh-Hant-TW`; `None` for `*` and for malformed ones.
fn preference(tag: &str) -> Option<Preference> {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let region = parts.find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    Some(Preference {
        language,
        region: region.map(str::to_ascii_uppercase),
    })
}

#[cfg(test)]
mod tests {
    use veto_content::files::Files;

    use super::*;

    fn header(text: &str) -> Option<HeaderValue> {
        HeaderValue::from_str(text).ok()
    }

    fn tags(text: &str) -> Vec<String> {
        let tag = |p: Preference| match p.region {
            Some(region) => format!("{}-{region}", p.language),
            None => p.language,
        };
        preferences(header(text).as_ref()).into_iter().map(tag).collect()
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
    fn scripts_are_skipped_on_the_way_to_the_region() {
        assert_eq!(tags("zh-Hant-tw, sr_RS"), ["zh-TW", "sr-RS"]);
    }

    #[test]
    fn malformed_and_refused_languages_are_left_out() {
        assert_eq!(tags("*, de;q=0, en;q=7, x, klingon, fr;q=abc, ,;;, it;q=0.1"), ["it"]);
    }

    proptest::proptest! {
        #[test]
        fn any_header_is_parsed_without_a_panic(text in "([a-zA-Z*_-]{0,9}(;q=[0-9.e-]{0,5})?[,; ]{0,3}){0,9}|.{0,200}") {
            for preference in preferences(header(&text).as_ref()) {
                proptest::prop_assert!((2..=3).contains(&preference.language.len()));
            }
        }
    }
}
