//! The held slot: attendee, end and confirmation.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{AccessToken, Confirmation, Contact, Stated};
use jsonwebtoken::dangerous::insecure_decode_claims;
use serde::Deserialize;

use super::{
    asked::{Asked, What},
    frame::Frame,
    page_error::PageError,
    request::{Anywhere, Authority, Person, Request},
    search::SearchCriteria,
    visit::Summary,
    visitor::{Visitor, go_to},
};
use crate::session::HeldSlot;

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    frame: Frame,
    summary: Summary,
    person: String,
    until: Cow<'static, str>,
    /// For the script that shows the time left: seconds, as the browser's clock may be wrong.
    seconds_left: i64,
    replaces: bool,
    /// Where the confirmation goes; the online ID card does not tell it.
    email: String,
    /// What was entered is no address.
    is_no_email: bool,
    again: String,
}

pub(crate) async fn show(
    request: Request<Person, Anywhere, ()>,
) -> Result<HttpResponse, PageError> {
    let visitor = request.visitor;
    let held = held(&visitor)?;
    let token = visitor.token(&held.authority).await?;
    let email = known_email(&visitor, &token).await?;
    page(&visitor, &held, &token, email, false).await
}

async fn page(
    visitor: &Visitor,
    held: &HeldSlot,
    token: &AccessToken,
    email: String,
    is_no_email: bool,
) -> Result<HttpResponse, PageError> {
    let offer = authority(visitor, held).await?.offer;
    let attendee = visitor.portal.identity.attendee(token).await;
    let attendee = attendee.map_err(PageError::identity_down)?;
    let hold = &held.hold;
    let time = (hold.start, hold.end);
    let page = ConfirmPage {
        frame: visitor.frame(visitor.texts.text("confirm-title")),
        summary: Summary::new(visitor.texts, &offer, &hold.services, &hold.location, time),
        person: name_in(&attendee).unwrap_or_default(),
        until: visitor.texts.time(hold.expires_at),
        seconds_left: hold.expires_at.duration_since(visitor.now()).as_secs(),
        replaces: hold.replaces.is_some(),
        email,
        is_no_email,
        again: choose_again(visitor, held),
    };
    Ok(visitor.page(&page))
}

/// The address that messages go to, or the one that waits for its code. Whoever logged in below the
/// level at which they were proven before is not told, and can book without.
async fn known_email(visitor: &Visitor, token: &AccessToken) -> Result<String, PageError> {
    let known = match visitor.portal.identity.contact(token).await {
        Ok(known) => known,
        Err(error) => match visitor.identity_refused(error) {
            PageError::LevelTooLow { .. } => Contact::default(),
            failure => return Err(failure),
        },
    };
    Ok(known.unproven.or(known.email).unwrap_or_default())
}

/// Keeps the address if it is new: then a code goes there. An empty field changes nothing: it is
/// voluntary. The booking never waits for it.
async fn keep_email(
    visitor: &Visitor,
    token: &AccessToken,
    email: &str,
) -> Result<Stated, EmailError> {
    if email.is_empty() {
        return Ok(Stated::Known);
    }
    let language = visitor.language().tag();
    let stated = visitor.portal.identity.state_contact(token, email, language).await;
    stated.or_else(|error| match error.code() {
        Some("invalid-request") => Err(EmailError::NoAddress),
        // The page that asks for the code says so.
        Some("rate-limited") => Ok(Stated::CodeSent),
        _ => Err(EmailError::Failed(visitor.identity_refused(error))),
    })
}

enum EmailError {
    NoAddress,
    Failed(PageError),
}

/// The form of the page.
pub(crate) struct Form {
    email: String,
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { email: asked.trimmed("email").to_owned() })
    }
}

/// Makes the hold a booking.
pub(crate) async fn book(
    request: Request<Person, Anywhere, Form>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: Form { email }, .. } = request;
    let held = held(&visitor)?;
    let again = choose_again(&visitor, &held);
    let office = authority(&visitor, &held).await?.office;
    let token = visitor.token(&held.authority).await?;
    let stated = match keep_email(&visitor, &token, &email).await {
        Ok(stated) => stated,
        Err(EmailError::NoAddress) => return page(&visitor, &held, &token, email, true).await,
        Err(EmailError::Failed(failure)) => return Err(failure),
    };
    let attendee = visitor.portal.identity.attendee(&token).await;
    let confirmation = Confirmation {
        hold_token: held.hold.hold_token,
        attendee: attendee.map_err(PageError::identity_down)?,
        language: visitor.language().tag().to_owned(),
    };
    // One key per hold: pressing the button twice books once.
    let key = held.hold.hold_id.to_string();
    let booking = office.api.confirm(&token, &key, &confirmation).await;
    let booking = booking.map_err(|error| {
        // An outage may pass while the hold lasts; a refusal is final.
        if error.code().is_some() {
            visitor.session.change(|session| session.held = None);
        }
        PageError::from(error).choose_again_at(again)
    })?;
    visitor.session.change(|session| session.held = None);
    let link = match stated {
        Stated::Known => visitor.links.appointment(&held.authority, &booking.id),
        Stated::CodeSent => visitor.links.email(&held.authority, &booking.id),
    };
    Ok(go_to(format!("{link}?booked")))
}

fn held(visitor: &Visitor) -> Result<HeldSlot, PageError> {
    let session = visitor.session.read();
    match session.held_at(visitor.now()) {
        Some(held) => Ok(held.clone()),
        None => Err(PageError::NothingHeld {
            again: session.held.as_ref().map(|held| choose_again(visitor, held)),
        }),
    }
}

fn choose_again(visitor: &Visitor, held: &HeldSlot) -> String {
    visitor.links.days(&held.authority, &SearchCriteria::behind(&held.hold))
}

async fn authority(visitor: &Visitor, held: &HeldSlot) -> Result<Authority, PageError> {
    let office = visitor.portal.directory.get(&held.authority);
    Authority::of(office.ok_or(PageError::NotFound)?).await
}

/// The name in an attendee token, to be shown. Whether the token is genuine is the authority's
/// to check.
fn name_in(attendee: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Claims {
        #[serde(default)]
        given_name: Option<String>,
        family_name: String,
    }
    let claims: Claims = insecure_decode_claims(attendee).ok()?;
    let names = [claims.given_name, Some(claims.family_name)];
    Some(names.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

    use super::*;

    #[test]
    fn a_person_may_have_one_name_only() {
        let token = |json: &str| format!("e30.{}.sig", BASE64_URL_SAFE_NO_PAD.encode(json));
        let both = token(r#"{"given_name":"Özgür","family_name":"Yılmaz"}"#);
        assert_eq!(name_in(&both).unwrap(), "Özgür Yılmaz");
        assert_eq!(name_in(&token(r#"{"family_name":"Suharto"}"#)).unwrap(), "Suharto");
        assert_eq!(name_in("nonsense"), None);
    }
}
