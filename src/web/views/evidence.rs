//! The statements of a page and the claims that they cite, for the list of sources at its end.

use veto_content::messages::{Html, PlainText};

use crate::web::extract::PageRequest;

/// A sentence of a page with the keys of the claims that support it.
pub struct Statement<'a> {
    /// The sentence as HTML.
    pub sentence: &'a str,
    /// The keys of the claims.
    pub claims: &'a [String],
}

/// The statements of the texts in `sections` (see [`veto_content::messages::Messages::citations`]).
pub fn statements<'a>(request: &'a PageRequest, sections: &'a [&'a str]) -> Vec<Statement<'a>> {
    let citations = request.messages().citations(sections);
    citations
        .map(|citation| Statement {
            sentence: Html::as_str(&citation.sentence),
            claims: &citation.claims,
        })
        .collect()
}

/// A reported problem as a statement.
pub fn reported<'a>(problem: &'a PlainText, claims: &'a [String]) -> Statement<'a> {
    Statement {
        sentence: problem.as_str(),
        claims,
    }
}
