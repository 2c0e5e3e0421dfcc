//! Simulated identity providers in this process, for demo and tests.

use std::net::SocketAddr;

use identity::simulator::{Kind, Simulator, SimulatorSettings};
use serde::Deserialize;
use settings::Secret;

use crate::{
    command_error::CommandError,
    running::{Running, Shared, built, enrol},
};

/// One simulated provider, in the section `simulators:`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Which provider it plays.
    pub plays: Plays,
    /// Where it listens, which is also its issuer.
    pub listen: SocketAddr,
    /// The secret of its only client, our identity service.
    pub client_secret: Secret,
}

/// Which provider is played.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plays {
    BundId,
    EId,
    Staff,
}

/// Starts one. Refused unless the process runs as a demo.
pub fn start(
    settings: Settings,
    shared: &Shared,
    running: &mut Running,
) -> Result<(), CommandError> {
    let settings = SimulatorSettings {
        kind: match settings.plays {
            Plays::BundId => Kind::BundId,
            Plays::EId => Kind::EId,
            Plays::Staff => Kind::Staff,
        },
        listen: settings.listen,
        public_url: None,
        client_secret: settings.client_secret,
    };
    let address = settings.listen;
    let simulator =
        built("simulated provider", Simulator::build(settings, shared.runtime.clone()))?;
    enrol(running, "simulated provider", address, simulator.run());
    Ok(())
}
