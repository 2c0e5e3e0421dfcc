//! Moves a visit on, then shows the same list again; if that was refused, with how the visit stands.

use actix_web::HttpResponse;
use client::DeskAction;
use ids::{BookingCode, BookingId};

use super::{not_noted::NotNoted, show};
use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
    request::{Authority, Request, Staff},
    visitor::go_to,
};

/// The form of one visit.
pub(crate) struct Form {
    booking: BookingId,
    /// A form of before this was said in it has none.
    code: Option<BookingCode>,
    action: DeskAction,
    /// The query of the list.
    query: String,
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            booking: asked.path("booking")?,
            code: asked.field("code").and_then(|code| code.parse().ok()),
            action: asked.required("action")?,
            query: asked.trimmed("query").to_owned(),
        })
    }
}

pub(crate) async fn act(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority, asked, .. } = request;
    let Form { booking, code, action, query } = asked;
    let office = &authority.office;
    match office.api.desk_action(&token, booking, action).await {
        Ok(()) => Ok(go_to(format!("{}?{query}", visitor.links.desk(&office.id)))),
        Err(error) => {
            let refused = NotNoted::of(booking, code, action.into(), error)?;
            show::again(visitor, &authority, &token, query, refused).await
        }
    }
}
