//! Relying party: logging people in at OpenID providers.
//!
//! A [`Provider`] is made from configuration alone. It finds everything else in the discovery
//! document, keeps it for an hour, and works when the provider comes back: identity starts
//! without any of them.

mod claims;
mod discovery;
mod http_client;
mod login;
mod logout;
mod profile;
mod push;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use ambient::{Clock, Entropy};
use auth::{BoundedHttp, HttpError, KeyError, SigningKey};
pub(crate) use claims::{Account, Email, Holder};
use discovery::Discovery;
pub(crate) use login::{Callback, LoginError, LoginRequirements};
pub(crate) use logout::LogoutError;
use profile::ReadProfile;
use settings::Secret;
use texts::Language;
use url::Url;
use vocabulary::TrustLevel;

use crate::settings::{ProviderId, ProviderSettings};

/// A text of the operator's, and the language that it is in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LocalizedText<'a> {
    pub(crate) text: &'a str,
    pub(crate) language: Language,
}

const MAX_BYTES: usize = 256 * 1024;

/// One place to log in.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) settings: ProviderSettings,
    profile: ReadProfile,
    authentication: Authentication,
    /// Where the provider sends the browser back to.
    redirect_uri: Url,
    http: BoundedHttp,
    discovery: Discovery,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

#[derive(Debug)]
enum Authentication {
    Secret(Secret),
    Key(Box<SigningKey>),
}

/// A provider cannot be set up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SetupError {
    #[error("give exactly one of client_secret and private_key")]
    Authentication,
    #[error("private_key: {0}")]
    Key(#[from] KeyError),
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("public_url: {0}")]
    Url(#[from] url::ParseError),
}

impl Provider {
    /// A provider as configured; `base` is our own address. Nothing is fetched yet.
    pub(crate) fn new(
        settings: ProviderSettings,
        base: &Url,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, SetupError> {
        let authentication = match (&settings.client_secret, &settings.private_key) {
            (Some(secret), None) => Authentication::Secret(secret.clone()),
            (None, Some(key)) => Authentication::Key(Box::new(SigningKey::parse(key.expose())?)),
            _ => return Err(SetupError::Authentication),
        };
        Ok(Self {
            profile: ReadProfile::of(&settings),
            authentication,
            redirect_uri: base.join(&format!("callback/{}", settings.id))?,
            http: BoundedHttp::new(
                Duration::from_secs(settings.timeout_seconds.into()),
                MAX_BYTES,
            )?,
            discovery: Discovery::new(Arc::clone(&clock)),
            settings,
            clock,
            entropy,
        })
    }

    pub(crate) fn id(&self) -> &ProviderId {
        &self.settings.id
    }

    /// Whether staff log in here, and not citizens.
    pub(crate) fn is_for_staff(&self) -> bool {
        self.settings.staff.is_some()
    }

    /// Whether some of its ways to log in are less sure than `level`, so that not each of them will do.
    pub(crate) fn has_ways_below(&self, level: TrustLevel) -> bool {
        self.profile.levels.values().any(|yielded| *yielded < level)
    }

    /// The provider's name in `language`, else in German, else its id.
    pub(crate) fn name(&self, language: Language) -> LocalizedText<'_> {
        let id = LocalizedText { text: self.id().as_str(), language };
        said(&self.settings.name, language).unwrap_or(id)
    }

    /// The sentence below the name.
    pub(crate) fn hint(&self, language: Language) -> Option<LocalizedText<'_>> {
        said(&self.settings.hint, language)
    }
}

/// What the operator wrote, in the language asked for or else in German.
fn said(texts: &BTreeMap<String, String>, language: Language) -> Option<LocalizedText<'_>> {
    [language, Language::German]
        .into_iter()
        .find_map(|language| Some(LocalizedText { text: texts.get(language.tag())?, language }))
}
