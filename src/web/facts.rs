//! The claims with their sources as JSON, for other tools and for those who write about them: `/facts.json`, and each claim at
//! an address of its own. Its sentences are in the default language of the site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Serialize;
use veto_content::facts::{self, Confidence, Facts, Form, Law};
use veto_content::messages::{Html, Messages};
use veto_guide::age;

use super::error::HttpError;
use super::headers::PAGE_CACHE;
use super::state::AppState;

/// The licence of texts and data.
pub const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// What is responded: the claims, and how to name where they are from.
#[derive(Serialize)]
struct Report<'a, T> {
    licence: &'static str,
    attribution: String,
    /// The day until which facts were gathered.
    gathered: Option<String>,
    /// The language of the sentences.
    language: &'a str,
    #[serde(flatten)]
    content: T,
}

/// Everything.
#[derive(Serialize)]
struct All<'a> {
    claims: BTreeMap<&'a str, Claim<'a>>,
    forms: Vec<FormReport<'a>>,
}

/// A claim.
#[derive(Serialize)]
struct Claim<'a> {
    address: String,
    /// What the pages say on the strength of it.
    sentences: Vec<String>,
    confidence: &'static str,
    sources: Vec<Source<'a>>,
}

/// A form of a company.
#[derive(Serialize)]
struct FormReport<'a> {
    service: &'a str,
    generation: u16,
    address: &'a str,
    tried: Source<'a>,
    named: Source<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Source<'a>>,
}

/// A source with the date of the evidence.
#[derive(Serialize)]
struct Source<'a> {
    source: &'a str,
    checked: String,
}

impl<'a> From<&'a facts::Source> for Source<'a> {
    fn from(source: &'a facts::Source) -> Self {
        Self {
            source: &source.source,
            checked: source.checked.to_string(),
        }
    }
}

impl<'a> From<&'a Form> for FormReport<'a> {
    fn from(form: &'a Form) -> Self {
        Self {
            service: &form.service,
            generation: form.generation,
            address: &form.address,
            tried: (&form.tried).into(),
            named: (&form.named).into(),
            withdrawn: form.withdrawn.as_ref().map(Source::from),
        }
    }
}

impl<'a> Claim<'a> {
    fn new(state: &'a AppState, key: &'a str, claim: &'a facts::Claim) -> Self {
        let messages = state.catalog.messages(state.catalog.fallback());
        Self {
            address: address(state, &format!("facts/{key}.json")),
            sentences: sentences(&state.catalog.facts, messages, None, key)
                .iter()
                .map(|sentence| sentence.to_plain())
                .collect(),
            confidence: match claim.confidence {
                Confidence::Confirmed => "confirmed",
                Confidence::Single => "single",
                Confidence::Conflicting => "conflicting",
                Confidence::Inference => "inference",
            },
            sources: claim.sources.iter().map(Source::from).collect(),
        }
    }
}

/// What pages say in the language of `messages` on the strength of the claim `key`, in alphabetical order: to people under
/// `law`, or under any.
pub fn sentences<'a>(facts: &'a Facts, messages: &'a Messages, law: Option<&Law>, key: &str) -> Vec<Cow<'a, Html>> {
    let is_key = |claim: &String| claim == key;
    let cited = messages.citations();
    let cited = cited.filter(|citation| citation.claims.iter().any(is_key));
    let cited = cited.filter(|citation| match (law, citation.law.as_deref()) {
        (Some(law), Some(only)) => law.id == only,
        _ => true,
    });
    let cited = cited.map(|citation| Cow::Borrowed(&citation.sentence));
    let troubles = facts.troubles.values();
    let troubles = troubles.filter(|trouble| trouble.claims.iter().any(is_key));
    let reported = troubles.filter_map(|trouble| Some(Cow::from(&messages.troubles.get(&trouble.id)?.problem)));
    let mut sentences: Vec<Cow<Html>> = cited.chain(reported).collect();
    sentences.sort_by_cached_key(|sentence| sentence.to_plain());
    sentences.dedup_by_key(|sentence| sentence.to_plain());
    sentences
}

/// Leads to the one address of the file at `path`: that without a query.
pub fn to_one_address(state: &AppState, path: &str) -> Response {
    let base = state.settings.base_url.path();
    Redirect::temporary(&format!("{base}/{path}")).into_response()
}

/// The address of a file of this site.
pub fn address(state: &AppState, path: &str) -> String {
    let base = &state.settings.base_url;
    format!("{}{}/{path}", base.origin(), base.path())
}

/// `/facts.json`: all claims and forms.
pub async fn all(State(state): State<Arc<AppState>>, RawQuery(query): RawQuery) -> Response {
    let facts = &state.catalog.facts;
    let claims = facts.claims.iter();
    let content = All {
        claims: claims
            .map(|(key, claim)| (key.as_str(), Claim::new(&state, key, claim)))
            .collect(),
        forms: facts.forms.values().map(FormReport::from).collect(),
    };
    respond(&state, "facts.json", query.as_deref(), content)
}

/// `/facts/{key}.json`: one claim.
pub async fn one(State(state): State<Arc<AppState>>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let claims = &state.catalog.facts.claims;
    let claim = name.strip_suffix(".json").and_then(|key| claims.get_key_value(key));
    match claim {
        Some((key, claim)) => respond(
            &state,
            &format!("facts/{name}"),
            query.as_deref(),
            Claim::new(&state, key, claim),
        ),
        None => HttpError::NotFound.into_response(),
    }
}

/// The response for the file at `path`, which has one address: without a query.
fn respond(state: &AppState, path: &str, query: Option<&str>, content: impl Serialize) -> Response {
    if query.is_some() {
        return to_one_address(state, path);
    }
    let report = Report {
        licence: LICENCE,
        attribution: format!("Veto, {}", address(state, "")),
        gathered: age::gathered(&state.catalog.facts).map(|gathered| gathered.to_string()),
        language: &state.catalog.language(state.catalog.fallback()).code,
        content,
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, PAGE_CACHE),
    ];
    match serde_json::to_string(&report) {
        Ok(body) => (headers, body + "\n").into_response(),
        Err(_) => HttpError::Internal.into_response(),
    }
}
