//! The whole service, from settings to an open port.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use ::store::{Database, StoreError};
use actix_web::{App, HttpServer, dev::Server, web};
use ambient::{Clock, Entropy};
use auth::{KeyError, SigningKey};
use ids::ClientId;
use messaging::{Bus, InProcessBus, RabbitMq, Relay, SealError, Wake};
use telemetry::{Readiness, RequestLog, Shutdown};
use tokio::task::JoinSet;
use url::Url;

use crate::{
    app::{Context, Registry, SigningKeys},
    http, jobs,
    provider::Provider,
    secrets::Secrets,
    settings::{BusSettings, Settings, SettingsMistake},
    store::{clients::Withdrawal, migrations::Migrator},
};

/// Longer than clients keep idle connections, so that none is closed under a request.
pub(crate) const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// Where the program runs. Anything but production may use simulated citizens and keys that are
/// made at start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// With real people.
    Production,
    /// `fairtermin demo`, and tests.
    Demo,
}

/// What a process gives to the services that run in it.
#[derive(Debug, Clone)]
pub struct Runtime {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What nobody can guess.
    pub entropy: Arc<dyn Entropy>,
    /// Ends the service.
    pub shutdown: Shutdown,
    /// The bus to use if the settings name no broker.
    pub in_process_bus: Option<InProcessBus>,
    /// Where the program runs.
    pub mode: Mode,
}

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
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The port cannot be opened.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the operating system says.
        #[source]
        cause: std::io::Error,
    },
}

/// The service ended because something failed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The HTTP server failed.
    #[error("the HTTP server failed: {0}")]
    Http(#[source] std::io::Error),
}

/// The identity service, ready to run.
#[derive(Debug)]
pub struct Application {
    context: Arc<Context>,
    listener: TcpListener,
    address: SocketAddr,
    workers: Option<usize>,
    runtime: Runtime,
    relay: Relay,
}

impl Application {
    /// Opens the database, brings it up to date, and opens the port. Providers and the broker
    /// may be away.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        settings.check()?;
        if runtime.mode == Mode::Production {
            settings.check_production()?;
        }
        let secrets = Secrets::derive(&settings.keys)?;
        let keys = signing_keys(&settings, &runtime)?;
        let (listener, address) = listen(settings.http.listen)?;
        let base = base_url(&settings, address);
        let providers = settings
            .providers
            .iter()
            .map(|provider| set_up(provider, &base, &runtime))
            .collect::<Result<_, _>>()?;
        let database = open(&settings).await?;
        let clients = settings.clients.iter().map(|client| client.id.clone()).collect();
        registry(&settings, &database, &runtime).compare(&clients).await?;

