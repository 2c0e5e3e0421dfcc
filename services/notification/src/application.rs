//! What runs in this service: routes, the consumer of events, and jobs.

use std::{net::SocketAddr, sync::Arc};

use auth::Revocations;
use jiff::Timestamp;
use messaging::Wake;
use reference::Served;
use service::{Host, HttpSettings, Jobs, RunError, Runtime};
use store::{Database, StoreError};

use crate::{
    agencies::{Agencies, AgencyJobs},
    backlog::Backlog,
    bus,
    http::{self, Routes},
    jobs,
    parts::{BuildError, Parts},
    settings::Settings,
    store::Migrations,
};

/// The notification service, ready to run.
#[derive(Debug)]
pub struct Application {
    host: Host,
    parts: Parts,
    /// What it says about its API.
    pages: Arc<Served>,
}

impl Application {
    /// Opens the port, opens the database and brings it up to date. The broker and the mail server
    /// may be away.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        let host = Host::open(&HttpSettings::from(&settings.http), runtime)?;
        let clock = Arc::clone(&host.runtime().clock);
        let pages = http::reference_at(&settings.http.public_url(host.address()), clock);
        let parts = Parts::build(&settings, &host).await?;
        Ok(Self { host, parts, pages })
    }

    /// Brings the database up to date and does nothing else.
    ///
    /// # Errors
    /// The database cannot be reached or a migration fails.
    pub async fn migrate(settings: &Settings) -> Result<(), StoreError> {
        Database::open::<Migrations>(settings.database.url.expose()).await.map(drop)
    }

    /// The migrations that its database lacks. Applies none.
    ///
    /// # Errors
    /// The database cannot be read, or knows migrations that this program does not.
    pub async fn pending_migrations(database: &Database) -> Result<Vec<String>, StoreError> {
        database.pending_migrations::<Migrations>().await
    }

    /// What waits longer than it should.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn backlog(database: &Database, now: Timestamp) -> Result<Backlog, StoreError> {
        Backlog::read(database, now).await
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.host.address()
    }

    /// Answers, consumes and sends until the shutdown is triggered.
    ///
    /// # Errors
    /// The HTTP server fails, or a job panics.
    pub async fn run(self) -> Result<(), RunError> {
        let Self { host, parts, pages } = self;
        let Parts { database, bus, dependencies, sender, mailbox, agencies } = parts;
        host.readiness().part("database").ready();
        let routes = Routes { mailbox, agencies: agencies.as_ref().map(Agencies::routes), pages };
        let revocations = agencies.as_ref().map(|it| it.revocations(Arc::clone(&bus)));
        let poll = jobs::poll(host.runtime().mode);
        let (send, stored) = (Wake::default(), Wake::default());
        let agencies = agencies.map(|agencies| agencies.jobs);
        let wakes = agencies.as_ref().map(|jobs| jobs.wakes.clone());
        let recorded = wakes.as_ref().map(|wakes| wakes.recorded.clone());

        let mut jobs = Jobs::default();
        let consumer =
            bus::consumer(&database, Arc::clone(&bus), &dependencies, send.clone(), recorded)
                .waking(stored.clone());
        jobs.spawn(consumer.run());
        // What another process stores may be sent from here.
        let woken = wakes.into_iter().flat_map(|wakes| [wakes.recorded, wakes.changed]);
        let woken = woken.chain([send.clone()]).collect();
        let entropy = Arc::clone(&dependencies.entropy);
        jobs.spawn(jobs::share_wakes::run(database.clone(), entropy, stored.clone(), woken));
        jobs.spawn(jobs::send::run(sender, send, poll));
        if let Some(AgencyJobs { planner, dispatcher, notifier, .. }) = agencies {
            jobs.spawn(jobs::plan_webhooks::run(planner, stored, poll));
            jobs.spawn(dispatcher.run());
            jobs.spawn(jobs::notify_agencies::run(notifier, poll));
        }
        jobs.spawn(jobs::delete_expired::run(database, Arc::clone(&dependencies.clock)));
        jobs.spawn(jobs::watch_bus::run(bus, host.readiness().part("bus")));
        if let Some(revocations) = revocations {
            let (name, help) = Revocations::GAUGE;
            let deaf = host.readiness().metrics().gauge(name, help);
            jobs.spawn(revocations.follow(move |is_deaf| {
                deaf.set(is_deaf.into());
            }));
        }
        host.run(jobs, move |config| routes.clone().add_to(config)).await
    }
}
