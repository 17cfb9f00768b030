//! What Veto knows and says: the rooms that know nothing of HTTP.
//!
//! They are a crate of their own because the build uses them too: it reads and checks `data/` and `locales/`, and puts the
//! [`journey::Library`] that comes of it into the program. So a fault in a file fails the build, and a start has nothing to read.
//!
//! - [`files`]: finds and reads `data/` and `locales/`, built in or from an operator's folder.
//! - [`facts`]: `data/` as types: what is true in the world, with source and date.
//! - [`words`]: `locales/` as types: what we say, one folder a language.
//! - [`journey`]: choices, plan, steps, the text for Meta, the facts told in a language.

pub mod facts;
pub mod files;
pub mod journey;
pub mod words;
