//! The texts of each language beside the English ones: same claims, links and placeholders, the words of the law, punctuation and
//! script of the language, and nothing left in another language. The words are those of `data/terms.toml`.
//!
//! What holds for a text alone (unknown claims, missing keys, plurals) is checked when the texts are loaded.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use support::repository;
use toml::{Table, Value};

/// The language from which the others are translated.
const SOURCE: &str = "en";
/// Files whose texts are letters and texts for Meta.
const LETTERS: [&str; 3] = ["objection", "letters", "company_objection"];
/// Files and texts for readers who are addressed as friends: the young, a friend, pupils.
const INFORMAL: [&str; 9] = [
    "journeys/meta-young",
    "journeys/meta-others-posts",
    "quiz",
    "slides",
    "slide_notes",
    "lesson",
    "handout",
    "phone",
    "journeys/meta-parents.steps.talk",
];
/// Files of names only.
const NAMES: [&str; 2] = ["countries", "regions"];

/// How the English texts name what the law names, by the key in `terms`.
const CONCEPTS: [(&str, &str); 9] = [
    ("objection", r"(?i)\bobject(s|ed|ing|ion|ions)?\b"),
    ("complaint", r"(?i)\bcomplain(s|ed|ts?|ing)?\b"),
    ("authority", r"(?i)\b(supervisory |data protection )?authorit(y|ies)\b"),
    ("personal_data", r"(?i)\bpersonal data\b"),
    ("processing", r"(?i)\bprocess(es|ed|ing)?\b"),
    ("legitimate_interests", r"(?i)\blegitimate interests?\b"),
    ("compelling_grounds", r"(?i)\bcompelling legitimate grounds\b"),
    ("restriction", r"(?i)\brestrict\b"),
    ("special_categories", r"(?i)\bspecial category\b"),
];

/// The longest text, in characters, that fits into each part of the drawing of Meta's form.
const DRAWING: [(&str, usize); 9] = [
    ("send", 18),
    ("sign_in", 18),
    ("here", 9),
    ("country", 27),
    ("email", 27),
    ("explanation", 27),
    ("more", 27),
    ("password", 27),
    ("code", 34),
];

/// The languages except the source.
static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let codes = repository::languages().into_iter().filter(|code| code != SOURCE);
    codes.map(Language::load).collect()
});

/// A language with its words of the law.
struct Language {
    code: String,
    is_right_to_left: bool,
    pairs: Vec<Pair>,
    /// The pairs of quotation marks.
    quotes: Vec<(char, char)>,
    /// Words that are taken for a term of the law, and the term.
    wrong: Vec<(Regex, String)>,
    /// How the English texts name what the law names, how this language does, and the term.
    terms: Vec<(Regex, Regex, String)>,
    password: Option<Regex>,
    consent: Option<Regex>,
    informal: Option<Regex>,
}

/// A text of a language with the English one.
struct Pair {
    /// The file and the keys, such as `steps.form.open`.
    key: String,
    /// The file.
    file: String,
    text: String,
    english: String,
}

impl Language {
    fn load(code: String) -> Self {
        let words = words_of(&code);
        let list = |key: &str| words.get(key).and_then(Value::as_array).into_iter().flatten();
        let word = |key: &str| {
            Some(pattern(&format!(
                "{}{}",
                if key == "informal" { "" } else { "(?i)" },
                words.get(key)?.as_str()?
            )))
        };
        let quotes = list("quotes").filter_map(|pair| {
            let mut marks = pair.as_str()?.chars();
            Some((marks.next()?, marks.next()?))
        });
        let wrong = list("wrong").map(|rule| (pattern(text(rule, "pattern")), text(rule, "right").to_owned()));
        let terms = CONCEPTS.iter().filter_map(|(concept, english)| {
            let own = words["terms"].get(concept)?;
            let own_pattern = pattern(&format!("(?i){}", text(own, "pattern")));
            Some((pattern(english), own_pattern, text(own, "term").to_owned()))
        });
        let language = repository::toml(&format!("locales/{code}/language.toml"));
        let mut pairs = pairs(&code);
        if has_no_letters(&code) {
            pairs.retain(|pair| !pair.is_letter());
        }
        Self {
            is_right_to_left: repository::string(&language, "direction") == "rtl",
            pairs,
            quotes: quotes.collect(),
            wrong: wrong.collect(),
            terms: terms.collect(),
            password: word("password"),
            consent: word("consent"),
            informal: word("informal"),
            code,
        }
    }

