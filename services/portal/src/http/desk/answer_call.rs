//! Notes what came of a call: the person takes the seat, does not, still waits, or knows what they won.

use actix_web::HttpResponse;
use client::{Answered, Booking, WaitingStatus};
use ids::{DrawId, EntryId, LocationId, OfferId, WaitingId};

use super::{
    booked::{CameFrom, booked},
    calls,
    done::{Done, Fact},
};
use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
    request::{Authority, Request, Staff},
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
    let answered = match *answer {
        Answer::Accept(offer) => {
            let taken = api.accept_offer_by_phone(&token, offer).await;
            taken.map(|booking| accepted(&request, &booking))
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
            let taken = api.accept_drawn_seat_by_phone(&token, draw, entry).await;
            taken.map(|booking| accepted(&request, &booking))
        }
        Answer::Told(draw, entry) => {
            let told = api.told_winner_by_phone(&token, draw, entry).await;
            told.map(|()| told_page(&request))
        }
    };
    match answered {
        Ok(page) => Ok(page),
        Err(error) => calls::refused(&request, &token, place, error).await,
    }
}

/// The person has no message of it: the member of staff reads it out.
fn accepted(request: &Request<Staff, Authority, Form>, booking: &Booking) -> HttpResponse {
    booked(request, booking, None, CameFrom::Calls(request.asked.place.clone()))
}

fn waits(request: &Request<Staff, Authority, Form>, standing: Answered) -> HttpResponse {
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
    let done = Done { facts, ..Done::without_facts(title, body, ways(request)) };
    done.page(&request.visitor)
}

fn told_page(request: &Request<Staff, Authority, Form>) -> HttpResponse {
    let done = Done::without_facts("desk-told", "desk-told-body", ways(request));
    done.page(&request.visitor)
}

fn ways(request: &Request<Staff, Authority, Form>) -> Vec<(&'static str, String)> {
    let (links, authority) = (request.visitor.links, &request.authority.office.id);
    vec![
        ("desk-calls-more", links.calls_of_place(authority, &request.asked.place)),
        ("desk-back", links.day_at_desk(authority, &request.asked.place)),
    ]
}
