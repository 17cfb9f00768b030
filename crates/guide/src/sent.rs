//! What a person has sent, for the record: which form they used, and which text. It comes by POST, since the text may
//! reveal health or belief (Art. 9 GDPR), and is forgotten with the response.

use veto_content::facts::{Facts, Form, ServiceId};

use crate::change::TEXT_LIMIT;
use crate::{Target, visible};

/// What a form says about the objections that were made; one entry for each.
#[derive(Clone, Debug, Default)]
pub struct SentInput(Vec<(Target, SentEntry)>);

/// What it says about one of them.
#[derive(Clone, Debug, Default)]
pub struct SentEntry {
    /// The year of the form, or [`UsedForm::OTHER`], or empty.
    pub used: String,
    /// The text; empty for that of this site.
    pub typed: String,
}

/// The form that was used.
#[derive(Clone, Copy, Debug)]
pub enum UsedForm<'a> {
    /// The form of this address.
    Known(&'a Form),
    /// Another one, or a way in the app.
    Other,
}

impl UsedForm<'_> {
    /// The value of [`UsedForm::Other`] in a form.
    pub const OTHER: &'static str = "other";
}

impl SentInput {
    /// Parses a form (`application/x-www-form-urlencoded`): `entry`, a service or a journey, comes before what is said about it.
    /// Unknown keys and entries are dropped.
    pub fn parse(body: &[u8], facts: &Facts) -> Self {
        let mut entries: Vec<(Target, SentEntry)> = Vec::new();
        let mut current = None;
        for (key, value) in form_urlencoded::parse(body) {
            if key == "entry" {
                current = Target::parse(&value, facts).map(|target| {
                    let known = entries.iter().position(|(known, _)| *known == target);
                    known.unwrap_or_else(|| {
                        entries.push((target, SentEntry::default()));
                        entries.len() - 1
                    })
                });
            }
            let Some((_, entry)) = current.and_then(|index: usize| entries.get_mut(index)) else {
                continue;
            };
            match &*key {
                "used" => entry.used = visible(&value),
                "typed" => entry.typed = visible(&value),
                _ => {}
            }
        }
        Self(entries)
    }

    /// What it says about the objection for `target`.
    pub fn entry(&self, target: Target) -> Option<&SentEntry> {
        let entry = self.0.iter().find(|(known, _)| *known == target);
        entry.map(|(_, entry)| entry)
    }
}

impl SentEntry {
    /// The form that was used; `None` if nothing was chosen.
    ///
    /// # Errors
    /// The value, if there is no such form.
    pub fn used<'a>(&self, service: ServiceId, facts: &'a Facts) -> Result<Option<UsedForm<'a>>, &str> {
        match self.used.as_str() {
            "" => Ok(None),
            UsedForm::OTHER => Ok(Some(UsedForm::Other)),
            year => {
                let mut forms = facts.open_forms_of(service);
                let form = forms.find(|form| form.generation.to_string() == year);
                form.map(|form| Some(UsedForm::Known(form))).ok_or(year)
            }
        }
    }

    /// Whether the text is too long to be shown.
    pub fn is_too_long(&self) -> bool {
        self.typed.chars().count() > TEXT_LIMIT
    }
}

#[cfg(test)]
mod tests {
    use veto_content::files::Files;

    use super::*;

    #[test]
    fn each_objection_has_its_own_form_and_text() {
        let facts = &crate::load(&Files::embedded()).unwrap().facts;
        let [facebook, instagram] = ["facebook", "instagram"].map(|id| facts.service(id).unwrap());
        let oldest = facts.open_forms_of(facebook).last().unwrap();
        let body = format!(
            "used=1&entry=facebook&used={}&typed=A%0D%0AB&entry=myspace&used=2&entry=instagram&used=other&typed=",
            oldest.generation
        );
        let input = SentInput::parse(body.as_bytes(), facts);
        let entry = input.entry(Target::Service(facebook)).unwrap();
        assert_eq!(entry.typed, "A\nB");
        assert!(
            matches!(entry.used(facebook, facts), Ok(Some(UsedForm::Known(form))) if form.address == oldest.address)
        );
        let entry = input.entry(Target::Service(instagram)).unwrap();
        assert!(matches!(entry.used(instagram, facts), Ok(Some(UsedForm::Other))));
        assert_eq!((entry.typed.as_str(), entry.is_too_long()), ("", false));
        let unknown = SentInput::parse(b"entry=facebook&used=1999", facts);
        assert_eq!(
            unknown
                .entry(Target::Service(facebook))
                .unwrap()
                .used(facebook, facts)
                .err(),
            Some("1999")
        );
        assert!(unknown.entry(Target::Service(instagram)).is_none());
    }
}
