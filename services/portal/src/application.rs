//! What runs in the portal: pages, and the job that keeps what authorities offer fresh.

use std::{net::SocketAddr, sync::Arc};

use actix_web::web;
use reference::Served;
use service::{Host, HttpSettings, Jobs, ListenError, Mode, RunError, Runtime};
use texts::TextMistake;

use crate::{
    http, openapi,
    portal::{Portal, SetupError},
    settings::Settings,
    text,
};

/// Pages are rendered in microseconds; two threads serve a city.
const WORKERS: usize = 2;

/// The portal cannot start. Meant for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The port cannot be opened.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The settings are unusable.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// Log-ins and sessions would travel in the clear.
    #[error("{0}: plain http is for tests only; give the https address that browsers use")]
    InTheClear(&'static str),
    /// A page that the law asks for has no address.
    #[error("{0}: required of a public site; give the address of the page")]
    MissingStatement(&'static str),
    /// A sentence of the operator's cannot take the place of ours.
    #[error(transparent)]
    Text(#[from] TextMistake),
}

/// The portal, ready to run.
pub struct Application {
    host: Host,
    portal: web::Data<Portal>,
    /// What it says about itself.
    pages: Arc<Served>,
}

impl Application {
    /// Opens the port. Authorities and the identity service need not be there yet.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        if runtime.mode == Mode::Production
            && let Some(setting) = settings.in_the_clear()
        {
            return Err(BuildError::InTheClear(setting));
        }
        if runtime.mode == Mode::Production
            && let Some(setting) = settings.missing_statements().first()
        {
            return Err(BuildError::MissingStatement(setting));
        }
        text::replace(&settings.texts, &settings.languages)?;
        let mut http = HttpSettings::from(&settings.http);
        http.workers.get_or_insert(WORKERS);
        let host = Host::open(&http, runtime)?;
        let clock = Arc::clone(&host.runtime().clock);
        let pages = openapi::reference_at(&settings.http.public_url(host.address()), clock);
        let portal = Portal::new(settings, host.address(), host.runtime())?;
        Ok(Self { host, portal: web::Data::new(portal), pages })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.host.address()
    }

    /// Runs until the shutdown is triggered, then finishes what is in progress.
    ///
    /// # Errors
    /// The HTTP server fails, or a job panics.
    pub async fn run(self) -> Result<(), RunError> {
        let Self { host, portal, pages } = self;
        let mut jobs = Jobs::default();
        let shutdown = host.runtime().shutdown.clone();
        jobs.spawn(portal.directory.clone().keep_fresh(shutdown));
        host.run(jobs, move |config| {
            // Before the pages, whose first part may be anything.
            reference::routes(config, &pages);
            http::routes(config, &portal);
        })
        .await
    }
}
