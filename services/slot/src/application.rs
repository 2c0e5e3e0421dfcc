//! The whole service, from settings to an open port.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use ::store::{Database, StoreError};
use actix_web::{App, HttpServer, dev::Server, web};
use ambient::{Clock, Entropy};
use arc_swap::ArcSwap;
use auth::{Quotas, Revocations, Verifier};
use cluster::{Cluster, Leadership};
use ids::AuthorityId;
use messaging::{Bus, InProcessBus, RabbitMq, Relay, Wake};
use telemetry::{Readiness, RequestLog, Shutdown};
use tokio::{
    sync::{mpsc::UnboundedReceiver, oneshot},
    task::JoinSet,
};

use crate::{
    app::{
        Asks, CatalogueFile, CatalogueState, Change, ConfirmQueue, ConfirmWorker, Engine,
        FirstCatalogue, NoCatalogue, Repairs, apply_catalogue, first_catalogue,
    },
    availability::Availability,
    holds::{HoldTokens, Holds, HoldsError},
    http,
    jobs::{self, election::Candidate},
    person_data::{KeyTooShort, PersonData},
    settings::{BusSettings, ClusterSettings, SHORTEST_KEY, Settings},
    statistics::Kept,
    store::migrations::Migrator,
};

/// How long an idle connection stays open. Longer than clients keep theirs, so that nobody sends a
/// request into a connection that is just being closed.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long the API server may take to hear that we lead no more.
const GIVE_BACK: Duration = Duration::from_secs(2);

const REVOCATIONS_DEAF: &str =
    "1 while the broker is lost: ended log-ins are then read from identity's list each second";
const LEADER_TERM: &str = "The term in which this process leads the jobs; 0 if another does";

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
}

