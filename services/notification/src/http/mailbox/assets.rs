//! The styles, part of the program.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web,
};

use crate::http::problem::PageError;

macro_rules! kern {
    ($file:literal) => {
        include_bytes!(concat!("../../../../portal/assets/kern/", $file)).as_slice()
    };
}

pub(super) async fn file(name: web::Path<String>) -> Result<HttpResponse, PageError> {
    let (kind, bytes) = match name.as_str() {
        "kern.min.css" => ("text/css", kern!("kern.min.css")),
        "fira-sans.css" => ("text/css", kern!("fonts/fira-sans.css")),
        "FiraSans-Regular.latin.woff2" => {
            ("font/woff2", kern!("fonts/FiraSans-Regular.latin.woff2"))
        }
        "FiraSans-Regular.cyrillic.woff2" => {
            ("font/woff2", kern!("fonts/FiraSans-Regular.cyrillic.woff2"))
        }
        "FiraSans-Medium.latin.woff2" => ("font/woff2", kern!("fonts/FiraSans-Medium.latin.woff2")),
        "FiraSans-Medium.cyrillic.woff2" => {
            ("font/woff2", kern!("fonts/FiraSans-Medium.cyrillic.woff2"))
        }
        "FiraSans-SemiBold.latin.woff2" => {
            ("font/woff2", kern!("fonts/FiraSans-SemiBold.latin.woff2"))
        }
        "FiraSans-SemiBold.cyrillic.woff2" => {
            ("font/woff2", kern!("fonts/FiraSans-SemiBold.cyrillic.woff2"))
        }
        "mailbox.css" => ("text/css", include_bytes!("../../../assets/mailbox.css").as_slice()),
        _ => return Err(PageError::not_found()),
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CACHE_CONTROL, "max-age=3600"))
        .body(bytes))
}
