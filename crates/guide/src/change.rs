//! The text for Meta after a person has ticked grounds or changed it in a form. What they typed is never lost.

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Ground, IdSet};

use crate::{Choices, Length, Plan, objection, visible};

/// The maximum number of characters of a text that a person has changed.
pub(crate) const TEXT_LIMIT: usize = 10_000;

/// What the form for the text sends. It comes by POST, since grounds may reveal health or belief (Art. 9 GDPR), and is
/// forgotten with the response.
#[derive(Clone, Debug, Default)]
pub struct TextInput {
    /// The ids of the grounds that are ticked.
    grounds: Vec<String>,
    /// The ids of the grounds that are in the text already.
    applied: Vec<String>,
    /// The text as it was in the field.
    typed: String,
    length: String,
    language: String,
    /// Whether to drop the person's changes to the text.
    fresh: bool,
}

impl TextInput {
    /// Parses a form (`application/x-www-form-urlencoded`). Unknown keys are dropped.
    pub fn parse(body: &[u8]) -> Self {
        let mut input = Self::default();
        for (key, value) in form_urlencoded::parse(body) {
            let value = visible(&value);
            match &*key {
                "ground" => input.grounds.push(value),
                "applied" => input.applied.push(value),
                "typed" => input.typed = value,
                "length" => input.length = value,
                "text" => input.language = value,
                "next" => input.fresh = value == "fresh",
                _ => {}
            }
        }
        input
    }

    /// `choices` with the length and the language of the text that were chosen in the form.
    pub fn choices(&self, choices: &Choices, catalog: &Catalog) -> Choices {
        let length = Length::parse(&self.length).unwrap_or(choices.length());
        let text = catalog.letter_locale(&self.language).or(choices.text());
        choices.clone().at_length(length).with_text(text)
    }
}

/// The text after a change in the form.
#[derive(Clone, Debug)]
pub struct ChangedText {
    /// The grounds that are ticked.
    pub grounds: IdSet<Ground>,
    /// The grounds that are in the text.
    pub applied: IdSet<Ground>,
    /// The text.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is composed anew.
    Composed,
    /// It is composed anew, without the last grounds, since not all fit.
    Shortened,
    /// The person had changed it: the new grounds stand at its end.
    Added,
    /// The person had changed it, and it is as it was.
    Kept,
    /// It is as it was, since there is no such ground.
    Unknown(String),
    /// It is as it was, since it is too long.
    TooLong,
}

impl Outcome {
    /// Whether the text is one that the person has changed.
    pub fn is_own_text(&self) -> bool {
        matches!(self, Self::Added | Self::Kept)
    }
}

impl ChangedText {
    /// The text that results from `input`. `before` is the plan with which the form was shown, `after` that of its choices.
    pub fn new(input: &TextInput, before: (&Plan, LocaleId), after: (&Plan, LocaleId), catalog: &Catalog) -> Self {
        let compose =
            |(plan, language): (&Plan, LocaleId), grounds| objection::compose(plan, grounds, catalog, language);
        Self::of(
            input,
            |grounds| compose(before, grounds),
            |grounds| compose(after, grounds),
            |grounds| objection::sentences(grounds, catalog, after.1),
            catalog.facts.grounds.ids().collect(),
            catalog,
        )
    }

    /// As [`ChangedText::new`], for any text that is composed of `offered` grounds: as the form was shown with `before`, now
    /// with `after`; `addition` is what grounds add to a text that the person has changed.
    pub fn of(
        input: &TextInput,
        before: impl Fn(IdSet<Ground>) -> String,
        after: impl Fn(IdSet<Ground>) -> String,
        addition: impl Fn(IdSet<Ground>) -> String,
        offered: IdSet<Ground>,
        catalog: &Catalog,
    ) -> Self {
        let ids = |ids: &[String]| -> IdSet<Ground> {
            let known = catalog.facts.grounds_of(ids.iter().map(String::as_str));
            known.iter().filter(|id| offered.contains(*id)).collect()
        };
        let (grounds, applied) = (ids(&input.grounds), ids(&input.applied));
        let is_known = |id: &String| !ids(std::slice::from_ref(id)).is_empty();
        let unknown = input.grounds.iter().find(|id| !is_known(id));
        let is_changed = !input.fresh && !same(&input.typed, "") && !same(&input.typed, &visible(&before(applied)));
        let added: IdSet<Ground> = grounds.iter().filter(|id| !applied.contains(*id)).collect();
        let kept = |outcome| (input.typed.clone(), applied, outcome);
        let (text, applied, outcome) = if let Some(unknown) = unknown {
            kept(Outcome::Unknown(unknown.clone()))
        } else if input.typed.chars().count() > TEXT_LIMIT {
            kept(Outcome::TooLong)
        } else if !is_changed {
            (after(grounds), grounds, Outcome::Composed)
        } else if added.is_empty() {
            kept(Outcome::Kept)
        } else {
            let text = format!("{}\n\n{}", input.typed.trim_end(), addition(added));
            (text, applied.iter().chain(added.iter()).collect(), Outcome::Added)
        };
        Self {
            grounds,
            applied,
            text,
            outcome,
        }
    }

