//! A person proves that the application is on file, which some services ask for.

use actix_web::{HttpResponse, web};
use askama::Template;
use client::{EntitlementClaim, Service};
use ids::AuthorityId;

use super::{
    form::{Posted, Query, field},
    link::SearchCriteria,
    page_error::PageError,
    visit::{self, Name},
    visitor::{Frame, Visitor, go_to},
};
use crate::directory::Offer;

#[derive(Template)]
#[template(path = "entitlement.html")]
struct EntitlementPage {
    frame: Frame,
    authority: AuthorityId,
    services: Vec<Name>,
    criteria: SearchCriteria,
    reference: String,
    /// The last number did not fit.
    is_unknown: bool,
    back: String,
}

impl EntitlementPage {
    fn new(
        visitor: &Visitor,
        authority: AuthorityId,
        offer: &Offer,
        criteria: SearchCriteria,
    ) -> Self {
        Self {
            frame: visitor.frame(visitor.texts.text("entitlement-title")),
            services: visit::service_names(visitor.texts, offer, &criteria.services),
            back: visitor.links.days(&authority, &criteria),
            authority,
            criteria,
            reference: String::new(),
            is_unknown: false,
        }
    }
}

type PathParams = web::Path<(String, AuthorityId)>;

pub(crate) async fn ask(
    visitor: Visitor,
    path: PathParams,
    Query(fields): Query,
) -> Result<HttpResponse, PageError> {
    let (_, authority) = path.into_inner();
    let criteria = SearchCriteria::from_fields(&fields)?;
    let (_, offer) = visitor.office(&authority).await?;
    visit::check(&offer, &criteria)?;
    visitor.login(false)?;
    Ok(visitor.page(&EntitlementPage::new(&visitor, authority, &offer, criteria)))
}

pub(crate) async fn claim(
    visitor: Visitor,
    path: PathParams,
    Posted(fields): Posted,
) -> Result<HttpResponse, PageError> {
    let (_, authority) = path.into_inner();
    let criteria = SearchCriteria::from_fields(&fields)?;
    let reference = field(&fields, "reference").unwrap_or_default().trim().to_owned();
    let (office, offer) = visitor.office(&authority).await?;
    visit::check(&offer, &criteria)?;
    let needs = |service: &&Service| service.entitlement_required;
    let service = criteria.services.iter().filter_map(|id| offer.service(id)).find(needs);
    let service = service.ok_or(PageError::BadRequest)?.id.clone();
    let token = visitor.token(&authority, true).await?;
    let attendee = visitor.portal.identity.attendee(&token).await;
    let attendee = attendee.map_err(PageError::identity_down)?;
    let claim = EntitlementClaim { service, reference: reference.clone(), attendee };
    match office.api.claim_entitlement(&token, &claim).await {
        Ok(()) => Ok(go_to(visitor.links.days(&authority, &criteria))),
        Err(error) if matches!(error.code(), Some("entitlement-not-found" | "invalid-request")) => {
            let page = EntitlementPage::new(&visitor, authority, &offer, criteria);
            Ok(visitor.page(&EntitlementPage { reference, is_unknown: true, ..page }))
        }
        Err(error) => Err(error.into()),
    }
}
