//! Notes what came of a call: the person takes the seat, does not, still waits, or knows what they won.

use actix_web::HttpResponse;
use client::{Answered, Booking, WaitingStatus};
use ids::{DrawId, EntryId, LocationId, OfferId, WaitingId};

use super::{
    calls,
    done::{Done, Fact},
};
use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
    request::{Authority, Request, Staff},
    visit::{LocationSummary, service_names},
};

/// The form of one call.
pub(crate) struct Form {
    /// The place that phones, to show its calls again.
    place: LocationId,
    answer: Answer,
}

/// What the person said.
#[derive(Clone, Copy)]
enum Answer {
    Accept(OfferId),
    Decline(OfferId),
    StillWaiting(WaitingId),
    /// A drawn seat. To decline one has a form of its own, with a reason.
    AcceptDrawn(DrawId, EntryId),
    /// A winner who is booked knows it.
    Told(DrawId, EntryId),
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let answer = match asked.trimmed("answer") {
            "accept" => Answer::Accept(asked.required("offer")?),
            "decline" => Answer::Decline(asked.required("offer")?),
            "still-waiting" => Answer::StillWaiting(asked.required("entry")?),
            "accept-drawn" => {
                Answer::AcceptDrawn(asked.required("draw")?, asked.required("entry")?)
            }
            "told" => Answer::Told(asked.required("draw")?, asked.required("entry")?),
            _ => return Err(PageError::BadRequest),
        };
        Ok(Self { place: asked.required("location")?, answer })
    }
}

pub(crate) async fn answer(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Form { place, answer } = &request.asked;
    let api = &request.authority.office.api;
    let done = match *answer {
        Answer::Accept(offer) => {
            let booked = api.accept_offer_by_phone(&token, offer).await;
            booked.map(|booking| accepted(&request, &booking))
        }
        Answer::Decline(offer) => {
            let declined = api.decline_offer_by_phone(&token, offer).await;
            declined.map(|standing| waits(&request, standing))
        }
        Answer::StillWaiting(entry) => {
            let said = api.still_waiting_by_phone(&token, entry).await;
            said.map(|standing| waits(&request, standing))
        }
        Answer::AcceptDrawn(draw, entry) => {
            let booked = api.accept_drawn_seat_by_phone(&token, draw, entry).await;
            booked.map(|booking| accepted(&request, &booking))
        }
        Answer::Told(draw, entry) => {
            let told = api.told_winner_by_phone(&token, draw, entry).await;
            told.map(|()| Done::without_facts("desk-told", "desk-told-body", ways(&request)))
        }
    };
    match done {
        Ok(done) => Ok(done.page(&request.visitor)),
        Err(error) => calls::refused(&request, &token, place, error).await,
    }
}

/// The person has no message of it: the member of staff reads it out.
fn accepted(request: &Request<Staff, Authority, Form>, booking: &Booking) -> Done {
    let Request { visitor, authority: Authority { offer, .. }, .. } = request;
    let texts = visitor.texts;
    let place = LocationSummary::find(offer, &booking.location, texts);
    Done {
        title: "desk-call-accepted",
        body: "desk-call-accepted-body",
        person: String::new(),
        service: service_names(texts, offer, &booking.services),
        facts: vec![
            Fact::new("desk-visit-code", booking.code.to_string()),
            Fact::new("summary-when", texts.moment(booking.start)),
            Fact::new("summary-where", place.name.text),
        ],
        ways: ways(request),
    }
}

fn waits(request: &Request<Staff, Authority, Form>, standing: Answered) -> Done {
    let (title, body, facts) = match standing.status {
        Some(WaitingStatus::Ended) => ("desk-call-lost", "desk-call-lost-body", Vec::new()),
        Some(
            WaitingStatus::Waiting
            | WaitingStatus::Offered
            | WaitingStatus::Asked
            | WaitingStatus::Booked,
        )
        | None => {
            let left = Fact::new("desk-call-declines", standing.declines_left.to_string());
            ("desk-call-waits", "desk-call-waits-body", vec![left])
        }
    };
    let ways = ways(request);
    Done { title, body, person: String::new(), service: Vec::new(), facts, ways }
}

fn ways(request: &Request<Staff, Authority, Form>) -> Vec<(&'static str, String)> {
    let (links, authority) = (request.visitor.links, &request.authority.office.id);
    vec![
        ("desk-calls-more", links.calls_of_place(authority, &request.asked.place)),
        ("desk-back", links.desk(authority)),
    ]
}
