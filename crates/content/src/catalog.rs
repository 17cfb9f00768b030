//! Everything that is loaded: the facts, the languages, and the messages of each language.

mod check;

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::io;
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::codes::with_standard;
use crate::compression::{compress, decompress};
use crate::facts::{Facts, Id, Table};
use crate::files::{self, Files, LoadError, REFERENCE_LANGUAGE};
use crate::messages::{Language, LetterUse, Messages, PaperTexts, Papers, StandIns};

/// The default language of visitors whose languages are not offered: the one that most of them can read.
pub const DEFAULT_FALLBACK: &str = "en";

/// The files of `data/` whose entries have no texts and are not referred to by texts: an override of them leaves all
/// messages as they are.
const WITHOUT_TEXTS: [&str; 1] = ["data/tested_sentence.toml"];

/// The id of a language in a [`Catalog`].
pub type LocaleId = Id<Locale>;

/// The id of a language in which papers exist: one of the site, or one for papers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperLocaleId {
    /// A language of the site.
    Site(LocaleId),
    /// A language for papers only.
    Papers(Id<PaperLocale>),
}

/// A language for papers only.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct PaperLocale {
    language: Language,
    papers: Papers,
}

/// A language with its messages.
pub struct Locale {
    language: Language,
    /// Decoded from `bytes` when first used, or loaded from files. Boxed, since the struct alone has some kilobytes.
    messages: OnceLock<Box<Messages>>,
    /// The compressed messages in what [`Catalog::to_bytes`] wrote; empty if the messages are loaded from files.
    bytes: &'static [u8],
}

/// Why these languages cannot be offered.
#[derive(Debug, thiserror::Error)]
pub enum OfferError {
    /// The language does not exist.
    #[error("there is no language “{0}”")]
    Unknown(String),
    /// The language is listed twice.
    #[error("the language “{0}” stands here twice")]
    Twice(String),
    /// The list is empty.
    #[error("at least one language is needed")]
    Nothing,
}

/// The facts and the messages of all languages.
pub struct Catalog {
    /// The facts.
    pub facts: Facts,
    /// The languages: in alphabetical order of their codes, or in that of [`Catalog::offer`].
    locales: Table<Locale>,
    /// The languages for papers only, in alphabetical order of their codes.
    paper_locales: Table<PaperLocale>,
    fallback: LocaleId,
}

impl Locale {
    /// Reads the folder `locales/{code}` and checks it against the facts. `sort` sorts its names.
    fn load(files: &Files, code: &str, facts: &Facts, sort: impl FnOnce(&mut Messages)) -> Result<Self, LoadError> {
        let mut language = Language::load(files, code)?;
        let mut messages = Messages::load(files, &language, facts)?;
        if files.archive().is_some() {
            check::drop_unknown(facts, &mut messages);
        }
        check::check(files, facts, &messages)?;
        language.has_letters = messages.letters.is_some() && language.letters == LetterUse::Sent;
        sort(&mut messages);
        Ok(Self {
            language,
            messages: OnceLock::from(Box::new(messages)),
            bytes: &[],
        })
    }

    fn messages(&self) -> &Messages {
        let decode = || {
            let bytes = decompress(self.bytes, self.known());
            borsh::from_slice(&bytes).expect("the bytes are those of `Catalog::to_bytes`")
        };
        self.messages.get_or_init(|| Box::new(decode()))
    }

    /// What is known when the messages are decompressed: the texts of the embedded files, from which they were made.
    fn known(&self) -> Vec<u8> {
        files::embedded_texts(&self.language.code)
    }
}

impl PaperLocale {
    /// Reads the languages of `files` for papers only.
    fn load_all(files: &Files, facts: &Facts) -> Result<Table<Self>, LoadError> {
        let journey = &facts.journeys[facts.main_journey()];
        let steps: BTreeSet<&String> = journey.steps.iter().map(|step| &step.id).collect();
        let codes = files.languages().into_iter().filter(|code| files.is_for_papers(code));
        let load = |code: String| {
            let language = Language::load(files, &code)?;
            let papers = Papers::load(files, &language, facts, &steps)?;
            Ok(Self { language, papers })
        };
        codes.map(load).collect::<Result<Vec<_>, _>>().map(Table::from)
    }
}

