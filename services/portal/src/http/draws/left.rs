//! Who left a draw, and the signed end of their entry.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{OwnEnd, PublishedDraw};
use ids::DrawId;

use super::{check::Check, facts::DrawFacts};
use crate::http::{
    asked::What,
    frame::Frame,
    page_error::PageError,
    request::{Authority, Person, Request},
};

#[derive(Template)]
#[template(path = "draw_left.html")]
struct LeftPage {
    frame: Frame,
    draw: DrawFacts,
    /// When they left.
    left: Cow<'static, str>,
    /// Where the signed end is.
    note: String,
    check: Option<Check>,
}

/// How the person's entry ended, if they left. If that cannot be learnt there is nothing to say about it.
pub(super) async fn own_end<A: What>(
    request: &Request<Person, Authority, A>,
    draw: DrawId,
) -> Result<Option<OwnEnd>, PageError> {
    let token = request.token().await?;
    let office = &request.authority.office;
    match office.api.own_end(&token, draw).await {
        Ok(end) => Ok(Some(end)),
        Err(error) if error.code() == Some("entry-not-found") => Ok(None),
        Err(error) => {
            tracing::info!(authority = %office.id, %error, "cannot ask how an entry in a draw ended; the page says nothing of it");
            Ok(None)
        }
    }
}

/// The page of somebody who left.
pub(super) fn page<A: What>(
    request: &Request<Person, Authority, A>,
    published: &PublishedDraw,
    end: &OwnEnd,
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let draw = DrawFacts::new(visitor, &office.id, offer, &published.draw);
    let note = visitor.links.receipt(&office.id, &draw.id);
    let proof = visitor.links.draw_proof(&office.id, &draw.id);
    let check =
        draw.is_settled().then(|| Check { ended: Some(note.clone()), ..Check::of(proof, None) });
    visitor.page(&LeftPage {
        frame: visitor.frame(visitor.texts.text("draw-entry-title")),
        left: visitor.texts.moment(end.ended_at),
        note,
        check,
        draw,
    })
}
