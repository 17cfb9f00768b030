//! The language of a page or of a part of it, as attributes.

use std::fmt;
use std::ops::Deref;

use askama::filters::HtmlSafe;
use veto_content::messages;

/// A language that is offered. Writes itself into HTML as `lang="de" dir="ltr"`.
#[derive(Clone, Copy, Debug)]
pub struct Language<'a>(pub &'a messages::Language);

impl Deref for Language<'_> {
    type Target = messages::Language;

    fn deref(&self) -> &Self::Target {
        self.0
    }
}

impl HtmlSafe for Language<'_> {}

impl askama::FastWritable for Language<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        // The code is the name of a folder of `locales/`: letters, digits and hyphens.
        for part in ["lang=\"", &self.code, "\" dir=\"", self.direction.as_str(), "\""] {
            out.write_str(part)?;
        }
        Ok(())
    }
}

impl fmt::Display for Language<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        askama::FastWritable::write_into(self, f, askama::NO_VALUES).map_err(|_| fmt::Error)
    }
}
