//! Style sheets, fonts and scripts, built into the program.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH},
    web,
};

use super::page_error::PageError;

/// Where it is served, its kind, what it is.
type File = (&'static str, &'static str, &'static [u8]);

macro_rules! files {
    ($folder:literal as $served:literal: $($path:literal, $kind:literal;)+) => {
        &[$((concat!($served, $path), $kind, include_bytes!(concat!($folder, $path)))),+]
    };
}

const ASSETS: &[File] = files! { "../../assets/" as "":
    "kern/kern.min.css", "text/css; charset=utf-8";
    "kern/fonts/FiraSans-Regular.latin.woff2", "font/woff2";
    "kern/fonts/FiraSans-Regular.cyrillic.woff2", "font/woff2";
    "kern/fonts/FiraSans-Medium.latin.woff2", "font/woff2";
    "kern/fonts/FiraSans-Medium.cyrillic.woff2", "font/woff2";
    "kern/fonts/FiraSans-SemiBold.latin.woff2", "font/woff2";
    "kern/fonts/FiraSans-SemiBold.cyrillic.woff2", "font/woff2";
    "portal.js", "text/javascript; charset=utf-8";
    "check-draw.js", "text/javascript; charset=utf-8";
    "flag-de.svg", "image/svg+xml";
    "icon.svg", "image/svg+xml";
};

/// What checks a draw in the browser. People read it, so it is served as it was written.
const VERIFIER: &[File] = files! { "../../../../libs/draw/browser/" as "draw/":
    "verify.js", "text/javascript; charset=utf-8";
    "shapes.js", "text/javascript; charset=utf-8";
    "signed.js", "text/javascript; charset=utf-8";
    "sha256.js", "text/javascript; charset=utf-8";
    "beacon.js", "text/javascript; charset=utf-8";
    "vendor/noble-bls12-381.js", "text/javascript; charset=utf-8";
};

/// The fonts and our own styles in one file: each style sheet holds a page back until it is there.
static STYLES: LazyLock<String> = LazyLock::new(|| {
    let fonts = include_str!("../../assets/kern/fonts/fira-sans.css");
    // There the addresses are relative to the fonts' own folder.
    let fonts = fonts.replace("url(\"", "url(\"/assets/kern/fonts/");
    fonts + include_str!("../../assets/portal.css")
});

/// Where [`STYLES`] are served.
const STYLES_PATH: &str = "portal.css";

/// Changes with each release, so that browsers ask again.
const VERSION: &str = concat!("\"", env!("CARGO_PKG_VERSION"), "\"");

pub(crate) async fn show(
    request: HttpRequest,
    path: web::Path<String>,
) -> Result<HttpResponse, PageError> {
    let (kind, bytes) = file(&path).ok_or(PageError::NotFound)?;
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|tag| tag == VERSION);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // A release candidate may be replaced under the same version: ask again after an hour.
    response.insert_header((CACHE_CONTROL, "public, max-age=3600")).insert_header((ETAG, VERSION));
    Ok(if known { response.finish() } else { response.content_type(kind).body(bytes) })
}

/// The kind and the bytes of the file that is served at `path`.
fn file(path: &str) -> Option<(&'static str, &'static [u8])> {
    if path == STYLES_PATH {
        return Some(("text/css; charset=utf-8", STYLES.as_bytes()));
    }
    let mut files = ASSETS.iter().chain(VERIFIER);
    files.find(|(name, ..)| *name == path).map(|(_, kind, bytes)| (*kind, *bytes))
}
