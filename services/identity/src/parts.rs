//! From settings to the parts of the service.

use std::{net::SocketAddr, sync::Arc};

use ::store::{Database, StoreError};
use auth::{DatabaseJtiStore, DpopVerifier, KeyError, SigningKey};
use messaging::{SealError, Wake};
use service::{Host, ListenError, Mode, Runtime};
use texts::TextMistake;
use url::Url;

use crate::{
    app::{Context, Registry, SigningKeys, end_withdrawn_staff},
    provider::Provider,
    secrets::Secrets,
    settings::{ProviderSettings, Settings, SettingsMistake},
    store::migrations::Migrator,
};

/// The service cannot start. Meant for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The settings contradict themselves.
    #[error(transparent)]
    Settings(#[from] SettingsMistake),
    /// One of `keys.person`, `keys.data` and `keys.contact` is not a key.
    #[error("keys: {0}")]
    Keys(#[from] SealError),
    /// A signing key cannot be used.
    #[error("keys.signing: {0}")]
    SigningKey(#[from] KeyError),
    /// There is no signing key, or two have the same `kid`.
    #[error("keys.signing: give at least one key, each with a `kid` of its own")]
    SigningKeys,
    /// The address of this service is no name of a key.
    #[error("http.public_url: tickets cannot be signed in its name: {0}")]
    TicketKey(#[from] tlog::InvalidKey),
    /// A provider cannot be set up.
    #[error("providers.{id}: {reason}")]
    Provider {
        /// Which.
        id: String,
        /// What is wrong.
        reason: String,
    },
    /// Simulated citizens are for demo and tests only.
    #[error("the simulated identity provider runs in demo and tests only")]
    SimulatorInProduction,
    /// A sentence of the operator's cannot take the place of ours.
    #[error(transparent)]
    Text(#[from] TextMistake),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The port cannot be opened.
    #[error(transparent)]
    Listen(#[from] ListenError),
}

/// What routes and jobs work with.
pub(crate) async fn context(settings: Settings, host: &Host) -> Result<Context, BuildError> {
    let runtime = host.runtime();
    let secrets = Secrets::derive(&settings.keys)?;
    let keys = signing_keys(&settings, runtime)?;
    let base = base_url(&settings, host.address());
    let providers = settings
        .providers
        .iter()
        .map(|settings| provider(settings, &base, runtime))
        .collect::<Result<_, _>>()?;
    let database = Database::open::<Migrator>(settings.database.url.expose()).await?;
    let clients = settings.clients.iter().map(|client| client.id.clone()).collect();
    Registry::of(&settings, &database, runtime).compare(&clients).await?;
    let used = Arc::new(DatabaseJtiStore(database.clone()));
    let issuer = base.as_str().trim_end_matches('/').to_owned();
    let context = Context {
        dpop: DpopVerifier::new(base.clone(), used, Arc::clone(&runtime.clock)),
        database,
        clock: Arc::clone(&runtime.clock),
        entropy: Arc::clone(&runtime.entropy),
        tickets: secrets.ticket_key(&issuer)?,
        issuer,
        base,
        providers,
        clients: settings.clients,
        authorities: settings.authorities.into_iter().map(Into::into).collect(),
        secrets,
        keys,
        session: settings.session,
        desk: settings.desk,
        mode: runtime.mode,
        wake: Wake::default(),
    };
    end_withdrawn_staff(&context).await?;
    Ok(context)
}

fn signing_keys(settings: &Settings, runtime: &Runtime) -> Result<SigningKeys, BuildError> {
    let mut keys = Vec::new();
    for key in &settings.keys.signing {
        keys.extend(SigningKey::parse_all(key.expose())?);
    }
    if keys.is_empty() && runtime.mode == Mode::Demo {
        keys.push(SigningKey::generate(&*runtime.entropy)?);
    }
    SigningKeys::new(keys).ok_or(BuildError::SigningKeys)
}

fn provider(
    settings: &ProviderSettings,
    base: &Url,
    runtime: &Runtime,
) -> Result<Provider, BuildError> {
    let (clock, entropy) = (Arc::clone(&runtime.clock), Arc::clone(&runtime.entropy));
    Provider::new(settings.clone(), base, clock, entropy).map_err(|error| BuildError::Provider {
        id: settings.id.to_string(),
        reason: error.to_string(),
    })
}

/// Our own address, with a slash at the end so that paths can be joined to it.
fn base_url(settings: &Settings, address: SocketAddr) -> Url {
    let mut base = settings.http.public_url(address);
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    base
}
