//! Waiting lists, places and offers as the API shows them.

use ids::{BookingId, GroupId, LocationId, OfferId, ServiceId, WaitingId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::waiting_list::{
        answer_offer::Answered,
        read_lists::{ListLength, OwnPlace},
    },
    domain::waiting::SeatOffer,
    http::{local_time::LocalTime, wanted_seats::WishView},
};

/// One waiting list and its rules. Offers are made from 8 to 20 o'clock.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingList)]
pub(super) struct ListView {
    /// What people wait for.
    service: ServiceId,
    /// How many wait.
    people: u32,
    /// How many of them staff put in line, for people without online ID.
    at_desk: u32,
    /// How many can.
    max_people: u32,
    /// For how many hours an offer stands at most: a quarter of the time that is left, but no more
    /// than this.
    offer_hours: u16,
    /// For how many hours an offer stands at least.
    least_hours: u16,
    /// After so many offers that were declined or lapsed, the place is lost.
    declines: u8,
    /// Hours in which a person whose offer lapsed confirms that they still wait.
    answer_hours: u16,
    /// For how many days somebody who lost their place by offers that they declined or let lapse cannot join again
    /// a list of the group again online (`rejoin-too-soon`), and for how many days what anybody declined counts if they
    /// leave and join again. The desk can put them in line.
    rejoin_after_days: u8,
    /// How many hours longer an offer stands that the desk makes by phone, to a person without e-mail. No offer
    /// stands longer than the seat can be used.
    phoned_hours: u16,
    /// For how many minutes an offer at short notice stands; missing if the list makes none.
    #[serde(skip_serializing_if = "Option::is_none")]
    stand_by_minutes: Option<u16>,
}

impl From<ListLength> for ListView {
    fn from(list: ListLength) -> Self {
        let ListLength { service, terms, people, at_desk } = list;
        Self {
            service,
            people,
            at_desk,
            max_people: terms.max_people,
            offer_hours: terms.offer_hours,
            least_hours: terms.least_hours,
            declines: terms.declines,
            answer_hours: terms.answer_hours,
            rejoin_after_days: terms.rejoin_after_days,
            phoned_hours: terms.phoned_hours,
            stand_by_minutes: terms.stand_by.map(|stand_by| stand_by.offer_minutes),
        }
    }
}

/// A place in a waiting list, as its person sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingListEntry)]
pub(in crate::http) struct PlaceView {
    id: WaitingId,
    service: ServiceId,
    /// A person has one place in a group.
    group: GroupId,
    /// `waiting`, `offered` (see `offer`), `asked` (an offer lapsed: say by `answer_by` that you still
    /// wait), `booked`, or `ended` (`reason` says why).
    #[schema(value_type = String, example = "waiting")]
    status: &'static str,
    /// The best first.
    wishes: Vec<WishView>,
    /// How many come together.
    people: u16,
    /// The appointment that is given back for an earlier one.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<BookingId>,
    joined_at: LocalTime,
    /// Until the end of this day the person can come at once, and gets offers at short notice, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-04")]
    stand_by: Option<String>,
    /// Where in line; as long as the person is in line.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<InLineView>,
    /// How many offers can still be declined, or lapse, before the place is lost.
    declines_left: u16,
    /// Until then the person can say that they still wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_by: Option<LocalTime>,
    /// Why the place is lost: `declines`, `silence`, `list-ended` (the service has no list any more) or
    /// `stand-by-over` (they waited for offers at short notice alone, and the day is over).
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The place is lost: from then on they can join the list again online, if they cannot now.
    #[serde(skip_serializing_if = "Option::is_none")]
    again_at: Option<LocalTime>,
    /// What is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<OfferView>,
}

/// A place in line. Places are ordered by the day of joining; among those of one day the order is drawn, so
/// the time of day has no effect. A seat does not suit every person in line, so an offer may come earlier than
/// the number says.
#[derive(Serialize, ToSchema)]
#[schema(as = PlaceInLine)]
struct InLineView {
    /// The day of joining.
    #[schema(value_type = String, format = Date, example = "2027-01-04")]
    day: String,
    /// How many are before this person at least.
    ahead_at_least: u32,
    /// How many are before this person at most. The same once the day of joining is over.
    ahead_at_most: u32,
    /// SHA-256 of the random key of the day, in hexadecimal.
    commitment: String,
    /// The key, once the day is over. HMAC-SHA-256 by it over day, line feed and pseudonym is `drawn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// What was drawn, once the day is over. Smaller comes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    drawn: Option<String>,
}

/// A seat that is kept for one person until they answer.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingListOffer)]
pub(in crate::http) struct OfferView {
    id: OfferId,
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    /// Until then it can be accepted.
    valid_until: LocalTime,
    /// `usual`, or `short`: the offer stands for minutes, for people who can come at once. Without an answer it
    /// lapses and does not count as declined.
    #[schema(value_type = String, example = "usual")]
    notice: &'static str,
}

impl From<SeatOffer> for OfferView {
    fn from(offer: SeatOffer) -> Self {
        Self {
            id: offer.id,
            location: offer.seat.location,
            start: LocalTime(offer.seat.start),
            end: LocalTime(offer.seat.end),
            valid_until: LocalTime(offer.valid_until),
            notice: offer.notice.as_str(),
        }
    }
}

impl From<OwnPlace> for PlaceView {
    fn from(own: OwnPlace) -> Self {
        let OwnPlace { entry, wishes, ahead, offer, commitment, day_key, declines_left, again_at } =
            own;
        let is_over = day_key.is_some();
        let drawn = is_over.then(|| entry.place.drawn.clone());
        let place = ahead.map(|ahead| InLineView {
            day: entry.place.day.to_string(),
            ahead_at_least: match is_over {
                true => ahead.earlier_days.saturating_add(ahead.same_day_before),
                false => ahead.earlier_days,
            },
            ahead_at_most: ahead.earlier_days.saturating_add(match is_over {
                true => ahead.same_day_before,
                false => ahead.same_day,
            }),
            commitment,
            key: day_key,
            drawn,
        });
        Self {
            id: entry.id,
            service: entry.service,
            group: entry.group,
            status: entry.status.as_str(),
            wishes: wishes.iter().map(WishView::from).collect(),
            people: entry.people,
            replaces: entry.replaces,
            joined_at: LocalTime(entry.joined_at),
            stand_by: entry.stand_by.map(|day| day.to_string()),
            place,
            declines_left,
            answer_by: entry.answer_by.map(LocalTime),
            reason: entry.reason,
            again_at: again_at.map(LocalTime),
            offer: offer.map(OfferView::from),
        }
    }
}

/// What came of an answer.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingListAnswered)]
pub(in crate::http) struct AnsweredView {
    /// Where the place stands now: `waiting`, `offered`, `asked`, `booked` or `ended`.
    #[schema(value_type = String, example = "waiting")]
    status: &'static str,
    /// How many offers can still be declined, or lapse, before the place is lost.
    declines_left: u16,
}

impl From<Answered> for AnsweredView {
    fn from(answered: Answered) -> Self {
        Self { status: answered.status.as_str(), declines_left: answered.declines_left }
    }
}
