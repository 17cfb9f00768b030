//! Loading: the catalog as bytes, and damaged files.

use proptest::prelude::*;
use veto_content::catalog::Catalog;
use veto_content::facts::IdSet;
use veto_content::files::Files;

use super::{CATALOG, plans};
use crate::objection;

#[test]
fn what_the_build_writes_is_read_again_as_it_was() {
    let bytes = CATALOG.to_bytes().unwrap();
    let again = Catalog::from_bytes(bytes.clone().leak()).unwrap();
    assert_eq!(
        again.messages_in_memory().count(),
        0,
        "messages are decoded when first used"
    );
    assert!(again.to_bytes().unwrap() == bytes);
    let texts = |catalog: &Catalog| -> Vec<String> {
        let plans = plans();
        plans
            .map(|(plan, language)| objection::compose(&plan, IdSet::default(), catalog, language))
            .collect()
    };
    assert_eq!(texts(&again), texts(&CATALOG));
    let half: &[u8] = bytes[..bytes.len() / 2].to_vec().leak();
    for damaged in [half, &[0xff; 64], &[]] {
        assert!(Catalog::from_bytes(damaged).is_err());
    }
}

#[test]
fn letters_that_could_not_be_composed_are_refused() {
    let bytes: &[u8] = CATALOG.to_bytes().unwrap().leak();
    for (texts, reason) in [
        ("quote = 'It wrote.'", "quote, own, account and email need one {typed}"),
        (
            "[texts.gdpr.complaint]\nlead = '{outcome}'",
            "unknown placeholder {outcome} in a part of the complaint",
        ),
        (
            "[texts.gdpr.reminder]\nbody = 'On {day}.'",
            "the letter “reminder” does not use {account}",
        ),
        (
            "[texts.gdpr.refused]\nsubject = 'No'\nbody = '{day} {account} {quote} {own}'",
            "the letter “refused” does not use {replied}",
        ),
        (
            "[texts.gdpr.objection]\nsubject = '{typed}'",
            "unknown placeholder {typed} in the letter “objection”",
        ),
    ] {
        let folder = std::env::temp_dir().join(format!("veto-letters-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("locales/en")).unwrap();
        std::fs::write(folder.join("locales/en/letters.toml"), texts).unwrap();
        let built_in = Catalog::from_bytes(bytes).unwrap();
        let loaded = crate::with_overrides(built_in, &Files::with_folder(folder.clone()).unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            loaded.err().map(|error| error.reason).as_deref(),
            Some(reason),
            "{texts}"
        );
    }
}

/// All files that an operator can override.
fn replaceable() -> Vec<String> {
    let data = [
        "authorities",
        "claims",
        "companies/meta",
        "countries",
        "dates",
        "grounds",
        "journeys/meta-account",
        "laws",
        "troubles",
    ];
    let data = data.iter().map(|name| format!("data/{name}.toml"));
    let texts = [
        "replies",
        "common",
        "journeys/meta-account",
        "language",
        "letter_forms",
        "letters",
        "objection",
        "steps",
        "text",
        "timeline",
    ];
    data.chain(texts.iter().map(|name| format!("locales/de/{name}.toml")))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A damaged file either loads or gives an error with its name; it never causes a panic.
    #[test]
    fn a_damaged_file_is_refused_by_name(
        path in prop::sample::select(replaceable()),
        at in any::<prop::sample::Index>(),
        length in 0usize..40,
        damage in prop_oneof![
            "[\\[\\]{}=\"#\n<>&*_:()a-z]{0,12}",
            prop::sample::select(vec!["{law}", "{", "}", "[x](claim:none)", "\"\"\"", "= 1\n", "\u{feff}", "[[form]]\n", "<b>"]).prop_map(str::to_owned),
        ],
    ) {
        let whole = Files::embedded().read(&path).unwrap();
        let text: Vec<char> = whole.text().chars().collect();
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        let damaged: String = text[..start].iter().copied().chain(damage.chars()).chain(text[end..].iter().copied()).collect();

        let folder = std::env::temp_dir().join(format!("veto-damaged-{}", std::process::id()));
        let file = folder.join(&path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, damaged).unwrap();
        let loaded = crate::load(&Files::with_folder(folder.clone()).unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
        if let Err(error) = loaded {
            let error = error.to_string();
            prop_assert!(error.contains(".toml") && !error.contains('\n'), "{error}");
        }
    }
}
