//! Builds and runs the portal.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{App, HttpServer, middleware::Compress, web};
use ambient::{Clock, Entropy};
use client::{ClientError, Http, IdentityApi, SlotApi, Timeouts};
use telemetry::{Readiness, RequestLog, Shutdown};
use url::Url;

use crate::{
    directory::{Directory, Office},
    http,
    identity::Identity,
    portal::{Portal, Site},
    session::{InvalidKey, SealingKey, SessionCookie},
    settings::Settings,
};

/// What the portal gets from the process it runs in.
#[derive(Debug, Clone)]
pub struct Runtime {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes what nobody can guess.
    pub entropy: Arc<dyn Entropy>,
    /// Tells when to finish.
    pub shutdown: Shutdown,
}

/// The portal cannot start.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The address is in use or not ours.
    #[error("portal: http.listen: {address} cannot be used: {cause}")]
    Listen {
        /// The address from the settings.
        address: SocketAddr,
        /// What the operating system says.
        #[source]
        cause: io::Error,
    },
    /// The key in the settings is unusable.
    #[error("portal: {0}")]
    Key(#[from] InvalidKey),
    /// No HTTP client can be made.
    #[error("portal: no HTTP client: {0}")]
    Client(#[from] ClientError),
}

/// The portal stopped other than by being asked to.
#[derive(Debug, thiserror::Error)]
#[error("portal: {0}")]
pub struct RunError(#[from] io::Error);

/// The portal, bound to its address and ready to run.
pub struct Application {
    listener: TcpListener,
    address: SocketAddr,
    workers: usize,
    portal: web::Data<Portal>,
    runtime: Runtime,
}

impl Application {
    /// Binds the address. Authorities and the identity service need not be there yet.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        let listen = settings.http.listen;
        let bound = TcpListener::bind(listen)
            .and_then(|listener| listener.local_addr().map(|address| (listener, address)));
        let (listener, address) =
            bound.map_err(|cause| BuildError::Listen { address: listen, cause })?;
        let workers = settings.http.workers;
        let portal = web::Data::new(portal(settings, address, &runtime)?);
        Ok(Self { listener, address, workers, portal, runtime })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Runs until the shutdown signal; answers what was begun.
    ///
    /// # Errors
    /// The server fails.
    pub async fn run(self) -> Result<(), RunError> {
        let Runtime { clock, entropy, shutdown } = self.runtime;
        let refresh = tokio::spawn(self.portal.directory.clone().keep_fresh(shutdown.clone()));
        let portal = self.portal;
        let log = RequestLog::new(clock, &*entropy);
        let readiness = Readiness::default();
        let draining = readiness.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(portal.clone())
                .app_data(web::PayloadConfig::new(16 << 10))
                .wrap(Compress::default())
                .wrap(log.clone())
                .configure(|config| http::routes(config, readiness.clone()))
        })
        .workers(self.workers)
        .keep_alive(Duration::from_secs(75))
        .disable_signals()
        .shutdown_timeout(10)
        .listen(self.listener)?
        .run();
        let handle = server.handle();
        tokio::spawn(async move {
            shutdown.triggered().await;
            telemetry::drain(&draining).await;
            handle.stop(true).await;
        });
        server.await?;
        refresh.abort();
        Ok(())
    }
}

fn portal(
    settings: Settings,
    address: SocketAddr,
    runtime: &Runtime,
) -> Result<Portal, BuildError> {
    let public_url = settings.http.public_url.unwrap_or_else(|| {
        Url::parse(&format!("http://{address}")).expect("an address makes a URL")
    });
    let key = SealingKey::from_base64(settings.session_key.expose())?;
    let secure = public_url.scheme() == "https";
    let http = Http::new(Timeouts::default())?;
    let office = |one: crate::settings::AuthoritySettings| {
        Office::new(one.id, one.name, SlotApi::new(http.clone(), one.base_url))
    };
    let identity = settings.identity;
    let policy = http::security::policy(&identity.issuer);
    let api = IdentityApi::new(
        http.clone(),
        identity.issuer,
        identity.client_id,
        identity.client_secret.expose().to_owned(),
    );
    Ok(Portal {
        directory: Directory::new(settings.authorities.into_iter().map(office).collect()),
        identity: Identity::new(api, Arc::clone(&runtime.clock)),
        cookie: SessionCookie::new(secure, key, Arc::clone(&runtime.entropy)),
        clock: Arc::clone(&runtime.clock),
        entropy: Arc::clone(&runtime.entropy),
        public_url,
        policy,
        site: Arc::new(Site {
            demonstration: settings.demonstration,
            mailbox_url: settings.mailbox_url,
            legal: settings.legal,
        }),
    })
}
