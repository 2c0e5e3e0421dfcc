//! Cancels an appointment for the office, after asking once and saying what follows.

use actix_web::HttpResponse;
use askama::Template;
use booking::state::Action;
use client::{AccessToken, Booking, BookingStatus, SlotApi};
use jiff::Timestamp;

use super::{
    asked_visit::AskedVisit,
    not_noted::NotNoted,
    show::{self, Visit},
};
use crate::http::{
    frame::Frame,
    page_error::PageError,
    request::{Authority, Request, Staff},
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "desk_cancel.html")]
struct CancelPage {
    frame: Frame,
    visit: Visit,
    /// Where the form is sent: this page again, whole, so that it can be opened once more.
    action: String,
    /// The query of the list.
    query: String,
    /// The list that led here.
    back: String,
}

/// Whether the office can cancel it: until it is over or the person is noted as present. After that the desk
/// notes whether the person came.
pub(super) fn can_be_cancelled(booking: &Booking, now: Timestamp) -> bool {
    booking.end > now && booking.status.is_some_and(|status| Action::Cancel.on(status).is_ok())
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, AskedVisit>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, asked: form, .. } = request;
    let (texts, links, now) = (visitor.texts, visitor.links, visitor.now());
    let found = form.find(&office.api, &token).await?;
    // It is over, or a colleague was faster: the desk says how the appointment stands.
    let Some(found) = found.filter(|found| can_be_cancelled(&found.booking, now)) else {
        return Ok(go_to(links.visit_in_list(&office.id, form.code, &form.query)));
    };
    let page = CancelPage {
        frame: visitor.frame(texts.text("desk-cancel-title")),
        action: links.ask_cancel(&office.id, &found.booking, &form.query),
        visit: Visit::new(texts, &offer, now, found, String::new(), String::new()),
        back: format!("{}?{}", links.desk(&office.id), form.list()),
        query: form.query,
    };
    Ok(visitor.page(&page))
}

pub(crate) async fn cancel(
    request: Request<Staff, Authority, AskedVisit>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority, asked: form, .. } = request;
    let office = &authority.office;
    if let Err(error) = office.api.cancel_at_desk(&token, form.booking).await {
        // The second click of a double click: what was wanted is done.
        let is_second = error.code() == Some("booking-not-active")
            && is_cancelled(&office.api, &token, &form).await;
        // The desk says so of a number that it does not find, and of an appointment that has ended meanwhile.
        let is_said = matches!(error.code(), Some("booking-not-found" | "booking-started"));
        if !is_second && !is_said {
            let refused = NotNoted::of(form.booking, Some(form.code), Action::Cancel, error)?;
            return show::again(visitor, &authority, &token, form.list(), refused).await;
        }
    }
    Ok(go_to(visitor.links.visit_in_list(&office.id, form.code, &form.query)))
}

async fn is_cancelled(api: &SlotApi, token: &AccessToken, form: &AskedVisit) -> bool {
    let found = form.find(api, token).await.ok().flatten();
    found.is_some_and(|found| found.booking.status == Some(BookingStatus::Cancelled))
}
