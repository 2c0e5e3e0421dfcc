//! Draws and entries as the API shows them.

use ids::{BookingId, DrawId, EntryId, GroupId, LocationId, ServiceId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        AppError,
        draws::{
            KeptSeat, confirm_within, needs_appointment,
            own_entry::{EntryNote, OwnEntry},
            read_draws::{Published, Read},
        },
    },
    http::{local_time::LocalTime, wanted_seats::WishView},
};

/// One draw.
#[derive(Serialize, ToSchema)]
#[schema(as = Draw)]
pub(super) struct DrawView {
    id: DrawId,
    /// What the appointments are for.
    service: ServiceId,
    /// A person has one open entry in a group.
    group: GroupId,
    /// `announced`, `frozen` (the list is closed), `revealed` (the chance is known), `drawn` (the
    /// winners are being booked, or their seats kept), `settled`, or `void` (without winners).
    #[schema(value_type = String, example = "announced")]
    status: &'static str,
    /// Whether people can enter, change and withdraw at the moment of this answer: `announced`, and
    /// between `opens` and `closes`.
    is_open: bool,
    /// The Monday of the week whose seats are drawn.
    #[schema(value_type = String, format = Date, example = "2027-01-18")]
    week: String,
    /// The beginning of the entry window.
    opens: LocalTime,
    /// The end of the entry window. An early entry has the same chance as a late one.
    closes: LocalTime,
    /// When the result can be there at the earliest; once it is there, or the draw is void, it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    result_from: Option<LocalTime>,
    /// The draw is for persons with an appointment in the group who want one on an earlier day. A won seat
    /// replaces that appointment.
    needs_appointment: bool,
    /// How many slots are drawn.
    slots: u32,
    /// The number of entries, once the list is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    entered: Option<u32>,
    /// How many got an appointment, once the draw is drawn: without winners who could not be booked, or did not
    /// take their seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    served: Option<u32>,
    /// How many were drawn, whatever became of their seats. Only where one draw is read, once it is settled, and until its
    /// entries are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    drawn: Option<u32>,
    /// How many of those who were drawn have an appointment by it so far; the seats of others may still be kept for
    /// them. As `drawn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    taken: Option<u32>,
    /// For how many hours winners must confirm, at most. Without it they are booked at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm_within: Option<u16>,
    /// What it costs winners not to accept their seats. Without it nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    declined_seats: Option<DeclinedView>,
}

/// After more than `max` drawn seats that a person declined, or did not accept in time, in `days` days they can
/// enter no draw of this service (`too-many-declined-seats`), until there are few enough. Not at the desk. Seats of all
/// services of the group count; another service of it may state other numbers for its own draws.
#[derive(Serialize, ToSchema)]
#[schema(as = DeclinedSeatsLimit)]
struct DeclinedView {
    max: u16,
    days: u16,
}

impl DrawView {
    /// As it is at `now`.
    ///
    /// # Errors
    /// The terms of the draw cannot be read.
    pub(super) fn at(read: &Read, now: Timestamp) -> Result<Self, AppError> {
        let Read { draw, declined_seats, result_from, drawn } = read;
        Ok(Self {
            id: draw.id,
            service: draw.service.clone(),
            group: draw.group.clone(),
            status: draw.status.as_str(),
            is_open: draw.is_open(now),
            week: draw.week.to_string(),
            opens: LocalTime(draw.opens),
            closes: LocalTime(draw.closes),
            result_from: result_from.map(LocalTime),
            needs_appointment: needs_appointment(draw)?,
            slots: draw.slots,
            entered: draw.entered,
            served: draw.served,
            drawn: drawn.map(|drawn| drawn.all),
            taken: drawn.map(|drawn| drawn.taken),
            confirm_within: confirm_within(draw)?,
            declined_seats: declined_seats
                .map(|rule| DeclinedView { max: rule.max.max(1), days: rule.days }),
        })
    }
}

/// One draw, with what is published of it so far.
#[derive(Serialize, ToSchema)]
#[schema(as = PublishedDraw)]
pub(super) struct PublishedView {
    draw: DrawView,
    /// Where seats are drawn, in the order of the announcement's `places`.
    locations: Vec<LocationId>,
    /// The announcement: what was fixed beforehand. Canonical JSON as a text, since every other document has
    /// its hash.
    announcement: String,
    /// A copy of the authority's seed, encrypted to an independent auditor, as canonical JSON. The auditor opens it
    /// (`fairtermin auditor`), compares it with the announcement and says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    escrow: Option<String>,
    /// The root of the closed list, as canonical JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    freeze: Option<String>,
    /// A note (C2SP `signed-note`) of the body that gives the tickets: the number of tickets for the closed
    /// list, and the key of their stamps.
    #[serde(skip_serializing_if = "Option::is_none")]
    tickets: Option<String>,
    /// Both sources of chance, as canonical JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    reveal: Option<String>,
    /// Why it is void.
    #[serde(skip_serializing_if = "Option::is_none")]
    void: Option<String>,
}

