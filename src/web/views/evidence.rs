//! Evidence: the statements of a page, and the sources of the claims that support them.

use std::collections::BTreeMap;

use askama::Template;
use veto_content::facts::{Claim, Facts, Law};
use veto_content::messages::{Html, Messages, PlainText};

use crate::web::extract::PageRequest;

/// The sources, dates and confidence of a claim.
#[derive(Template)]
#[template(path = "parts/claim.html")]
struct ClaimEvidence<'a> {
    messages: &'a Messages,
    claim: &'a Claim,
}

/// The evidence of all claims in one language, by their key.
pub type Evidence = BTreeMap<String, Html>;

/// Renders the evidence of all claims. A page shows up to a hundred sources, so this is done once for each language.
pub fn render_all(facts: &Facts, messages: &Messages) -> Evidence {
    let rendered = facts.claims.iter().map(|(key, claim)| {
        // Rendering into a String does not fail.
        let html = ClaimEvidence { messages, claim }.render().unwrap_or_default();
        (key.clone(), Html::new(html))
    });
    rendered.collect()
}

/// A sentence of a page with the evidence of its claims.
pub struct Statement<'a> {
    /// The sentence as HTML.
    pub sentence: &'a str,
    evidence: &'a Evidence,
    claims: &'a [String],
}

impl<'a> Statement<'a> {
    fn new(request: &'a PageRequest, sentence: &'a str, claims: &'a [String]) -> Self {
        Self {
            sentence,
            evidence: request.state.evidence(request.locale),
            claims,
        }
    }

    /// The evidence of each claim. Each claim exists: that is checked at load.
    pub fn evidence(&self) -> impl Iterator<Item = &'a Html> {
        self.claims.iter().filter_map(|key| self.evidence.get(key))
    }
}

/// The statements of the texts in `sections` (see [`Messages::citations`]) for the visitor's law.
pub fn statements<'a>(request: &'a PageRequest, sections: &[&str]) -> Vec<Statement<'a>> {
    let law = request.law();
    let messages = request.messages();
    let citations = sections.iter().flat_map(|section| messages.citations(section));
    citations
        .filter(|citation| is_for(law, &citation.path))
        .map(|citation| Statement::new(request, citation.sentence.as_str(), &citation.claims))
        .collect()
}

/// Whether people under `law` read the text at `path`: one of a table `laws` is for one law only.
fn is_for(law: Law, path: &str) -> bool {
    let mut keys = path.split('.').skip_while(|key| *key != "laws").skip(1);
    keys.next().is_none_or(|key| key == law.as_str())
}

/// A problem that others have reported, as a statement.
pub fn reported<'a>(request: &'a PageRequest, problem: &'a PlainText, claims: &'a [String]) -> Statement<'a> {
    Statement::new(request, problem.as_str(), claims)
}
