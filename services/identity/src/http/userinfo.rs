//! `GET` and `POST /userinfo`: a signed answer (OpenID Connect Core section 5.3).

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{AUTHORIZATION, CONTENT_TYPE},
    web,
};
use problem::{Problem, types};

use crate::app::{Context, read_userinfo};

pub(super) async fn userinfo(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let token = bearer(&request).ok_or_else(|| Problem::new(&types::UNAUTHENTICATED))?;
    let answer = read_userinfo(&context, token).await?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/jwt")).body(answer))
}

pub(super) fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
