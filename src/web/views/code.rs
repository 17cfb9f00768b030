//! QR codes: drawn as shapes, so that they are printed even where browsers leave out backgrounds.

use std::fmt::Write as _;

use askama::Template;
use qrcode::{Color, EcLevel, QrCode};

use crate::web::base_url::Reach;
use crate::web::state::AppState;

/// The light modules around a code, on each side (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

/// The QR code of an address as SVG.
#[derive(Template)]
#[template(path = "parts/code.html")]
pub struct Code {
    /// Width and height in modules, with the light ones around it.
    size: usize,
    /// The dark modules: horizontal strokes of height 1.
    path: String,
    /// The address, for screen readers.
    address: String,
    /// Whether it is a document of its own.
    alone: bool,
}

impl Code {
    /// The code of `address`; `None` if it is too long for one.
    pub fn new(address: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
        let colors = code.to_colors();
        let mut path = String::new();
        for (y, row) in colors.chunks(code.width()).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, next| one == next) {
                if run[0] == Color::Dark {
                    // Writing to a String does not fail.
                    _ = write!(path, "M{} {}h{}", x + QUIET_ZONE, y + QUIET_ZONE, run.len());
                }
                x += run.len();
            }
        }
        Some(Self {
            size: code.width() + 2 * QUIET_ZONE,
            path,
            address: address.to_owned(),
            alone: false,
        })
    }

    /// The code as a document of its own.
    #[must_use]
    pub fn alone(self) -> Self {
        Self { alone: true, ..self }
    }
}

/// An address of this site for other devices.
pub struct SharedAddress {
    /// The whole address.
    pub address: String,
    /// The address as people read and type it: without `https://` and without a `/` at the end.
    pub shown: String,
    /// Its code; none if no other device can open it.
    pub code: Option<Code>,
    reach: Reach,
}

impl SharedAddress {
    /// The address of `path`, which begins with the path of the site, or is empty for the site itself.
    pub fn new(state: &AppState, path: &str) -> Self {
        let site = &state.settings.base_url;
        let address = match path {
            "" => site.to_string(),
            path => format!("{}{path}", site.origin()),
        };
        let reach = site.reach();
        Self {
            shown: shown(&address),
            code: Code::new(&address).filter(|_| reach != Reach::ThisComputer),
            address,
            reach,
        }
    }

    /// The same for paper that is taken home: without a code if it could not be opened there.
    pub fn for_home(state: &AppState, path: &str) -> Self {
        let address = Self::new(state, path);
        let code = address.code.filter(|_| address.reach == Reach::Everywhere);
        Self { code, ..address }
    }

    /// Whether no other device can open it.
    pub fn is_for_this_computer(&self) -> bool {
        self.reach == Reach::ThisComputer
    }

    /// Whether only devices in the same network can open it.
    pub fn is_for_this_network(&self) -> bool {
        self.reach == Reach::LocalNetwork
    }

    /// Whether it can be opened everywhere.
    pub fn is_for_everyone(&self) -> bool {
        self.reach == Reach::Everywhere
    }
}

fn shown(address: &str) -> String {
    let address = address.strip_prefix("https://").unwrap_or(address);
    address.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_as_people_type_it() {
        assert_eq!(shown("https://veto.example/"), "veto.example");
        assert_eq!(shown("http://192.168.1.2:8080"), "http://192.168.1.2:8080");
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert!(Code::new(&"x".repeat(3_000)).is_none());
    }
}
