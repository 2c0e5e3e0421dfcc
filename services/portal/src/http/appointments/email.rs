//! The code from an e-mail proves that the person reads mail at the address that they stated: after a
//! booking, from an appointment, or from the page with the address.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{AddressProof, CodeStanding, Contact, Stated};
use ids::BookingId;
use jiff::{Timestamp, ToSpan as _};

use crate::{
    http::{
        asked::{Asked, What},
        confirm_email::state,
        frame::Frame,
        link::own_path,
        page_error::PageError,
        request::{Authority, Person, Request},
        visitor::{Visitor, go_to},
    },
    text::local,
};

#[derive(Template)]
#[template(path = "email.html")]
struct EmailPage {
    frame: Frame,
    /// Where the forms go.
    action: String,
    /// Where to go without a code.
    later: String,
    /// For the page with the address: where that one leads to.
    back: String,
    sent_to: Cow<'static, str>,
    /// The same if no new code was sent, but that of an earlier e-mail is accepted.
    earlier_code: Option<Cow<'static, str>>,
    /// From when on another code can be had, if that is later.
    next: Option<Cow<'static, str>>,
    next_at: Option<Timestamp>,
    /// Where messages go until the new address is proven.
    known: Option<String>,
    /// What was made a moment ago: an appointment, or another one for it.
    booked: Option<&'static str>,
    /// It leads back to an appointment, and not to the page with the address.
    is_of_appointment: bool,
    /// What stands in the field.
    typed: String,
    /// What was wrong with the code.
    mistake: Option<Cow<'static, str>>,
    /// The outcome of a request for another code.
    news: Option<Cow<'static, str>>,
}

/// How many letters of a code the field takes.
const LONGEST_CODE: usize = 16;

/// In the address of the page: no code was sent for what was entered.
pub(in crate::http) const NOT_SENT: &str = "not-sent";

/// From where the person came.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// An appointment, which may have been booked a moment ago.
    Appointment(BookingId),
    /// The page with the address, which leads back there.
    Address { back: String },
}

impl What for Origin {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        if asked.is_in_path("booking") {
            return Ok(Self::Appointment(asked.path("booking")?));
        }
        Ok(Self::Address { back: asked.field("back").unwrap_or_default().to_owned() })
    }
}

impl Origin {
    /// The page with the code.
    fn action<A>(&self, request: &Request<Person, Authority, A>) -> String {
        let (links, authority) = (request.visitor.links, &request.authority.office.id);
        match self {
            Self::Appointment(booking) => links.email(authority, booking),
            Self::Address { .. } => links.address_code(authority),
        }
    }

    /// The page that one came from.
    fn page<A>(&self, request: &Request<Person, Authority, A>) -> String {
        let (links, authority) = (request.visitor.links, &request.authority.office.id);
        match self {
            Self::Appointment(booking) => links.appointment(authority, booking),
            Self::Address { back } => links.address(authority, &own_path(back, links)),
        }
    }

    /// The same, once the address is proven.
    fn proven<A>(&self, request: &Request<Person, Authority, A>) -> String {
        let page = self.page(request);
        format!("{page}{}proven", if page.contains('?') { '&' } else { '?' })
    }
}

/// The page after a booking, from an appointment, or from the page with the address.
pub(crate) struct Query {
    origin: Origin,
    booked: bool,
    /// No code was sent for what was entered.
    not_sent: bool,
    typed: String,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            origin: Origin::read(asked)?,
            booked: asked.has("booked"),
            not_sent: asked.has(NOT_SENT),
            typed: asked.typed().map_or_else(String::new, |typed| typed.trimmed("code").to_owned()),
        })
    }
}

pub(crate) async fn ask(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let Query { origin, booked, not_sent, typed } = &request.asked;
    let Some(page) = EmailPage::new(&request, origin).await? else {
        return Ok(go_to(origin.page(&request)));
    };
    let mut page = EmailPage { typed: typed.clone(), ..page };
    if *not_sent {
        page = page.without_new_code(&request.visitor);
    }
    if *booked {
        page.booked = booked_key(&request, origin).await;
    }
    Ok(request.visitor.page(&page))
}

/// The text that says what was booked a moment ago; none if the appointment is not booked any more: the address
/// of this page may be opened again later.
async fn booked_key<A: What>(
    request: &Request<Person, Authority, A>,
    origin: &Origin,
) -> Option<&'static str> {
    let Origin::Appointment(booking) = origin else { return None };
    let token = request.token().await.ok()?;
    match request.authority.office.api.booking(&token, *booking).await {
        Ok(booking) if !booking.is_open() => None,
        Ok(booking) if booking.replaces.is_some() => Some("appointment-rebooked-title"),
        // An authority that does not answer now has answered the booking itself.
        Err(error) if error.code() == Some("booking-not-found") => None,
        Ok(_) | Err(_) => Some("appointment-booked-title"),
    }
}

/// The form with the code.
pub(crate) struct Form {
    origin: Origin,
    code: String,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        let code = asked.field("code").unwrap_or_default().to_owned();
        Ok(Self { origin: Origin::read(asked)?, code })
    }
}

