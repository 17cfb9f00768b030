//! The tests, one file for each kind of content, and what they share: the TOML files ([`repository`]), the texts of a
//! language ([`words`]), the calendar ([`calendar`]), the pages as HTML ([`page`]) and how they are found ([`site`]).

mod age;
mod authority;
mod both;
mod calendar;
mod companies;
mod company_complaint;
mod company_objection;
mod deadlines;
mod evidence;
mod family;
mod guide;
mod journeys;
mod languages;
mod laws;
mod lesson;
mod letters;
mod model;
mod objection;
mod opt_out;
mod overrides;
mod page;
mod punctuation;
mod qr_code;
mod quiz;
mod record;
mod repository;
mod school;
mod share;
mod site;
mod slides;
mod sources;
mod steps;
mod structure;
mod timeline;
mod words;
