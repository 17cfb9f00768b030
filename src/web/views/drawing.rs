//! The drawing of Meta's page at a step, with the field of this step marked.

use askama::Template;

use veto_content::facts::Drawing;
use veto_content::messages::{DrawingTexts, Html};

/// The drawing. The field is marked by a thick line, an arrow and a word, not by colour alone.
#[derive(Template)]
#[template(path = "parts/drawing.html")]
pub struct DrawingView<'a> {
    /// The texts inside the drawing.
    pub texts: &'a DrawingTexts,
    /// The text alternative.
    pub label: &'a Html,
    /// What is drawn and marked.
    pub drawing: Drawing,
    /// The host in the address line.
    pub site: &'a str,
}

impl DrawingView<'_> {
    /// The class of the field that is marked in `drawing`.
    fn class(&self, drawing: Drawing) -> &'static str {
        if self.drawing == drawing { "field here" } else { "field" }
    }

    /// Whether the drawing shows the form, with the fields that only the older one has.
    fn is_form(&self) -> bool {
        use Drawing::{Address, Button, Email, Explanation};
        matches!(self.drawing, Address | Email | Explanation | Button)
    }

    /// The x coordinate of the arrow's head: right of the marked field.
    fn tip(&self) -> u16 {
        match self.drawing {
            Drawing::SignIn => 146,
            Drawing::Button => 136,
            _ => 246,
        }
    }

    /// The y coordinate of the arrow.
    fn arrow(&self) -> u16 {
        match self.drawing {
            Drawing::SignIn => 150,
            Drawing::Address => 12,
            Drawing::Email => 82,
            Drawing::Explanation => 121,
            Drawing::Button => 194,
            Drawing::Code => 101,
            Drawing::Mail => 117,
        }
    }

    /// The y coordinate of the word at the arrow: below it, or above it where there is no room.
    fn word(&self) -> u16 {
        match self.drawing {
            Drawing::Button => self.arrow() - 15,
            // Below the line under the address.
            Drawing::Address => self.arrow() + 37,
            _ => self.arrow() + 28,
        }
    }
}
