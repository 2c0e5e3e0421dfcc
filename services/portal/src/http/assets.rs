//! Style sheets, fonts and the one script, built into the program.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH},
    web,
};

use super::page_error::PageError;

macro_rules! assets {
    ($($path:literal, $kind:literal;)+) => {
        const ASSETS: &[(&str, &str, &[u8])] =
            &[$(($path, $kind, include_bytes!(concat!("../../assets/", $path)))),+];
    };
}

assets! {
    "kern/kern.min.css", "text/css; charset=utf-8";
    "kern/fonts/fira-sans.css", "text/css; charset=utf-8";
    "kern/fonts/FiraSans-Regular.woff2", "font/woff2";
    "kern/fonts/FiraSans-Medium.woff2", "font/woff2";
    "kern/fonts/FiraSans-SemiBold.woff2", "font/woff2";
    "portal.css", "text/css; charset=utf-8";
    "portal.js", "text/javascript; charset=utf-8";
    "flag-de.svg", "image/svg+xml";
    "icon.svg", "image/svg+xml";
}

/// Changes with each release, so that browsers ask again.
const VERSION: &str = concat!("\"", env!("CARGO_PKG_VERSION"), "\"");

pub(crate) async fn show(
    request: HttpRequest,
    path: web::Path<String>,
) -> Result<HttpResponse, PageError> {
    let (_, kind, bytes) =
        ASSETS.iter().find(|(name, ..)| *name == path.as_str()).ok_or(PageError::NotFound)?;
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|tag| tag == VERSION);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // A release candidate may be replaced under the same version: ask again after an hour.
    response.insert_header((CACHE_CONTROL, "public, max-age=3600")).insert_header((ETAG, VERSION));
    Ok(if known { response.finish() } else { response.content_type(*kind).body(*bytes) })
}
