//! What runs in this service: routes and jobs.

use std::{net::SocketAddr, sync::Arc};

use ::store::{Database, StoreError};
use actix_web::web;
use messaging::Relay;
use reference::Served;
use service::{Host, HttpSettings, Jobs, Mode, RunError, Runtime};

use crate::{
    app::Context,
    http, jobs,
    parts::{self, BuildError},
    settings::Settings,
    store::migrations::Migrator,
    text,
};

/// The identity service, ready to run.
#[derive(Debug)]
pub struct Application {
    host: Host,
    context: Arc<Context>,
    /// Absent if another process publishes.
    relay: Option<Relay>,
    /// What it says about its API.
    pages: Arc<Served>,
}

impl Application {
    /// Opens the port, opens the database and brings it up to date. Providers and the broker may
    /// be away.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        settings.check()?;
        if runtime.mode == Mode::Production {
            settings.check_production()?;
        }
        text::replace(&settings.texts, &settings.languages)?;
        let host = Host::open(&HttpSettings::from(&settings.http), runtime)?;
        let (bus, publishes) = (host.runtime().bus(&settings.bus, "identity"), settings.bus.relay);
        let retention = settings.bus.keep_published_days;
        let context = parts::context(settings, &host).await?;
        let pages = http::reference_at(&context.issuer, Arc::clone(&context.clock));
        let relay = Relay::new(context.database.clone(), bus, context.wake.clone())
            .keeping(retention, Arc::clone(&context.clock));
        let relay = publishes.then_some(relay);
        Ok(Self { host, context: Arc::new(context), relay, pages })
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

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.host.address()
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
    /// The HTTP server fails, or a job panics.
    pub async fn run(self) -> Result<(), RunError> {
        let Self { host, context, relay, pages } = self;
        let mut jobs = Jobs::default();
        if let Some(relay) = relay {
            jobs.spawn(relay.run());
        }
        jobs.spawn(jobs::delete_expired::run(Arc::clone(&context)));
        let database = host.readiness().part("database");
        jobs.spawn(jobs::watch_health::run(Arc::clone(&context), database));
        let context = web::Data::from(context);
        host.run(jobs, move |config| {
            http::configure(config.app_data(context.clone()), &pages);
        })
        .await
    }
}
