//! A simulated identity provider with invented citizens, for demo and tests.
//!
//! It is a real OpenID provider (discovery, authorization code, PKCE, signed ID token, key set)
//! whose log-in page looks like choosing a card. One instance plays BundID, another the eID
//! service: they name claims and levels differently, as the real ones do, and know the same
//! citizens by different keys. It refuses to start in production.
//!
//! A script logs in with two requests: follow the redirect to `/authorize`, then follow
//! `/choose?request=<id>&citizen=<id>&means=<means>` with the `request` of any link on that page.

mod citizens;
mod http;
mod kind;
mod staff;
mod state;

use std::{net::SocketAddr, sync::Arc};

use actix_web::web;
use auth::SigningKey;
pub use citizens::{Citizen, Means, citizens};
pub use kind::Kind;
use service::{Host, HttpSettings, Jobs};
use settings::Secret;
pub use staff::{StaffMember, staff};
use state::State;
use url::Url;

use crate::{
    BuildError, Mode, RunError, Runtime,
    settings::{ClaimNames, ProviderId, ProviderSettings},
};

/// How to run a simulated provider.
#[derive(Debug, Clone)]
pub struct SimulatorSettings {
    /// Which provider it plays.
    pub kind: Kind,
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The issuer, if browsers reach it elsewhere than where it listens.
    pub public_url: Option<Url>,
    /// The secret of its only client, our identity service.
    pub client_secret: Secret,
}

/// A simulated provider, ready to run.
#[derive(Debug)]
pub struct Simulator {
    state: Arc<State>,
    host: Host,
}

impl Simulator {
    /// Opens the port.
    ///
    /// # Errors
    /// It runs in production, the port is taken, or no key can be made.
    pub fn build(settings: SimulatorSettings, runtime: Runtime) -> Result<Self, BuildError> {
        if runtime.mode == Mode::Production {
            return Err(BuildError::SimulatorInProduction);
        }
        let http = HttpSettings::at(settings.listen, Some(1));
        let host = Host::open(&http, runtime)?;
        let issuer = settings.public_url.map_or_else(
            || format!("http://{}", host.address()),
            |url| url.as_str().trim_end_matches('/').to_owned(),
        );
        let key = SigningKey::generate(&*host.runtime().entropy)?;
        let secret = settings.client_secret;
        let state = State::new(settings.kind, issuer, secret, key, host.runtime());
        Ok(Self { state: Arc::new(state), host })
    }

    /// Its address, without a slash at the end.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.state.issuer
    }

    /// The settings by which the identity service connects to it, under its kind's usual id.
    ///
    /// # Panics
    /// Never: the issuer was made from an address.
    #[must_use]
    pub fn as_provider(&self) -> ProviderSettings {
        let kind = self.state.kind;
        ProviderSettings {
            id: kind.id().parse::<ProviderId>().expect("ids of kinds are proper ids"),
            name: kind.names(),
            hint: kind.hints(),
            issuer: self.state.issuer.parse().expect("the issuer is an address"),
            client_id: state::CLIENT_ID.to_owned(),
            client_secret: Some(self.state.client_secret.clone()),
            private_key: None,
            scopes: Vec::new(),
            profile: kind.profile(),
            claims: ClaimNames::default(),
            levels: None,
            acr_values: None,
            userinfo: false,
            timeout_seconds: 5,
            vouches_for_email: None,
            logout_there: false,
            staff: (kind == Kind::Staff).then(staff::settings),
        }
    }

    /// Serves until the shutdown is triggered.
    ///
    /// # Errors
    /// The HTTP server fails.
    pub async fn run(self) -> Result<(), RunError> {
        let state = web::Data::from(self.state);
        let routes = move |config: &mut web::ServiceConfig| {
            http::configure(config.app_data(state.clone()));
        };
        self.host.run(Jobs::default(), routes).await
    }
}
