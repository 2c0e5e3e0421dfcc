//! What is stated to get a seat later, by a draw or a waiting list.

use auth::Booker;
use vocabulary::Language;

use super::{
    body::Object,
    booker::{actor, booked_by},
    idempotency_key::IdempotencyKey,
    one_to::People,
    wanted_seats::WishedFor,
};
use crate::{app::SeatRequest, domain::Binding};

/// The request of a booking party, for the use cases.
pub(super) fn seat_request(
    booker: &Booker,
    key: IdempotencyKey,
    wishes: Vec<Object<WishedFor>>,
    people: People,
    attendee_token: String,
    language: Language,
) -> SeatRequest {
    SeatRequest {
        actor: actor(booker),
        booked_by: booked_by(booker),
        binding: Binding::Online,
        at_desk: None,
        phone: None,
        doubt: booker.citizen.doubt,
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        wishes: wishes.into_iter().map(|Object(wish)| wish.into()).collect(),
        people: people.get(),
        attendee_token,
        language,
        key: key.0,
        only_new: false,
    }
}
