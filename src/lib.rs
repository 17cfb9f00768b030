//! Veto leads a person through an objection to Meta's use of their Facebook and Instagram data for AI training.
//!
//! **Every page is a pure function of its address.** A GET carries the visitor's choices and nothing personal; the
//! server keeps nothing.
//!
//! The map of the house; arrows point one way, `web -> journey -> facts, words -> files`:
//!
//! - [`files`]: finds and reads `data/` and `locales/`, built in or from an operator's folder.
//! - [`facts`]: `data/` as types: what is true in the world, with source and date.
//! - [`words`]: `locales/` as types: what we say, one folder a language.
//! - [`journey`]: the domain: choices, plan, steps, the text for Meta, the facts told in a language.
//! - [`web`]: routes, pages, headers, static files; the only room that knows HTTP.
//! - [`serve`], [`tls`], [`metrics`]: listening, certificate, stopping, counts.
//! - [`settings`], [`lan`], [`health`], [`links`]: what the operator sets and asks.

pub mod facts;
pub mod files;
pub mod health;
pub mod journey;
pub mod lan;
pub mod links;
pub mod metrics;
pub mod serve;
pub mod settings;
pub mod tls;
pub mod web;
pub mod words;
