//! `GET` and `POST /userinfo`: a signed answer (OpenID Connect Core section 5.3).

use actix_web::{HttpRequest, HttpResponse, http::header::CONTENT_TYPE, web};
use problem::Problem;

use super::dpop::access_token;
use crate::app::{Context, read_userinfo};

/// Read the person of the token
///
/// Name and birth date, signed for the authority of the token: the `attendee` of a booking. It needs a person's token: a
/// program's own (`client_credentials`) is refused.
#[utoipa::path(
    get, path = "/userinfo", tag = "OAuth", operation_id = "readUserinfo",
    responses((status = 200, description = "A JWT.", body = String, content_type = "application/jwt")),
    security(("citizen" = []), ("on_behalf" = [])),
)]
pub(super) async fn userinfo(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let claims = access_token(&context, &request).await?;
    let answer = read_userinfo(&context, claims).await?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/jwt")).body(answer))
}
