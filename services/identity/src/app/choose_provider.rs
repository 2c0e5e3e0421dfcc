//! A person chooses where to log in.

use url::Url;

use super::{Context, FailedLogin, LoginFailure, finish_login::gone};
use crate::{provider::Provider, secrets::Opaque, store::attempts};

/// Where to send the browser.
pub(crate) async fn choose_provider(
    context: &Context,
    attempt: &Opaque,
    browser: &Opaque,
    provider: &Provider,
) -> Result<Url, FailedLogin> {
    let db = context.database.connection();
    let request = attempts::find(db, attempt, browser, context.now()).await?;
    let Some(request) = request else { return Err(gone(context, attempt, browser).await) };
    if request.is_for_staff() != provider.is_for_staff() {
        return Err(LoginFailure::NoSuchAttempt.into());
    }
    let state = Opaque::mint(&*context.entropy);
    let sent = provider
        .authorization_request(&state, request.requirements())
        .await
        .map_err(|error| FailedLogin::of(LoginFailure::from(error), &request))?;
    let noted = attempts::SentRequest {
        provider: provider.id(),
        state: &state,
        nonce: &sent.nonce,
        verifier: &sent.verifier,
    };
    attempts::record_request(db, attempt, &noted).await?;
    Ok(sent.url)
}
