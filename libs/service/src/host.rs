//! An open port, and the life of a service from there to its orderly end.
//!
//! Opening and running are two steps: the port is taken first, so that a second process with the
//! same settings fails before it touches a database, and so that tests learn the port before
//! anything runs.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn, web};
use problem::methods::answer_methods;
use telemetry::{Readiness, RequestLog};
use tokio::task::JoinError;

use crate::{
    HttpSettings, Jobs, Runtime,
    guard::{Guard, guard},
};

/// How long an idle connection stays open. Longer than clients and proxies keep theirs (our own: 30
/// seconds), so that no request meets a connection that is just being closed.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long requests in progress may take when the service ends, in seconds.
///
/// More than a request may take at all (9.5 seconds), and with draining and jobs less than
/// Kubernetes's `terminationGracePeriodSeconds` of 30.
const FINISH_REQUESTS: u64 = 10;

/// The port cannot be opened. Meant for the operator.
#[derive(Debug, thiserror::Error)]
#[error("http.{setting}: cannot listen on {address}: {cause}")]
pub struct ListenError {
    /// Which of the settings: `listen` or `metrics`.
    pub setting: &'static str,
    /// The address of the settings.
    pub address: SocketAddr,
    /// What the operating system says.
    #[source]
    pub cause: io::Error,
}

/// The service ended because something failed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The HTTP server failed.
    #[error("the HTTP server failed: {0}")]
    Http(#[from] io::Error),
    /// A job panicked: a mistake in the program. The other jobs and requests end in order before
    /// this is returned.
    #[error("a job failed: {0}")]
    Job(#[from] JoinError),
}

/// An open port. Requests wait there until [`run`](Self::run) answers them.
#[derive(Debug)]
pub struct Host {
    listener: TcpListener,
    address: SocketAddr,
    workers: Option<usize>,
    /// A port of its own: numbers are not for callers.
    metrics: Option<TcpListener>,
    /// Shared by all threads of the server, so that an address has one rate.
    guard: web::Data<Guard>,
    readiness: Readiness,
    runtime: Runtime,
}

impl Host {
    /// Opens the port.
    ///
    /// Requests are accepted by the operating system from here on and wait. Port 0 takes a free
    /// one, see [`address`](Self::address).
    ///
    /// # Errors
    /// The address is taken or not this machine's.
    pub fn open(settings: &HttpSettings, runtime: Runtime) -> Result<Self, ListenError> {
        let (listener, address) = bind("listen", settings.listen)?;
        let metrics = settings.metrics.map(|metrics| bind("metrics", metrics)).transpose()?;
        let guard = Guard::new(
            settings.trusted_proxies.clone(),
            settings.client_address_header,
            Arc::clone(&runtime.clock),
        );
        Ok(Self {
            listener,
            address,
            workers: settings.workers,
            metrics: metrics.map(|(listener, _)| listener),
            guard: web::Data::new(guard),
            readiness: Readiness::default(),
            runtime,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where Prometheus reads its numbers.
    ///
    /// `None` if the settings name none.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref()?.local_addr().ok()
    }

    /// What the service depends on, and its numbers: `/readyz` and `/metrics`.
    ///
    /// Add a part for each thing without which the service cannot work. It is ready once all of
    /// them are.
    #[must_use]
    pub fn readiness(&self) -> &Readiness {
        &self.readiness
    }

    /// What the process gave.
    #[must_use]
    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Answers requests until the shutdown is triggered, then finishes those in progress and ends
    /// the jobs. `routes` adds what the service answers besides `/livez` and `/readyz`; each thread
    /// calls it once. `/metrics` has a port of its own.
    ///
    /// The end has an order, each step with a limit: answers close their connections and new
    /// requests get fewer (at most 5 s), requests in progress finish (at most 10 s), jobs end,
    /// metrics last. A panicked job takes the same way.
    ///
    /// # Errors
    /// The HTTP server fails, or a job panics.
    pub async fn run<R>(self, mut jobs: Jobs, routes: R) -> Result<(), RunError>
    where
        R: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    {
        let shutdown = self.runtime.shutdown.clone();
        let readiness = self.readiness.clone();
        let mut panicked = None;
        let metrics = self.metrics.as_ref().map(|listener| metrics_server(listener, &readiness));
        let metrics = metrics.transpose()?.map(tokio::spawn);
        let served = match self.server(routes) {
            Ok(server) => {
                let handle = server.handle();
                let stop = async {
                    panicked = tokio::select! {
                        () = shutdown.triggered() => None,
                        error = jobs.panicked() => Some(error),
                    };
                    telemetry::drain(&readiness).await;
                    handle.stop(true).await;
                };
                until(stop, server).await
            }
            Err(error) => Err(error),
        };
        jobs.end().await;
        if let Some(metrics) = metrics {
            metrics.abort();
        }
        served?;
        panicked.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Made outside of the future, which must be able to move between threads.
    fn server<R>(self, routes: R) -> io::Result<Server>
    where
        R: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    {
        let Self { listener, workers, guard: limits, readiness, runtime, .. } = self;
        let log = RequestLog::new(Arc::clone(&runtime.clock), &*runtime.entropy);
        let mut server = HttpServer::new(move || {
            App::new()
                .app_data(limits.clone())
                .wrap(from_fn(answer_methods))
                .wrap(from_fn(guard))
                .wrap(log.clone())
                .configure(|config| telemetry::health_routes(config, readiness.clone()))
                .configure(routes.clone())
        })
        // The process decides when to stop, not each of its servers.
        .disable_signals()
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(FINISH_REQUESTS);
        if let Some(workers) = workers {
            server = server.workers(workers);
        }
        Ok(server.listen(listener)?.run())
    }
}

/// Opens a port and tells which one it became; `setting` names it in the error.
fn bind(
    setting: &'static str,
    address: SocketAddr,
) -> Result<(TcpListener, SocketAddr), ListenError> {
    let failed = |cause| ListenError { setting, address, cause };
    let listener = TcpListener::bind(address).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// Answers `/metrics` on a port that no proxy leads to.
fn metrics_server(listener: &TcpListener, readiness: &Readiness) -> io::Result<Server> {
    let metrics = readiness.metrics().clone();
    let server = HttpServer::new(move || {
        App::new().configure(|config| telemetry::metrics_route(config, metrics.clone()))
    });
    let server = server.workers(1).disable_signals().listen(listener.try_clone()?)?;
    Ok(server.run())
}

/// Runs the server until it ends: because `stop` stopped it, or because it failed.
async fn until(stop: impl Future<Output = ()>, server: Server) -> io::Result<()> {
    tokio::pin!(server);
    tokio::select! {
        served = &mut server => served,
        () = stop => server.await,
    }
}
