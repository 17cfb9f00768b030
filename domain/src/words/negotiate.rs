//! Which language a visitor's browser asks for (RFC 9110, section 12.5.4).

/// What an `Accept-Language` header asks for, best first.
#[derive(Debug, PartialEq)]
pub struct Preference {
    /// The language's code in lower case, such as `de`.
    pub language: String,
    /// The region's code in upper case, such as `AT`, if the browser names one.
    pub region: Option<String>,
}

/// Reads an `Accept-Language` header. What is malformed or refused with `q=0` is left out.
pub fn preferences(header: &str) -> Vec<Preference> {
    let mut ranges: Vec<(f32, Preference)> = header
        .split(',')
        .filter_map(|range| {
            let (tag, parameter) = range.split_once(';').unwrap_or((range, ""));
            let quality = match parameter.trim().strip_prefix("q=") {
                Some(quality) => quality.parse().ok().filter(|q| (0.0..=1.0).contains(q))?,
                None => 1.0,
            };
            Some((quality, preference(tag.trim())?))
        })
        .filter(|(quality, _)| *quality > 0.0)
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
