//! The holds end up as the database is, in whatever order the two learn of a change.

use std::{sync::Arc, time::Duration};

use ambient::{SystemEntropy, VirtualClock};
use booking::{Reservation, ReservationKind, returning::ReturnWindow};
use service::{
    BusSettings, DatabaseSettings, Host, HttpSettings, Mode, Runtime, TrustedIssuerSettings,
};
use settings::Secret;
use telemetry::Shutdown;

use super::seat_given_up;
use crate::{
    app::Engine,
    domain::Booking,
    holds::{HoldSettings, Reconciled},
    jobs::rebuild_holds,
    parts::Parts,
    settings::{CatalogueSettings, KeySettings, ReturnSettings, Settings},
    store::{
        reservations::{self, KeptSeat, Purpose, of_booking},
        tests::{at, confirmation, seat},
    },
};

const CATALOGUE: &str = include_str!("../../../tests/it/office.yaml");

/// SQLite, holds in memory, a clock that stands.
async fn engine() -> Arc<Engine> {
    let settings = Settings {
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
        hold_token: KeySettings { key: Secret::new("hold token key ".repeat(4)) },
        person_data: KeySettings { key: Secret::new("person data key ".repeat(4)) },
        limits: auth::Limits::none(),
        returning: ReturnSettings::default(),
        beacon: crate::beacon::BeaconSettings::default(),
        log: crate::log_settings::LogSettings::default(),
        tickets: crate::draw_tickets::TicketSettings::default(),
        manage_url: None,
    };
    let runtime = Runtime {
        clock: Arc::new(VirtualClock::at(at(-60))),
        entropy: Arc::new(SystemEntropy),
        shutdown: Shutdown::new(),
        in_process_bus: None,
        mode: Mode::Demo,
    };
    let host = Host::open(&HttpSettings::from(&settings.http), runtime).unwrap();
    let engine = Parts::build(settings, &host).await.unwrap().engine;
    tokio::spawn(rebuild_holds::run(Arc::clone(&engine), host.readiness().part("holds")));
    testkit::eventually(Duration::from_secs(10), async || {
        engine.holds.known_days().await.is_ok().then_some(())
    })
    .await;
    engine
}

/// A booking that the holds know, and its seat once it was given up.
async fn booked(engine: &Engine) -> (Booking, Reservation) {
    let booking = confirmation(1, seat(1, 0, 10)).booking;
    let booked = Reservation {
        id: of_booking(booking.id),
        kind: ReservationKind::Booking,
        seat: booking.seat.clone(),
        holder: Some((booking.person, booking.group.clone())),
        until: None,
    };
    engine.holds.place(&booked).await.unwrap();
    let (kind, until) = (ReservationKind::Returning, Some(at(-30)));
    (booking, Reservation { kind, until, holder: None, ..booked })
}

/// Whether the holds keep exactly `reservations` on the day of the seat.
async fn keep(engine: &Engine, booking: &Booking, reservations: &[Reservation]) -> bool {
    let date = booking.seat.date(&engine.berlin);
    let version = engine.holds.day_version(&booking.seat.location, date).await.unwrap();
    let outcome = engine.holds.reconcile(&version, reservations).await.unwrap();
    matches!(outcome, Reconciled::AsExpected)
}

#[tokio::test]
async fn a_seat_that_was_given_up_is_kept_until_it_returns() {
    let engine = engine().await;
    let (booking, returning) = booked(&engine).await;
    let kept = KeptSeat {
        id: returning.id,
        seat: returning.seat.clone(),
        purpose: Purpose::Returning(ReturnWindow { opens: at(-60), latest: at(-30) }),
        created_at: at(-60),
    };
    reservations::insert(engine.database.connection(), &[kept]).await.unwrap();
    seat_given_up(&engine, booking.clone(), returning.clone()).await;
    assert!(keep(&engine, &booking, &[returning]).await);
}

/// Between the commit and what follows it another process let the seat return: its row is gone, and
/// the holds were told of the return before the giving up.
#[tokio::test]
async fn a_seat_that_has_returned_already_does_not_stay_marked() {
    let engine = engine().await;
    let (booking, returning) = booked(&engine).await;
    seat_given_up(&engine, booking.clone(), returning).await;
    assert!(keep(&engine, &booking, &[]).await);
}
