//! Veto leads a person through an objection to Meta's use of their Facebook and Instagram data for AI training.
//!
//! **Every page is a pure function of its address.** A GET carries the visitor's choices and nothing personal; the
//! server stores nothing.
//!
//! - [`veto_content`], [`veto_guide`] (in `crates/`): facts and texts; choices, steps, objection and letters.
//! - [`catalog`]: loads facts and texts as prepared by `build.rs`, or from files if an operator overrides some.
//! - [`web`]: from an HTTP request to a page: routes, middleware, views, headers, static files.
//! - [`server`]: accepts connections with limits and TLS, until it is stopped.
//! - [`config`], [`metrics`], [`lan`], [`links`]: for the operator: settings, metrics, addresses for phones, link check.
//!
//! `web -> catalog -> veto_guide -> veto_content`; `server` runs any router and does not depend on pages.

pub mod catalog;
pub mod config;
pub mod lan;
pub mod links;
pub mod metrics;
pub mod server;
pub mod web;
