//! An engine for tests within the crate: SQLite and holds in memory, no network, a clock that stands.

use std::sync::Arc;

use ambient::{SystemEntropy, VirtualClock};
use jiff::Timestamp;
use service::{
    BusSettings, DatabaseSettings, Host, HttpSettings, Mode, Runtime, TrustedIssuerSettings,
};
use settings::Secret;
use telemetry::Shutdown;

use super::Engine;
use crate::{
    beacon::BeaconSettings,
    draw_tickets::TicketSettings,
    holds::HoldSettings,
    log_settings::LogSettings,
    parts::Parts,
    settings::{CatalogueSettings, KeySettings, ReturnSettings, Settings},
};

const CATALOGUE: &str = include_str!("../../tests/it/office.yaml");

/// The engine at `now`, and the host that it runs in. `change` sets what a test needs otherwise.
pub(in crate::app) async fn test_engine(
    now: Timestamp,
    change: impl FnOnce(&mut Settings),
) -> (Host, Arc<Engine>) {
    let key = |text: &str| KeySettings { key: Secret::new(text.repeat(4)) };
    let mut settings = Settings {
        http: HttpSettings::at(([127, 0, 0, 1], 0).into(), Some(1)).into(),
        database: DatabaseSettings { url: Secret::new("sqlite::memory:".to_owned()) },
        bus: BusSettings::default(),
        catalogue: CatalogueSettings::Text(CATALOGUE.replace("AUTHORITY", "amt")),
        cluster: None,
        identity: TrustedIssuerSettings {
            issuer: "https://identity.test".into(),
            jwks_url: "https://identity.test/jwks".parse().unwrap(),
        },
        holds: HoldSettings::Memory,
        hold_token: key("hold token key "),
        person_data: key("person data key "),
        limits: auth::Limits::none(),
        returning: ReturnSettings::default(),
        beacon: BeaconSettings::default(),
        log: LogSettings::default(),
        tickets: TicketSettings::default(),
        escrow: None,
        manage_url: None,
    };
    change(&mut settings);
    let runtime = Runtime {
        clock: Arc::new(VirtualClock::at(now)),
        entropy: Arc::new(SystemEntropy),
        shutdown: Shutdown::new(),
        in_process_bus: None,
        mode: Mode::Demo,
    };
    let host = Host::open(&HttpSettings::from(&settings.http), runtime).unwrap();
    let engine = Parts::build(settings, &host).await.unwrap().engine;
    (host, engine)
}
