//! The front desk: find a visitor by code, compare the name, move the visit on.

use actix_web::{HttpResponse, web};
use askama::Template;
use client::{ClientError, DeskAction, DeskBooking, usual_actions};
use ids::{AuthorityId, BookingCode, BookingId, LocationId};

mod catalogue;

use self::catalogue::CatalogueNotice;
use super::{
    appointments::{status_colour, status_key},
    form::{Posted, Query, field},
    page_error::PageError,
    visit::{LocationSummary, Name, service_names},
    visitor::{Frame, Visitor, go_to},
};
use crate::{
    directory::Offer,
    text::{Texts, clock_face, local},
};

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
    authority: AuthorityId,
    authority_name: Name,
    code: String,
    /// The code cannot be one of ours.
    is_malformed: bool,
    places: Vec<PlaceChoice>,
    /// `None` before anything was searched for.
    visits: Option<Vec<Visit>>,
    /// For supervisors and admins.
    catalogue: Option<CatalogueNotice>,
    /// The query of this page, to come back to it.
    query: String,
}

struct PlaceChoice {
    place: LocationSummary,
    chosen: bool,
}

struct Visit {
    id: BookingId,
    code: BookingCode,
    person: String,
    birthdate: String,
    services: Vec<Name>,
    place: String,
    time: String,
    status: &'static str,
    colour: &'static str,
    actions: &'static [DeskAction],
}

impl Visit {
    fn new(texts: Texts, offer: &Offer, found: DeskBooking) -> Self {
        let booking = found.booking;
        let person = found.attendee.unwrap_or_default();
        let place = offer.location(&booking.location);
        Self {
            id: booking.id,
            code: booking.code,
            person: format!("{} {}", person.given_name, person.family_name).trim().to_owned(),
            birthdate: person.birthdate,
            services: service_names(texts, offer, &booking.services),
            place: place
                .map(|place| LocationSummary::of(place, texts).name.text)
                .unwrap_or_default(),
            time: format!(
                "{} {}",
                texts.date(local(booking.start).date()),
                clock_face(booking.start)
            ),
            status: status_key(booking.status),
            colour: status_colour(booking.status),
            actions: usual_actions(booking.status),
        }
    }
}

impl DeskPage {
    fn action_key(action: DeskAction) -> String {
        format!("desk-{}", action.as_str())
    }
}

/// `?code=K7QD-3XHM` finds one visitor, `?location=mitte` shows the day.
pub(crate) async fn show(
    visitor: Visitor,
    path: web::Path<(String, AuthorityId)>,
    Query(fields): Query,
) -> Result<HttpResponse, PageError> {
    let (_, authority) = path.into_inner();
    let (office, offer) = visitor.office(&authority).await?;
    visitor.staff(false)?;
    let token = visitor.token(&authority, false).await?;
    let typed = field(&fields, "code").map(str::trim).filter(|code| !code.is_empty());
    let code: Option<BookingCode> = typed.and_then(|code| code.parse().ok());
    let location: Option<LocationId> = field(&fields, "location").and_then(|id| id.parse().ok());
    let found = match (&code, &location) {
        (Some(code), _) => Some(office.api.desk_bookings(&token, *code).await?),
        (None, Some(location)) if typed.is_none() => {
            let today = local(visitor.now()).date();
            Some(office.api.desk_day(&token, location, today).await?)
        }
        _ => None,
    };
    let texts = visitor.texts;
    let catalogue = CatalogueNotice::find(&office.api, &token, texts).await?;
    let visits = found.map(|found| {
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_key(|one| one.booking.start);
        found.into_iter().map(|one| Visit::new(texts, &offer, one)).collect()
    });
    let place = |location: &client::Location| PlaceChoice {
        place: LocationSummary::of(location, texts),
        chosen: Some(&location.id) == fields_location(&fields).as_ref(),
    };
    let page = DeskPage {
        frame: visitor.frame(texts.text("desk-title")),
        authority_name: Name::of(&offer.name, texts),
        code: typed.unwrap_or_default().to_owned(),
        is_malformed: typed.is_some() && code.is_none(),
        places: offer.locations.iter().map(place).collect(),
        visits,
        catalogue,
        query: visitor.here.split_once('?').map_or("", |(_, query)| query).to_owned(),
        authority,
    };
    Ok(visitor.page(&page))
}

fn fields_location(fields: &[(String, String)]) -> Option<LocationId> {
    field(fields, "location")?.parse().ok()
}

/// Moves a visit on, then shows the same list again.
pub(crate) async fn act(
    visitor: Visitor,
    path: web::Path<(String, AuthorityId, BookingId)>,
    Posted(fields): Posted,
) -> Result<HttpResponse, PageError> {
    let (_, authority, booking) = path.into_inner();
    let asked = field(&fields, "action").ok_or(PageError::BadRequest)?;
    let action = asked.parse::<DeskAction>().map_err(|_| PageError::BadRequest);
    let (office, _) = visitor.office(&authority).await?;
    visitor.staff(true)?;
    let token = visitor.token(&authority, true).await?;
    let moved = office.api.desk_action(&token, booking, action?).await;
    moved.map_err(|error: ClientError| PageError::from(error))?;
    let query = field(&fields, "query").unwrap_or_default();
    Ok(go_to(format!("{}?{query}", visitor.links.desk(&authority))))
}

#[cfg(test)]
mod tests {
    use booking::state::Action;
    use client::{BookingStatus, usual_actions};

    #[test]
    fn every_button_of_a_visit_does_something() {
        for status in BookingStatus::ALL {
            for action in usual_actions(Some(status)) {
                let action: Action = (*action).into();
                assert!(action.on(status).is_ok(), "{action:?} on {status:?}");
            }
        }
    }
}
