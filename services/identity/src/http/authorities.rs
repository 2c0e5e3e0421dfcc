//! `GET /.well-known/fairtermin-authorities`: the authorities of the federation, signed.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web,
};

use crate::app::{Context, list_authorities};

/// List the authorities
///
/// Of the federation, with names and addresses: a JWT that is signed with a key of `/jwks`
/// (`typ`: `fairtermin-authorities+jwt`).
#[utoipa::path(
    get, path = "/.well-known/fairtermin-authorities", tag = "Discovery", operation_id = "listAuthorities",
    responses((status = 200, description = "The signed list.", body = String, content_type = "application/jwt")),
)]
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
