//! What a process gives to the services that run in it.
//!
//! Time, randomness and the end of the process come from outside, so that tests decide about all
//! three, and so that four services can run in one process as `fairtermin demo` does.

use std::sync::Arc;

use ambient::{Clock, Entropy};
use messaging::{Bus, InProcessBus, RabbitMq};
use telemetry::Shutdown;

use crate::BusSettings;

/// Where the program runs. Anything but production may use simulated citizens and keys that are
/// made at start.
///
/// A value and not a compile-time feature: the same program runs in both, and production refuses
/// what only the demo may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// With real people: missing keys and simulated providers are errors at start.
    Production,
    /// `fairtermin demo`, and tests.
    Demo,
}

/// What a process gives to the services that run in it. Clones share it.
#[derive(Debug, Clone)]
pub struct Runtime {
    /// What time it is, in UTC. The only clock that services ask.
    pub clock: Arc<dyn Clock>,
    /// Randomness, unpredictable in production and seeded in tests.
    pub entropy: Arc<dyn Entropy>,
    /// Ends the services, all of one process together.
    pub shutdown: Shutdown,
    /// The bus to use if the settings name no broker; a bus of the service's own if absent.
    pub in_process_bus: Option<InProcessBus>,
    /// Where the program runs.
    pub mode: Mode,
}

impl Runtime {
    /// The bus of the settings: RabbitMQ in their namespace, else the one of the process. `name` is
    /// what the broker's administrator sees, for example `slot lea`. Connects when first needed.
    ///
    /// Connection errors show in `/readyz` and in logs, not here.
    #[must_use]
    pub fn bus(&self, settings: &BusSettings, name: &str) -> Arc<dyn Bus> {
        match &settings.url {
            Some(url) => Arc::new(RabbitMq::in_namespace(url.expose(), name, &settings.namespace)),
            None => Arc::new(self.in_process_bus.clone().unwrap_or_default()),
        }
    }
}