    /// Whether it is a variant of another language, such as plain German.
    fn is_variant(&self) -> bool {
        self.code.contains('-')
    }
}

impl Pair {
    /// Whether Meta, a company or an authority reads it.
    fn is_letter(&self) -> bool {
        LETTERS.contains(&self.file.as_str()) || self.key.contains(".texts.")
    }
}

/// Whether a language, which is no variant of another one, has pages only.
fn has_no_letters(code: &str) -> bool {
    !code.contains('-') && !repository::path(&format!("locales/{code}/letters.toml")).exists()
}

/// The entry of a language in `data/terms.toml`; for a variant that of its language.
fn words_of(code: &str) -> &'static Table {
    static TERMS: LazyLock<Table> = LazyLock::new(|| repository::toml("data/terms.toml"));
    let words = TERMS.get(code).or_else(|| TERMS.get(code.split('-').next()?));
    let words = words.and_then(Value::as_table);
    words.unwrap_or_else(|| panic!("data/terms.toml has no language {code}"))
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key].as_str().unwrap_or_default()
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// Each text of a language with the English one: that at the same place of a list, or else the last one.
fn pairs(code: &str) -> Vec<Pair> {
    let prefix = format!("locales/{code}/");
    let files = repository::files(&format!("locales/{code}"));
    let names = files
        .iter()
        .filter_map(|file| file.strip_prefix(&prefix)?.strip_suffix(".toml"));
    let mut pairs = Vec::new();
    for file in names.filter(|name| *name != "language") {
        let english = texts(SOURCE, file);
        for (key, own) in texts(code, file) {
            let Some(english) = english.get(&key).filter(|texts| !texts.is_empty()) else {
                continue;
            };
            pairs.extend(own.into_iter().enumerate().map(|(place, text)| Pair {
                key: key.clone(),
                file: file.to_owned(),
                text,
                english: english[place.min(english.len() - 1)].clone(),
            }));
        }
    }
    assert!(pairs.len() > 500, "{code}: {} texts", pairs.len());
    pairs
}

/// The texts of a file of a language by their keys.
fn texts(code: &str, file: &str) -> BTreeMap<String, Vec<String>> {
    let mut texts = BTreeMap::new();
    for (key, value) in repository::toml(&format!("locales/{code}/{file}.toml")) {
        collect(&format!("{file}.{key}"), &value, &mut texts);
    }
    texts
}

/// The texts of a value by their keys. Those of a list, of a plural or for each service share one key.
fn collect(key: &str, value: &Value, texts: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::String(text) => texts.entry(key.to_owned()).or_default().push(text.clone()),
        Value::Array(values) => values.iter().enumerate().for_each(|(place, value)| match value {
            Value::String(_) => collect(key, value, texts),
            _ => collect(&format!("{key}.{place}"), value, texts),
        }),
        Value::Table(table) => {
            let is_one_text = table.contains_key("other") && table.len() > 1;
            for (name, value) in table {
                let below = format!("{key}.{name}");
                collect(if is_one_text { key } else { &below }, value, texts);
            }
        }
        _ => {}
    }
}

/// Tells the faults of all texts at once.
fn check(fault: impl Fn(&Language, &Pair) -> Option<String>) {
    let mut faults = Vec::new();
    for language in &*LANGUAGES {
        let found = language.pairs.iter().filter_map(|pair| {
            let fault = fault(language, pair)?;
            Some(format!(
                "locales/{}: {}: {fault}: {}",
                language.code, pair.key, pair.text
            ))
        });
        faults.extend(found);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What stands in a text besides words: targets of links, claims, dates, placeholders.
fn marks(text: &str) -> BTreeSet<&str> {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\]\((?:claim|link):[^)]*\)|\{[^}]*\}"));
    MARKS.find_iter(text).map(|found| found.as_str()).collect()
}

