//! The identity service, as an OpenID client sees it.
//!
//! The protocol is `openidconnect`'s; this adds our deadlines, the injected clock and randomness,
//! and what the identity service has beyond OpenID Connect: access tokens by authority (RFC 8707),
//! contacts, tickets for draws, and what staff do for a person whose document they look at.
//!
//! A log-in from beginning to end: [`authorization_request`](IdentityApi::authorization_request),
//! the browser, [`handle_callback`](IdentityApi::handle_callback), then
//! [`token_for`](IdentityApi::token_for) each authority, and
//! [`logout_request`](IdentityApi::logout_request) with [`revoke`](IdentityApi::revoke).

mod contact;
mod desk;
mod draws;
mod login;
mod logout;
mod person_cases;
mod provider;
mod tokens;

use std::sync::Arc;

use ambient::{Clock, Entropy};
use arc_swap::ArcSwapOption;
use openidconnect::{ClientId, ClientSecret, HttpRequest, HttpResponse};
use url::Url;

pub use contact::{AddressProof, CodeStanding, Contact, Stated};
pub use desk::Document;
pub use login::{AuthorizationRequest, Callback, FinishedLogin, LoginError, LoginRequirements};
pub use logout::Leaving;
pub use person_cases::{
    Agreement, Agreements, Candidate, MergedPerson, MergedPersons, PersonCase, PersonCaseState,
    PersonData, PersonEffect, PersonProposal,
};
pub use tokens::IssuedToken;

use self::provider::Provider;
use crate::{ClientError, Http, http};

/// How the identity service knows a client. It proves itself by `client_secret_basic`.
#[derive(Clone)]
pub struct Registration {
    /// Its id.
    ///
    /// As identity's settings register it (`clients`).
    pub client_id: String,
    /// Its secret.
    ///
    /// Sent to endpoints of identity alone. `Debug` does not show it.
    pub client_secret: String,
    /// Where browsers come back to after a log-in; compared character by character (RFC 9700
    /// section 2.1), so it must be registered in this very form.
    pub redirect_uri: Url,
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// The identity service and how we prove to be its client.
#[derive(Debug)]
pub struct IdentityApi {
    http: Http,
    issuer: Url,
    client_id: ClientId,
    client_secret: ClientSecret,
    redirect_uri: Url,
    /// Judges expiry of ID tokens.
    clock: Arc<dyn Clock>,
    /// Makes `state`, `nonce` and the PKCE verifier.
    entropy: Arc<dyn Entropy>,
    /// Read when it is first needed, and again when a token is signed by an unknown key.
    provider: ArcSwapOption<Provider>,
}

impl IdentityApi {
    /// The identity service at `issuer`. It need not be there yet.
    #[must_use]
    pub fn new(
        http: Http,
        issuer: Url,
        registration: Registration,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            http,
            issuer,
            client_id: ClientId::new(registration.client_id),
            client_secret: ClientSecret::new(registration.client_secret),
            redirect_uri: registration.redirect_uri,
            clock,
            entropy,
            provider: ArcSwapOption::empty(),
        }
    }

    /// Sends the requests of `openidconnect` with our deadlines. A refusal is an error here, so that
    /// it is read as for all other calls.
    fn send(
        &self,
    ) -> impl Fn(
        HttpRequest,
    ) -> futures_util::future::BoxFuture<'static, Result<HttpResponse, ClientError>>
    + use<> {
        let http = self.http.clone();
        move |request| Box::pin(http::openid(http.clone(), request))
    }
}
