//! Why a reservation no longer fits.
//!
//! For each case two texts, in the words of the values file: what is wrong (`Display`), and
//! what an admin can write or do ([`Obstacle::remedy`]). A case without a remedy would leave an
//! admin with a catalogue that can never change.

use std::fmt;

use ids::{GroupId, ServiceId};
use jiff::Timestamp;

/// Why a reservation no longer fits the catalogue. Prints what is wrong.
///
/// Ordered, so that reports group equal ones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// Its location is gone.
    ///
    /// And no location says that it was called so.
    LocationGone,
    /// One of its services is gone.
    ServiceGone(ServiceId),
    /// One of its services belongs to another group, and nothing says that bookings go with it.
    Regrouped {
        /// Which service.
        service: ServiceId,
        /// The group that the reservation counts in.
        from: GroupId,
        /// The group that the service belongs to now.
        to: GroupId,
    },
    /// Its services belong to several groups now, and a booking belongs to one.
    SeveralGroups,
    /// Its person would have two in this group.
    SecondInGroup(GroupId),
    /// Two locations became one, and another reservation has the same desk at that time.
    ///
    /// Where locations become one, their desks of the same number do, too.
    DeskTaken,
    /// The same, and one of the two was given up and is free by then at the latest.
    ///
    /// UTC. It solves itself: the change is tried again.
    SeatReturns(Timestamp),
    /// The location has fewer desks now.
    ///
    /// Its number is higher than the location's `desks`.
    DeskGone,
    /// The location is closed on that day: by the closure at this path, else by a holiday or
    /// because no rule opens it.
    DayClosed(Option<String>),
    /// The location no longer does one of its services.
    NotDoneHere(ServiceId),
    /// Its desk no longer does one of its services.
    NotDoneAtDesk(ServiceId),
    /// Its desk is not open for all of its time.
    ///
    /// Hours that end earlier, or a rule that no longer opens the desk.
    NotOpen,
    /// Time at its desk is taken in another system (`closedTimes`).
    ///
    /// It can't stay: two people would come to one desk.
    TakenElsewhere,
}

impl Obstacle {
    /// Whether what is booked may stay all the same, if the catalogue says so.
    pub(super) const fn can_stay(&self) -> bool {
        !matches!(self, Self::TakenElsewhere)
    }

    /// What an admin can write or do, so that the change can be carried out.
    ///
    /// A sentence without full stop, for the line of a report.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::LocationGone => "name it under `formerly` of the location that takes its place, \
                or keep it until its bookings are past, moved or cancelled, with a closure that \
                says `keepsBookings: true`"
                .to_owned(),
            Self::ServiceGone(_) => {
                "name it under `formerly` of the service that takes its place, \
                or keep it until its bookings are past and take it only out of the location's \
                `services`, with `keepsBookingsUntil`"
                    .to_owned()
            }
            Self::Regrouped { service, from, .. } => format!(
                "write `formerGroup: {from}` at the service `{service}`, or `formerly: [{from}]` \
                 at the group if it was renamed, and the bookings move too"
            ),
            Self::SeveralGroups => "keep these services in one group until these bookings are \
                past, moved or cancelled"
                .to_owned(),
            Self::SecondInGroup(_) => "cancel one of the two at the front desk, or change the \
                group when the first of them is past"
                .to_owned(),
            Self::DeskTaken => "move one of the two at the front desk first, or unite the \
                locations later"
                .to_owned(),
            Self::SeatReturns(_) => "wait: it is tried again by itself".to_owned(),
            Self::DayClosed(Some(closure)) => format!(
                "either write `keepsBookings: true` at `{closure}`: nothing more can be booked, \
                 what is booked stays, and staff serve, move or cancel it at the front desk (the \
                 whole day with `POST /v1/desk/closings`); or leave the day open with \
                 `desks: {{public: 0}}`, and close it when nothing is booked any more"
            ),
            Self::DayClosed(None)
            | Self::DeskGone
            | Self::NotDoneHere(_)
            | Self::NotDoneAtDesk(_)
            | Self::NotOpen => "either write `keepsBookingsUntil` with this day or a later one at \
                the location: what is booked stays, and staff serve, move or cancel it at the \
                front desk; or make the change when they have"
                .to_owned(),
            Self::TakenElsewhere => "write the closed time anew by `fairtermin import zms … \
                --closed-times FILE --bookings FILE`, which spares the desks of bookings, or take \
                out what is not taken elsewhere any more"
                .to_owned(),
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LocationGone => write!(f, "there is no such location any more"),
            Self::ServiceGone(service) => write!(f, "there is no service `{service}` any more"),
            Self::Regrouped { service, from, to } => {
                write!(f, "service `{service}` is in group `{to}` now, they are in `{from}`")
            }
            Self::SeveralGroups => write!(f, "their services belong to different groups now"),
            Self::SecondInGroup(group) => {
                write!(f, "their people would have two in group `{group}`")
            }
            Self::DeskTaken => write!(f, "another booking has the same desk at that time"),
            Self::SeatReturns(by) => {
                let by = by.to_zoned_datetime(ambient::berlin()).strftime("%F %H:%M");
                write!(f, "a seat that was given up keeps the same desk until {by} at the latest")
            }
            Self::DeskGone => write!(f, "their desk is gone"),
            Self::DayClosed(Some(closure)) => write!(f, "the day is closed by `{closure}`"),
            Self::DayClosed(None) => write!(f, "the location is closed on that day"),
            Self::NotDoneHere(service) => write!(f, "service `{service}` is not done there now"),
            Self::NotDoneAtDesk(service) => {
                write!(f, "their desk does not do service `{service}` now")
            }
            Self::NotOpen => write!(f, "their desk is not open at that time"),
            Self::TakenElsewhere => {
                write!(f, "their desk is taken in another system at that time (`closedTimes`)")
            }
        }
    }
}
