//! Veto leads a person through an objection to Meta's use of their Facebook and Instagram data for AI training.
//!
//! **Every page is a pure function of its address.** A GET carries the visitor's choices and nothing personal; the
//! server keeps nothing.
//!
//! The map of the house; arrows point one way, `web, library -> journey -> facts, words -> files`:
//!
//! - [`files`], [`facts`], [`words`], [`journey`]: what is known, what is said, and the way through an objection; the crate in
//!   `domain/`.
//! - [`library`]: all of that, as the build prepared it or with an operator's corrections.
//! - [`web`]: routes, pages, headers, static files; the only room that knows HTTP.
//! - [`serve`], [`tls`], [`metrics`]: listening, certificate, stopping, counts.
//! - [`settings`], [`lan`], [`health`], [`links`]: what the operator sets and asks.

pub mod health;
pub mod lan;
pub mod library;
pub mod links;
pub mod metrics;
pub mod serve;
pub mod settings;
pub mod tls;
pub mod web;

pub use veto_domain::{facts, files, journey, words};
