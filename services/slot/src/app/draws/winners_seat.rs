//! The seat of a winner who must confirm (`draw.confirmWithin`): kept by a reservation of the kind offer, like
//! an offer of a waiting list and a date that the office gives, until it is answered.

use booking::{Seat, TrustLevel};
use catalogue::Catalogue;
use draw::Why;
use ids::{DrawId, Pseudonym};
use jiff::Timestamp;
use messaging::UnitOfWork;

use super::{
    declining::{Declining, declining},
    terms::declined_seats,
};
use crate::{
    app::{
        AppError, DrawRefusal, Engine, log, person_history, release_seat::give_up_offer,
        required_level::require_level_for,
    },
    domain::draw::{Draw, DrawEntry, EntryStatus},
    store::{
        draw_entries::{self, Outcome},
        draws, history, reservations,
    },
};

/// How a kept seat ends without an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeatEnd {
    /// The winner does not want it.
    Declined,
    /// The winner did not answer in time.
    Lapsed,
    /// Nor did the office that was to phone them.
    NotPhoned,
    /// The day of the seat was closed.
    DayClosed,
    /// The winner has another appointment in the group by now.
    BookedOtherwise,
    /// It cannot be theirs any more; why, as the code of a problem.
    NotBookable(&'static str),
}

impl SeatEnd {
    const fn status(self) -> EntryStatus {
        match self {
            Self::Declined => EntryStatus::Declined,
            Self::Lapsed | Self::NotPhoned => EntryStatus::Lapsed,
            Self::DayClosed | Self::BookedOtherwise | Self::NotBookable(_) => {
                EntryStatus::NotBooked
            }
        }
    }

    /// As the public log says it.
    const fn why(self) -> Why {
        match self {
            Self::Declined => Why::Declined,
            Self::Lapsed | Self::NotPhoned => Why::Lapsed,
            Self::DayClosed | Self::BookedOtherwise | Self::NotBookable(_) => Why::Cancelled,
        }
    }

    /// Whether it counts against the winner (rule `declinedSeats`): it was theirs to take.
    const fn counts(self) -> bool {
        match self {
            Self::Declined | Self::Lapsed => true,
            Self::NotPhoned | Self::DayClosed | Self::BookedOtherwise | Self::NotBookable(_) => {
                false
            }
        }
    }

    fn reason(self) -> Option<String> {
        match self {
            Self::Declined | Self::Lapsed | Self::NotPhoned => None,
            Self::DayClosed => Some("closed".to_owned()),
            Self::BookedOtherwise => Some("already-booked".to_owned()),
            Self::NotBookable(code) => Some(code.to_owned()),
        }
    }

    /// What the audit log calls it.
    pub(super) const fn action(self) -> &'static str {
        match self {
            Self::Declined => "draw.declined",
            Self::Lapsed => "draw.lapsed",
            Self::NotPhoned => "draw.not_phoned",
            Self::DayClosed | Self::BookedOtherwise | Self::NotBookable(_) => "draw.not_booked",
        }
    }
}

/// What its winner sees of it.
#[derive(Debug, Clone)]
pub struct KeptSeat {
    /// Which seat.
    pub seat: Seat,
    /// Until when it can be accepted.
    pub answer_by: Timestamp,
    /// What it costs not to take it; `None`: nothing.
    pub declining: Option<Declining>,
}

/// The seat that is kept for an entry, if it can still be answered.
pub(super) async fn kept_for(
    engine: &Engine,
    entry: &DrawEntry,
) -> Result<Option<KeptSeat>, AppError> {
    let Some(offer) = entry.open_offer(engine.now()) else { return Ok(None) };
    let db = engine.database.connection();
    let seat = reservations::offered(db, offer.reservation).await?;
    let Some(seat) = seat.map(|seat| called_now(&engine.catalogue(), seat)) else {
        return Ok(None);
    };
    let draw = draws::find(db, entry.draw).await?.ok_or(DrawRefusal::NotFound)?;
    let declining = declining(engine, &draw, entry, &seat).await?;
    Ok(Some(KeptSeat { seat, answer_by: offer.answer_by, declining }))
}

/// Its location may have been renamed since the seat was drawn.
pub(super) fn called_now(catalogue: &Catalogue, mut seat: Seat) -> Seat {
    if let Some(present) = catalogue.location_now(&seat.location) {
        seat.location = present.clone();
    }
    seat
}

/// A person's own entry with its draw, for a log-in that is sure enough.
pub(super) async fn own(
    engine: &Engine,
    id: DrawId,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<(Draw, DrawEntry), AppError> {
    let db = engine.database.connection();
    let draw = draws::find(db, id).await?.ok_or(DrawRefusal::NotFound)?;
    let entry = draw_entries::of_person(db, id, person).await?.ok_or(DrawRefusal::EntryNotFound)?;
    require_level_for(engine, std::slice::from_ref(&draw.service), entry.level, level)?;
    Ok((draw, entry))
}

/// Ends an entry without an appointment: its seat becomes free in the one way, and the public log says so.
/// `false`: it was answered or ended meanwhile.
pub(super) async fn give_up<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    draw: &Draw,
    entry: &DrawEntry,
    end: SeatEnd,
) -> Result<bool, AppError> {
    let (catalogue, now) = (engine.catalogue(), engine.now());
    let Some(offer) = entry.offer else { return Ok(false) };
    let outcome = Outcome { reason: end.reason(), ..Outcome::of(entry) };
    if !draw_entries::decide(unit.transaction(), entry, end.status(), &outcome, now).await? {
        return Ok(false);
    }
    draws::note_not_served(unit.transaction(), draw.id).await?;
    let Some(seat) = reservations::offered(unit.transaction(), offer.reservation).await? else {
        tracing::error!(draw = %draw.id, "an entry with a kept seat keeps none");
        return Ok(true);
    };
    let seat = called_now(&catalogue, seat);
    let said = draws::announced_rule(unit.transaction(), draw.id).await?;
    if end.counts() && declined_seats(draw, said.as_deref())?.is_some() {
        let event = person_history::seat_declined(engine, &entry.group, &seat);
        history::insert(unit.transaction(), &[(entry.person, event)]).await?;
    }
    let service = catalogue.service_now(&draw.service).unwrap_or(&draw.service);
    give_up_offer(engine, unit, service, offer.reservation, &seat).await?;
    let moved = (entry, &seat);
    log::moves::answered(engine, unit.transaction(), &catalogue, moved, end.why()).await?;
    Ok(true)
}
