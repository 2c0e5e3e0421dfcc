//! What runs in this service: routes, consumers and jobs.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, time::Duration};

use ::store::{Database, StoreError};
use actix_web::web;
use auth::Revocations;
use ids::LocationId;
use jiff::civil::Date;
use reference::Served;
use service::{Host, HttpSettings, Jobs, RunError, Runtime};
use tlog::VerifierKey;

use crate::{
    app::export_bookings::{ExportedBooking, export_bookings},
    http,
    jobs::{self, election::Candidate, turns::Turns},
    parts::{BuildError, Parts},
    settings::Settings,
    store::{StoreResult, migrations::Migrator},
};

/// Between the looks of two jobs.
const APART: Duration = Duration::from_millis(100);

const LEADER_TERM: &str = "The term in which this process leads the jobs; 0 if another does";

/// One authority's slot service, ready to run.
#[derive(Debug)]
pub struct Application {
    host: Host,
    parts: Parts,
    /// What it says about its API.
    pages: Arc<Served>,
}

impl Application {
    /// Opens the port, opens the database, brings it up to date, and reads the catalogue. Redis,
    /// the broker and the identity service may be away.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        let host = Host::open(&HttpSettings::from(&settings.http), runtime)?;
        let clock = Arc::clone(&host.runtime().clock);
        let pages = http::reference_at(&settings.http.public_url(host.address()), clock);
        let parts = Parts::build(settings, &host).await?;
        Ok(Self { host, parts, pages })
    }

    /// Brings the database up to date and does nothing else.
    ///
    /// # Errors
    /// The database cannot be reached or a migration fails.
    pub async fn migrate(settings: &Settings) -> Result<(), StoreError> {
        Database::open::<Migrator>(settings.database.url.expose()).await.map(drop)
    }

    /// The migrations that its database lacks. Applies none.
    ///
    /// # Errors
    /// The database cannot be read, or knows migrations that this program does not.
    pub async fn pending_migrations(database: &Database) -> Result<Vec<String>, StoreError> {
        database.pending_migrations::<Migrator>().await
    }

    /// All bookings and seats kept for winners from the local day `from` on, by location, without the
    /// people. Reads only, and leaves the database's schema as it is.
    ///
    /// # Errors
    /// The database cannot be reached or read.
    pub async fn export_bookings(
        settings: &Settings,
        from: Date,
    ) -> StoreResult<BTreeMap<LocationId, Vec<ExportedBooking>>> {
        let database = Database::connect(settings.database.url.expose()).await?;
        export_bookings(&database, from).await
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.host.address()
    }

    /// The key by which others check its public log.
    #[must_use]
    pub fn log_key(&self) -> &VerifierKey {
        self.parts.engine.log.verifier()
    }

    /// Where Prometheus reads its numbers, if the settings say so.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.host.metrics_address()
    }

    /// Serves until the shutdown is triggered, then finishes what is in progress.
    ///
    /// # Errors
    /// The HTTP server fails, or a job panics.
    pub async fn run(self) -> Result<(), RunError> {
        let Self { host, parts, pages } = self;
        let engine = web::Data::from(Arc::clone(&parts.engine));
        let verifier = web::Data::new(engine.verifier.clone());
        let (quotas, dpop) = (parts.quotas.clone(), parts.dpop.clone());
        let jobs = jobs(&host, parts);
        host.run(jobs, move |config| {
            config.app_data(engine.clone()).app_data(verifier.clone()).app_data(quotas.clone());
            config.app_data(dpop.clone());
            http::routes(config, &pages);
        })
        .await
    }
}

/// Begins a job that looks at the database every second, as the one with this number: at once they
/// would open a connection each.
async fn later(number: u32, job: impl Future<Output = ()>) {
    tokio::time::sleep(APART * number).await;
    job.await;
}

/// What runs beside the routes. The jobs of the leader end before it gives its term back.
fn jobs(host: &Host, parts: Parts) -> Jobs {
    let (mut jobs, readiness) = (Jobs::default(), host.readiness());
    let engine = || Arc::clone(&parts.engine);
    let turns = Turns::default();
    let turns = || turns.clone();

    let (candidate, leadership) = Candidate::new(&parts.engine, parts.lease());
    jobs.spawn_last("election", async |end| candidate.run(end.triggered()).await);
    let term = readiness.metrics().gauge("leader_term", LEADER_TERM);
    jobs.spawn(jobs::election::show(leadership.clone(), term));
    jobs.spawn(later(1, jobs::delete_expired::run(engine(), leadership.clone(), turns())));
    jobs.spawn(jobs::repair_holds::sweep(engine(), leadership.clone(), turns()));
    jobs.spawn(later(2, jobs::return_seats::run(engine(), leadership.clone(), turns())));
    let draws = jobs::run_draws::Numbers::of(readiness.metrics());
    jobs.spawn(later(3, jobs::run_draws::run(engine(), leadership.clone(), turns(), draws)));
    let log = jobs::publish_log::Numbers::of(readiness.metrics());
    jobs.spawn(later(4, jobs::publish_log::sign(engine(), leadership.clone(), turns(), log)));
    for witness in parts.engine.log.witnesses() {
        jobs.spawn(jobs::publish_log::ask(engine(), leadership.clone(), witness.clone()));
    }
    let lists = jobs::run_waiting_lists::Numbers::of(readiness.metrics());
    jobs.spawn(later(
        5,
        jobs::run_waiting_lists::run(engine(), leadership.clone(), turns(), lists),
    ));
    jobs.spawn(jobs::count_days::run(engine(), leadership.clone()));
    jobs.spawn(jobs::close_past_bookings::run(engine(), leadership));

    for worker in parts.confirm_workers {
        jobs.spawn(worker.run());
    }
    for worker in parts.entry_workers {
        jobs.spawn(worker.run());
    }
    jobs.spawn(jobs::rebuild_holds::run(engine(), readiness.part("holds")));
    jobs.spawn(jobs::repair_holds::reported(engine(), parts.repairs));
    jobs.spawn(jobs::share_refusals::run(engine()));
    // What is public needs no log-in.
    let (database, identity) = (readiness.part("database"), readiness.optional_part("identity"));
    jobs.spawn(jobs::watch_health::run(engine(), turns(), database, identity));
    let verifier = parts.engine.verifier.clone();
    let revocations = Revocations::of([verifier.clone()], Arc::clone(&parts.bus));
    jobs.spawn(async move { verifier.keep_keys_fresh().await });
    let (name, help) = Revocations::GAUGE;
    let deaf = readiness.metrics().gauge(name, help);
    jobs.spawn(revocations.follow(move |is_deaf| {
        deaf.set(is_deaf.into());
    }));
    let (follower, shutdown) = (engine(), host.runtime().shutdown.clone());
    jobs.spawn(async move { follower.availability.follow(shutdown).await });
    jobs.spawn(crate::bus::run(engine(), parts.bus));
    if let Some(relay) = parts.relay {
        jobs.spawn(relay.run());
    }
    jobs.spawn(later(6, jobs::watch_catalogue::follow(engine())));
    match (parts.cluster, parts.catalogue_file) {
        (Some((cluster, settings)), file) => {
            jobs.spawn(jobs::watch_catalogue::in_cluster(engine(), cluster, settings, file));
        }
        (None, Some(file)) => jobs.spawn(jobs::watch_catalogue::in_file(engine(), file)),
        (None, None) => {}
    }
    jobs
}
