//! The program of an authority that draws proves itself by its secret (RFC 7617).

use actix_web::HttpRequest;
use auth::scope;
use ids::AuthorityId;
use problem::{Problem, types};

use super::basic;
use crate::{
    app::{ClientProof, Context, OAuthError, authenticate_client},
    settings::ClientSettings,
};

/// The program that asks, if it may announce draws of `authority`.
pub(super) async fn draw_client<'a>(
    context: &'a Context,
    request: &HttpRequest,
    authority: &AuthorityId,
) -> Result<&'a ClientSettings, Problem> {
    let given = basic::credentials(request).flatten().ok_or_else(unauthenticated)?;
    let proof = ClientProof::Secret { client: given.0, secret: given.1 };
    let client = authenticate_client(context, &proof).await.map_err(|error| match error {
        OAuthError::Server(cause) => Problem::new(&types::INTERNAL).caused_by(cause),
        _ => unauthenticated(),
    })?;
    let may = client.has_scope(scope::DRAWS_ANNOUNCE) && client.may_reach(authority);
    if may && context.knows(authority) {
        return Ok(client);
    }
    let detail = "This needs a client with the scope `draws:announce` for this authority.";
    Err(Problem::new(&types::FORBIDDEN).detail(detail))
}

fn unauthenticated() -> Problem {
    Problem::new(&types::UNAUTHENTICATED)
        .detail("Send `Authorization: Basic` with the client's id and secret.")
        .challenge("Basic realm=\"draws\"")
}
