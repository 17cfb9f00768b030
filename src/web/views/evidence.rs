//! Evidence: the statements of a page with the sources of the claims that support them.

use std::collections::BTreeMap;

use askama::Template;
use veto_content::facts::{Claim, Facts, Form, Menu, Trouble};
use veto_content::messages::{Html, Messages};

use crate::web::extract::PageRequest;

/// A sentence of a page with sources, dates and confidence of its claims: an item of the list of sources.
#[derive(Template)]
#[template(path = "parts/statement.html")]
struct Statement<'a> {
    messages: &'a Messages,
    /// The sentence as HTML.
    sentence: &'a str,
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

/// The statement of a text.
struct TextStatement {
    /// The path of the text.
    path: String,
    /// The law whose people read it, if it is for one law only.
    law: Option<String>,
    /// The id of the service, if the text is for one only.
    service: Option<String>,
    statement: Html,
}

/// All evidence of a language, rendered. A page shows up to a hundred sources, so this is done once for each language.
pub struct Evidence {
    /// The statements of the texts, by file.
    texts: BTreeMap<String, Vec<TextStatement>>,
    /// The statements about what others have reported, by the id of the trouble.
    troubles: BTreeMap<String, Html>,
    /// By the address of the form.
    forms: BTreeMap<String, FormTexts>,
    /// By the labels of the menu.
    menus: BTreeMap<Vec<String>, Html>,
}

impl Evidence {
    /// Renders the evidence of `facts` and of the texts in `messages`.
    pub fn new(facts: &Facts, messages: &Messages) -> Self {
        let render = |sentence: &str, claims: &[String]| {
            let claims = claims.iter().filter_map(|key| facts.claims.get(key)).collect();
            let statement = Statement {
                messages,
                sentence,
                claims,
            };
            rendered(&statement)
        };
        let mut texts: BTreeMap<String, Vec<TextStatement>> = BTreeMap::new();
        for citation in messages.citations() {
            let file = citation.path.split('.').next().unwrap_or_default();
            let statement = render(citation.sentence.as_str(), &citation.claims);
            texts.entry(file.to_owned()).or_default().push(TextStatement {
                path: citation.path.clone(),
                law: citation.law().map(str::to_owned),
                service: citation.service.clone(),
                statement,
            });
        }
        let troubles = facts.troubles.values().filter_map(|trouble| {
            let texts = messages.troubles.get(&trouble.id)?;
            Some((trouble.id.clone(), render(texts.problem.as_str(), &trouble.claims)))
        });
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
            troubles: troubles.collect(),
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
pub fn statements<'a>(request: &'a PageRequest, sections: &[impl AsRef<str>]) -> Vec<&'a Html> {
    let law = request.law().id.as_str();
    let service = request
        .service()
        .map(|service| request.catalog().facts.services[service].id.as_str());
    let evidence = request.state.evidence(request.locale);
    let mut statements = Vec::new();
    for section in sections {
        let section = section.as_ref();
        let file = section.split('.').next().unwrap_or_default();
        let of_file = evidence.texts.get(file).into_iter().flatten();
        let of_section = of_file.filter(|text| is_in(&text.path, section));
        let shown = of_section.filter(|text| text.law.as_deref().is_none_or(|only| only == law));
        let shown = shown.filter(|text| text.service.is_none() || text.service.as_deref() == service);
        statements.extend(shown.map(|text| &text.statement));
    }
    statements
}

/// The statements about what others have reported.
pub fn reported<'a>(
    request: &'a PageRequest,
    troubles: impl Iterator<Item = &'a Trouble>,
) -> impl Iterator<Item = &'a Html> {
    let statements = &request.state.evidence(request.locale).troubles;
    troubles.filter_map(|trouble| statements.get(&trouble.id))
}

fn is_in(path: &str, section: &str) -> bool {
    let rest = path.strip_prefix(section);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
