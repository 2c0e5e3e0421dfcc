//! Moves a visit on, then shows the same list again.

use actix_web::HttpResponse;
use client::DeskAction;
use ids::BookingId;

use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
    request::{Authority, Request, Staff},
    visitor::go_to,
};

/// The form of one visit.
pub(crate) struct Form {
    booking: BookingId,
    action: DeskAction,
    /// The query of the list.
    query: String,
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            booking: asked.path("booking")?,
            action: asked.required("action")?,
            query: asked.trimmed("query").to_owned(),
        })
    }
}

pub(crate) async fn act(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = request;
    office.api.desk_action(&token, asked.booking, asked.action).await?;
    Ok(go_to(format!("{}?{}", visitor.links.desk(&office.id), asked.query)))
}
