//! `GET /.well-known/fairtermin-authorities`: the authorities of the federation, signed.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web,
};

use crate::app::{Context, list_authorities};

pub(super) async fn authorities(context: web::Data<Context>) -> HttpResponse {
    match list_authorities(&context) {
        Ok(list) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/jwt"))
            .insert_header((CACHE_CONTROL, "public, max-age=300"))
            .body(list),
        Err(error) => {
            tracing::error!(%error, "cannot sign the list of authorities; the client gets 500");
            HttpResponse::InternalServerError().finish()
        }
    }
}