    /// Whether the text is composed anew, and not the person's own.
    pub fn is_composed(&self) -> bool {
        matches!(self.outcome, Outcome::Composed | Outcome::Shortened)
    }

    /// Whether the input was wrong.
    pub fn is_invalid(&self) -> bool {
        matches!(self.outcome, Outcome::Unknown(_) | Outcome::TooLong)
    }
}

/// Whether two texts have the same words.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use veto_content::files::Files;

    use super::*;

    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| crate::load(&Files::embedded()).unwrap());

    /// The text that results from a form, in English, for a person in Ireland.
    fn change(body: &str) -> ChangedText {
        let (choices, _) = Choices::parse("service=facebook&country=IE", &CATALOG);
        let before = choices.plan().unwrap();
        let input = TextInput::parse(body.as_bytes());
        let after = input.choices(&choices, &CATALOG).plan().unwrap();
        let english = CATALOG.locale("en").unwrap();
        ChangedText::new(&input, (&before, english), (&after, english), &CATALOG)
    }

    /// A text as the value of a form.
    fn encoded(text: &str) -> String {
        form_urlencoded::byte_serialize(text.as_bytes()).collect()
    }

    fn clause(ground: &str) -> String {
        let english = CATALOG.messages(CATALOG.locale("en").unwrap());
        english.objection.as_ref().unwrap().grounds[ground].clause.clone()
    }

    #[test]
    fn ticked_grounds_are_in_the_text_until_they_are_unticked() {
        let one = change("ground=children");
        assert!(
            one.text.contains(&clause("children")) && one.outcome == Outcome::Composed,
            "{}",
            one.text
        );
        let two = change(&format!(
            "ground=children&ground=others&applied=children&typed={}",
            encoded(&one.text)
        ));
        assert!(
            two.text.contains(&clause("children")) && two.text.contains(&clause("others")),
            "{}",
            two.text
        );
        let typed = encoded(&two.text.replace('\n', "\r\n"));
        let none = change(&format!("applied=children&applied=others&typed={typed}"));
        assert_eq!((none.outcome, none.text), (Outcome::Composed, change("").text));
    }

    #[test]
    fn what_a_person_has_typed_is_never_lost() {
        let typed = "My own words.";
        let added = change(&format!("ground=children&typed={}", encoded(typed)));
        assert_eq!(added.outcome, Outcome::Added);
        assert!(
            added.text.starts_with(typed) && added.text.len() > typed.len(),
            "{}",
            added.text
        );
        let again = change(&format!(
            "ground=children&applied=children&typed={}",
            encoded(&added.text)
        ));
        assert_eq!(
            (again.outcome, &again.text),
            (Outcome::Kept, &added.text),
            "each ground is added once"
        );
        for (body, outcome) in [
            ("length=full", Outcome::Kept),
            ("ground=envy", Outcome::Unknown("envy".to_owned())),
        ] {
            let kept = change(&format!("{body}&typed={}", encoded(typed)));
            assert_eq!((kept.outcome, kept.text.as_str()), (outcome, typed));
        }
        let long = "x".repeat(TEXT_LIMIT + 1);
        let kept = change(&format!("ground=children&typed={long}"));
        assert_eq!((kept.outcome, kept.text), (Outcome::TooLong, long));
        let fresh = change(&format!("ground=children&typed={}&next=fresh", encoded(typed)));
        assert_eq!(
            (fresh.outcome, fresh.text),
            (Outcome::Composed, change("ground=children").text)
        );
    }
}
