//! Fixtures of the integration tests: the running program, HTTP clients, files of this repository.

#![allow(dead_code, reason = "each test file uses a part of them")]

pub mod certificate;
pub mod client;
pub mod command;
pub mod folder;
pub mod form;
pub mod html;
pub mod language;
pub mod letter;
pub mod needs;
pub mod pages;
pub mod repository;
pub mod server;
pub mod tcp;
