//! The files of `static/`: style sheet, script and icon, each at an address with its hash, so that browsers keep them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rust_embed::RustEmbed;

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
    /// The style sheet of all pages.
    pub style: Asset,
    /// What pages for paper have in addition.
    pub paper: Asset,
    /// What the timeline has in addition.
    pub timeline: Asset,
    /// That of slides, which have no other.
    pub slides: Asset,
    /// The script.
    pub script: Asset,
    /// The script of slides.
    pub slides_script: Asset,
    /// The icon of the site.
    pub icon: Asset,
}

impl Assets {
    /// Prepares the embedded files.
    ///
    /// # Panics
    /// When a file is not embedded, which a test notices.
    pub fn embedded() -> Self {
        Self {
            style: asset("style", "css", "text/css; charset=utf-8"),
            paper: asset("paper", "css", "text/css; charset=utf-8"),
            timeline: asset("timeline", "css", "text/css; charset=utf-8"),
            slides: asset("slides", "css", "text/css; charset=utf-8"),
            script: asset("veto", "js", "text/javascript; charset=utf-8"),
            slides_script: asset("slides", "js", "text/javascript; charset=utf-8"),
            icon: asset("icon", "svg", "image/svg+xml"),
        }
    }

    /// The asset of this name.
    pub fn find(&self, name: &str) -> Option<&Asset> {
        let styles = [&self.style, &self.paper, &self.timeline, &self.slides];
        let others = [&self.script, &self.slides_script, &self.icon];
        styles.into_iter().chain(others).find(|asset| asset.name == name)
    }
}

/// `/static/{name}`: each file, at one address.
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

fn asset(stem: &str, extension: &str, media_type: &'static str) -> Asset {
    let file = Static::get(&format!("{stem}.{extension}")).expect("the file is embedded");
    let short = URL_SAFE_NO_PAD.encode(&file.metadata.sha256_hash()[..9]);
    Asset {
        name: format!("{stem}.{short}.{extension}"),
        integrity: format!("sha256-{}", STANDARD.encode(file.metadata.sha256_hash())),
        body: Bytes::from(file.data.into_owned()),
        media_type,
    }
}
