//! Evidence: the statements of a page with the sources of the claims that support them.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use veto_content::facts::{Claim, Facts, Form, Menu, Trouble};
use veto_content::messages::{Html, Messages};

use crate::web::extract::PageRequest;

/// The sources, the dates and the confidence of claims.
#[derive(Template)]
#[template(path = "parts/claims_evidence.html")]
struct ClaimsEvidence<'a> {
    messages: &'a Messages,
    claims: Vec<&'a Claim>,
}

/// When a form was last tried and named, with the sources.
#[derive(Template)]
#[template(path = "parts/form_evidence.html")]
struct FormEvidence<'a> {
    messages: &'a Messages,
    form: &'a Form,
}

/// The sources and the confidence of a path through menus.
#[derive(Template)]
#[template(path = "parts/menu_evidence.html")]
struct MenuEvidence<'a> {
    messages: &'a Messages,
    menu: &'a Menu,
}

/// The evidence for a form.
pub struct FormTexts {
    /// The date on which it was last confirmed, in the format of the language.
    pub last_confirmed: String,
    /// When it was last tried and named, with the sources.
    pub sources: Html,
}

/// A sentence of a page with the evidence for it: an item of the list of sources.
pub struct Statement<'a> {
    /// The sentence as HTML.
    pub sentence: &'a str,
    /// The sources, the dates and the confidence of its claims.
    pub sources: &'a Html,
}

/// All evidence in a language, rendered. A page shows up to a hundred sources, so this is done once for each language.
/// Sentences that cite the same claims share it.
pub struct Evidence {
    /// For the sentences of each file that cite claims, in their order.
    texts: BTreeMap<String, Vec<Arc<Html>>>,
    /// For what others have reported, by the id of the trouble.
    troubles: BTreeMap<String, Arc<Html>>,
    /// By the address of the form.
    forms: BTreeMap<String, FormTexts>,
    /// By the labels of the menu.
    menus: BTreeMap<Vec<String>, Html>,
}

impl Evidence {
    /// Renders the evidence of `facts` in the language of `messages`.
    pub fn new(facts: &Facts, messages: &Messages) -> Self {
        let mut rendered_claims: BTreeMap<Vec<String>, Arc<Html>> = BTreeMap::new();
        let mut render = |keys: &[String]| {
            let new = || {
                let claims = keys.iter().filter_map(|key| facts.claims.get(key)).collect();
                Arc::new(rendered(&ClaimsEvidence { messages, claims }))
            };
            Arc::clone(rendered_claims.entry(keys.to_vec()).or_insert_with(new))
        };
        let mut texts = BTreeMap::new();
        for file in messages.files_with_citations() {
            let citations = messages.citations_of(file).iter();
            let sources: Vec<Arc<Html>> = citations.map(|citation| render(&citation.claims)).collect();
            texts.insert(file.to_owned(), sources);
        }
        let troubles = facts.troubles.values();
        let troubles = troubles
            .map(|trouble| (trouble.id.clone(), render(&trouble.claims)))
            .collect();
        let forms = facts.forms.values().map(|form| {
            let texts = FormTexts {
                last_confirmed: messages.format.date(form.last_confirmed()),
                sources: rendered(&FormEvidence { messages, form }),
            };
            (form.address.clone(), texts)
        });
        let menus = facts.menus.values().map(|menu| {
            let key = menu.labels.clone();
            (key, rendered(&MenuEvidence { messages, menu }))
        });
        Self {
            texts,
            troubles,
            forms: forms.collect(),
            menus: menus.collect(),
        }
    }

    /// The evidence for `form`.
    pub fn form(&self, form: &Form) -> Option<&FormTexts> {
        self.forms.get(&form.address)
    }

    /// The sources and the confidence of the path through menus `menu`.
    pub fn menu(&self, menu: &Menu) -> Option<&Html> {
        self.menus.get(&menu.labels)
    }
}

/// A part of a page as HTML.
fn rendered(part: &impl Template) -> Html {
    // Rendering into a String does not fail.
    Html::new(part.render().unwrap_or_default())
}

/// The statements of the texts in `sections` for the visitor's law. A section is a file (`home`), or a table or a text of
/// one (`steps.code`).
pub fn statements<'a>(request: &'a PageRequest, sections: &[impl AsRef<str>]) -> Vec<Statement<'a>> {
    let law = request.law().id.as_str();
    let service = request
        .service()
        .map(|service| request.catalog().facts.services[service].id.as_str());
    let evidence = request.state.evidence(request.locale);
    let messages = request.messages();
    let mut statements = Vec::new();
    for section in sections {
        let section = section.as_ref();
        let file = section.split('.').next().unwrap_or_default();
        let citations = messages.citations_of(file).iter();
        let with_sources = citations.zip(evidence.texts.get(file).into_iter().flatten());
        let shown = with_sources.filter(|(citation, _)| {
            citation.is_in(section)
                && citation.law.as_deref().is_none_or(|only| only == law)
                && (citation.service.is_none() || citation.service.as_deref() == service)
        });
        statements.extend(shown.map(|(citation, sources)| Statement {
            sentence: citation.sentence.as_str(),
            sources,
        }));
    }
    statements
}

/// The statements about what others have reported.
pub fn reported<'a>(
    request: &'a PageRequest,
    troubles: impl Iterator<Item = &'a Trouble>,
) -> impl Iterator<Item = Statement<'a>> {
    let evidence = request.state.evidence(request.locale);
    let messages = request.messages();
    troubles.filter_map(|trouble| {
        Some(Statement {
            sentence: messages.troubles.get(&trouble.id)?.problem.as_str(),
            sources: evidence.troubles.get(&trouble.id)?,
        })
    })
}
