//! The facts of `data/` and the texts of `locales/` as types, checked at load.
//!
//! - [`files`]: finds and reads the files, embedded or from an operator's folder.
//! - [`facts`]: `data/`: the facts, with sources and dates.
//! - [`messages`]: `locales/`: the texts, one folder for each language.
//! - [`catalog`]: facts and messages as one value, prepared by `build.rs`.
//! - [`codes`]: the codes of languages.
//!
//! `catalog -> facts, messages -> files`. `messages` uses three small types of `facts` ([`facts::Service`],
//! [`facts::PartialDate`], [`facts::Precision`]) and does not depend on its entries.

pub mod catalog;
pub mod codes;
mod compression;
pub mod facts;
pub mod files;
pub mod messages;