        let wake = Wake::default();
        let relay = Relay::new(database.clone(), bus(&settings.bus, &runtime), wake.clone());
        let context = Context {
            database,
            clock: Arc::clone(&runtime.clock),
            entropy: Arc::clone(&runtime.entropy),
            issuer: base.as_str().trim_end_matches('/').to_owned(),
            base,
            providers,
            clients: settings.clients,
            authorities: settings.authorities.into_iter().map(Into::into).collect(),
            secrets,
            keys,
            session: settings.session,
            desk: settings.desk,
            mode: runtime.mode,
            wake,
        };
        let workers = settings.http.workers;
        Ok(Self { context: Arc::new(context), listener, address, workers, runtime, relay })
    }

    /// Brings the database up to date and does nothing else.
    ///
    /// # Errors
    /// The database cannot be reached or a migration fails.
    pub async fn migrate(settings: &Settings) -> Result<(), StoreError> {
        open(settings).await.map(drop)
    }

    /// Withdraws a program: it gets no token any more, and those that it has are refused everywhere
    /// within seconds, by way of a running identity service. `false` if it was withdrawn before or is
    /// not known.
    ///
    /// # Errors
    /// The database cannot be used.
    pub async fn withdraw_client(
        settings: &Settings,
        client: &ClientId,
        runtime: &Runtime,
    ) -> Result<bool, StoreError> {
        let database = open(settings).await?;
        let why = Withdrawal::ByOperator;
        registry(settings, &database, runtime).withdraw(client, why).await
    }

    /// Lets a program in again that [`withdraw_client`](Self::withdraw_client) withdrew.
    ///
    /// # Errors
    /// The database cannot be used.
    pub async fn readmit_client(
        settings: &Settings,
        client: &ClientId,
        runtime: &Runtime,
    ) -> Result<(), StoreError> {
        let database = open(settings).await?;
        registry(settings, &database, runtime).readmit(client).await
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The issuer: the address that tokens name, without a slash at the end. Keys are at
    /// `<issuer>/jwks`.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.context.issuer
    }

    /// Serves until the shutdown is triggered, then finishes what is in progress.
    ///
    /// # Errors
    /// The HTTP server fails.
    pub async fn run(self) -> Result<(), RunError> {
        let readiness = Readiness::default();
        let mut jobs = JoinSet::new();
        jobs.spawn(self.relay.run());
        jobs.spawn(jobs::forget::run(Arc::clone(&self.context)));
        jobs.spawn(jobs::watch_health::run(Arc::clone(&self.context), readiness.part("database")));
        let shutdown = self.runtime.shutdown.clone();
        let ready = readiness.clone();
        let server = server(self.context, self.listener, self.workers, readiness, self.runtime);
        let stop = async move {
            shutdown.triggered().await;
            telemetry::drain(&ready).await;
        };
        let served = until(stop, server.map_err(RunError::Http)?).await;
        jobs.shutdown().await;
        served.map_err(RunError::Http)
    }
}

/// Runs a server until `end`, then lets it finish what is in progress.
pub(crate) async fn until(end: impl Future<Output = ()>, server: Server) -> std::io::Result<()> {
    let handle = server.handle();
    let stop = async move {
        end.await;
        handle.stop(true).await;
    };
    let (served, ()) = tokio::join!(server, stop);
    served
}

/// Made outside of the future, which must be able to move between threads.
fn server(
    context: Arc<Context>,
    listener: TcpListener,
    workers: Option<usize>,
    readiness: Readiness,
    runtime: Runtime,
) -> std::io::Result<Server> {
    let context = web::Data::from(context);
    let mut server = HttpServer::new(move || {
        let log = RequestLog::new(Arc::clone(&runtime.clock), &*runtime.entropy);
        App::new()
            .wrap(log)
            .app_data(context.clone())
            .configure(|config| telemetry::health_routes(config, readiness.clone()))
            .configure(http::configure)
    })
    .disable_signals()
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(10);
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    Ok(server.listen(listener)?.run())
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

fn set_up(
    settings: &crate::settings::ProviderSettings,
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
    let mut base = settings.http.public_url.clone().unwrap_or_else(|| {
        format!("http://{address}").parse().expect("an address and port make a URL")
    });
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    base
}

pub(crate) fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), BuildError> {
    let failed = |cause| BuildError::Listen { address, cause };
    let listener = TcpListener::bind(address).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

fn bus(settings: &BusSettings, runtime: &Runtime) -> Arc<dyn Bus> {
    match &settings.url {
        Some(url) => {
            Arc::new(RabbitMq::in_namespace(url.expose(), "identity", &settings.namespace))
        }
        None => Arc::new(runtime.in_process_bus.clone().unwrap_or_default()),
    }
}

fn registry<'a>(settings: &Settings, database: &'a Database, runtime: &'a Runtime) -> Registry<'a> {
    Registry {
        database,
        authorities: settings.authorities.iter().map(|authority| authority.id.clone()).collect(),
        clock: &*runtime.clock,
        entropy: &*runtime.entropy,
    }
}

async fn open(settings: &Settings) -> Result<Database, StoreError> {
    let database = Database::connect(settings.database.url.expose()).await?;
    database.migrate::<Migrator>().await?;
    Ok(database)
}
