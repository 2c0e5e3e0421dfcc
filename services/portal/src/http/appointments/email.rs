//! The code from an e-mail proves that the person reads mail at the address that they stated.

use std::borrow::Cow;

use actix_web::{HttpResponse, web};
use askama::Template;
use client::{AddressProof, ClientError, Stated};
use ids::{AuthorityId, BookingId};

use crate::http::{
    form::{Posted, Query, field},
    page_error::PageError,
    visitor::{Frame, Visitor, go_to},
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

type PathParams = web::Path<(String, AuthorityId, BookingId)>;

pub(crate) async fn ask(
    visitor: Visitor,
    path: PathParams,
    Query(fields): Query,
) -> Result<HttpResponse, PageError> {
    let (_, authority, booking) = path.into_inner();
    match EmailPage::new(&visitor, authority.clone(), booking, false).await? {
        Some(page) => {
            let just_booked = field(&fields, "booked").is_some();
            Ok(visitor.page(&EmailPage { just_booked, ..page }))
        }
        None => Ok(go_to(visitor.links.appointment(&authority, &booking))),
    }
}

pub(crate) async fn prove(
    visitor: Visitor,
    path: PathParams,
    Posted(fields): Posted,
) -> Result<HttpResponse, PageError> {
    let (_, authority, booking) = path.into_inner();
    let token = visitor.token(&authority, true).await?;
    let code = field(&fields, "code").unwrap_or_default();
    let proof = visitor.portal.identity.prove_contact(&token, code).await;
    let mistake = match proof.map_err(PageError::identity_down)? {
        AddressProof { proven: true, .. } => None,
        AddressProof { tries_left: 0, .. } => Some("email-over"),
        AddressProof { .. } => Some("email-wrong"),
    };
    let page = EmailPage::new(&visitor, authority.clone(), booking, true).await?;
    match (mistake.map(|key| visitor.texts.text(key)), page) {
        (Some(mistake), Some(page)) => {
            Ok(visitor.page(&EmailPage { mistake: Some(mistake), ..page }))
        }
        _ => {
            let link = visitor.links.appointment(&authority, &booking);
            Ok(go_to(format!("{link}?proven")))
        }
    }
}

/// Sends another code.
pub(crate) async fn again(
    visitor: Visitor,
    path: PathParams,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let (_, authority, booking) = path.into_inner();
    let token = visitor.token(&authority, true).await?;
    let identity = &visitor.portal.identity;
    let contact = identity.contact(&token).await.map_err(PageError::identity_down)?;
    let Some(email) = contact.unproven else {
        return Ok(go_to(visitor.links.appointment(&authority, &booking)));
    };
    let stated = identity.state_contact(&token, &email, visitor.language().tag()).await;
    let news = visitor.texts.text(news(stated)?);
    let page = EmailPage::new(&visitor, authority.clone(), booking, true).await?;
    match page {
        Some(page) => Ok(visitor.page(&EmailPage { news: Some(news), ..page })),
        None => Ok(go_to(visitor.links.appointment(&authority, &booking))),
    }
}

fn news(stated: Result<Stated, ClientError>) -> Result<&'static str, PageError> {
    match stated {
        Ok(Stated::Known | Stated::CodeSent) => Ok("email-sent-again"),
        Err(error) if error.code() == Some("rate-limited") => Ok("email-enough"),
        Err(error) => Err(PageError::identity_down(error)),
    }
}

impl EmailPage {
    /// `None` if no address waits for its code.
    async fn new(
        visitor: &Visitor,
        authority: AuthorityId,
        booking: BookingId,
        is_form: bool,
    ) -> Result<Option<Self>, PageError> {
        let token = visitor.token(&authority, is_form).await?;
        let contact = visitor.portal.identity.contact(&token).await;
        let Some(email) = contact.map_err(PageError::identity_down)?.unproven else {
            return Ok(None);
        };
        Ok(Some(Self {
            frame: visitor.frame(visitor.texts.text("email-title")),
            sent_to: visitor.texts.fill("email-body", "email", email),
            authority,
            booking,
            just_booked: false,
            mistake: None,
            news: None,
        }))
    }
}
