//! The callback of a log-in.

use ::store::StoreError;
use messaging::SealError;
use url::Url;

use super::{Context, admit::admit, contact::ContactError, evidence::EvidenceError};
use crate::{
    login_request::LoginRequest,
    provider::{Account, Callback, LoginError},
    secrets::Opaque,
    settings::ProviderId,
    store::attempts::{self, Pending},
};

/// The callback's parameters.
pub(crate) struct Returned<'a> {
    pub(crate) provider: &'a ProviderId,
    pub(crate) state: &'a str,
    pub(crate) issuer: Option<&'a str>,
    /// The code, or the provider's error.
    pub(crate) outcome: Result<&'a str, &'a str>,
}

/// Why a log-in failed. Each has a page that says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoginFailure {
    #[error("no such log-in in this browser, or it is over")]
    NoSuchAttempt,
    #[error("the log-in was answered already")]
    AlreadyAnswered,
    #[error("the provider reports an error")]
    Refused,
    #[error(transparent)]
    Provider(#[from] LoginError),
    #[error("the account's groups grant nothing")]
    NoRole,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl From<ContactError> for LoginFailure {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::Store(error) => Self::Store(error),
            ContactError::Seal(error) => Self::Seal(error),
        }
    }
}

impl From<EvidenceError> for LoginFailure {
    fn from(error: EvidenceError) -> Self {
        match error {
            EvidenceError::Store(error) => Self::Store(error),
            EvidenceError::Seal(error) => Self::Seal(error),
        }
    }
}

/// A failure and, if it is known, the program that waits.
#[derive(Debug)]
pub(crate) struct FailedLogin {
    pub(crate) failure: LoginFailure,
    pub(crate) request: Option<Box<LoginRequest>>,
}

impl FailedLogin {
    pub(crate) fn of(failure: impl Into<LoginFailure>, request: &LoginRequest) -> Self {
        Self { failure: failure.into(), request: Some(Box::new(request.clone())) }
    }
}

impl<E: Into<LoginFailure>> From<E> for FailedLogin {
    fn from(failure: E) -> Self {
        Self { failure: failure.into(), request: None }
    }
}

/// Logs the person in and returns the address of the program that waits, with a code.
pub(crate) async fn finish_login(
    context: &Context,
    returned: Returned<'_>,
    browser: &Opaque,
) -> Result<Url, FailedLogin> {
    let db = context.database.connection();
    let state = Opaque::received(returned.state);
    let pending = attempts::take(db, &state, browser, context.now()).await?;
    let Some(pending) = pending else {
        return Err(gone(context, &state, browser).await);
    };
    let request = pending.request.clone();
    let failed = |failure: LoginFailure| FailedLogin::of(failure, &request);

    let account = ask_provider(context, &returned, &pending).await.map_err(failed)?;
    admit(context, &pending, account).await.map_err(failed)
}

/// Why there is no log-in with this name to go on with. A person who goes back and answers again is sent on to
/// the program: it knows whether they are logged in.
pub(super) async fn gone(context: &Context, name: &Opaque, browser: &Opaque) -> FailedLogin {
    let db = context.database.connection();
    match attempts::answered(db, name, browser, context.now()).await {
        Ok(Some(request)) => FailedLogin::of(LoginFailure::AlreadyAnswered, &request),
        Ok(None) => LoginFailure::NoSuchAttempt.into(),
        Err(error) => error.into(),
    }
}

async fn ask_provider(
    context: &Context,
    returned: &Returned<'_>,
    pending: &Pending,
) -> Result<Account, LoginFailure> {
    // An answer at another provider's address is an attempt to mix two up.
    let same = pending.provider == *returned.provider;
    let provider = context.provider(&pending.provider).filter(|_| same);
    let provider = provider.ok_or(LoginError::MixUp)?;
    let code = returned.outcome.map_err(|_| LoginFailure::Refused)?;
    let callback = Callback {
        code,
        issuer: returned.issuer,
        nonce: &pending.nonce,
        verifier: &pending.verifier,
    };
    Ok(provider.handle_callback(callback, pending.request.requirements()).await?)
}