impl Catalog {
    /// Reads and checks `data/` and `locales/`. Names are in the order of their files, see [`Catalog::sort_names`].
    ///
    /// # Errors
    /// At the first file that cannot be read or is invalid.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let facts = Facts::load(files)?;
        let locales = each_language(files, |code| Locale::load(files, code, &facts, |_| ()))?;
        let paper_locales = PaperLocale::load_all(files, &facts)?;
        Ok(Self::new(facts, locales, paper_locales))
    }

    /// This catalog, which is that of the embedded files, with an operator's overrides.
    ///
    /// Reads and checks what the overrides can change, so that a fault in them is found now: the facts, if one of their
    /// files is overridden; a language, if one of its files is, or entries that have texts or that texts refer to. Every
    /// other language stays as it is.
    ///
    /// # Errors
    /// At the first file that cannot be read or is invalid.
    pub fn with_overrides(self, files: &Files) -> Result<Self, LoadError> {
        let overrides = files.overrides();
        let data = || overrides.iter().filter(|path| path.starts_with("data/"));
        let texts_change = data().any(|path| !WITHOUT_TEXTS.contains(&path.as_str()));
        let facts = match data().next() {
            Some(_) => Facts::load(files)?,
            None => self.facts,
        };
        let mut built_in = self.locales.into_values();
        let locales = each_language(files, |code| {
            let folder = format!("locales/{code}/");
            let is_overridden = texts_change || overrides.iter().any(|path| path.starts_with(&folder));
            let index = built_in.iter().position(|locale| locale.language.code == code);
            match index.map(|index| built_in.swap_remove(index)) {
                Some(locale) if !is_overridden => Ok(locale),
                // There is no collator in the program: the build has sorted the names.
                Some(locale) => {
                    let mut loaded =
                        Locale::load(files, code, &facts, |loaded| loaded.sort_names_like(locale.messages()))?;
                    loaded.language.place = locale.language.place;
                    Ok(loaded)
                }
                None => Locale::load(files, code, &facts, |_| ()),
            }
        })?;
        let paper_locales = PaperLocale::load_all(files, &facts)?;
        Ok(Self::new(facts, locales, paper_locales))
    }

    /// `locales` must not be empty: the fallback is one of them.
    fn new(facts: Facts, locales: Vec<Locale>, paper_locales: Table<PaperLocale>) -> Self {
        let locales = Table::from(locales);
        let fallback = locales.find(|locale| locale.language.code == DEFAULT_FALLBACK);
        Self {
            facts,
            fallback: fallback.or(locales.ids().next()).expect("there is a language"),
            locales,
            paper_locales,
        }
    }

    /// Sorts the names of countries and regions in each language that was loaded from files. `collation` returns the
    /// language's comparison of two names.
    ///
    /// # Errors
    /// The first error of `collation`.
    pub fn sort_names<E, C: Fn(&str, &str) -> Ordering>(
        &mut self,
        collation: impl Fn(&Language) -> Result<C, E>,
    ) -> Result<(), E> {
        for locale in self.locales.values_mut() {
            let compare = collation(&locale.language)?;
            if let Some(messages) = locale.messages.get_mut() {
                messages.sort_names(compare);
            }
        }
        Ok(())
    }

    /// Puts the languages into the order of their names, see [`Language::place`].
    pub fn sort_languages(&mut self, compare: impl Fn(&str, &str) -> Ordering) {
        let mut languages: Vec<&mut Language> = self.locales.values_mut().map(|locale| &mut locale.language).collect();
        languages.sort_by(|one, other| compare(&one.name, &other.name));
        for (place, language) in (0..).zip(languages) {
            language.place = place;
        }
    }

    /// Serializes the catalog for the same version of the program: the facts and the languages, then the compressed messages
    /// of each language, so that [`Catalog::from_bytes`] does not need to decode these.
    ///
    /// # Errors
    /// When something is longer than 4 GiB.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut languages = Vec::new();
        let mut all_messages = Vec::new();
        for locale in self.locales.values() {
            let messages = compress(&borsh::to_vec(locale.messages())?, &locale.known())?;
            languages.push((
                &locale.language,
                u32::try_from(messages.len()).map_err(io::Error::other)?,
            ));
            all_messages.extend(messages);
        }
        let mut bytes = borsh::to_vec(&(&self.facts, &self.paper_locales, languages))?;
        bytes.extend(all_messages);
        Ok(bytes)
    }

    /// Deserializes what [`Catalog::to_bytes`] wrote. The messages of a language are decoded when they are first used.
    ///
    /// # Errors
    /// When the bytes were not written by this version of the program.
    pub fn from_bytes(bytes: &'static [u8]) -> io::Result<Self> {
        let mut rest = bytes;
        let (facts, paper_locales, languages) =
            <(Facts, Table<PaperLocale>, Vec<(Language, u32)>)>::deserialize(&mut rest)?;
        let mut locales = Vec::with_capacity(languages.len());
        for (language, length) in languages {
            let length = usize::try_from(length).map_err(io::Error::other)?;
            let (bytes, after) = rest.split_at_checked(length).ok_or(io::ErrorKind::UnexpectedEof)?;
            rest = after;
            locales.push(Locale {
                language,
                messages: OnceLock::new(),
                bytes,
            });
        }
        Ok(Self::new(facts, locales, paper_locales))
    }

    /// Keeps these languages only, in this order, and those for papers only.
    ///
    /// # Errors
    /// When `codes` is empty, or contains an unknown language or a duplicate.
    pub fn offer(self, codes: &[String]) -> Result<Self, OfferError> {
        if codes.is_empty() {
            return Err(OfferError::Nothing);
        }
        let mut left = self.locales.into_values();
        let mut offered: Vec<Locale> = Vec::new();
        for code in codes {
            if offered.iter().any(|locale| locale.language.code == *code) {
                return Err(OfferError::Twice(code.clone()));
            }
            let index = left.iter().position(|locale| locale.language.code == *code);
            let index = index.ok_or_else(|| OfferError::Unknown(code.clone()))?;
            offered.push(left.remove(index));
        }
        Ok(Self::new(self.facts, offered, self.paper_locales))
    }

    /// Sets the language for visitors whose languages are not offered. The default is English, or else the first one.
    ///
    /// # Errors
    /// When there is no such language.
    pub fn fall_back_to(&mut self, code: &str) -> Result<(), OfferError> {
        self.fallback = self.locale(code).ok_or_else(|| OfferError::Unknown(code.to_owned()))?;
        Ok(())
    }

    /// The language `code`, if the text for Meta and the letters can be handed in in it.
    pub fn letter_locale(&self, code: &str) -> Option<LocaleId> {
        self.locale(code).filter(|id| self.language(*id).has_letters)
    }

    /// The languages in which the text for Meta and the letters can be handed in, in their order.
    pub fn letter_languages(&self) -> impl Iterator<Item = (LocaleId, &Language)> + Clone {
        self.languages().filter(|(_, language)| language.has_letters)
    }

    /// The language of letters for readers of `locale`: theirs; or else that of which it is a variant, such as German for plain
    /// German; one of `official`, the official languages of their country; the fallback; any other that has letters.
    pub fn letter_language(&self, locale: LocaleId, official: &[String]) -> Option<LocaleId> {
        let own = self.language(locale).code.as_str();
        let codes = with_standard(own).chain(official.iter().map(String::as_str));
        let mut preferred = codes.filter_map(|code| self.letter_locale(code));
        let fallback = &self.language(self.fallback).code;
        let any = || self.letter_languages().next().map(|(id, _)| id);
        preferred.next().or_else(|| self.letter_locale(fallback)).or_else(any)
    }

    /// The first of `locale`, the fallback and all others whose messages have what `has` asks for.
    pub fn locale_with(&self, locale: LocaleId, has: impl Fn(&Messages) -> bool) -> Option<LocaleId> {
        let all = [locale, self.fallback].into_iter().chain(self.locales.ids());
        all.into_iter().find(|id| has(self.messages(*id)))
    }

    /// The language for visitors whose languages are not offered.
    pub fn fallback(&self) -> LocaleId {
        self.fallback
    }

    /// The language `code`.
    pub fn locale(&self, code: &str) -> Option<LocaleId> {
        self.locales.find(|locale| locale.language.code == code)
    }

    /// The languages with their ids, in their order.
    pub fn languages(&self) -> impl ExactSizeIterator<Item = (LocaleId, &Language)> + Clone {
        self.locales.iter().map(|(id, locale)| (id, &locale.language))
    }

    /// The language `code`, if papers exist in it.
    pub fn paper_locale(&self, code: &str) -> Option<PaperLocaleId> {
        let only = || self.paper_locales.find(|locale| locale.language.code == code);
        let site = self.locale(code).map(PaperLocaleId::Site);
        site.or_else(|| only().map(PaperLocaleId::Papers))
    }

    /// The languages in which papers exist: those of the site, then those for papers only.
    pub fn paper_locales(&self) -> impl Iterator<Item = PaperLocaleId> {
        let only = self.paper_locales.ids().map(PaperLocaleId::Papers);
        self.locales.ids().map(PaperLocaleId::Site).chain(only)
    }

    /// A language in which papers exist, with their texts.
    pub fn papers(&self, id: PaperLocaleId) -> (&Language, PaperTexts<'_>) {
        match id {
            PaperLocaleId::Site(id) => (self.language(id), self.messages(id).into()),
            PaperLocaleId::Papers(id) => {
                let PaperLocale { language, papers } = &self.paper_locales[id];
                (language, papers.into())
            }
        }
    }

    /// A language without its messages.
    pub fn language(&self, id: LocaleId) -> &Language {
        &self.locales[id].language
    }

    /// The messages of a language.
    ///
    /// # Panics
    /// When the messages in the bytes of [`Catalog::from_bytes`] are not those of this version of the program.
    pub fn messages(&self, id: LocaleId) -> &Messages {
        self.locales[id].messages()
    }

    /// The texts that an operator's folder lacks, so that English ones stand in: of the languages that were loaded from files.
    pub fn stand_ins(&self) -> impl Iterator<Item = &StandIns> {
        let papers = self.paper_locales.values();
        let papers = papers.flat_map(|locale| locale.papers.stand_ins());
        self.messages_in_memory().flat_map(Messages::stand_ins).chain(papers)
    }

    /// The messages that are in memory: those that were loaded from files, and those that were used since.
    pub fn messages_in_memory(&self) -> impl Iterator<Item = &Messages> {
        self.locales
            .values()
            .filter_map(|locale| locale.messages.get().map(Box::as_ref))
    }
}

