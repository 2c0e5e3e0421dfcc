//! A person proves that the application is on file, which some services ask for.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Allocation, ClientError, EntitlementClaim};
use ids::{AuthorityId, ServiceId};

use super::{
    another_time::AnotherTime,
    application::{Application, KnownApplication},
    asked::{Asked, What},
    frame::Frame,
    hold,
    page_error::PageError,
    request::{Authority, Person, Request},
    search::{ChosenSlot, SearchCriteria, slot_field},
    visit::{self, Name},
    visitor::{Visitor, go_to},
};
use crate::{
    directory::Offer,
    session::{Claimed, Entered},
};

#[derive(Template)]
#[template(path = "entitlement.html")]
struct EntitlementPage {
    frame: Frame,
    authority: AuthorityId,
    services: Vec<Name>,
    criteria: SearchCriteria,
    /// The slot that is held as soon as the number is known.
    slot: Option<String>,
    moment: Option<Cow<'static, str>>,
    reference: String,
    /// The application that the person has proven already: no number is asked for.
    known: Option<KnownApplication>,
    /// Why the last number was not taken.
    refused: Option<Refused>,
    back: String,
    /// The text of the way back: where the authority gives the dates, there are no days to choose.
    back_key: &'static str,
}

/// Why a number was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    /// None was written.
    Missing,
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

    const ALL: [Self; 3] = [Self::Missing, Self::Unknown, Self::TooMany];

    const fn text(self) -> &'static str {
        match self {
            Self::Missing => "entitlement-missing",
            Self::Unknown => "entitlement-unknown",
            Self::TooMany => "entitlement-tries",
        }
    }
}

impl EntitlementPage {
    /// A number was tried, and another one may help: without any there is nothing to check.
    fn was_tried(&self) -> bool {
        self.refused.is_some_and(|refused| refused != Refused::Missing)
    }

    /// With the number that was not taken last, if there is one: it stays when the language changes. One that
    /// was typed before a log-in is newer.
    fn new(visitor: &Visitor, authority: &Authority, wanted: Wanted) -> Self {
        let Wanted { criteria, chosen, typed, changes } = wanted;
        let entered = visitor.session.read().entered;
        // In another language the same number stays refused.
        let is_newest = |entered: &Entered| {
            entered.form == form_at(authority, &criteria)
                && typed.as_ref().is_none_or(|typed| *typed == entered.text)
        };
        let entered = entered.filter(is_newest);
        let frame = visitor.frame(visitor.texts.text("entitlement-title"));
        let why = |entered: &Entered| {
            Refused::ALL.into_iter().find(|refused| refused.text() == entered.mistake)
        };
        let refused = entered.as_ref().and_then(why);
        let is_asked = changes || chosen.is_some() || typed.is_some() || refused.is_some();
        let office = &authority.office.id;
        let known = Application::of(visitor, office, &authority.offer, &criteria);
        Self {
            frame: if refused.is_some() { frame.of_error() } else { frame },
            authority: office.clone(),
            known: known.and_then(Application::known).filter(|_| !is_asked),
            services: visit::service_names(visitor.texts, &authority.offer, &criteria.services),
            back: visitor.links.days(office, &criteria),
            back_key: match AnotherTime::of(&authority.offer, &criteria.services).is_chosen() {
                true => "back-to-days",
                false => "back-to-service",
            },
            criteria,
            slot: chosen.as_ref().map(|chosen| slot_field(&chosen.location, chosen.start)),
            moment: chosen.map(|chosen| visitor.texts.moment(chosen.start)),
            reference: typed.or(entered.map(|entered| entered.text)).unwrap_or_default(),
            refused,
        }
    }
}

/// Names the form of the page in the session: what was entered for one service is not said of another.
fn form_at(authority: &Authority, criteria: &SearchCriteria) -> String {
    let services: Vec<_> = criteria.services.iter().map(ServiceId::as_str).collect();
    format!("entitlement {} {}", authority.office.id, services.join(" "))
}

/// What the number is asked for.
pub(crate) struct Wanted {
    criteria: SearchCriteria,
    /// A slot that was chosen already.
    chosen: Option<ChosenSlot>,
    /// A number that was typed and needed a log-in first.
    typed: Option<String>,
    /// The person enters another number than the one that is known.
    changes: bool,
}

impl What for Wanted {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let chosen = asked.has("slot").then(|| ChosenSlot::read(asked)).transpose()?;
        let typed = asked.typed().map(|typed| typed.trimmed("reference").to_owned());
        let changes = asked.has("change");
        Ok(Self { criteria: SearchCriteria::read(asked)?, chosen, typed, changes })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.criteria.check(offer)
    }
}

pub(crate) async fn ask(request: Request<Person, Authority, Wanted>) -> HttpResponse {
    let Request { visitor, authority, asked: wanted, .. } = request;
    visitor.page(&EntitlementPage::new(&visitor, &authority, wanted))
}

/// The form of the page.
pub(crate) struct Form {
    wanted: Wanted,
    reference: String,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        let reference = texts::plain_digits(asked.trimmed("reference"));
        Ok(Self { wanted: Wanted::read(asked)?, reference })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.wanted.check(offer)
    }
}

pub(crate) async fn claim(
    request: Request<Person, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority, asked: Form { wanted, reference }, .. } = request;
    let criteria = &wanted.criteria;
    let mut services = criteria.services.iter().filter_map(|id| authority.offer.service(id));
    let service = services.find(|service| service.entitlement_required);
    let service = service.ok_or(PageError::BadRequest)?;
    let is_assigned = service.allocation == Allocation::Assign;
    let service = service.id.clone();
    if reference.is_empty() {
        return Ok(ask_again(&visitor, &authority, &wanted, &reference, Refused::Missing));
    }
    let attendee = visitor.portal.identity.attendee(&token).await;
    let attendee = attendee.map_err(PageError::identity_down)?;
    let claim = EntitlementClaim { service, reference: reference.clone(), attendee };
    let Err(error) = authority.office.api.claim_entitlement(&token, &claim).await else {
        let claimed = Claimed::new(authority.office.id.clone(), claim.service, claim.reference);
        visitor.session.change(|session| {
            session.entered = None;
            session.note_claim(claimed);
        });
        return match &wanted.chosen {
            Some(chosen) => hold::hold(&visitor, &authority, chosen, None).await,
            // The date that the authority gave, or will give, is there.
            None if is_assigned => Ok(go_to(format!("{}?claimed", visitor.links.appointments()))),
            None => Ok(go_to(visitor.links.days(&authority.office.id, criteria))),
        };
    };
    let Some(refused) = Refused::of(&error) else { return Err(error.into()) };
    Ok(ask_again(&visitor, &authority, &wanted, &reference, refused))
}

/// Leads back to the form, with what was entered and why it was not taken.
fn ask_again(
    visitor: &Visitor,
    authority: &Authority,
    wanted: &Wanted,
    reference: &str,
    refused: Refused,
) -> HttpResponse {
    let form = form_at(authority, &wanted.criteria);
    let entered = Entered::new(form, reference, refused.text());
    visitor.session.change(|session| session.entered = Some(entered));
    let office = &authority.office.id;
    go_to(match &wanted.chosen {
        Some(chosen) => visitor.links.entitlement_for(office, chosen),
        None => visitor.links.entitlement(office, &wanted.criteria),
    })
}