/// A text without targets of links, placeholders and bold.
fn bare(text: &str) -> String {
    static MARKUP: LazyLock<Regex> = LazyLock::new(|| pattern(r"\]\((?:claim|link):[^)]*\)|\{[^}]*\}|\*\*|\["));
    MARKUP.replace_all(text, " ").into_owned()
}

/// A text without what stands in quotation marks: labels, and words of others.
fn spoken(text: &str) -> String {
    static QUOTED: LazyLock<Regex> =
        LazyLock::new(|| pattern("„[^„“”]*[“”]|“[^“”]*”|«[^«»]*»|»[^»«]*«|”[^”]*”|‘[^‘’]*’"));
    QUOTED.replace_all(&bare(text), " ").into_owned()
}

#[test]
fn a_text_has_the_claims_links_dates_and_placeholders_of_the_english_one() {
    check(|_, pair| {
        let (own, english) = (marks(&pair.text), marks(&pair.english));
        // A text for each service may name it; one for a plural may write the number in words.
        let may_lack = |mark: &&&str| ["{service}", "{site}", "{count}", "{limit}", "{hours}"].contains(*mark);
        let lost: Vec<_> = english.difference(&own).filter(|mark| !may_lack(mark)).collect();
        let added: Vec<_> = own.difference(&english).filter(|mark| !may_lack(mark)).collect();
        (!lost.is_empty() || !added.is_empty()).then(|| format!("lost {lost:?}, added {added:?}"))
    });
}

#[test]
fn bold_ends_and_stands_where_it_stands_in_english() {
    check(|_, pair| {
        let count = |text: &str| text.matches("**").count();
        let (own, english) = (count(&pair.text), count(&pair.english));
        (own % 2 == 1 || (own == 0) != (english == 0)).then(|| "bold".to_owned())
    });
}

#[test]
fn quotation_marks_are_those_of_the_language_and_come_in_pairs() {
    const MARKS: &str = "„“”‚‘’«»‹›\"";
    check(|language, pair| {
        let text = bare(&pair.text);
        let mut open = Vec::new();
        for (place, mark) in text.char_indices().filter(|(_, mark)| MARKS.contains(*mark)) {
            let is_in_word = text[place + mark.len_utf8()..].starts_with(char::is_alphabetic);
            let closes = |first: &char| language.quotes.contains(&(*first, mark));
            if mark == '’' && (is_in_word || !open.last().is_some_and(closes)) {
                continue; // An apostrophe.
            }
            if open.last().is_some_and(closes) {
                open.pop();
            } else if language.quotes.iter().any(|(first, _)| *first == mark) {
                open.push(mark);
            } else {
                return Some(format!("the quotation mark {mark}"));
            }
        }
        (!open.is_empty()).then(|| "an open quotation mark".to_owned())
    });
}

#[test]
fn no_word_mixes_scripts_and_no_mark_of_direction_stands_in_a_language_from_left_to_right() {
    let mixed = pattern(r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}");
    let hidden = pattern("[\u{200b}\u{00ad}\u{fffd}\u{202a}-\u{202e}\u{0300}-\u{036f}]");
    let direction = pattern("[\u{200e}\u{200f}\u{061c}\u{2066}-\u{2069}]");
    check(|language, pair| {
        let text = bare(&pair.text);
        let wrong = [&mixed, &hidden];
        let wrong = wrong
            .into_iter()
            .chain((!language.is_right_to_left).then_some(&direction));
        let mut found = wrong.filter_map(|pattern| pattern.find(&text));
        found.next().map(|found| format!("{:?}", found.as_str()))
    });
}

