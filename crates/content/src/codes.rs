//! The codes of languages, such as `de`, `de-simple` or `pt-BR`.

use std::iter::once;

/// The code itself, then that of the standard language of which it is a variant, if it is one: `de-simple`, `de`.
pub fn with_standard(code: &str) -> impl Iterator<Item = &str> + Clone {
    once(code).chain(code.split_once('-').map(|(standard, _)| standard))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_language_comes_after_the_variant() {
        for (code, expected) in [
            ("de", &["de"][..]),
            ("de-simple", &["de-simple", "de"]),
            ("pt-BR", &["pt-BR", "pt"]),
            ("zh-Hant-TW", &["zh-Hant-TW", "zh"]),
        ] {
            assert_eq!(with_standard(code).collect::<Vec<_>>(), expected);
        }
    }
}
