//! A person logged out at a provider (OpenID Connect Back-Channel Logout 1.0).

use ::store::StoreError;

use super::{Context, end_session};
use crate::{
    provider::{LogoutError, Provider},
    secrets::Opaque,
    store::{
        sessions::{self, AtProvider},
        used_once,
    },
};

/// Why a log-out token had no effect.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogoutFailure {
    #[error(transparent)]
    Token(#[from] LogoutError),
    #[error("the log-out token was presented before")]
    Replayed,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Ends every session that the log-out token means.
pub(crate) async fn end_provider_sessions(
    context: &Context,
    provider: &Provider,
    logout_token: &str,
) -> Result<usize, LogoutFailure> {
    let logout = provider.read_logout(logout_token).await?;
    let db = context.database.connection();
    let once = Opaque::received(&format!("logout/{}/{}", provider.id(), logout.jti));
    if !used_once::first_time(db, once.hash(), context.in_minutes(60)).await? {
        return Err(LogoutFailure::Replayed);
    }
    let hash = |name: &str| context.secrets.login_key(provider.id(), name);
    // With both, the session is the narrower one.
    let which = match (&logout.sid, &logout.sub) {
        (Some(sid), _) => AtProvider::Session(hash(sid)),
        (None, Some(sub)) => AtProvider::Subject(hash(sub)),
        (None, None) => return Err(LogoutError::Claims.into()),
    };
    let meant = sessions::at_provider(db, provider.id(), &which).await?;
    for session in &meant {
        end_session(context, *session).await?;
    }
    Ok(meant.len())
}
