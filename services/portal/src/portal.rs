//! What every request can reach.

use std::{net::SocketAddr, sync::Arc};

use ambient::{Clock, Entropy};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use client::{ClientError, Http, IdentityApi, Registration, SlotApi, Timeouts};
use service::Runtime;
use url::Url;

use crate::{
    access_tokens::AccessTokens,
    directory::{Directory, Office},
    session::{InvalidKey, SealingKey, SessionCookie},
    settings::{AuthoritySettings, LegalLinks, Settings},
};

/// The running portal.
pub(crate) struct Portal {
    pub(crate) directory: Directory,
    pub(crate) identity: Arc<IdentityApi>,
    pub(crate) tokens: AccessTokens,
    pub(crate) cookie: SessionCookie,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// How browsers reach the portal.
    pub(crate) public_url: Url,
    /// How browsers reach the identity service.
    pub(crate) identity_url: Url,
    pub(crate) site: Arc<Site>,
}

/// What the frame of each page shows about the site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    pub(crate) demonstration: bool,
    pub(crate) mailbox_url: Option<Url>,
    pub(crate) legal: LegalLinks,
}

/// The settings are unusable. Meant for the operator.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The key of the session cookie is unusable.
    #[error(transparent)]
    Key(#[from] InvalidKey),
    /// No HTTP client can be made.
    #[error("no HTTP client: {0}")]
    Client(#[from] ClientError),
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
    ) -> Result<Self, SetupError> {
        let (clock, entropy) = (Arc::clone(&runtime.clock), Arc::clone(&runtime.entropy));
        let public_url = settings.http.public_url(address);
        let key = SealingKey::from_base64(settings.session_key.expose())?;
        let secure = public_url.scheme() == "https";
        let http = Http::new(Timeouts::default())?;
        let office = |one: AuthoritySettings| {
            Office::new(one.id, one.name, SlotApi::new(http.clone(), one.base_url))
        };
        let directory = Directory::new(settings.authorities.into_iter().map(office).collect());
        let mut redirect_uri = public_url.clone();
        redirect_uri.set_path("/login/callback");
        let registration = Registration {
            client_id: settings.identity.client_id,
            client_secret: settings.identity.client_secret.expose().to_owned(),
            redirect_uri,
        };
        let identity_url = settings.identity.issuer;
        let identity = Arc::new(IdentityApi::new(
            http,
            identity_url.clone(),
            registration,
            Arc::clone(&clock),
            Arc::clone(&entropy),
        ));
        Ok(Self {
            directory,
            tokens: AccessTokens::new(Arc::clone(&identity), Arc::clone(&clock)),
            identity,
            cookie: SessionCookie::new(secure, key, Arc::clone(&entropy)),
            clock,
            entropy,
            public_url,
            identity_url,
            site: Arc::new(Site {
                demonstration: settings.demonstration,
                mailbox_url: settings.mailbox_url,
                legal: settings.legal,
            }),
        })
    }

    /// A random text (192 bits).
    pub(crate) fn unguessable(&self) -> String {
        let bytes: [u8; 24] = self.entropy.bytes();
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }
}
