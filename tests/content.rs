//! What the pages say: that each fact, law, warning, date and source stands where it belongs, and nowhere else, in every
//! language.
//!
//! Everything that is expected is read from the TOML files of the repository; no date, number, address or sentence is
//! written down here. Pages are found by links and by their headings, and looked at as HTML. Only
//! `support/in_process.rs` knows the program.

#[path = "content/mod.rs"]
mod content;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/in_process.rs"]
mod in_process;
