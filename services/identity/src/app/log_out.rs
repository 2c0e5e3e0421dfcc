//! A person logs out in a program.

use ::store::StoreError;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ids::{ClientId, SessionId};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{Context, end_session};
use crate::store::sessions::{self, Session};

/// What the address that we send to a provider is sealed for.
const SEALED_FOR: &str = "after log-out";

/// How long after its end a session can still be named to leave the provider, too.
const LATELY: SignedDuration = SignedDuration::from_mins(5);

/// Where the browser goes after a log-out.
#[derive(Debug)]
pub(crate) enum LoggedOut {
    /// To the provider if the person is to be logged out there too, else back to the program.
    To(Url),
    /// Nowhere: the person reads here that they are logged out.
    Here,
    /// No session was named that ends or has ended, or no address of the program that it goes back to.
    Nobody,
}

/// Ends the session.
pub(crate) async fn log_out(
    context: &Context,
    session: SessionId,
    destination: Option<Url>,
) -> Result<LoggedOut, StoreError> {
    let found = sessions::find_live(context.database.connection(), session, context.now()).await?;
    end_session(context, session).await?;
    Ok(onward(context, found.as_ref(), destination).await)
}

/// The program has ended its session by itself, by giving back the token (RFC 7009), and only sends the browser on.
/// Nothing is left that could end, so naming the session is enough: no address needs the ID token.
pub(crate) async fn leave_ended(
    context: &Context,
    client: &ClientId,
    session: SessionId,
    destination: Option<Url>,
) -> Result<LoggedOut, StoreError> {
    let db = context.database.connection();
    if sessions::find_live(db, session, context.now()).await?.is_some() {
        return Ok(LoggedOut::Nobody);
    }
    let since = context.now().saturating_sub(LATELY).unwrap_or(Timestamp::MIN);
    let ended = sessions::find_ended(db, session, since).await?;
    match ended.filter(|ended| ended.client == *client) {
        Some(ended) => Ok(onward(context, Some(&ended), destination).await),
        // It ended long ago, for example because its time was over: then the program alone says goodbye.
        None => Ok(destination.map_or(LoggedOut::Nobody, LoggedOut::To)),
    }
}

async fn onward(
    context: &Context,
    session: Option<&Session>,
    destination: Option<Url>,
) -> LoggedOut {
    let there = match session {
        Some(session) => at_provider(context, session, destination.as_ref()).await,
        None => None,
    };
    there.or(destination).map_or(LoggedOut::Here, LoggedOut::To)
}

/// Where the person is logged out at the provider, if they are to be.
async fn at_provider(
    context: &Context,
    session: &Session,
    destination: Option<&Url>,
) -> Option<Url> {
    let provider = context.provider(&session.provider)?;
    let state = sealed(context, destination)?;
    let back = context.base.join("logged-out").ok()?;
    provider.log_out_there(&back, &state).await
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
