//! The holds end up as the database is, in whatever order the two learn of a change.

use std::{sync::Arc, time::Duration};

use booking::{Reservation, ReservationKind, returning::ReturnWindow};

use super::seat_given_up;
use crate::{
    app::{Engine, test_engine::test_engine},
    domain::Booking,
    holds::Reconciled,
    jobs::rebuild_holds,
    store::{
        reservations::{self, KeptSeat, Purpose, of_booking},
        tests::{at, confirmation, seat},
    },
};

/// An engine whose holds are loaded.
async fn engine() -> Arc<Engine> {
    let (host, engine) = test_engine(at(-60), |_| {}).await;
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
