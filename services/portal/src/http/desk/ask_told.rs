//! Asks before it is noted that a winner who is booked knows it: their phone number is deleted then.

use actix_web::HttpResponse;

use super::drawn_seat::{AskedSeat, DrawnSeatPart, Question, calls_of};
use crate::http::{
    page_error::PageError,
    request::{Authority, Request, Staff},
    visitor::go_to,
};

pub(crate) async fn ask(
    request: Request<Staff, Authority, AskedSeat>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = &request;
    let (texts, links) = (visitor.texts, visitor.links);
    let back = links.calls_of_place(&office.id, &asked.place);
    let untold = calls_of(&request, &token).await?.untold;
    // A colleague was faster: the calls say whom to phone now.
    let Some(call) = untold.into_iter().find(|call| asked.is(call.draw, call.entry)) else {
        return Ok(go_to(back));
    };
    let booking = &call.booking;
    let seat = (booking.start, &booking.location);
    let question = Question {
        title: "desk-tell",
        lead: "desk-tell-body",
        seat: DrawnSeatPart::new(texts, offer, &call.attendee, &booking.services, seat),
        follows: vec![texts.text("desk-tell-follows")],
        action: links.desk_calls(&office.id),
        fields: vec![
            ("location", asked.place.to_string()),
            ("draw", asked.draw.to_string()),
            ("entry", asked.entry.to_string()),
            ("answer", "told".to_owned()),
        ],
        button: "desk-call-told",
        back,
    };
    Ok(question.page(visitor, None))
}
