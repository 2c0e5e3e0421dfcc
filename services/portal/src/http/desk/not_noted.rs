//! Why something was not noted of a visit, as the list says it: a colleague was faster, or it is not time yet.

use std::borrow::Cow;

use booking::state::Action;
use client::{AccessToken, BookingStatus, ClientError, DeskBooking, Refusal, SlotApi};
use ids::{BookingCode, BookingId};

use super::status::status_key;
use crate::{
    http::{person_name::name_of, visitor::Visitor},
    text::Texts,
};

/// Of which visit, and why.
pub(super) struct NotNoted {
    booking: BookingId,
    /// By it the visit is found if the list does not have it. A form of before this was said in it has none.
    code: Option<BookingCode>,
    why: Why,
}

enum Why {
    /// The visit stands otherwise by now. It was to become this.
    Changed(BookingStatus),
    /// The desk does not find it any more.
    Unknown,
    /// The person has another appointment of the kind by now.
    Booked,
    /// What the problem's own texts say to staff.
    Problem(Refusal),
}

impl NotNoted {
    /// Nothing was asked of the authority, as the visit does not allow `action` any more.
    pub(super) fn changed(booking: BookingId, code: BookingCode, action: Action) -> Self {
        Self { booking, code: Some(code), why: Why::Changed(action.to()) }
    }

    /// The authority refused `action`.
    ///
    /// # Errors
    /// A page of its own explains it.
    pub(super) fn of(
        booking: BookingId,
        code: Option<BookingCode>,
        action: Action,
        refused: ClientError,
    ) -> Result<Self, ClientError> {
        let refusal = match refused {
            ClientError::Problem(refusal) => refusal,
            outage => return Err(outage),
        };
        let why = match refusal.code.as_str() {
            "booking-not-active" => Why::Changed(action.to()),
            "booking-not-found" => Why::Unknown,
            "already-booked" => Why::Booked,
            "not-today" | "booking-not-begun" | "document-needed" => Why::Problem(refusal),
            _ => return Err(ClientError::Problem(refusal)),
        };
        Ok(Self { booking, code, why })
    }

    /// Title and body. `listed` is what the list has.
    ///
    /// # Errors
    /// It cannot be learnt how the visit stands.
    pub(super) async fn words(
        &self,
        visitor: &Visitor,
        api: &SlotApi,
        token: &AccessToken,
        listed: &[DeskBooking],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), ClientError> {
        let texts = visitor.texts;
        let pair = |title: &str, body: &str| (texts.text(title), texts.text(body));
        let unknown = || pair("desk-act-unknown", "desk-act-unknown-body");
        Ok(match &self.why {
            Why::Changed(wanted) => match self.find(api, token, listed).await? {
                Some(found) => how_it_stands(visitor, *wanted, &found),
                None => unknown(),
            },
            Why::Unknown => unknown(),
            Why::Booked => pair("desk-booked", "desk-booked-body"),
            Why::Problem(refusal) => problem(texts, refusal),
        })
    }

    async fn find(
        &self,
        api: &SlotApi,
        token: &AccessToken,
        listed: &[DeskBooking],
    ) -> Result<Option<DeskBooking>, ClientError> {
        let is_it = |found: &DeskBooking| found.booking.id == self.booking;
        if let Some(found) = listed.iter().find(|found| is_it(found)) {
            return Ok(Some(found.clone()));
        }
        let Some(code) = self.code else { return Ok(None) };
        Ok(api.desk_bookings(token, code).await?.into_iter().find(is_it))
    }
}

/// Whether it was done already, and how the visit stands. The second press of the same hand is no colleague.
fn how_it_stands(
    visitor: &Visitor,
    wanted: BookingStatus,
    found: &DeskBooking,
) -> (Cow<'static, str>, Cow<'static, str>) {
    let texts = visitor.texts;
    let is_done = found.booking.status == Some(wanted);
    let title = if is_done { "desk-act-before" } else { "desk-act-changed" };
    let person = found.attendee.clone().unwrap_or_default();
    let person = name_of(&person.given_name, &person.family_name);
    let status = texts.text(status_key(&found.booking, visitor.now()));
    let values = [("person", person.as_str()), ("status", &*status)];
    (texts.text(title), texts.fill_all("desk-act-stands", &values))
}

fn problem(texts: Texts, refusal: &Refusal) -> (Cow<'static, str>, Cow<'static, str>) {
    let (code, values) = match texts.arguments(refusal) {
        Some(values) => (refusal.code.as_str(), values),
        None => ("unknown", Vec::new()),
    };
    let text = |part: &str| texts.fill_values(&format!("problem-{code}{part}"), &values);
    (text(""), format!("{} {}", text(".what"), text(".do")).into())
}
