//! The code from an e-mail proves that the person reads mail at the address that they stated.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{AddressProof, ClientError, Stated};
use ids::{AuthorityId, BookingId};

use crate::http::{
    asked::{Asked, What},
    frame::Frame,
    page_error::PageError,
    request::{Authority, Person, Request},
    visitor::{Visitor, go_to},
};

#[derive(Template)]
#[template(path = "email.html")]
struct EmailPage {
    frame: Frame,
    authority: AuthorityId,
    booking: BookingId,
    sent_to: Cow<'static, str>,
    /// The appointment was made a moment ago.
    just_booked: bool,
    /// What was wrong with the code.
    mistake: Option<Cow<'static, str>>,
    /// The outcome of a request for another code.
    news: Option<Cow<'static, str>>,
}

/// The page after a booking or from an appointment.
pub(crate) struct Query {
    booking: BookingId,
    booked: bool,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { booking: asked.path("booking")?, booked: asked.has("booked") })
    }
}

pub(crate) async fn ask(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let Query { booking, booked: just_booked } = request.asked;
    Ok(match EmailPage::new(&request, booking).await? {
        Some(page) => request.visitor.page(&EmailPage { just_booked, ..page }),
        None => go_to(appointment(&request, booking)),
    })
}

/// The form with the code.
pub(crate) struct Form {
    booking: BookingId,
    code: String,
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let code = asked.field("code").unwrap_or_default().to_owned();
        Ok(Self { booking: asked.path("booking")?, code })
    }
}

pub(crate) async fn prove(
    request: Request<Person, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Form { booking, code } = &request.asked;
    let visitor = &request.visitor;
    let proof = visitor.portal.identity.prove_contact(&token, code).await;
    let mistake = match proof.map_err(|error| visitor.identity_refused(error))? {
        AddressProof { proven: true, .. } => None,
        AddressProof { tries_left: 0, .. } => Some("email-over"),
        AddressProof { .. } => Some("email-wrong"),
    };
    let page = EmailPage::new(&request, *booking).await?;
    Ok(match (mistake.map(|key| visitor.texts.text(key)), page) {
        (Some(mistake), Some(page)) => {
            let frame = page.frame.of_error();
            visitor.page(&EmailPage { frame, mistake: Some(mistake), ..page })
        }
        _ => go_to(format!("{}?proven", appointment(&request, *booking))),
    })
}

/// Sends another code.
pub(crate) async fn again(
    request: Request<Person, Authority, BookingId>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let booking = request.asked;
    let visitor = &request.visitor;
    let identity = &visitor.portal.identity;
    let contact = identity.contact(&token).await;
    let contact = contact.map_err(|error| visitor.identity_refused(error))?;
    let Some(email) = contact.unproven else {
        return Ok(go_to(appointment(&request, booking)));
    };
    let stated = identity.state_contact(&token, &email, visitor.language().tag()).await;
    let news = visitor.texts.text(news(visitor, stated)?);
    Ok(match EmailPage::new(&request, booking).await? {
        Some(page) => visitor.page(&EmailPage { news: Some(news), ..page }),
        None => go_to(appointment(&request, booking)),
    })
}

fn appointment<A>(request: &Request<Person, Authority, A>, booking: BookingId) -> String {
    request.visitor.links.appointment(&request.authority.office.id, &booking)
}

fn news(visitor: &Visitor, stated: Result<Stated, ClientError>) -> Result<&'static str, PageError> {
    match stated {
        Ok(Stated::Known | Stated::CodeSent) => Ok("email-sent-again"),
        Err(error) if error.code() == Some("rate-limited") => Ok("email-enough"),
        Err(error) => Err(visitor.identity_refused(error)),
    }
}

impl EmailPage {
    /// `None` if no address waits for its code.
    async fn new<A: What>(
        request: &Request<Person, Authority, A>,
        booking: BookingId,
    ) -> Result<Option<Self>, PageError> {
        let token = request.token().await?;
        let visitor = &request.visitor;
        let contact = visitor.portal.identity.contact(&token).await;
        let contact = contact.map_err(|error| visitor.identity_refused(error))?;
        let Some(email) = contact.unproven else {
            return Ok(None);
        };
        Ok(Some(Self {
            frame: visitor.frame(visitor.texts.text("email-title")),
            sent_to: visitor.texts.fill("email-body", "email", email),
            authority: request.authority.office.id.clone(),
            booking,
            just_booked: false,
            mistake: None,
            news: None,
        }))
    }
}