impl PublishedView {
    /// As it is at `now`.
    ///
    /// # Errors
    /// The terms of the draw cannot be read.
    pub(super) fn at(published: Published, now: Timestamp) -> Result<Self, AppError> {
        Ok(Self {
            draw: DrawView::at(&published.draw, now)?,
            locations: published.locations,
            announcement: published.announcement,
            escrow: published.escrow,
            freeze: published.freeze,
            tickets: published.tickets,
            reveal: published.reveal,
            void: published.void,
        })
    }
}

/// An entry as its person sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = DrawEntry)]
pub(in crate::http) struct EntryView {
    id: EntryId,
    draw: DrawId,
    /// `entered`, `offered` (drawn: the seat in `offer` is kept until it is accepted or declined), `booked`,
    /// `without` (nothing that was wished was left, or the draw is void), `not_booked` (`reason` says why),
    /// `declined` or `lapsed` (there was no answer in time).
    #[schema(value_type = String, example = "entered")]
    status: &'static str,
    /// The best first.
    wishes: Vec<WishView>,
    /// How many come together.
    people: u16,
    /// How many draws without a seat count in this one. Entries with a higher number choose earlier.
    cohort: u8,
    /// How often the entry was changed.
    revision: u32,
    entered_at: LocalTime,
    /// A signed promise that this entry will stand in the list. Keep it: `fairtermin verify-draw --receipt`
    /// checks the result with it. Empty if the entry ended before the list was closed: see `ended`.
    receipt: String,
    /// A signed statement that the entry ended before the list was closed, with the reason (also in `status`
    /// and `reason`). `fairtermin verify-draw --ended` takes it alone, or beside an earlier receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
    /// The turn in which this entry chose, from 1; once the draw is settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    turn: Option<u32>,
    /// The appointment that a win replaces, in a draw of earlier ones. If it is cancelled or moved the entry
    /// wins nothing, unless it is changed: then it names the present one.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<BookingId>,
    /// The location that phones the person if they are drawn and must confirm. The number is not shown; it is
    /// stated again when the entry is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    phoned_by: Option<LocationId>,
    /// The seat that is kept for the person, where winners must confirm.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<SeatView>,
    /// After a seat that was declined, or not accepted in time: until when the person can enter no draw of this
    /// service. Without it they can.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out_until: Option<LocalTime>,
    /// What was booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    booking: Option<BookingId>,
    /// The code of the problem that prevented the booking.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A seat that is kept for the winner of it.
#[derive(Serialize, ToSchema)]
#[schema(as = DrawnSeat)]
pub(in crate::http) struct SeatView {
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    /// Until then it can be accepted or declined.
    answer_by: LocalTime,
    /// How many kept seats can still be left, this one included, before the person can enter no draw of
    /// this service for a time. Without it that costs nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    free_left: Option<u16>,
    /// Until when the person can enter no draw of this service if they leave this one. Without it they can.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out_until: Option<LocalTime>,
}

impl From<KeptSeat> for SeatView {
    fn from(KeptSeat { seat, answer_by, declining }: KeptSeat) -> Self {
        Self {
            location: seat.location,
            start: LocalTime(seat.start),
            end: LocalTime(seat.end),
            answer_by: LocalTime(answer_by),
            free_left: declining.map(|it| it.free_left),
            left_out_until: declining.and_then(|it| it.left_out_until).map(LocalTime),
        }
    }
}

impl From<OwnEntry> for EntryView {
    fn from(own: OwnEntry) -> Self {
        let OwnEntry { entry, wishes, note, seat, left_out_until } = own;
        let (receipt, ended) = match note {
            EntryNote::Receipt(receipt) => (receipt, None),
            EntryNote::Ended(ended) => (String::new(), Some(ended)),
        };
        Self {
            id: entry.id,
            draw: entry.draw,
            status: entry.status.as_str(),
            wishes: wishes.iter().map(WishView::from).collect(),
            people: entry.people,
            cohort: entry.public.cohort,
            revision: entry.public.revision,
            entered_at: LocalTime(entry.entered_at),
            receipt,
            ended,
            turn: entry.turn,
            replaces: entry.replaces,
            phoned_by: entry.phone.map(|phone| phone.office),
            offer: seat.map(SeatView::from),
            left_out_until: left_out_until.map(LocalTime),
            booking: entry.booking,
            reason: entry.reason,
        }
    }
}
