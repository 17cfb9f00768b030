//! The drawing of Meta's page at a step, with the field of this step marked.

use askama::Template;

use veto_content::messages::{DrawingTexts, Html};
use veto_guide::Step;

/// The drawing. The field is marked by a thick line, an arrow and a word, not by colour alone.
#[derive(Template)]
#[template(path = "parts/drawing.html")]
pub struct Drawing<'a> {
    /// The texts inside the drawing.
    pub texts: &'a DrawingTexts,
    /// The text alternative.
    pub label: &'a Html,
    /// The step whose field is marked.
    pub step: Step,
    /// The host in the address line.
    pub site: &'a str,
}

impl Drawing<'_> {
    /// The class of the field that belongs to `step`.
    fn class(&self, step: Step) -> &'static str {
        if self.step == step { "field here" } else { "field" }
    }

    /// Whether the drawing shows the form, with the fields that only the older one has.
    fn is_form(&self) -> bool {
        matches!(self.step, Step::OpenForm | Step::Contact | Step::Explain | Step::Submit)
    }

    /// The x coordinate of the arrow's head: right of the marked field.
    fn tip(&self) -> u16 {
        match self.step {
            Step::SignIn => 146,
            Step::Submit => 136,
            _ => 246,
        }
    }

    /// The y coordinate of the arrow.
    fn arrow(&self) -> u16 {
        match self.step {
            Step::SignIn => 150,
            Step::OpenForm => 12,
            Step::Contact => 82,
            Step::Explain => 121,
            Step::Submit => 194,
            Step::Code => 101,
            Step::Confirmation => 117,
        }
    }

    /// The y coordinate of the word at the arrow: below it, or above it where there is no room.
    fn word(&self) -> u16 {
        match self.step {
            Step::Submit => self.arrow() - 15,
            _ => self.arrow() + 28,
        }
    }
}
