//! What runs in this service: routes, the consumer of events, and jobs.

use std::{net::SocketAddr, sync::Arc};

use auth::Revocations;
use messaging::Wake;
use reference::Reference;
use service::{Host, HttpSettings, Jobs, RunError, Runtime};
use store::{Database, StoreError};

use crate::{
    agencies::Agencies,
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
    pages: Arc<Reference>,
}

impl Application {
    /// Opens the port, opens the database and brings it up to date. The broker and the mail server
    /// may be away.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        let host = Host::open(&HttpSettings::from(&settings.http), runtime)?;
        let pages = http::reference_at(&settings.http.public_url(host.address()));
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
        let deliverer = agencies.map(|agencies| agencies.deliverer);
        let (send, deliver) = (Wake::default(), deliverer.as_ref().map(|it| it.wake().clone()));

        let mut jobs = Jobs::default();
        let consumer =
            bus::consumer(&database, Arc::clone(&bus), &dependencies, send.clone(), deliver);
        jobs.spawn(consumer.run());
        jobs.spawn(jobs::send::run(sender, send));
        jobs.spawn(jobs::delete_expired::run(database, Arc::clone(&dependencies.clock)));
        jobs.spawn(jobs::watch_bus::run(bus, host.readiness().part("bus")));
        jobs.spawn(jobs::deliver_webhooks::run(deliverer));
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
