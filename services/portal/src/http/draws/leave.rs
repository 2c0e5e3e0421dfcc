//! Takes a person out of a draw.

use actix_web::HttpResponse;
use askama::Template;
use ids::DrawId;

use super::{entry::booked, facts::DrawFacts};
use crate::http::{
    frame::Frame,
    page_error::PageError,
    request::{Authority, Person, Request},
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "draw_leave.html")]
struct LeavePage {
    frame: Frame,
    draw: DrawFacts,
    /// The person has an appointment with which they cannot enter again.
    is_booked: bool,
}

type Leaving = Request<Person, Authority, DrawId>;

pub(crate) async fn ask(request: Leaving) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = &request;
    let draw = office.api.draw(*asked).await?.draw;
    let frame = visitor.frame(visitor.texts.text("draw-leave-title"));
    let is_booked = !draw.needs_appointment && booked(&request, &draw.service).await.is_some();
    let draw = DrawFacts::new(visitor, &office.id, offer, &draw);
    Ok(visitor.page(&LeavePage { frame, draw, is_booked }))
}

pub(crate) async fn leave(request: Leaving) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: draw, .. } = request;
    let public = visitor.links.draw(&office.id, &draw);
    match office.api.leave_draw(&token, draw).await {
        Ok(()) => Ok(go_to(format!("{public}?left"))),
        // Pressed twice, or in two windows.
        Err(error) if error.code() == Some("entry-not-found") => {
            Ok(go_to(format!("{public}?left")))
        }
        Err(error) => Err(PageError::from(error).choose_again_at(public)),
    }
}
