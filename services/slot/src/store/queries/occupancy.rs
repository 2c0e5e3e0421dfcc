//! What the database says is taken.

use booking::state::BookingStatus;
use ids::LocationId;
use jiff::{Timestamp, civil::Date};
use sea_orm::ConnectionTrait;

use crate::{
    holds::Claim,
    store::{
        StoreResult,
        bookings::{self, Booking, BookingFilter},
        released_seats::{self, ReleasedSeat},
    },
};

/// Every taken seat, for the holds: bookings that keep their seat, and seats that were given back
/// for a later moment. Reads only; the answer is as old as the statement that gave it.
#[derive(Debug, Clone)]
pub struct Occupancy {
    bookings: BookingFilter,
    day: Option<(LocationId, Date)>,
}

impl Occupancy {
    /// From `date` on, everywhere.
    #[must_use]
    pub fn since(date: Date) -> Self {
        Self { bookings: seated().since_day(date), day: None }
    }

    /// Of one day at one location.
    #[must_use]
    pub fn of_day(location: LocationId, date: Date) -> Self {
        let day = Some((location.clone(), date));
        Self { bookings: seated().on(location, date), day }
    }

    /// The claims at `now`.
    ///
    /// # Errors
    /// A statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(
        &self,
        db: &C,
        now: Timestamp,
    ) -> StoreResult<Vec<Claim>> {
        let booked = bookings::list(db, &self.bookings, u64::from(u32::MAX)).await?;
        let waiting = released_seats::waiting(db, now).await?;
        let waiting = waiting.into_iter().filter(|released| {
            let seat = &released.seat;
            self.day.as_ref().is_none_or(|(at, on)| seat.location == *at && seat.date == *on)
        });
        Ok(booked.into_iter().map(claim_of).chain(waiting.map(claim_until)).collect())
    }
}

fn seated() -> BookingFilter {
    let seated = BookingStatus::ALL.into_iter().filter(|status| status.keeps_seat());
    BookingFilter::default().in_status(seated)
}

fn claim_of(booking: Booking) -> Claim {
    Claim {
        booking: booking.id,
        active: booking.status.is_active().then_some((booking.person, booking.group)),
        seat: booking.seat,
        free_at: None,
    }
}

fn claim_until(released: ReleasedSeat) -> Claim {
    Claim {
        booking: released.booking,
        seat: released.seat,
        active: None,
        free_at: Some(released.release_at),
    }
}
