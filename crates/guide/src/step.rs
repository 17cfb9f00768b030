//! The seven steps, as klicksafe published them in June 2024.

use std::str::FromStr;

use veto_content::messages::{StepTexts, Steps};

/// One of the seven steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 1: sign in to the service in this browser.
    #[default]
    SignIn,
    /// 2: open the form.
    OpenForm,
    /// 3: country and e-mail.
    Contact,
    /// 4: explain how the processing affects you.
    Explain,
    /// 5: leave the next field empty and send.
    Submit,
    /// 6: security code.
    Code,
    /// 7: confirmation.
    Confirmation,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 7] = [
        Self::SignIn,
        Self::OpenForm,
        Self::Contact,
        Self::Explain,
        Self::Submit,
        Self::Code,
        Self::Confirmation,
    ];

    /// The number of the step in a path.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "1",
            Self::OpenForm => "2",
            Self::Contact => "3",
            Self::Explain => "4",
            Self::Submit => "5",
            Self::Code => "6",
            Self::Confirmation => "7",
        }
    }

    /// The number of the step, 1 to 7.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The step after this one.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(usize::from(self.number())).copied()
    }

    /// The step before this one.
    pub fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|step| *step < self)
    }

    /// Its texts.
    pub fn texts(self, steps: &Steps) -> &StepTexts {
        match self {
            Self::SignIn => &steps.sign_in,
            Self::OpenForm => &steps.open_form,
            Self::Contact => &steps.contact,
            Self::Explain => &steps.explain,
            Self::Submit => &steps.submit,
            Self::Code => &steps.code,
            Self::Confirmation => &steps.confirmation,
        }
    }

    /// The table of `locales/*/steps.toml` with its texts: a section for the statements of a page.
    pub fn section(self) -> &'static str {
        match self {
            Self::SignIn => "steps.sign_in",
            Self::OpenForm => "steps.open_form",
            Self::Contact => "steps.contact",
            Self::Explain => "steps.explain",
            Self::Submit => "steps.submit",
            Self::Code => "steps.code",
            Self::Confirmation => "steps.confirmation",
        }
    }
}

impl FromStr for Step {
    type Err = ();

    /// The step of this number, 1 to 7.
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|step| step.as_str() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_are_numbered_one_to_seven_and_lead_to_each_other() {
        for (index, step) in Step::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(step.number()), index + 1);
            assert_eq!(step.number().to_string().parse(), Ok(step));
            assert_eq!(step.next(), Step::ALL.get(index + 1).copied());
            assert_eq!(step.previous(), index.checked_sub(1).map(|index| Step::ALL[index]));
        }
        for number in ["0", "8", "01", "+1", "1 ", "", "one"] {
            assert_eq!(number.parse::<Step>(), Err(()), "{number}");
        }
    }
}