pub(crate) async fn prove(
    request: Request<Person, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Form { origin, code } = &request.asked;
    let visitor = &request.visitor;
    let language = visitor.language().tag();
    let proof = visitor.portal.identity.prove_contact(&token, code, language).await;
    let mistake = match proof.map_err(|error| visitor.contact_refused(error))? {
        AddressProof { proven: true, .. } => None,
        AddressProof { tries_left: 0, .. } => Some("email-over"),
        AddressProof { .. } => Some("email-wrong"),
    };
    let page = EmailPage::new(&request, origin).await?;
    Ok(match (mistake.map(|key| visitor.texts.text(key)), page) {
        (Some(mistake), Some(page)) => {
            let frame = page.frame.of_error();
            // One digit may be wrong: it is easier to mend than to type all again.
            let typed = code.chars().take(LONGEST_CODE).collect();
            visitor.page(&EmailPage { frame, mistake: Some(mistake), typed, ..page })
        }
        _ => go_to(origin.proven(&request)),
    })
}

/// Sends another code.
pub(crate) async fn again(
    request: Request<Person, Authority, Origin>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let origin = &request.asked;
    let visitor = &request.visitor;
    let identity = &visitor.portal.identity;
    let contact = identity.contact(&token).await;
    let contact = contact.map_err(|error| visitor.contact_refused(error))?;
    let Some(email) = contact.unproven else {
        return Ok(go_to(origin.page(&request)));
    };
    let (news, is_sent) = match state(visitor, &token, &email).await? {
        Stated::Known | Stated::CodeSent => (visitor.texts.text("email-sent-again"), true),
        Stated::NotSent { next_at } => (not_sent_words(visitor, next_at), false),
    };
    Ok(match EmailPage::new(&request, origin).await? {
        Some(page) if is_sent => visitor.page(&EmailPage { news: Some(news), ..page }),
        Some(page) => {
            let page = page.without_new_code(visitor);
            visitor.page(&EmailPage { news: Some(news), ..page })
        }
        None => go_to(origin.page(&request)),
    })
}

/// That no code was sent, and from when on one can be.
pub(super) fn not_sent_words(visitor: &Visitor, next_at: Option<Timestamp>) -> Cow<'static, str> {
    match next_at {
        Some(at) => visitor.texts.fill("email-not-sent", "time", soon(visitor, at)),
        None => visitor.texts.text("email-enough"),
    }
}

/// The minute from which on something can be done; with the day, if it is not today.
fn soon(visitor: &Visitor, at: Timestamp) -> Cow<'static, str> {
    // Not before: a clock shows no seconds.
    let at = at.checked_add(59.seconds()).unwrap_or(at);
    let is_today = local(at).date() == local(visitor.now()).date();
    if is_today { visitor.texts.time(at) } else { visitor.texts.moment(at) }
}

/// How it stands with the code for `email`, in a sentence.
fn lead(visitor: &Visitor, standing: CodeStanding, email: String) -> Cow<'static, str> {
    let key = match standing {
        CodeStanding::None => "email-none-sent",
        CodeStanding::Over => "email-code-over",
        CodeStanding::Valid | CodeStanding::Unknown => "email-body",
    };
    visitor.texts.fill(key, "email", email)
}

impl EmailPage {
    /// No code was sent for what was entered: which one counts, or from when on there is one.
    fn without_new_code(self, visitor: &Visitor) -> Self {
        match self.earlier_code {
            Some(sent_to) => Self { sent_to, earlier_code: None, ..self },
            None => Self { news: Some(not_sent_words(visitor, self.next_at)), ..self },
        }
    }

    /// `None` if no address waits for its code.
    async fn new<A: What>(
        request: &Request<Person, Authority, A>,
        origin: &Origin,
    ) -> Result<Option<Self>, PageError> {
        let token = request.token().await?;
        let visitor = &request.visitor;
        let contact = visitor.portal.identity.contact(&token).await;
        let contact = contact.map_err(|error| visitor.contact_refused(error))?;
        let Contact { email: known, unproven: Some(email), code, next_code_at } = contact else {
            return Ok(None);
        };
        let mut frame = visitor.frame(visitor.texts.text("email-title"));
        // The address of a form is no page: another language is that of the page with the code.
        frame.here = match origin {
            Origin::Appointment(_) => origin.action(request),
            Origin::Address { back } => {
                let authority = &request.authority.office.id;
                visitor.links.address_code_of(authority, &own_path(back, visitor.links))
            }
        };
        let earlier_code = (code == CodeStanding::Valid)
            .then(|| visitor.texts.fill("email-earlier-code", "email", email.clone()));
        let next_at = next_code_at.filter(|at| *at > visitor.now());
        Ok(Some(Self {
            frame,
            earlier_code,
            sent_to: lead(visitor, code, email),
            next: next_at.map(|at| visitor.texts.fill("email-next", "time", soon(visitor, at))),
            next_at,
            known,
            action: origin.action(request),
            later: origin.page(request),
            back: match origin {
                Origin::Address { back } => back.clone(),
                Origin::Appointment(_) => String::new(),
            },
            is_of_appointment: matches!(origin, Origin::Appointment(_)),
            booked: None,
            typed: String::new(),
            mistake: None,
            news: None,
        }))
    }
}
