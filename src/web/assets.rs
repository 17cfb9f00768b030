//! The files of `static/`: the style sheet is inlined into each page; script and icon have an address with their hash.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest as _, Sha256};

use super::error::HttpError;
use super::headers::ASSET_CACHE;
use super::state::AppState;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

/// A file with an address of its own.
pub struct Asset {
    /// The file name in its address, with a part of its hash: `veto.3fQk….js`.
    pub name: String,
    /// Its hash for the attribute `integrity`.
    pub integrity: String,
    /// The content.
    pub body: Bytes,
    /// The media type.
    pub media_type: &'static str,
}

/// The embedded files, prepared for pages.
pub struct Assets {
    /// The style sheet, to be inlined.
    pub style: String,
    /// Its hash for the content security policy: `sha256-…`.
    pub style_hash: String,
    /// The script.
    pub script: Asset,
    /// The icon of the site.
    pub icon: Asset,
}

impl Assets {
    /// Prepares the embedded files.
    ///
    /// # Panics
    /// When a file is not embedded, which a test notices.
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

/// `/static/{name}`: script and icon, at one address each.
pub async fn show(State(state): State<Arc<AppState>>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let Some(asset) = state.assets.find(&name) else {
        return HttpError::NotFound.into_response();
    };
    if query.is_some() {
        let base = state.settings.base_url.path();
        return Redirect::temporary(&format!("{base}/static/{name}")).into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (header::CACHE_CONTROL, ASSET_CACHE),
    ];
    (headers, asset.body.clone()).into_response()
}

fn file(name: &str) -> EmbeddedFile {
    Static::get(name).unwrap_or_else(|| panic!("static/{name} is embedded"))
}

/// A style sheet without comments and indentation, since each page carries it.
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

/// A SHA-256 hash in the notation of HTML and CSP.
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
