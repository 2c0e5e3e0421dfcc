//! The code from an e-mail proves that the person reads mail at the address that they stated: after a
//! booking, from an appointment, or from the page with the address.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{AddressProof, ClientError, Stated};
use ids::BookingId;

use crate::http::{
    asked::{Asked, What},
    frame::Frame,
    link::own_path,
    page_error::PageError,
    request::{Authority, Person, Request},
    visitor::{Visitor, go_to},
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
    /// The appointment was made a moment ago.
    just_booked: bool,
    /// What was wrong with the code.
    mistake: Option<Cow<'static, str>>,
    /// The outcome of a request for another code.
    news: Option<Cow<'static, str>>,
}

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
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { origin: Origin::read(asked)?, booked: asked.has("booked") })
    }
}

pub(crate) async fn ask(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let Query { origin, booked: just_booked } = &request.asked;
    Ok(match EmailPage::new(&request, origin).await? {
        Some(page) => request.visitor.page(&EmailPage { just_booked: *just_booked, ..page }),
        None => go_to(origin.page(&request)),
    })
}

/// The form with the code.
pub(crate) struct Form {
    origin: Origin,
    code: String,
}

impl What for Form {
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
    let proof = visitor.portal.identity.prove_contact(&token, code).await;
    let mistake = match proof.map_err(|error| visitor.identity_refused(error))? {
        AddressProof { proven: true, .. } => None,
        AddressProof { tries_left: 0, .. } => Some("email-over"),
        AddressProof { .. } => Some("email-wrong"),
    };
    let page = EmailPage::new(&request, origin).await?;
    Ok(match (mistake.map(|key| visitor.texts.text(key)), page) {
        (Some(mistake), Some(page)) => {
            let frame = page.frame.of_error();
            visitor.page(&EmailPage { frame, mistake: Some(mistake), ..page })
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
    let contact = contact.map_err(|error| visitor.identity_refused(error))?;
    let Some(email) = contact.unproven else {
        return Ok(go_to(origin.page(&request)));
    };
    let stated = identity.state_contact(&token, &email, visitor.language().tag()).await;
    let news = visitor.texts.text(news(visitor, stated)?);
    Ok(match EmailPage::new(&request, origin).await? {
        Some(page) => visitor.page(&EmailPage { news: Some(news), ..page }),
        None => go_to(origin.page(&request)),
    })
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
        origin: &Origin,
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
            action: origin.action(request),
            later: origin.page(request),
            back: match origin {
                Origin::Address { back } => back.clone(),
                Origin::Appointment(_) => String::new(),
            },
            just_booked: false,
            mistake: None,
            news: None,
        }))
    }
}
