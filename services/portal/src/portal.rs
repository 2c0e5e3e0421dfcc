//! What every request can reach.

use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use ambient::{Clock, Entropy};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use url::Url;

use crate::{
    directory::Directory, identity::Identity, session::SessionCookie, settings::LegalLinks,
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
