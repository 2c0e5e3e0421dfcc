//! Style sheets, fonts and scripts, built into the program.

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
    "kern/fonts/fira-sans.css", "text/css; charset=utf-8";
    "kern/fonts/FiraSans-Regular.woff2", "font/woff2";
    "kern/fonts/FiraSans-Medium.woff2", "font/woff2";
    "kern/fonts/FiraSans-SemiBold.woff2", "font/woff2";
    "portal.css", "text/css; charset=utf-8";
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

/// Changes with each release, so that browsers ask again.
const VERSION: &str = concat!("\"", env!("CARGO_PKG_VERSION"), "\"");

pub(crate) async fn show(
    request: HttpRequest,
    path: web::Path<String>,
) -> Result<HttpResponse, PageError> {
    let mut files = ASSETS.iter().chain(VERIFIER);
    let (_, kind, bytes) =
        files.find(|(name, ..)| *name == path.as_str()).ok_or(PageError::NotFound)?;
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|tag| tag == VERSION);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // A release candidate may be replaced under the same version: ask again after an hour.
    response.insert_header((CACHE_CONTROL, "public, max-age=3600")).insert_header((ETAG, VERSION));
    Ok(if known { response.finish() } else { response.content_type(*kind).body(*bytes) })
}
