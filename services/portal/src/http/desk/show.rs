//! Finds visitors by code or by day, with the name to compare.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Booking, DeskAction, DeskBooking, usual_actions};
use ids::{AuthorityId, BookingCode, BookingId, EntryId, LocationId};
use jiff::Timestamp;

use super::{
    cancel_visit::can_be_cancelled,
    catalogue::CatalogueNotice,
    date_form::is_assigned,
    fields::{ChoiceField, Fields, Mistake, PLACE_MISSING, is_unsent, looks_like_code},
    later::{Later, for_staff_alone, later},
    status::status_key,
    written::birth_date_shown,
};
use crate::{
    directory::Offer,
    http::{
        appointments::status::status_colour,
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        person_name::name_of,
        request::{Authority, Request, Staff},
        visit::{LocationSummary, Name, service_names},
        visitor::go_to,
    },
    text::{Texts, clock_face, local},
};

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
    authority: AuthorityId,
    authority_name: Name,
    code: String,
    /// What is wrong with the code.
    mistake: Option<Cow<'static, str>>,
    /// Whose day is shown.
    places: ChoiceField,
    /// The same place, if there is one: a language is chosen in the form of the code.
    day_of: Option<LocationId>,
    /// `None` before anything was searched for.
    visits: Option<Vec<Visit>>,
    /// For people without online ID.
    later: Vec<Later>,
    /// What only staff book: nobody can be entered for it.
    staff_alone: Vec<Name>,
    /// Whether the authority gives dates to applications.
    gives_dates: bool,
    /// Whether it holds draws.
    has_draws: bool,
    /// For supervisors and admins.
    catalogue: Option<CatalogueNotice>,
    /// The query of this page, to come back to it.
    query: String,
}

/// A visit in words.
pub(super) struct Visit {
    pub(super) id: BookingId,
    pub(super) code: BookingCode,
    pub(super) person: String,
    birthdate: String,
    pub(super) services: Vec<Name>,
    pub(super) place: String,
    pub(super) time: String,
    status: &'static str,
    colour: &'static str,
    /// Whether the documents are compared first.
    identity_check: bool,
    /// What can be done now.
    actions: Vec<DeskAction>,
    /// Where staff are asked before the person is noted as not having come.
    missed: String,
    /// Where staff are asked before they cancel it; `None` if that cannot be done any more.
    cancel: Option<String>,
    /// From when on the rest can be done, in words.
    later: Option<Cow<'static, str>>,
}

impl Visit {
    /// `missed` and `cancel` are the addresses at which staff are asked first.
    pub(super) fn new(
        texts: Texts,
        offer: &Offer,
        now: Timestamp,
        found: DeskBooking,
        missed: String,
        cancel: String,
    ) -> Self {
        let booking = found.booking;
        let (actions, later) =
            (actions(&booking, now).collect(), later_actions(texts, &booking, now));
        let cancel = can_be_cancelled(&booking, now).then_some(cancel);
        let person = found.attendee.unwrap_or_default();
        let place = offer.location(&booking.location);
        Self {
            id: booking.id,
            code: booking.code,
            person: name_of(&person.given_name, &person.family_name),
            birthdate: birth_date_shown(&person.birthdate),
            services: service_names(texts, offer, &booking.services),
            place: place
                .map(|place| LocationSummary::of(place, texts).name.text)
                .unwrap_or_default(),
            time: format!(
                "{} {}",
                texts.date(local(booking.start).date()),
                clock_face(booking.start)
            ),
            status: status_key(&booking, now),
            colour: status_colour(&booking, now),
            identity_check: booking.identity_check,
            actions,
            missed,
            cancel,
            later,
        }
    }
}

/// Whether it begins on a later day.
fn is_on_another_day(booking: &Booking, now: Timestamp) -> bool {
    local(booking.start).date() > local(now).date()
}

/// What the authority takes now: it acts on the day, and nobody has missed what has not begun.
pub(super) fn actions(booking: &Booking, now: Timestamp) -> impl Iterator<Item = DeskAction> {
    let (has_begun, is_early) = (booking.start <= now, is_on_another_day(booking, now));
    let is_due = move |action: &DeskAction| !is_early && (has_begun || *action != DeskAction::Miss);
    usual_actions(booking.status).iter().copied().filter(is_due)
}

