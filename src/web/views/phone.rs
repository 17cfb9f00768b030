//! Help by telephone: the same numbered lines for the person who helps and for the other one.

use askama::Template;
use axum::response::Response;
use veto_content::facts::Form;
use veto_content::messages::{Html, Phone, PhonePart};

use super::copy_box::CopyBox;
use super::evidence::{Statement, statements};
use super::handout::{newest_forms, services};
use super::{Frame, page, typed};
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "phone.html")]
struct PhonePage<'a> {
    frame: Frame<'a>,
    texts: &'a Phone,
    statements: Vec<Statement<'a>>,
    /// The hosts of the services.
    sites: Vec<&'a str>,
    /// The name of each service, with its newest form.
    forms: Vec<(&'a str, &'a Form)>,
    /// The name of each service, with the address of its newest form in parts to be read aloud.
    aloud: Vec<(&'a str, Vec<&'a str>)>,
    /// The text for a message.
    message: CopyBox<'a>,
}

#[derive(Template)]
#[template(path = "phone_other.html")]
struct OtherPage<'a> {
    frame: Frame<'a>,
    texts: &'a Phone,
    statements: Vec<Statement<'a>>,
    sites: Vec<&'a str>,
    forms: Vec<(&'a str, &'a Form)>,
}

/// `/{language}/family/phone`
pub async fn show(request: PageRequest) -> Response {
    let texts = &request.messages().phone;
    let journey = request.journey();
    let forms: Vec<_> = newest_forms(&request, journey).collect();
    let addresses: Vec<Html> = forms.iter().map(|(_, form)| typed(&form.address)).collect();
    let addresses: Vec<&str> = addresses.iter().map(Html::as_str).collect();
    let separator = request.messages().common.punctuation.separator.as_str();
    page(&PhonePage {
        frame: Frame::new(&request, Page::Phone, &texts.title),
        texts,
        statements: statements(&request, &["phone.before", "phone.lines"]),
        sites: sites(&request),
        message: CopyBox::message(
            &request,
            &texts.message,
            &texts.message_text.fill(&addresses.join(separator)),
        ),
        aloud: forms.iter().map(|(name, form)| (*name, parts(&form.address))).collect(),
        forms,
    })
}

/// `/{language}/family/phone/other`
pub async fn other(request: PageRequest) -> Response {
    let texts = &request.messages().phone;
    let journey = request.journey();
    page(&OtherPage {
        frame: Frame::new(&request, Page::PhoneOther, &texts.other_title),
        texts,
        statements: statements(&request, &["phone.other_warning", "phone.lines"]),
        sites: sites(&request),
        forms: newest_forms(&request, journey).collect(),
    })
}

fn sites(request: &PageRequest) -> Vec<&str> {
    let facts = &request.catalog().facts;
    let services = services(request, request.journey()).into_iter();
    services.map(|service| facts.services[service].site.as_str()).collect()
}

/// An address in parts of at most six characters, to be read aloud: it is split behind its punctuation.
fn parts(address: &str) -> Vec<&str> {
    /// The longest number that is read aloud in one part.
    const LONGEST: usize = 6;
    let address = address.strip_prefix("https://").unwrap_or(address);
    let mut parts = Vec::new();
    for piece in address.split_inclusive(['/', '.']) {
        let mut rest = piece;
        while rest.len() > LONGEST && rest.bytes().all(|byte| byte.is_ascii_digit()) {
            let (part, after) = rest.split_at(LONGEST / 2);
            parts.push(part);
            rest = after;
        }
        parts.push(rest);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_aloud_in_short_parts_that_make_up_the_whole() {
        let address = "www.facebook.com/help/contact/712876720715583";
        let parts = parts(address);
        assert_eq!(parts.concat(), address);
        assert_eq!(parts[parts.len() - 2..], ["720", "715583"]);
        assert!(parts.iter().all(|part| part.len() <= 9), "{parts:?}");
    }
}
