//! A browser arrives with a program's request to log in.

use ::store::StoreError;

use super::Context;
use crate::{login_request::LoginRequest, secrets::Opaque, store::attempts};

/// How long a person may take at the provider.
const ATTEMPT_MINUTES: u16 = 20;

/// A log-in that waits for the choice of a provider.
pub(crate) struct Begun {
    /// Names the attempt in addresses.
    pub(crate) attempt: Opaque,
}

/// Remembers the request and binds it to the browser that carries the secret `browser`: another
/// browser cannot finish this log-in, so a link cannot log a person in as another one (log-in CSRF).
pub(crate) async fn begin_login(
    context: &Context,
    request: &LoginRequest,
    browser: &Opaque,
) -> Result<Begun, StoreError> {
    let attempt = Opaque::mint(&*context.entropy);
    let expires_at = context.in_minutes(ATTEMPT_MINUTES);
    attempts::insert(context.database.connection(), &attempt, browser, request, expires_at).await?;
    Ok(Begun { attempt })
}
