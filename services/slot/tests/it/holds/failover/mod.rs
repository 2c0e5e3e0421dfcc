//! Redis that comes back older than it was, with real servers of these tests' own: it is noticed,
//! loaded again, and then says what the database says.

mod cluster;
mod network;
mod sentinel;
mod server;
mod snapshot;

use std::time::{Duration, Instant};

use booking::{Reservation, capacity::DayOccupancy};
use ids::{BookingId, ReservationId};
use slot::holds::{Hold, HoldRefusal, HoldState, HoldsError};

use super::site::{Returning, Site, booking, offer, reservation};

/// A booked seat, and what became of it after the moment to which the store goes back.
struct Scene {
    site: Site,
    /// What the database has.
    database: Vec<Reservation>,
    /// A hold that the store forgets.
    forgotten: Hold,
}

/// A loss is noticed by then, on a machine that other tests keep busy too. What it takes is printed.
const NOTICED_WITHIN: Duration = Duration::from_secs(60);

/// Bookings that every server knows.
async fn open(site: Site) -> Site {
    site.load(&[]).await;
    site.book(1, 1, &[offer(480, 10, 0b1)]).await;
    site.book(2, 2, &[offer(500, 10, 0b1)]).await;
    site
}

/// What happens and will be forgotten: somebody books, somebody's cancelled seat has become free,
/// somebody holds.
async fn go_on(site: Site) -> Scene {
    let groups = [site.group.clone()];
    let new = site.book(3, 3, &[offer(520, 10, 0b1)]).await;
    let cancelled = super::site::seat(500, 10, 0);
    site.holds.place(&reservation(Returning, 2, &cancelled)).await.unwrap();
    site.holds.remove(ReservationId::from_bits(2), &cancelled).await.unwrap();
    let person = ids::Pseudonym::from_bits(2);
    let booked = BookingId::from_bits(2);
    site.holds.clear_active_booking(person, &groups[0], booked, Some(&cancelled)).await.unwrap();
    let forgotten = site.hold(4, &[offer(540, 10, 0b1)]).await.unwrap();
    let first = super::site::seat(480, 10, 0);
    let database = vec![booking(1, 1, &first), booking(3, 3, &new.seat)];
    Scene { site, database, forgotten }
}

impl Scene {
    /// Looks after the store as the job does, until somebody has to load it, and loads it. A step that
    /// fails, for example at a connection to a server that is gone, is left to the next look.
    async fn rebuild(&self) -> Duration {
        let begun = Instant::now();
        let noticed = std::cell::OnceCell::new();
        testkit::eventually(2 * NOTICED_WITHIN, async || {
            let rebuild = self.site.holds.begin_rebuild().await.ok().flatten()?;
            noticed.get_or_init(|| begun.elapsed());
            self.site.holds.load(&rebuild, &self.database).await.ok()?;
            self.site.holds.finish_rebuild(rebuild).await.ok()
        })
        .await;
        noticed.into_inner().expect("what was loaded was noticed first")
    }

    /// What everybody finds afterwards.
    async fn is_as_the_database_says(&self, site: &Site) {
        let mut expected = DayOccupancy::default();
        for Reservation { seat, .. } in &self.database {
            expected.take(site.day.span_of(seat), seat.desk);
        }
        let day = (site.day.location.clone(), site.day.date);
        let snapshots = site.holds.snapshots(&[day]).await.unwrap();
        assert_eq!(snapshots[0].taken, expected);
        assert_eq!(site.holds.state_of(&self.forgotten).await.unwrap(), HoldState::Unknown);
        let late = site.holds.confirm(&self.forgotten, BookingId::from_bits(4)).await;
        assert!(matches!(late, Err(HoldsError::NeedsReconcile)), "{late:?}");
        assert_eq!(site.hold(5, &[offer(520, 10, 0b1)]).await, Err(HoldRefusal::SlotTaken));
        let booking = BookingId::from_bits(3);
        let bound = site.hold(3, &[offer(600, 10, 0b1)]).await;
        assert_eq!(bound, Err(HoldRefusal::AlreadyBooked { booking }));
        let free = site.hold(5, &[offer(500, 10, 0b1)]).await.unwrap();
        assert_ne!(free.epoch, self.forgotten.epoch);
        assert!(site.holds.give_up(&free).await.unwrap());
        let returning = site.holds.returning().await.unwrap().holds;
        assert_eq!(site.holds.free(&returning).await.unwrap(), 1);
    }
}
