//! A person proves that the application is on file, which some services ask for.

use actix_web::HttpResponse;
use askama::Template;
use client::{ClientError, EntitlementClaim};
use ids::AuthorityId;

use super::{
    asked::{Asked, What},
    frame::Frame,
    page_error::PageError,
    request::{Authority, Person, Request},
    search::SearchCriteria,
    visit::{self, Name},
    visitor::{Visitor, go_to},
};
use crate::{directory::Offer, session::Entered};

#[derive(Template)]
#[template(path = "entitlement.html")]
struct EntitlementPage {
    frame: Frame,
    authority: AuthorityId,
    services: Vec<Name>,
    criteria: SearchCriteria,
    reference: String,
    /// Why the last number was not taken.
    refused: Option<Refused>,
    back: String,
}

/// Why a number was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    /// It does not fit the person.
    Unknown,
    /// The person has no tries left on this day.
    TooMany,
}

impl Refused {
    /// A sentence of the page, if `error` is no failure of another kind.
    fn of(error: &ClientError) -> Option<Self> {
        match error.code()? {
            "entitlement-not-found" | "invalid-request" => Some(Self::Unknown),
            "rate-limited" => Some(Self::TooMany),
            _ => None,
        }
    }

    const ALL: [Self; 2] = [Self::Unknown, Self::TooMany];

    const fn text(self) -> &'static str {
        match self {
            Self::Unknown => "entitlement-unknown",
            Self::TooMany => "entitlement-tries",
        }
    }
}

impl EntitlementPage {
    /// With the number that was not taken last, if there is one: it stays when the language changes.
    fn new(visitor: &Visitor, authority: &Authority, criteria: SearchCriteria) -> Self {
        let entered = visitor.session.read().entered;
        let entered = entered.filter(|entered| entered.form == form_at(authority));
        let frame = visitor.frame(visitor.texts.text("entitlement-title"));
        let why = |entered: &Entered| {
            Refused::ALL.into_iter().find(|refused| refused.text() == entered.mistake)
        };
        let refused = entered.as_ref().and_then(why);
        Self {
            frame: if refused.is_some() { frame.of_error() } else { frame },
            authority: authority.office.id.clone(),
            services: visit::service_names(visitor.texts, &authority.offer, &criteria.services),
            back: visitor.links.days(&authority.office.id, &criteria),
            criteria,
            reference: entered.map(|entered| entered.text).unwrap_or_default(),
            refused,
        }
    }
}

/// Names the form of the page in the session.
fn form_at(authority: &Authority) -> String {
    format!("entitlement {}", authority.office.id)
}

pub(crate) async fn ask(request: Request<Person, Authority, SearchCriteria>) -> HttpResponse {
    let Request { visitor, authority, asked: criteria, .. } = request;
    visitor.page(&EntitlementPage::new(&visitor, &authority, criteria))
}

/// The form of the page.
pub(crate) struct Form {
    criteria: SearchCriteria,
    reference: String,
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let reference = texts::plain_digits(asked.trimmed("reference"));
        Ok(Self { criteria: SearchCriteria::read(asked)?, reference })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.criteria.check(offer)
    }
}

pub(crate) async fn claim(
    request: Request<Person, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority, asked: Form { criteria, reference }, .. } = request;
    let mut services = criteria.services.iter().filter_map(|id| authority.offer.service(id));
    let service = services.find(|service| service.entitlement_required);
    let service = service.ok_or(PageError::BadRequest)?.id.clone();
    let attendee = visitor.portal.identity.attendee(&token).await;
    let attendee = attendee.map_err(PageError::identity_down)?;
    let claim = EntitlementClaim { service, reference: reference.clone(), attendee };
    let Err(error) = authority.office.api.claim_entitlement(&token, &claim).await else {
        visitor.session.change(|session| session.entered = None);
        return Ok(go_to(visitor.links.days(&authority.office.id, &criteria)));
    };
    let Some(refused) = Refused::of(&error) else { return Err(error.into()) };
    let entered = Entered::new(form_at(&authority), &reference, refused.text());
    visitor.session.change(|session| session.entered = Some(entered));
    Ok(go_to(visitor.links.entitlement(&authority.office.id, &criteria)))
}
