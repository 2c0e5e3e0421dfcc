//! How to get an appointment without an online ID: where to go, what to bring, which number to
//! call.

use actix_web::HttpResponse;
use askama::Template;

use super::{
    frame::Frame,
    request::{Anybody, Anywhere, Authority, Request},
    visit::{LocationSummary, Name},
};

#[derive(Template)]
#[template(path = "without_online_id.html")]
struct WithoutOnlineIdPage {
    frame: Frame,
    authorities: Vec<AuthorityPlaces>,
}

/// An authority and where its desks are.
struct AuthorityPlaces {
    name: Name,
    places: Vec<LocationSummary>,
}

pub(crate) async fn show(request: Request<Anybody, Anywhere, ()>) -> HttpResponse {
    let visitor = request.visitor;
    let mut authorities = Vec::new();
    for office in visitor.portal.directory.all() {
        // An authority that was never reached has nothing to show; its number is the same as everywhere.
        let Ok(Authority { offer, .. }) = Authority::of(office).await else { continue };
        let places = offer.locations.iter().map(|place| LocationSummary::of(place, visitor.texts));
        authorities.push(AuthorityPlaces {
            name: Name::of(&offer.name, visitor.texts),
            places: places.collect(),
        });
    }
    let frame = visitor.frame(visitor.texts.text("without-title"));
    visitor.page(&WithoutOnlineIdPage { frame, authorities })
}
