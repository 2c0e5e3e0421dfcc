//! A person proves that the application is on file, which some services ask for.

use actix_web::{HttpResponse, web};
use askama::Template;
use client::{EntitlementClaim, Service};
use ids::AuthorityId;

use super::{
    failure::Failure,
    form::{Posted, Query, field},
    link::Wish,
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
    wish: Wish,
    reference: String,
    /// The last number did not fit.
    is_unknown: bool,
    back: String,
}

impl EntitlementPage {
    fn new(visitor: &Visitor, authority: AuthorityId, offer: &Offer, wish: Wish) -> Self {
        Self {
            frame: visitor.frame(visitor.texts.text("entitlement-title")),
            services: visit::service_names(visitor.texts, offer, &wish.services),
            back: visitor.links.days(&authority, &wish),
            authority,
            wish,
            reference: String::new(),
            is_unknown: false,
        }
    }
}

type Place = web::Path<(String, AuthorityId)>;

pub(crate) async fn ask(
    visitor: Visitor,
    path: Place,
    Query(fields): Query,
) -> Result<HttpResponse, Failure> {
    let (_, authority) = path.into_inner();
    let wish = Wish::from_fields(&fields)?;
    let (_, offer) = visitor.office(&authority).await?;
    visit::check(&offer, &wish)?;
    visitor.login(false)?;
    Ok(visitor.page(&EntitlementPage::new(&visitor, authority, &offer, wish)))
}

pub(crate) async fn claim(
    visitor: Visitor,
    path: Place,
    Posted(fields): Posted,
) -> Result<HttpResponse, Failure> {
    let (_, authority) = path.into_inner();
    let wish = Wish::from_fields(&fields)?;
    let reference = field(&fields, "reference").unwrap_or_default().trim().to_owned();
    let (office, offer) = visitor.office(&authority).await?;
    visit::check(&offer, &wish)?;
    let needs = |service: &&Service| service.entitlement_required;
    let service = wish.services.iter().filter_map(|id| offer.service(id)).find(needs);
    let service = service.ok_or(Failure::BadRequest)?.id.clone();
    let token = visitor.token(&authority, true).await?;
    let attendee = visitor.portal.identity.attendee(&token).await;
    let attendee = attendee.map_err(Failure::identity_down)?;
    let claim = EntitlementClaim { service, reference: reference.clone(), attendee };
    match office.api.claim_entitlement(&token, &claim).await {
        Ok(()) => Ok(go_to(visitor.links.days(&authority, &wish))),
        Err(error) if matches!(error.code(), Some("entitlement-not-found" | "invalid-request")) => {
            let page = EntitlementPage::new(&visitor, authority, &offer, wish);
            Ok(visitor.page(&EntitlementPage { reference, is_unknown: true, ..page }))
        }
        Err(error) => Err(error.into()),
    }
}
