//! Where messages go: added, changed and cleared at any time, also by people who gave no address when
//! they booked.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{Contact, Stated};
use ids::AuthorityId;

use super::email::{NOT_SENT, not_sent_words};
use crate::http::{
    asked::{Asked, What},
    confirm_email::{no_address_key, try_state},
    frame::Frame,
    link::own_path,
    page_error::PageError,
    request::{Authority, Person, Request},
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "address.html")]
struct AddressPage {
    frame: Frame,
    authority: AuthorityId,
    contact: Contact,
    /// What is in the field.
    typed: String,
    /// What was typed is no address, or no code can be sent any more.
    mistake: Option<Cow<'static, str>>,
    just_proven: bool,
    just_cleared: bool,
    back: String,
}

/// Where to return to, and what happened a moment ago.
pub(crate) struct Query {
    back: String,
    proven: bool,
    cleared: bool,
    typed: Option<String>,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            back: asked.field("back").unwrap_or_default().to_owned(),
            proven: asked.has("proven"),
            cleared: asked.has("cleared"),
            typed: asked.typed().map(|typed| typed.trimmed("email").to_owned()),
        })
    }
}

pub(crate) async fn ask(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let asked = &request.asked;
    let page = page(&request, &asked.back).await?;
    let (just_proven, just_cleared) = (
        asked.proven && page.contact.email.is_some(),
        asked.cleared && page.contact.email.is_none(),
    );
    let typed = asked.typed.clone().unwrap_or_else(|| page.typed.clone());
    Ok(request.visitor.page(&AddressPage { just_proven, just_cleared, typed, ..page }))
}

async fn page<A: What>(
    request: &Request<Person, Authority, A>,
    back: &str,
) -> Result<AddressPage, PageError> {
    let token = request.token().await?;
    let visitor = &request.visitor;
    let contact = visitor.portal.identity.contact(&token).await;
    let contact = contact.map_err(|error| visitor.contact_refused(error))?;
    // The list of appointments, if the form was opened without a page before it.
    let back = if back.is_empty() { visitor.links.appointments() } else { back.to_owned() };
    Ok(AddressPage {
        frame: visitor.frame(visitor.texts.text("address-title")),
        authority: request.authority.office.id.clone(),
        typed: contact.unproven.clone().unwrap_or_default(),
        contact,
        mistake: None,
        just_proven: false,
        just_cleared: false,
        back: own_path(&back, visitor.links),
    })
}

/// The form of the page.
pub(crate) struct Form {
    email: String,
    back: String,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            email: asked.trimmed("email").to_owned(),
            back: asked.field("back").unwrap_or_default().to_owned(),
        })
    }
}

/// Sends a code to an address that is new.
pub(crate) async fn state(
    request: Request<Person, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Form { email, back } = &request.asked;
    let (visitor, authority) = (&request.visitor, &request.authority.office.id);
    let back = own_path(back, visitor.links);
    let code_page = visitor.links.address_code_of(authority, &back);
    let page = page(&request, &back).await?;
    let mistake = match try_state(visitor, &token, email).await {
        Ok(Stated::Known) => {
            return Ok(go_to(format!("{}&proven", visitor.links.address(authority, &back))));
        }
        Ok(Stated::CodeSent) => {
            return Ok(go_to(code_page));
        }
        // The last code went there a moment ago.
        Ok(Stated::NotSent { .. }) if page.contact.unproven.as_ref() == Some(email) => {
            return Ok(go_to(format!("{code_page}&{NOT_SENT}")));
        }
        Ok(Stated::NotSent { next_at }) => not_sent_words(visitor, next_at),
        Err(error) => match no_address_key(&error) {
            Some(key) => visitor.texts.text(key),
            None => return Err(visitor.contact_refused(error)),
        },
    };
    let title = visitor.texts.fill("waiting-mistake-title", "title", page.frame.title.clone());
    let frame = visitor.frame(title);
    let typed = email.clone();
    let page = AddressPage { frame, typed, mistake: Some(mistake), ..page };
    Ok(visitor.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// No messages from now on.
pub(crate) async fn clear(
    request: Request<Person, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let (visitor, authority) = (&request.visitor, &request.authority.office.id);
    let cleared = visitor.portal.identity.clear_contact(&token).await;
    cleared.map_err(|error| visitor.contact_refused(error))?;
    let back = own_path(&request.asked.back, visitor.links);
    Ok(go_to(format!("{}&cleared", visitor.links.address(authority, &back))))
}