/// The service cannot start. Meant for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There is no catalogue to start with.
    #[error(transparent)]
    Catalogue(#[from] NoCatalogue),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The settings of the holds have a mistake.
    #[error("holds: {0}")]
    Holds(#[from] HoldsError),
    /// `person_data.key` is too short.
    #[error("person_data.key: {0}")]
    PersonDataKey(#[from] KeyTooShort),
    /// `hold_token.key` is too short.
    #[error("hold_token.key: the key must have at least {SHORTEST_KEY} characters")]
    HoldTokenKey,
    /// There are no credentials for Kubernetes.
    #[error("cluster: {0}")]
    Cluster(#[from] cluster::ClusterError),
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

/// One authority's slot service, ready to run.
#[derive(Debug)]
pub struct Application {
    engine: Arc<Engine>,
    listener: TcpListener,
    address: SocketAddr,
    workers: Option<usize>,
    quotas: web::Data<Quotas>,
    runtime: Runtime,
    readiness: Readiness,
    confirm_workers: Vec<ConfirmWorker>,
    repairs: UnboundedReceiver<(ids::LocationId, jiff::civil::Date)>,
    bus: Arc<dyn Bus>,
    relay: Option<Relay>,
    catalogue_file: Option<CatalogueFile>,
    cluster: Option<(Cluster, ClusterSettings)>,
}

impl Application {
    /// Reads the catalogue, opens the database, brings it up to date, and opens the port.
    /// Redis, the broker and the identity service may be away.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        if settings.hold_token.key.expose().len() < SHORTEST_KEY {
            return Err(BuildError::HoldTokenKey);
        }
        let person_data = PersonData::new(&settings.person_data.key)?;
        let (listener, address) = listen(settings.http.listen)?;
        let database = open(&settings).await?;

        let Runtime { clock, entropy, .. } = &runtime;
        let readiness = Readiness::default();
        let catalogue_state = CatalogueState::new(readiness.metrics());
        let FirstCatalogue { catalogue, change, file: mut catalogue_file } =
            first_catalogue(&settings.catalogue, &database, clock.now(), &catalogue_state).await?;
        let authority = catalogue.authority.id.clone();
        let cluster = match settings.cluster {
            Some(settings) => {
                Some((Cluster::connect("fairtermin-slot", Arc::clone(clock)).await?, settings))
            }
            None => None,
        };
        let holds =
            Holds::open(&settings.holds, &authority, Arc::clone(clock), Arc::clone(entropy))?;
        let catalogue = Arc::new(ArcSwap::from_pointee(catalogue));
        let availability =
            Availability::new(Arc::clone(&catalogue), holds.clone(), Arc::clone(clock));
        let verifier = Verifier::new(
            settings.identity.issuer,
            vocabulary::urn_of(&authority),
            settings.identity.jwks_url,
            Arc::clone(clock),
        );
        let wake = Wake::default();
        let bus = bus(&settings.bus, &authority, &runtime);
        let relay = Relay::new(database.clone(), Arc::clone(&bus), wake.clone());
        let relay = settings.bus.relay.then_some(relay);
        let (confirms, confirm_worker) = ConfirmQueue::new(database.clone(), wake.clone());
        let confirm_workers = vec![confirm_worker; confirm_workers(&database)];
        let (repair_list, repairs) = Repairs::new();

        let engine = Engine {
            catalogue,
            catalogue_state,
            hold_tokens: HoldTokens::new(&settings.hold_token.key, Arc::clone(clock)),
            database,
            holds,
            availability,
            statistics: Kept::default(),
            verifier,
            person_data,
            confirms,
            returning: settings.returning,
            asks: Asks::default(),
            repairs: repair_list,
            wake,
            manage_url: settings.manage_url,
            clock: Arc::clone(clock),
            entropy: Arc::clone(entropy),
            berlin: ambient::berlin(),
        };
        if let Some(Change { name, text }) = change
            && apply_catalogue(&engine, &name, &text).await.is_err()
            && let Some(file) = &mut catalogue_file
        {
            file.accepted = false;
        }
        Ok(Self {
            engine: Arc::new(engine),
            listener,
            address,
            workers: settings.http.workers,
            quotas: web::Data::new(Quotas::new(settings.limits, &runtime.clock)),
            runtime,
            readiness,
            confirm_workers,
            repairs,
            bus,
            relay,
            catalogue_file,
            cluster,
        })
    }

    /// Brings the database up to date and does nothing else.
    ///
    /// # Errors
    /// The database cannot be reached or a migration fails.
    pub async fn migrate(settings: &Settings) -> Result<(), StoreError> {
        open(settings).await.map(drop)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the shutdown is triggered, then finishes what is in progress.
    ///
    /// # Errors
    /// The HTTP server fails.
    pub async fn run(self) -> Result<(), RunError> {
        let shutdown = self.runtime.shutdown.clone();
        let engine = &self.engine;
        let (candidate, leadership) = self.candidate();
        // Jobs end before the reign is given back.
        let (ended, end) = oneshot::channel::<()>();
        let election = tokio::spawn(candidate.run(async {
            let _ = end.await;
        }));
        let mut jobs = JoinSet::new();
        self.spawn_jobs_of_the_leader(&mut jobs, leadership);
        for worker in self.confirm_workers {
            jobs.spawn(worker.run());
        }
        let holds = self.readiness.part("holds");
        jobs.spawn(jobs::rebuild_holds::run(Arc::clone(engine), holds));
        jobs.spawn(jobs::repair_holds::reported(Arc::clone(engine), self.repairs));
        jobs.spawn(jobs::share_refusals::run(Arc::clone(engine)));
        jobs.spawn(jobs::watch_health::run(
            Arc::clone(engine),
            self.readiness.part("database"),
            self.readiness.part("identity"),
        ));
        let for_keys = engine.verifier.clone();
        jobs.spawn(async move { for_keys.keep_keys_fresh().await });
        let deaf = self.readiness.metrics().gauge("revocations_deaf", REVOCATIONS_DEAF);
        let revocations = Revocations::of([engine.verifier.clone()], Arc::clone(&self.bus));
        jobs.spawn(revocations.follow(move |is_deaf| {
            deaf.set(is_deaf.into());
        }));
        let for_availability = Arc::clone(engine);
        let until = shutdown.clone();
        jobs.spawn(async move { for_availability.availability.follow(until).await });
        jobs.spawn(crate::bus::run(Arc::clone(engine), self.bus));
        if let Some(relay) = self.relay {
            jobs.spawn(relay.run());
        }
        jobs.spawn(jobs::watch_catalogue::follow(Arc::clone(engine)));
        watch_catalogue(&mut jobs, engine, self.cluster, self.catalogue_file);

        let readiness = self.readiness.clone();
        let serving = (self.listener, self.workers);
        let server = server(engine, serving, self.readiness, self.quotas, &self.runtime);
        let served = match server {
            Ok(server) => {
                let handle = server.handle();
                let stop = async move {
                    shutdown.triggered().await;
                    telemetry::drain(&readiness).await;
                    handle.stop(true).await;
                };
                tokio::join!(server, stop).0
            }
            Err(error) => Err(error),
        };
        jobs.shutdown().await;
        drop(ended);
        if tokio::time::timeout(GIVE_BACK, election).await.is_err() {
            tracing::info!("the election did not end in time; its reign expires by itself");
        }
        served.map_err(RunError::Http)
    }

    /// This process as a candidate, and what its jobs ask.
    fn candidate(&self) -> (Candidate, Leadership) {
        let lease = self.cluster.as_ref().and_then(|(cluster, settings)| {
            settings.lease.as_deref().map(|lease| (cluster, lease))
        });
        Candidate::new(&self.engine, lease)
    }

    fn spawn_jobs_of_the_leader(&self, jobs: &mut JoinSet<()>, leadership: Leadership) {
        let number = self.readiness.metrics().gauge("leader_term", LEADER_TERM);
        jobs.spawn(jobs::election::show(leadership.clone(), number));
        let engine = || Arc::clone(&self.engine);
        jobs.spawn(jobs::forget::run(engine(), leadership.clone()));
        jobs.spawn(jobs::repair_holds::sweep(engine(), leadership.clone()));
        jobs.spawn(jobs::return_seats::run(engine(), leadership.clone()));
        jobs.spawn(jobs::close_past_bookings::run(engine(), leadership));
    }
}

fn server(
    engine: &Arc<Engine>,
    (listener, workers): (TcpListener, Option<usize>),
    readiness: Readiness,
    quotas: web::Data<Quotas>,
    runtime: &Runtime,
) -> std::io::Result<Server> {
    let verifier = web::Data::new(engine.verifier.clone());
    let engine = web::Data::from(Arc::clone(engine));
    let log = RequestLog::new(Arc::clone(&runtime.clock), &*runtime.entropy);
    let mut server = HttpServer::new(move || {
        App::new()
            .wrap(log.clone())
            .app_data(engine.clone())
            .app_data(verifier.clone())
            .app_data(quotas.clone())
            .configure(|config| telemetry::health_routes(config, readiness.clone()))
            .configure(http::routes)
    })
    .disable_signals()
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(10);
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    Ok(server.listen(listener)?.run())
}

fn watch_catalogue(
    jobs: &mut JoinSet<()>,
    engine: &Arc<Engine>,
    cluster: Option<(Cluster, ClusterSettings)>,
    file: Option<CatalogueFile>,
) {
    let engine = Arc::clone(engine);
    match (cluster, file) {
        (Some((cluster, settings)), file) => {
            jobs.spawn(jobs::watch_catalogue::in_cluster(engine, cluster, settings, file));
        }
        (None, Some(file)) => {
            jobs.spawn(jobs::watch_catalogue::in_file(engine, file));
        }
        (None, None) => {}
    }
}

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), BuildError> {
    let failed = |cause| BuildError::Listen { address, cause };
    let listener = TcpListener::bind(address).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

fn bus(settings: &BusSettings, authority: &AuthorityId, runtime: &Runtime) -> Arc<dyn Bus> {
    match &settings.url {
        Some(url) => {
            let name = format!("slot {authority}");
            Arc::new(RabbitMq::in_namespace(url.expose(), &name, &settings.namespace))
        }
        None => Arc::new(runtime.in_process_bus.clone().unwrap_or_default()),
    }
}

/// SQLite has one writer; two transactions on PostgreSQL keep both cores of a small machine busy
/// while the other waits for its commit.
fn confirm_workers(database: &Database) -> usize {
    match database.backend() {
        ::store::Backend::Sqlite => 1,
        ::store::Backend::Postgres => 2,
    }
}

async fn open(settings: &Settings) -> Result<Database, StoreError> {
    let database = Database::connect(settings.database.url.expose()).await?;
    database.migrate::<Migrator>().await?;
    Ok(database)
}
