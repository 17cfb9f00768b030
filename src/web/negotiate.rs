//! What a visitor's browser would like best (RFC 9110, section 12.5).

use crate::journey::Library;

/// Reads an entry of a header that says what is preferred: what it names, and its weight. Nothing where that is malformed or
/// refused with `q=0` (RFC 9110, 12.4.2).
pub fn weighted(entry: &str) -> Option<(&str, f32)> {
    let (name, parameter) = entry.split_once(';').unwrap_or((entry, ""));
    let weight = match parameter.trim().strip_prefix("q=") {
        Some(weight) => weight.parse().ok()?,
        None => 1.0,
    };
    (weight > 0.0 && weight <= 1.0).then_some((name.trim(), weight))
}

/// What an `Accept-Language` header asks for: the place of the best edition that there is, else of the fallback; and the
/// first country among the regions that it names.
pub fn negotiate(library: &Library, header: &str) -> (usize, Option<usize>) {
    let wanted = preferences(header);
    let edition = wanted.iter().find_map(|wanted| library.edition(&wanted.language));
    let country = wanted
        .iter()
        .find_map(|wanted| library.country(wanted.region.as_deref()?));
    (edition.unwrap_or(library.fallback), country)
}

/// A language, perhaps with a region.
struct Preference {
    /// The language's code in lower case, such as `de`.
    language: String,
    /// The region's code in upper case, such as `AT`, if the browser names one.
    region: Option<String>,
}

/// Reads an `Accept-Language` header, best first.
fn preferences(header: &str) -> Vec<Preference> {
    let mut ranges: Vec<(f32, Preference)> = header
        .split(',')
        .filter_map(weighted)
        .filter_map(|(tag, weight)| Some((weight, preference(tag)?)))
        .collect();
    // The sort is stable: of two that are wanted alike, the first one named comes first.
    ranges.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    ranges.into_iter().map(|(_, preference)| preference).collect()
}

/// Reads a language tag such as `de-AT` or `zh-Hant-TW`; `None` for `*` and for what is no tag.
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
    use super::*;

    fn asked(header: &str) -> Vec<String> {
        let tag = |p: Preference| match p.region {
            Some(region) => format!("{}-{region}", p.language),
            None => p.language,
        };
        preferences(header).into_iter().map(tag).collect()
    }

    #[test]
    fn the_best_known_language_and_the_first_known_country_are_taken() {
        let library = crate::library::load(&crate::files::Files::embedded()).unwrap();
        for (header, language, country) in [
            ("de-AT,de;q=0.9,en;q=0.8", "de", Some("AT")),
            ("fr-CH, de;q=0.5", "de", Some("CH")),
            ("tlh, xx;q=0.9", "en", None),
            ("en-US", "en", None),
            ("", "en", None),
        ] {
            let (edition, place) = negotiate(&library, header);
            assert_eq!(library.editions[edition].words.code, language, "{header}");
            let code = place.map(|place| library.facts.countries[place].code.as_str());
            assert_eq!(code, country, "{header}");
        }
    }

    #[test]
    fn the_highest_quality_comes_first_and_ties_keep_their_order() {
        assert_eq!(
            asked("fr;q=0.3, de-AT, en;q=0.8, de;q=0.8"),
            ["de-AT", "en", "de", "fr"]
        );
    }

    #[test]
    fn scripts_are_skipped_on_the_way_to_the_region() {
        assert_eq!(asked("zh-Hant-tw, sr_RS"), ["zh-TW", "sr-RS"]);
    }

    #[test]
    fn nonsense_and_refused_languages_are_left_out() {
        assert_eq!(asked("*, de;q=0, en;q=7, x, klingon, fr;q=abc, ,;;, it;q=0.1"), ["it"]);
    }

    proptest::proptest! {
        #[test]
        fn no_header_brings_it_down(header in "([a-zA-Z*_-]{0,9}(;q=[0-9.e-]{0,5})?[,; ]{0,3}){0,9}|.{0,200}") {
            for preference in preferences(&header) {
                proptest::prop_assert!((2..=3).contains(&preference.language.len()));
            }
        }
    }
}
