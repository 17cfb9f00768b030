//! QR codes: drawn as shapes, so that they are printed even where browsers leave out backgrounds.

use std::fmt::Write as _;

use askama::Template;
use qrcode::{Color, EcLevel, QrCode};

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
}

impl Code {
    /// The code of `address`; `None` if it is too long for one.
    pub fn new(address: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
        let mut path = String::new();
        for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
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
        })
    }
}