#[test]
fn letters_have_the_terms_of_the_law_and_no_text_has_a_word_that_is_taken_for_one() {
    check(|language, pair| {
        let text = spoken(&pair.text);
        let mut wrong = language.wrong.iter();
        let wrong = wrong.find_map(|(wrong, right)| Some((wrong.find(&text)?.as_str(), right)));
        if let Some((wrong, right)) = wrong {
            return Some(format!("“{wrong}”, where it is {right}"));
        }
        if !pair.is_letter() {
            return None;
        }
        let (own, english) = (bare(&pair.text), bare(&pair.english));
        let mut terms = language.terms.iter();
        let lacking = terms.find(|(theirs, ours, _)| theirs.is_match(&english) && !ours.is_match(&own));
        lacking.map(|(.., term)| format!("lacks {term}"))
    });
}

#[test]
fn a_text_speaks_of_passwords_only_where_the_english_one_does_and_a_letter_never_of_consent() {
    let (password, consent) = (pattern("(?i)password"), pattern(r"(?i)\b(consent|agree|permi|approv)"));
    check(|language, pair| {
        let text = bare(&pair.text);
        let has = |word: &Option<Regex>| word.as_ref().is_some_and(|word| word.is_match(&text));
        if has(&language.password) != password.is_match(&pair.english) {
            return Some("password".to_owned());
        }
        let is_added = has(&language.consent) && !consent.is_match(&pair.english);
        (pair.is_letter() && is_added).then(|| "consent".to_owned())
    });
}

#[test]
fn a_language_with_a_polite_form_uses_it() {
    check(|language, pair| {
        let informal = language.informal.as_ref()?;
        // The drawing shows Meta's own words.
        let is_informal = INFORMAL.iter().any(|start| pair.key.starts_with(start));
        if is_informal || pair.key.starts_with("steps.drawing.") {
            return None;
        }
        let text = spoken(&pair.text);
        informal.find(&text).map(|found| format!("“{}”", found.as_str()))
    });
}

#[test]
fn nothing_is_left_in_another_language() {
    let words = |code: &str| -> BTreeSet<&str> {
        let words = words_of(code).get("words").and_then(Value::as_str);
        words.unwrap_or_default().split(' ').collect()
    };
    let others = [SOURCE, "de"].map(|code| (code, words(code)));
    let word = pattern(r"[\p{L}’'-]+");
    check(|language, pair| {
        if NAMES.contains(&pair.file.as_str()) {
            return None;
        }
        let text = spoken(&pair.text);
        if !language.is_variant() && pair.text == pair.english && text.split_whitespace().count() > 3 {
            return Some("the English text".to_owned());
        }
        let standard = language.code.split('-').next().unwrap_or_default();
        let own = words(standard);
        for sentence in text.to_lowercase().split(['.', '?', '!', ':', '\n']) {
            let found: Vec<&str> = word.find_iter(sentence).map(|word| word.as_str()).collect();
            let count = |words: &BTreeSet<&str>| found.iter().filter(|word| words.contains(*word)).count();
            for (code, theirs) in others.iter().filter(|(code, _)| *code != standard) {
                let theirs: BTreeSet<&str> = theirs.difference(&own).copied().collect();
                if found.len() >= 5 && count(&theirs) >= 3 && count(&theirs) > count(&own) {
                    return Some(format!("a sentence in “{code}”"));
                }
            }
        }
        None
    });
}

#[test]
fn a_language_without_letters_has_the_texts_of_journeys_in_english() {
    for code in repository::languages().iter().filter(|code| has_no_letters(code)) {
        for pair in pairs(code).iter().filter(|pair| pair.is_letter()) {
            assert_eq!(pair.text, pair.english, "locales/{code}: {}", pair.key);
        }
    }
}

#[test]
fn what_stands_in_the_drawing_fits_into_it() {
    check(|_, pair| {
        let (_, key) = pair.key.split_once("steps.drawing.")?;
        let (_, limit) = DRAWING.into_iter().find(|(name, _)| *name == key)?;
        let length = pair.text.chars().count();
        (length > limit).then(|| format!("{length} characters of {limit}"))
    });
}
