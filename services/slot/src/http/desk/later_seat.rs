//! A request of staff for a person: a seat that is given later, by a draw or a waiting list.

use auth::{Role, Staff};
use ids::LocationId;
use problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use super::reason::WrittenReason;
use crate::{
    app::{Engine, request_at_desk::RequestAtDesk},
    http::{
        body::Object,
        conditional::OnlyNew,
        idempotency_key::IdempotencyKey,
        one_to::People,
        openapi,
        phone::Phone,
        values::{Spoken, or_default},
        wanted_seats::WishedFor,
    },
};

/// The person and what they wish.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SeatRequestAtDesk)]
pub(super) struct Stated {
    /// The statement of the identity service's desk, for which staff looked at the document.
    #[schema(example = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJwc24ifQ.c2lnbmF0dXJl")]
    attendee: String,
    /// The location of the member of staff.
    location: LocationId,
    /// The wishes, the best first.
    #[schema(value_type = Vec<WishedFor>, min_items = 1, max_items = 20)]
    wishes: Vec<Object<WishedFor>>,
    /// How many come together.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
    /// The language of messages to the person, or of the call.
    #[schema(value_type = openapi::Language)]
    language: Spoken,
    /// Why staff ask and not the person. Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

impl Stated {
    /// The request of this member of staff.
    ///
    /// # Errors
    /// The member of staff may not act at this location, the authority writes no messages in this language, or
    /// the reason is not valid.
    pub(super) fn by(
        self,
        slots: &Engine,
        staff: &Staff,
        key: IdempotencyKey,
        phone: Option<Phone>,
        OnlyNew(only_new): OnlyNew,
    ) -> Result<RequestAtDesk, Problem> {
        staff.require_one_of(&Role::FRONT_DESK)?;
        staff.require_location(&self.location)?;
        Ok(RequestAtDesk {
            staff: staff.id,
            location: self.location,
            attendee_token: self.attendee,
            wishes: self.wishes.into_iter().map(|Object(wish)| wish.into()).collect(),
            people: self.people.get(),
            language: self.language.told_by(slots, "request.language")?,
            phone: phone.map(|Phone(number)| number),
            key: key.0,
            reason: self.reason.map(|Object(reason)| reason.read()).transpose()?,
            only_new,
        })
    }
}
