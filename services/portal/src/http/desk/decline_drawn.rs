//! Declines a drawn seat for a winner whom the desk phones, after asking once with the name and what follows.

use actix_web::HttpResponse;
use client::{AccessToken, ClientError};

use super::{
    calls,
    done::Done,
    drawn_seat::{AskedSeat, DrawnSeatPart, Question, calls_of},
    reason_form::not_online,
    trouble::{Refused, Trouble},
};
use crate::http::{
    page_error::PageError,
    request::{Authority, Request, Staff},
};

pub(crate) async fn ask(
    request: Request<Staff, Authority, AskedSeat>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    question(&request, &token, None).await
}

/// The question, as long as the seat waits for an answer; then the calls as they are now.
async fn question(
    request: &Request<Staff, Authority, AskedSeat>,
    token: &AccessToken,
    trouble: Option<Trouble>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = request;
    let (texts, links) = (visitor.texts, visitor.links);
    let due = calls_of(request, token).await?.calls;
    let Some(call) = due.into_iter().find(|call| asked.is(call.draw, call.entry)) else {
        return calls::over(request, token, &asked.place).await;
    };
    let left_out = call
        .offer
        .left_out_until
        .map(|until| texts.fill("desk-call-left-out", "time", texts.moment(until).into_owned()));
    let services = std::slice::from_ref(&call.service);
    let seat = (call.offer.start, &call.offer.location);
    let question = Question {
        title: "desk-case-decline",
        lead: "desk-decline-drawn-body",
        seat: DrawnSeatPart::new(texts, offer, &call.attendee, services, seat),
        follows: left_out.into_iter().collect(),
        action: links.decline_drawn(&office.id, &asked.draw, &asked.entry, &asked.place),
        fields: vec![("location", asked.place.to_string())],
        button: "desk-call-decline",
        back: links.calls_of_place(&office.id, &asked.place),
    };
    Ok(question.page(visitor, trouble.as_ref()))
}

pub(crate) async fn decline(
    request: Request<Staff, Authority, AskedSeat>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { authority: Authority { office, .. }, asked, .. } = &request;
    // Why staff do it and not the person: they have no e-mail, and said so on the phone.
    let (seat, reason) = ((asked.draw, asked.entry), not_online());
    // One that was declined stays so, and a second press does no harm.
    match office.api.decline_drawn_seat_by_phone(&token, seat, &reason).await {
        Ok(()) => Ok(declined(&request)),
        Err(error) => refused(&request, &token, error).await,
    }
}

fn declined(request: &Request<Staff, Authority, AskedSeat>) -> HttpResponse {
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = request;
    let links = visitor.links;
    let ways = vec![
        ("desk-calls-more", links.calls_of_place(&office.id, &asked.place)),
        ("desk-back", links.day_at_desk(&office.id, &asked.place)),
    ];
    Done::without_facts("desk-call-declined", "desk-call-declined-body", ways).page(visitor)
}

/// What a colleague must agree to is said above the question; otherwise the calls as they are now, with why.
async fn refused(
    request: &Request<Staff, Authority, AskedSeat>,
    token: &AccessToken,
    error: ClientError,
) -> Result<HttpResponse, PageError> {
    let refused = Refused::Authority(error);
    match Trouble::of(&refused) {
        Some(trouble @ (Trouble::Second(_) | Trouble::CaseState)) => {
            question(request, token, Some(trouble)).await
        }
        _ => {
            let place = &request.asked.place;
            calls::refused(request, token, place, ClientError::from(refused)).await
        }
    }
}
