//! A program pushes its request for a log-in, and sends the browser with its name alone (RFC 9126).

use ::store::StoreError;

use super::Context;
use crate::{
    login_request::LoginRequest, secrets::Opaque, settings::ClientSettings, store::pushed_requests,
};

/// How long a browser may take to arrive. FAPI 2.0 wants less than 600 seconds.
const SECONDS: i64 = 120;
/// What the address begins with (RFC 9126 section 2.2).
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// A request that was pushed.
#[derive(Debug)]
pub(crate) struct Pushed {
    /// What the browser brings.
    pub(crate) request_uri: String,
    /// Seconds until it is worth nothing.
    pub(crate) expires_in: i64,
}

/// Keeps a checked request.
pub(crate) async fn push_request(
    context: &Context,
    request: &LoginRequest,
) -> Result<Pushed, StoreError> {
    let id = Opaque::mint(&*context.entropy);
    let request = LoginRequest { pushed: Some(id.hash()), ..request.clone() };
    let expires_at = context.in_seconds(SECONDS);
    let db = context.database.connection();
    pushed_requests::insert(db, &id, &request, expires_at).await?;
    Ok(Pushed { request_uri: format!("{PREFIX}{}", id.as_str()), expires_in: SECONDS })
}

/// What this client pushed under this name, if it was not used for a log-in yet.
pub(crate) async fn pushed_request(
    context: &Context,
    client: &ClientSettings,
    request_uri: &str,
) -> Result<Option<LoginRequest>, StoreError> {
    let Some(id) = request_uri.strip_prefix(PREFIX) else { return Ok(None) };
    let db = context.database.connection();
    pushed_requests::find(db, &Opaque::received(id), &client.id, context.now()).await
}
