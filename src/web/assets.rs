//! The files of `static/`: the style goes into each page, script and icon have an address that changes with them.

use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest as _, Sha256};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

/// A file with an address of its own.
pub struct Asset {
    /// The name in the address, with a part of the hash of its content: `veto.3fQk….js`.
    pub name: String,
    /// The hash of its content, for the attribute `integrity`.
    pub integrity: String,
    /// The content.
    pub body: Bytes,
    /// The media type.
    pub media_type: &'static str,
}

/// What the pages need beside their own text.
pub struct Assets {
    /// The style, to be written into the page as it is.
    pub style: String,
    /// The style's hash as the content security policy names it: `sha256-…`.
    pub style_hash: String,
    /// The script.
    pub script: Asset,
    /// The icon of the site.
    pub icon: Asset,
}

impl Assets {
    /// Prepares the files that were built into the binary.
    ///
    /// # Panics
    /// When a file is not there, which the build does not let happen.
    pub fn embedded() -> Self {
        let style = file("style.css");
        let style = compact(str::from_utf8(&style.data).expect("style.css is UTF-8"));
        Self {
            style_hash: integrity(&Sha256::digest(&style)),
            style,
            script: asset("veto", "js", "text/javascript; charset=utf-8"),
            icon: asset("icon", "svg", "image/svg+xml"),
        }
    }

    /// The asset of this name.
    pub fn find(&self, name: &str) -> Option<&Asset> {
        [&self.script, &self.icon].into_iter().find(|asset| asset.name == name)
    }
}

fn file(name: &str) -> EmbeddedFile {
    Static::get(name).unwrap_or_else(|| panic!("static/{name} is built in"))
}

/// A style without its comments and the space around its lines: each page carries it, and those are for its readers.
fn compact(style: &str) -> String {
    let (first, commented) = style.split_once("/*").unwrap_or((style, ""));
    let rest = commented.split("/*").filter_map(|part| Some(part.split_once("*/")?.1));
    [first]
        .into_iter()
        .chain(rest)
        .flat_map(str::lines)
        .map(str::trim)
        .collect()
}

/// A SHA-256 hash as HTML and HTTP name it.
fn integrity(hash: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(hash))
}

fn asset(stem: &str, extension: &str, media_type: &'static str) -> Asset {
    let file = file(&format!("{stem}.{extension}"));
    let short = URL_SAFE_NO_PAD.encode(&file.metadata.sha256_hash()[..9]);
    Asset {
        name: format!("{stem}.{short}.{extension}"),
        integrity: integrity(&file.metadata.sha256_hash()),
        body: Bytes::from(file.data.into_owned()),
        media_type,
    }
}
