//! The services that run in this process.

use std::{error::Error, net::SocketAddr, sync::Arc};

use ambient::{Clock, SystemClock, SystemEntropy};
use messaging::InProcessBus;
use service::{Mode, Runtime};
use telemetry::Shutdown;
use tlog::VerifierKey;
use tokio::task::JoinSet;

use crate::command_error::CommandError;

/// What the services of one process share.
#[derive(Debug, Clone)]
pub struct Shared {
    pub runtime: Runtime,
}

/// The services that run.
pub type Running = JoinSet<Result<(), CommandError>>;

/// Waits until all services have finished; a failed one shuts down the others.
pub async fn join_all(mut running: Running, shutdown: &Shutdown) -> Result<(), CommandError> {
    let mut failure = None;
    while let Some(finished) = running.join_next().await {
        let outcome =
            finished.map_err(|error| CommandError::from_error("a service stopped", &error));
        if let Err(error) = outcome.flatten() {
            failure.get_or_insert(error);
            shutdown.trigger();
        }
    }
    failure.map_or(Ok(()), Err)
}

impl Shared {
    pub fn new(mode: Mode) -> Self {
        Self::with_clock(mode, Arc::new(SystemClock))
    }

    /// All of them ask this clock.
    pub fn with_clock(mode: Mode, clock: Arc<dyn Clock>) -> Self {
        let runtime = Runtime {
            clock,
            entropy: Arc::new(SystemEntropy),
            shutdown: Shutdown::new(),
            in_process_bus: Some(InProcessBus::new()),
            mode,
        };
        Self { runtime }
    }

    /// The key by which others check its public log.
    pub async fn slot(
        &self,
        settings: slot::Settings,
        running: &mut Running,
    ) -> Result<VerifierKey, CommandError> {
        let outcome = slot::Application::build(settings, self.runtime.clone()).await;
        let application = built("slot", outcome)?;
        let log_key = application.log_key().clone();
        enrol(running, "slot", application.address(), application.run());
        Ok(log_key)
    }

    pub async fn identity(
        &self,
        settings: identity::Settings,
        running: &mut Running,
    ) -> Result<(), CommandError> {
        let outcome = identity::Application::build(settings, self.runtime.clone()).await;
        let application = built("identity", outcome)?;
        enrol(running, "identity", application.address(), application.run());
        Ok(())
    }

    pub async fn notification(
        &self,
        settings: notification::Settings,
        running: &mut Running,
    ) -> Result<(), CommandError> {
        let outcome = notification::Application::build(settings, self.runtime.clone()).await;
        let application = built("notification", outcome)?;
        enrol(running, "notification", application.address(), application.run());
        Ok(())
    }

    pub async fn portal(
        &self,
        settings: portal::Settings,
        running: &mut Running,
    ) -> Result<(), CommandError> {
        let outcome = portal::Application::build(settings, self.runtime.clone()).await;
        let application = built("portal", outcome)?;
        enrol(running, "portal", application.address(), application.run());
        Ok(())
    }
}

/// Tells which service cannot start.
pub fn built<T, E: Error>(service: &str, outcome: Result<T, E>) -> Result<T, CommandError> {
    outcome.map_err(|error| CommandError::from_error(&format!("{service} cannot start"), &error))
}

/// Lets a service run beside the others.
pub fn enrol<E: Error>(
    running: &mut Running,
    service: &'static str,
    address: SocketAddr,
    run: impl Future<Output = Result<(), E>> + Send + 'static,
) {
    tracing::info!(service, %address, "listening");
    running.spawn(async move {
        run.await.map_err(|error| CommandError::from_error(&format!("{service} stopped"), &error))
    });
}