/// From when on the rest can be done, if that is not now.
fn later_actions(texts: Texts, booking: &Booking, now: Timestamp) -> Option<Cow<'static, str>> {
    let usual = usual_actions(booking.status);
    if is_on_another_day(booking, now) && !usual.is_empty() {
        return Some(texts.fill("desk-acts-from", "day", texts.date(local(booking.start).date())));
    }
    let misses_later = usual.contains(&DeskAction::Miss) && booking.start > now;
    misses_later.then(|| texts.fill("desk-miss-from", "time", texts.time(booking.start)))
}

impl DeskPage {
    fn action_key(action: DeskAction) -> String {
        format!("desk-{}", action.as_str())
    }

    /// Whether it follows much for the person, so that a page asks before it is done.
    fn asks_first(action: DeskAction) -> bool {
        action == DeskAction::Miss
    }
}

/// What is searched for: `?code=K7QD-3XHM` one visitor, `?location=mitte` the day. The number of an entry in a draw has
/// a page of its own.
pub(crate) struct Search {
    /// As it was typed.
    typed: String,
    location: Option<LocationId>,
    /// The day of a place is asked for, and of none.
    is_place_missing: bool,
    /// The code only went along into another language.
    is_unsent: bool,
}

impl What for Search {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let location = asked.field("location").and_then(|id| id.parse().ok());
        let is_place_missing = asked.has("location") && location.is_none();
        let typed = texts::plain_digits(asked.trimmed("code"));
        Ok(Self { typed, location, is_place_missing, is_unsent: is_unsent(asked) })
    }
}

pub(crate) async fn show(
    request: Request<Staff, Authority, Search>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = request;
    let entry: Option<EntryId> = asked.typed.to_lowercase().parse().ok();
    if let Some(entry) = entry {
        return Ok(go_to(format!("{}?number={entry}", visitor.links.find_entry(&office.id))));
    }
    let code: Option<BookingCode> = asked.typed.parse().ok();
    let found = match (code, &asked.location) {
        (Some(code), _) => Some(office.api.desk_bookings(&token, code).await?),
        (None, Some(location)) if asked.typed.is_empty() || asked.is_unsent => {
            let today = local(visitor.now()).date();
            Some(office.api.desk_day(&token, location, today).await?)
        }
        _ => None,
    };
    let texts = visitor.texts;
    let catalogue = CatalogueNotice::find(&office.api, &token, texts).await?;
    let is_malformed = code.is_none() && asked.is_unsent;
    let mistake = wrong_code(&asked.typed, code, found.as_deref()).filter(|_| !is_malformed);
    let found = found.filter(|_| mistake.is_none());
    let query = visitor.here.split_once('?').map_or("", |(_, query)| query).to_owned();
    let visits = found.map(|mut found| {
        found.sort_by_key(|one| one.booking.start);
        let visit = |one: DeskBooking| {
            let missed = visitor.links.ask_missed(&office.id, &one.booking, &query);
            let cancel = visitor.links.ask_cancel(&office.id, &one.booking, &query);
            Visit::new(texts, &offer, visitor.now(), one, missed, cancel)
        };
        found.into_iter().map(visit).collect()
    });
    let mistakes: &[Mistake] = if asked.is_place_missing { &[PLACE_MISSING] } else { &[] };
    let fields = Fields { texts, mistakes };
    let places = fields.places("location", "desk-place", &offer, asked.location.as_ref());
    let later = later(&visitor, &office, &offer).await;
    let staff_alone = for_staff_alone(texts, &offer);
    let page = DeskPage {
        frame: visitor.frame(texts.text("desk-title")),
        authority: office.id,
        authority_name: Name::of(&offer.name, texts),
        mistake: mistake.map(|key| texts.text(key)),
        places,
        day_of: asked.location,
        code: asked.typed,
        visits,
        later,
        staff_alone,
        gives_dates: offer.services.iter().any(is_assigned),
        has_draws: offer.services.iter().any(|service| service.allocation.is_drawn()),
        catalogue,
        query,
    };
    Ok(visitor.page(&page))
}

/// The text that says what is wrong with the code that was typed.
fn wrong_code(
    typed: &str,
    code: Option<BookingCode>,
    found: Option<&[DeskBooking]>,
) -> Option<&'static str> {
    match code {
        Some(_) => found.is_some_and(<[_]>::is_empty).then_some("desk-code-unknown"),
        None if typed.is_empty() => None,
        None if looks_like_code(typed) => Some("desk-code-unknown"),
        None => Some("desk-code-malformed"),
    }
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
