//! Styles and fonts, compiled in: these pages work when the portal does not.

use actix_web::{HttpResponse, ResponseError as _, http::header, web};
use problem::{Problem, types};

/// `(path, content type, content)`.
const ASSETS: &[(&str, &str, &[u8])] = &[
    ("identity.css", "text/css", include_bytes!("../../assets/identity.css")),
    ("kern/kern.min.css", "text/css", include_bytes!("../../../portal/assets/kern/kern.min.css")),
    (
        "kern/fonts/fira-sans.css",
        "text/css",
        include_bytes!("../../../portal/assets/kern/fonts/fira-sans.css"),
    ),
    (
        "kern/fonts/FiraSans-Regular.latin.woff2",
        "font/woff2",
        include_bytes!("../../../portal/assets/kern/fonts/FiraSans-Regular.latin.woff2"),
    ),
    (
        "kern/fonts/FiraSans-Regular.cyrillic.woff2",
        "font/woff2",
        include_bytes!("../../../portal/assets/kern/fonts/FiraSans-Regular.cyrillic.woff2"),
    ),
    (
        "kern/fonts/FiraSans-Medium.latin.woff2",
        "font/woff2",
        include_bytes!("../../../portal/assets/kern/fonts/FiraSans-Medium.latin.woff2"),
    ),
    (
        "kern/fonts/FiraSans-Medium.cyrillic.woff2",
        "font/woff2",
        include_bytes!("../../../portal/assets/kern/fonts/FiraSans-Medium.cyrillic.woff2"),
    ),
    (
        "kern/fonts/FiraSans-SemiBold.latin.woff2",
        "font/woff2",
        include_bytes!("../../../portal/assets/kern/fonts/FiraSans-SemiBold.latin.woff2"),
    ),
    (
        "kern/fonts/FiraSans-SemiBold.cyrillic.woff2",
        "font/woff2",
        include_bytes!("../../../portal/assets/kern/fonts/FiraSans-SemiBold.cyrillic.woff2"),
    ),
    ("flag-de.svg", "image/svg+xml", include_bytes!("../../../portal/assets/flag-de.svg")),
];

pub(crate) async fn asset(path: web::Path<String>) -> HttpResponse {
    match ASSETS.iter().find(|(name, ..)| *name == path.as_str()) {
        Some((_, content_type, content)) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, *content_type))
            .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
            .body(*content),
        None => Problem::new(&types::NOT_FOUND).error_response(),
    }
}
