//! The signal to finish.
//!
//! A signal and no order: parts that have something to finish wait for [`Shutdown::triggered`]
//! beside their work. The host of a service (`libs/service`) decides in which order they end.

use std::sync::Arc;

use tokio::sync::watch;

/// Tells every part of a process to finish what it is doing and stop. Clones share the signal.
///
/// It is given once and stays given, so that asking late is no risk. Dropping it triggers nothing.
#[derive(Debug, Clone)]
pub struct Shutdown(Arc<watch::Sender<bool>>);

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// A signal not yet given.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Gives the signal. Giving it twice changes nothing.
    ///
    /// From any thread; never blocks.
    pub fn trigger(&self) {
        self.0.send_replace(true);
    }

    /// Returns once the signal is given, at once if it already was.
    ///
    /// Any number may wait. Cancel-safe: dropping the future loses nothing, so it may stand in a
    /// `select!` loop.
    pub async fn triggered(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|given| *given).await;
    }

    /// Gives the signal when the operating system asks the process to end (SIGTERM, Ctrl-C).
    ///
    /// Kubernetes sends SIGTERM and kills the process 30 seconds later
    /// (`terminationGracePeriodSeconds`). Spawn it once per process. A second signal has no effect
    /// here.
    pub async fn on_signal(self) {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            match signal(SignalKind::terminate()) {
                Ok(mut terminate) => tokio::select! {
                    _ = terminate.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                },
                Err(error) => {
                    tracing::warn!(%error, "cannot listen for SIGTERM, only for Ctrl-C");
                    let _ = tokio::signal::ctrl_c().await;
                }
            }
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        self.trigger();
    }
}
