//! What every request can reach.

use std::{net::SocketAddr, sync::Arc};

use actix_web::http::header::HeaderValue;
use ambient::{Clock, Entropy};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use client::{Http, IdentityApi, SlotApi, Timeouts};
use service::Runtime;
use url::Url;

use crate::{
    application::BuildError,
    directory::{Directory, Office},
    http::security,
    identity::Identity,
    session::{SealingKey, SessionCookie},
    settings::{AuthoritySettings, LegalLinks, Settings},
};

/// The running portal.
pub(crate) struct Portal {
    pub(crate) directory: Directory,
    pub(crate) identity: Identity,
    pub(crate) cookie: SessionCookie,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// How browsers reach the portal.
    pub(crate) public_url: Url,
    /// The Content-Security-Policy of each page.
    pub(crate) policy: HeaderValue,
    pub(crate) site: Arc<Site>,
}

/// What the frame of each page shows about the site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    pub(crate) demonstration: bool,
    pub(crate) mailbox_url: Option<Url>,
    pub(crate) legal: LegalLinks,
}

impl Portal {
    /// The portal of these settings that listens on `address`.
    ///
    /// # Errors
    /// The key is unusable, or no HTTP client can be made.
    pub(crate) fn new(
        settings: Settings,
        address: SocketAddr,
        runtime: &Runtime,
    ) -> Result<Self, BuildError> {
        let public_url = settings.http.public_url(address);
        let key = SealingKey::from_base64(settings.session_key.expose())?;
        let secure = public_url.scheme() == "https";
        let http = Http::new(Timeouts::default())?;
        let office = |one: AuthoritySettings| {
            Office::new(one.id, one.name, SlotApi::new(http.clone(), one.base_url))
        };
        let identity = settings.identity;
        let policy = security::policy(&identity.issuer);
        let api = IdentityApi::new(
            http.clone(),
            identity.issuer,
            identity.client_id,
            identity.client_secret.expose().to_owned(),
        );
        Ok(Self {
            directory: Directory::new(settings.authorities.into_iter().map(office).collect()),
            identity: Identity::new(api, Arc::clone(&runtime.clock)),
            cookie: SessionCookie::new(secure, key, Arc::clone(&runtime.entropy)),
            clock: Arc::clone(&runtime.clock),
            entropy: Arc::clone(&runtime.entropy),
            public_url,
            policy,
            site: Arc::new(Site {
                demonstration: settings.demonstration,
                mailbox_url: settings.mailbox_url,
                legal: settings.legal,
            }),
        })
    }

    /// Where the identity service sends the browser back to.
    pub(crate) fn callback_url(&self) -> Url {
        let mut url = self.public_url.clone();
        url.set_path("/login/callback");
        url
    }

    /// A random text (192 bits).
    pub(crate) fn unguessable(&self) -> String {
        let bytes: [u8; 24] = self.entropy.bytes();
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }
}