/// Loads the languages of the site in `files` by their codes: the reference language first, so that an error in a text that also stands
/// in for others is one of its file. The result is in alphabetical order.
fn each_language(files: &Files, load: impl FnMut(&str) -> Result<Locale, LoadError>) -> Result<Vec<Locale>, LoadError> {
    let mut codes = files.languages();
    codes.retain(|code| !files.is_for_papers(code));
    codes.sort_by_key(|code| code != REFERENCE_LANGUAGE);
    let mut locales = codes
        .iter()
        .map(String::as_str)
        .map(load)
        .collect::<Result<Vec<_>, _>>()?;
    locales.sort_by(|one, other| one.language.code.cmp(&other.language.code));
    Ok(locales)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_is_cited_in_every_language() {
        let catalog = Catalog::load(&Files::embedded()).unwrap();
        let facts = &catalog.facts;
        for messages in catalog.messages_in_memory() {
            let cited = messages.citations().flat_map(|citation| &citation.claims);
            let reported = facts.troubles.values().flat_map(|trouble| &trouble.claims);
            let used: BTreeSet<&String> = cited.chain(reported).collect();
            let unused: Vec<&String> = facts.claims.keys().filter(|claim| !used.contains(claim)).collect();
            assert!(unused.is_empty(), "{}: {unused:?} are cited nowhere", messages.code);
        }
    }
}
