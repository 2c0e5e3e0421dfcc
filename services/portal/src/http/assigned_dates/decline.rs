//! A date that the authority gave does not suit: the authority gives another one.

use actix_web::HttpResponse;
use client::ClientError;
use ids::AssignedDateId;

use crate::http::{
    page_error::PageError,
    request::{Authority, Person, Request},
    visitor::go_to,
};

pub(crate) async fn decline(
    request: Request<Person, Authority, AssignedDateId>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: date, .. } = request;
    match office.api.decline_date(&token, date).await {
        Ok(()) => {}
        // In another window the person took it: it stands among their appointments.
        Err(error) if is_accepted(&error) => return Ok(go_to(visitor.links.appointments())),
        // Pressed twice, or in two windows.
        Err(error) if error.code() == Some("date-over") => {}
        Err(error) => return Err(visitor.office_refused(error)),
    }
    Ok(go_to(format!("{}?declined={date}", visitor.links.appointments())))
}

fn is_accepted(error: &ClientError) -> bool {
    let ClientError::Problem(refusal) = error else { return false };
    let status = refusal.extensions.get("current_status");
    refusal.code == "date-over" && status.is_some_and(|status| status == "accepted")
}
