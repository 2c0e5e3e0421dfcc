//! The browser comes back from the identity service.

use actix_web::HttpResponse;
use client::{Callback, ClientError, FinishedLogin, IdentityApi, LoginError};

use crate::{
    http::{
        asked::{Asked, What},
        page_error::PageError,
        request::{Anybody, Anywhere, Request},
        visitor::go_to,
    },
    session::{Login, PendingLogin},
};

/// The answer (OpenID Connect Core section 3.1.2.5, RFC 9207).
pub(crate) struct Answer {
    state: String,
    issuer: Option<String>,
    code: Option<String>,
    error: Option<String>,
}

impl What for Answer {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let field = |name| asked.field(name).map(str::to_owned);
        Ok(Self {
            state: field("state").ok_or(PageError::LoginExpired)?,
            issuer: field("iss"),
            code: field("code"),
            error: field("error"),
        })
    }
}

pub(crate) async fn receive(
    request: Request<Anybody, Anywhere, Answer>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: answer, .. } = request;
    let now = visitor.now();
    let pending = visitor.session.change(|session| session.take_pending(&answer.state, now));
    let pending = pending.ok_or(PageError::LoginExpired)?;
    match finish(&visitor.portal.identity, answer, &pending).await {
        Ok(done) => {
            let login = Login {
                refresh_token: done.refresh_token,
                id_token: done.id_token,
                level: done.level,
                is_staff: pending.is_staff,
                case: done.case,
                csrf: visitor.portal.unguessable(),
            };
            visitor.session.change(|session| session.login = Some(login));
            Ok(go_to(pending.back))
        }
        Err(why) => Err(PageError::LoginFailed {
            why: Box::new(why),
            back: pending.back,
            is_staff: pending.is_staff,
        }),
    }
}

async fn finish(
    identity: &IdentityApi,
    answer: Answer,
    pending: &PendingLogin,
) -> Result<FinishedLogin, PageError> {
    let Some(code) = answer.code else {
        // The person pressed "cancel" there, or the service could not go on.
        tracing::info!(error = answer.error, "log-in failed at the identity service");
        return Err(PageError::LoginCancelled);
    };
    let callback = Callback {
        code: &code,
        issuer: answer.issuer.as_deref(),
        nonce: &pending.nonce,
        verifier: &pending.verifier,
    };
    identity.handle_callback(callback).await.map_err(|error| match error {
        LoginError::Client(ClientError::OAuth { .. }) => PageError::LoginExpired,
        LoginError::Client(error) => PageError::identity_down(error),
        LoginError::OtherIssuer | LoginError::NoRefreshToken | LoginError::IdToken(_) => {
            tracing::warn!(%error, "a log-in is refused; the person is asked to start again");
            PageError::LoginExpired
        }
    })
}
