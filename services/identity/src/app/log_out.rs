//! A person logs out in a program.

use ::store::StoreError;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ids::SessionId;
use url::Url;

use super::{Context, end_session};
use crate::store::sessions;

/// What the address that we send to a provider is sealed for.
const SEALED_FOR: &str = "after log-out";

/// Ends the session. Returns where the browser goes next: to the provider if the person is to be
/// logged out there too, else to `destination`.
pub(crate) async fn log_out(
    context: &Context,
    session: SessionId,
    destination: Option<Url>,
) -> Result<Option<Url>, StoreError> {
    let found = sessions::find_live(context.database.connection(), session, context.now()).await?;
    end_session(context, session).await?;
    let Some(provider) = found.and_then(|session| context.provider(&session.provider)) else {
        return Ok(destination);
    };
    let sealed = sealed(context, destination.as_ref());
    let back = context.base.join("logged-out");
    let (Some(state), Ok(back)) = (sealed, back) else { return Ok(destination) };
    Ok(provider.log_out_there(&back, &state).await.or(destination))
}

/// Where the browser goes when it comes back from a provider's log-out. Only addresses that we
/// sealed ourselves: no open redirector.
pub(crate) fn after_log_out(context: &Context, state: &str) -> Option<Url> {
    let sealed = URL_SAFE_NO_PAD.decode(state).ok()?;
    let opened = context.secrets.data.open(&sealed, SEALED_FOR).ok()?;
    String::from_utf8(opened).ok()?.parse().ok()
}

fn sealed(context: &Context, destination: Option<&Url>) -> Option<String> {
    let plain = destination.map(Url::as_str).unwrap_or_default().as_bytes();
    let sealed = context.secrets.data.seal(plain, SEALED_FOR, &*context.entropy).ok()?;
    Some(URL_SAFE_NO_PAD.encode(sealed))
}
