//! A person comes back from the provider.

use ::store::StoreError;
use ids::SessionId;
use messaging::SealError;
use url::Url;

use super::{
    Context, LoginRequest,
    recognise::{Recognised, recognise},
};
use crate::{
    person::matching::Unclear,
    provider::{Account, Answer, LoginError},
    secrets::Opaque,
    settings::ProviderId,
    store::{
        attempts::{self, Pending},
        codes, sessions,
    },
};

/// A code is used at once by the program that waits for it.
const CODE_MINUTES: u16 = 1;

/// What the browser brought back.
pub(crate) struct Returned<'a> {
    pub(crate) provider: &'a ProviderId,
    pub(crate) state: &'a str,
    pub(crate) issuer: Option<&'a str>,
    /// The code, or the provider's error.
    pub(crate) outcome: Result<&'a str, &'a str>,
}

/// Why nobody is logged in. Each has a page that says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("no such log-in in this browser, or it is over")]
    NoSuchAttempt,
    #[error("the provider reports an error")]
    Refused,
    #[error(transparent)]
    Provider(#[from] LoginError),
    #[error("a self-declared log-in claims a name that somebody proved")]
    NeedsProof,
    #[error("it is unclear whether this is somebody known")]
    NeedsDocument,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// A failure and, if it is known, the program that waits.
#[derive(Debug)]
pub(crate) struct FailedLogin {
    pub(crate) failure: Failure,
    pub(crate) request: Option<Box<LoginRequest>>,
}

impl FailedLogin {
    pub(crate) fn of(failure: impl Into<Failure>, request: &LoginRequest) -> Self {
        Self { failure: failure.into(), request: Some(Box::new(request.clone())) }
    }
}

impl<E: Into<Failure>> From<E> for FailedLogin {
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
    let pending = pending.ok_or(Failure::NoSuchAttempt)?;
    let request = pending.request.clone();
    let failed = |failure: Failure| FailedLogin::of(failure, &request);

    let account = ask_provider(context, &returned, &pending).await.map_err(failed)?;
    admit(context, &pending, &account).await.map_err(failed)
}

async fn ask_provider(
    context: &Context,
    returned: &Returned<'_>,
    pending: &Pending,
) -> Result<Account, Failure> {
    // An answer at another provider's address is an attempt to mix two up.
    let same = pending.provider == *returned.provider;
    let provider = context.provider(&pending.provider).filter(|_| same);
    let provider = provider.ok_or(LoginError::MixUp)?;
    let code = returned.outcome.map_err(|_| Failure::Refused)?;
    let answer = Answer {
        code,
        issuer: returned.issuer,
        nonce: &pending.nonce,
        verifier: &pending.verifier,
    };
    Ok(provider.arrive(answer, pending.request.wish()).await?)
}

/// One transaction: who it is, their session, the code.
async fn admit(context: &Context, pending: &Pending, account: &Account) -> Result<Url, Failure> {
    let request = &pending.request;
    let transaction = context.database.begin().await?;
    let person = match recognise(context, &transaction, &pending.provider, account).await? {
        Recognised::Person(person) => person,
        Recognised::Unclear(Unclear::NeedsProof) => return Err(Failure::NeedsProof),
        Recognised::Unclear(Unclear::NeedsDocument) => return Err(Failure::NeedsDocument),
        Recognised::TooLittle => return Err(LoginError::Incomplete.into()),
    };
    let id = SessionId::mint(&*context.clock, &*context.entropy);
    let attributes = serde_json::to_vec(&account.attributes).map_err(|_| SealError::Seal)?;
    let session = sessions::Session {
        id,
        person,
        client: request.client.clone(),
        provider: pending.provider.clone(),
        level: account.level,
        auth_time: account.auth_time,
        sealed_attributes: context.secrets.data.seal(
            &attributes,
            &id.to_string(),
            &*context.entropy,
        )?,
        language: request.language.clone(),
        expires_at: context.in_minutes(context.session.minutes),
    };
    sessions::insert(&transaction, &session).await?;
    let code = Opaque::mint(&*context.entropy);
    let grant = codes::Grant {
        session: id,
        client: request.client.clone(),
        redirect_uri: request.redirect_uri.to_string(),
        challenge: request.challenge.clone(),
        nonce: request.nonce.clone(),
        scope: request.scope.clone(),
        expires_at: context.in_minutes(CODE_MINUTES),
    };
    codes::insert(&transaction, &code, &grant).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    tracing::info!(provider = %pending.provider, level = %account.level, "log-in done");
    Ok(request.back(&context.issuer, &[("code", code.as_str())]))
}
