//! The browser comes back from the identity service.

use actix_web::HttpResponse;
use client::{Callback, ClientError, FinishedLogin, IdentityApi, LoginError};

use crate::{
    http::{
        asked::{Asked, What},
        in_language::language_of,
        link::{Ended, Links, LoginAgain},
        page_error::PageError,
        person_name::name_in,
        request::{Anybody, Anywhere, Request},
        visitor::{Visitor, go_to},
    },
    session::{LastLogin, Login, Owner, PendingLogin},
};

/// What our identity service describes an error by that it has explained on a page of its own.
const EXPLAINED: &str = "explained";

/// What it describes the error by that comes when a log-in is answered a second time.
const OVER: &str = "over";

/// The answer (OpenID Connect Core section 3.1.2.5, RFC 9207).
pub(crate) struct Answer {
    state: String,
    issuer: Option<String>,
    code: Option<String>,
    error: Option<String>,
    /// The identity service has told the person why.
    is_explained: bool,
    /// The person went back and answered there again.
    is_over: bool,
}

impl What for Answer {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let field = |name| asked.field(name).map(str::to_owned);
        Ok(Self {
            state: field("state").ok_or(PageError::LoginExpired)?,
            issuer: field("iss"),
            code: field("code"),
            error: field("error"),
            is_explained: asked.field("error_description") == Some(EXPLAINED),
            is_over: asked.field("error_description") == Some(OVER),
        })
    }
}

pub(crate) async fn receive(
    request: Request<Anybody, Anywhere, Answer>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: answer, .. } = request;
    let now = visitor.now();
    let pending = visitor.session.change(|session| session.take_pending(&answer.state));
    let Some(pending) = pending else {
        // A person who reloads, or goes back to the log-in, is logged in already and goes on.
        if let Some(link) = led_to(&visitor, &answer.state) {
            return Ok(go_to(link));
        }
        return Err(if visitor.keeps_cookies {
            PageError::LoginExpired
        } else {
            PageError::CookiesBlocked { back: visitor.links.start() }
        });
    };
    if pending.is_late(now) || answer.is_over {
        return Ok(go_to(again(&visitor, &pending, Ended::Expired)));
    }
    if answer.error.is_some() && answer.is_explained {
        return Ok(go_to(choice(&visitor, &pending)));
    }
    match finish(&visitor.portal.identity, answer, &pending).await {
        Ok(done) => {
            log_in(&visitor, &pending, done).await;
            Ok(go_to(pending.back))
        }
        Err(NotLoggedIn::Ended(ended)) => Ok(go_to(again(&visitor, &pending, ended))),
        Err(NotLoggedIn::Failed(why)) => Err(PageError::LoginFailed {
            why: Box::new(why),
            back: pending.back,
            is_staff: pending.is_staff,
        }),
    }
}

/// Begins the session of who logged in.
async fn log_in(visitor: &Visitor, pending: &PendingLogin, done: FinishedLogin) {
    let name = name(&visitor.portal.identity, &done, pending.is_staff).await;
    let owner = Owner::new(pending.is_staff, done.subject);
    let login = Login {
        refresh_token: done.refresh_token,
        id_token: done.id_token,
        level: done.level,
        is_staff: pending.is_staff,
        case: done.case,
        csrf: visitor.portal.cookie.form_secret(&owner),
        name,
    };
    let last = LastLogin { state: pending.state.clone(), back: pending.back.clone() };
    visitor.session.change(|session| {
        session.log_in(login, owner);
        session.to_hold = pending.holds.then(|| pending.back.clone());
        session.last_login = Some(last);
    });
}

/// Why there is no log-in.
enum NotLoggedIn {
    /// The page before the log-in says so, and leads on with the same choice.
    Ended(Ended),
    /// Something is broken.
    Failed(PageError),
}

/// Where the log-in with this `state` led to, if a person is logged in: the start page if it was not the
/// last one.
fn led_to(visitor: &Visitor, state: &str) -> Option<String> {
    let session = visitor.session.read();
    session.login.as_ref()?;
    Some(session.led_to(state).map_or_else(|| visitor.links.start(), str::to_owned))
}

/// The page before the log-in, in the language of the page at which it began, with what was chosen there.
fn again(visitor: &Visitor, pending: &PendingLogin, ended: Ended) -> String {
    let links = language_of(&pending.back).map_or(visitor.links, Links);
    links.login_again(&LoginAgain {
        back: &pending.back,
        level: pending.level,
        is_staff: pending.is_staff,
        holds: pending.holds,
        ended,
    })
}

/// What was chosen before a log-in that has been explained: its page needs none. Else the page before the
/// log-in, since the one that was wanted would only ask for it.
fn choice(visitor: &Visitor, pending: &PendingLogin) -> String {
    let links = language_of(&pending.back).map_or(visitor.links, Links);
    if pending.holds { pending.back.clone() } else { links.login(&pending.back, pending.level) }
}

/// The name of the person who logged in, as people write it. Without it pages say only that there
/// is a log-in.
async fn name(identity: &IdentityApi, done: &FinishedLogin, is_staff: bool) -> String {
    if is_staff {
        return String::new();
    }
    match identity.attendee(&done.token).await {
        Ok(attendee) => name_in(&attendee).unwrap_or_default(),
        Err(error) => {
            tracing::warn!(%error, "cannot read who logged in; pages do not show the name");
            String::new()
        }
    }
}

async fn finish(
    identity: &IdentityApi,
    answer: Answer,
    pending: &PendingLogin,
) -> Result<FinishedLogin, NotLoggedIn> {
    let Some(code) = answer.code else {
        // The person pressed "cancel" there, or the service could not go on.
        tracing::info!(error = answer.error, "log-in failed at the identity service");
        return Err(NotLoggedIn::Ended(Ended::Cancelled));
    };
    let callback = Callback {
        code: &code,
        issuer: answer.issuer.as_deref(),
        nonce: &pending.nonce,
        verifier: &pending.verifier,
    };
    identity.handle_callback(callback).await.map_err(|error| match error {
        LoginError::Client(ClientError::OAuth { .. }) => NotLoggedIn::Ended(Ended::Expired),
        LoginError::Client(error) => NotLoggedIn::Failed(PageError::identity_down(error)),
        LoginError::OtherIssuer | LoginError::NoRefreshToken | LoginError::IdToken(_) => {
            tracing::warn!(%error, "a log-in is refused; the person is asked to start again");
            NotLoggedIn::Ended(Ended::Expired)
        }
    })
}
