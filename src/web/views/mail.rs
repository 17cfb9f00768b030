//! Links that open an e-mail to the operator.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use veto_guide::age;

use crate::web::extract::PageRequest;

/// The link that opens an e-mail to the operator about `subject` (RFC 6068), with version and date of the facts, and nothing
/// about the visitor; `None` if the operator has set no contact.
pub fn mail_to_operator(request: &PageRequest, subject: &str) -> Option<String> {
    let contact = request.state.settings.contact.as_ref()?;
    let version = env!("CARGO_PKG_VERSION");
    let gathered = age::gathered(&request.catalog().facts).map_or_else(String::new, |date| format!(", {date}"));
    let subject = format!("{subject} (Veto {version}{gathered})");
    let subject = utf8_percent_encode(&subject, NON_ALPHANUMERIC);
    Some(format!("mailto:{contact}?subject={subject}"))
}
