//! How to get an appointment without an online ID: where to go, what to bring, which number to
//! call.

use actix_web::HttpResponse;
use askama::Template;
use client::{Allocation, Service};

use super::{
    desk::books,
    frame::Frame,
    request::{Anybody, Anywhere, Authority, Request},
    visit::{LocationSummary, Name},
};
use crate::directory::Offer;

#[derive(Template)]
#[template(path = "without_online_id.html")]
struct WithoutOnlineIdPage {
    frame: Frame,
    authorities: Vec<AuthorityPlaces>,
    /// What a desk of one of them can do.
    can: Vec<&'static str>,
    /// Services with an application number, which no desk takes.
    numbered: Vec<Name>,
}

/// An authority, where its desks are and what they can do.
struct AuthorityPlaces {
    name: Name,
    places: Vec<LocationSummary>,
    can: Vec<&'static str>,
}

/// The texts of what desks do, each where an authority does it.
fn can(offer: &Offer) -> Vec<&'static str> {
    let for_everybody = |service: &&Service| !offer.is_for_staff_alone(&service.id);
    let mut services = offer.services.iter().filter(for_everybody);
    // Who has an appointment enters a draw for an earlier one at the desk, too.
    let draws =
        services.clone().any(|service| service.allocation.is_drawn() || service.earlier_by_draw);
    let has_lists = services.any(|service| service.waiting_list);
    let all = [
        (books(offer), "without-can-book"),
        (draws || has_lists, "without-can-change"),
        (draws, "without-can-draw"),
        (has_lists, "without-can-wait"),
    ];
    all.into_iter().filter_map(|(does, text)| does.then_some(text)).collect()
}

/// Whether a time is chosen only with the number of an application: people show online that it is theirs. Where the
/// authority gives the dates, its desk takes the number.
fn is_numbered(service: &&Service) -> bool {
    service.entitlement_required && service.allocation != Allocation::Assign
}

pub(crate) async fn show(request: Request<Anybody, Anywhere, ()>) -> HttpResponse {
    let visitor = request.visitor;
    let (mut authorities, mut numbered) = (Vec::new(), Vec::new());
    for office in visitor.portal.directory.all() {
        // An authority that was never reached has nothing to show; its number is the same as everywhere.
        let Ok(Authority { offer, .. }) = Authority::of(office).await else { continue };
        let names = offer.services.iter().filter(is_numbered);
        numbered.extend(names.map(|service| Name::of(&service.name, visitor.texts)));
        let places = offer.locations.iter().map(|place| LocationSummary::of(place, visitor.texts));
        authorities.push(AuthorityPlaces {
            name: Name::of(&offer.name, visitor.texts),
            places: places.collect(),
            can: can(&offer),
        });
    }
    let mut all: Vec<_> = authorities.iter().flat_map(|one| one.can.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let frame = visitor.frame(visitor.texts.text("without-title"));
    visitor.page(&WithoutOnlineIdPage { frame, authorities, can: all, numbered })
}
