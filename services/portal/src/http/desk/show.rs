//! Finds visitors by code or by day, with the name to compare.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{
    AccessToken, Booking, BookingStatus, ClientError, DeskAction, DeskBooking, SlotApi,
    usual_actions,
};
use ids::{AuthorityId, BookingCode, BookingId, EntryId, LocationId};
use jiff::{Timestamp, civil::Date};

use super::{
    cancel_visit::can_be_cancelled,
    catalogue::CatalogueNotice,
    date_form::is_assigned,
    fields::{ChoiceField, Fields, Mistake, PLACE_MISSING, is_unsent, looks_like_code},
    later::{Later, for_staff_alone, later},
    not_noted::NotNoted,
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
        visitor::{Visitor, go_to},
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
    /// Title and body of why something was not noted of a visit.
    trouble: Option<(Cow<'static, str>, Cow<'static, str>)>,
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
    buttons: Vec<Button>,
    /// Where staff are asked before the person is noted as not having come.
    missed: String,
    /// Where staff are asked before they cancel it; `None` if that cannot be done any more.
    cancel: Option<String>,
    /// From when on the rest can be done, in words.
    later: Option<Cow<'static, str>>,
}

/// What can be done now with a visit.
struct Button {
    action: DeskAction,
    /// The text that says it.
    label: &'static str,
}

impl Button {
    /// How `action` is called on a visit with this status.
    const fn new(action: DeskAction, status: Option<BookingStatus>) -> Self {
        let label = match action {
            DeskAction::CheckIn => "desk-check-in",
            DeskAction::Call => "desk-call",
            DeskAction::Serve => "desk-serve",
            DeskAction::Miss => "desk-miss",
            DeskAction::Park => "desk-park",
            // Nobody has compared the name of who was not there.
            DeskAction::Requeue if matches!(status, Some(BookingStatus::Missed)) => "desk-came",
            DeskAction::Requeue => "desk-requeue",
        };
        Self { action, label }
    }

    /// Whether it follows much for the person, so that a page asks before it is done.
    fn asks_first(&self) -> bool {
        self.action == DeskAction::Miss
    }
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
        let button = |action| Button::new(action, booking.status);
        let buttons = actions(&booking, now).map(button).collect();
        let later = later_actions(texts, &booking, now);
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
            buttons,
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

/// Whether it was noted today that the person did not come, and can be put right: somebody may have pressed the
/// wrong button, or the person is late.
fn can_come_after_all(booking: &Booking, now: Timestamp) -> bool {
    !booking.unnoted && local(booking.start).date() == local(now).date()
}

/// What the authority takes now: it acts on the day, and nobody has missed what has not begun.
pub(super) fn actions(booking: &Booking, now: Timestamp) -> impl Iterator<Item = DeskAction> {
    let (has_begun, is_early) = (booking.start <= now, is_on_another_day(booking, now));
    let is_missed = booking.status == Some(BookingStatus::Missed);
    let is_closed = is_missed && !can_come_after_all(booking, now);
    let is_due = move |action: &DeskAction| {
        !is_early && !is_closed && (has_begun || *action != DeskAction::Miss)
    };
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

impl Search {
    fn code(&self) -> Option<BookingCode> {
        self.typed.parse().ok()
    }
}

pub(crate) async fn show(
    request: Request<Staff, Authority, Search>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority, asked, .. } = request;
    let entry: Option<EntryId> = asked.typed.to_lowercase().parse().ok();
    if let Some(entry) = entry {
        let link = visitor.links.find_entry(&authority.office.id);
        return Ok(go_to(format!("{link}?number={entry}")));
    }
    let query = visitor.here.split_once('?').map_or("", |(_, query)| query).to_owned();
    list(&visitor, &authority, &token, asked, query, None).await
}

/// The list with this query once more, and why something was not noted of a visit.
pub(super) async fn again(
    visitor: Visitor,
    authority: &Authority,
    token: &AccessToken,
    query: String,
    refused: NotNoted,
) -> Result<HttpResponse, PageError> {
    let search = Search::read(&Asked::of_query(&query))?;
    // Languages are switched on the list, whichever page of the desk sent the form.
    let here = format!("{}?{query}", visitor.links.desk(&authority.office.id));
    let visitor = Visitor { here, ..visitor };
    list(&visitor, authority, token, search, query, Some(refused)).await
}

async fn find(
    api: &SlotApi,
    token: &AccessToken,
    asked: &Search,
    today: Date,
) -> Result<Option<Vec<DeskBooking>>, ClientError> {
    Ok(match (asked.code(), &asked.location) {
        (Some(code), _) => Some(api.desk_bookings(token, code).await?),
        (None, Some(location)) if asked.typed.is_empty() || asked.is_unsent => {
            Some(api.desk_day(token, location, today).await?)
        }
        _ => None,
    })
}

async fn list(
    visitor: &Visitor,
    authority: &Authority,
    token: &AccessToken,
    asked: Search,
    query: String,
    refused: Option<NotNoted>,
) -> Result<HttpResponse, PageError> {
    let (Authority { office, offer }, texts) = (authority, visitor.texts);
    let code = asked.code();
    let found = find(&office.api, token, &asked, local(visitor.now()).date()).await?;
    let trouble = match &refused {
        Some(refused) => {
            let listed = found.as_deref().unwrap_or_default();
            Some(refused.words(visitor, &office.api, token, listed).await?)
        }
        None => None,
    };
    let catalogue = CatalogueNotice::find(&office.api, token, texts).await?;
    let is_malformed = code.is_none() && asked.is_unsent;
    let mistake = wrong_code(&asked.typed, code, found.as_deref()).filter(|_| !is_malformed);
    let found = found.filter(|_| mistake.is_none());
    let visits = found.map(|found| visits(visitor, authority, found, &query));
    let mistakes: &[Mistake] = if asked.is_place_missing { &[PLACE_MISSING] } else { &[] };
    let fields = Fields { texts, mistakes };
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let frame = visitor.frame(texts.text("desk-title"));
    let page = DeskPage {
        frame: if refused.is_some() { frame.of_error() } else { frame },
        authority: office.id.clone(),
        authority_name: Name::of(&offer.name, texts),
        mistake: mistake.map(|key| texts.text(key)),
        places: fields.places("location", "desk-place", offer, asked.location.as_ref()),
        day_of: asked.location,
        code: asked.typed,
        trouble,
        visits,
        later: later(visitor, office, offer).await,
        staff_alone: for_staff_alone(texts, offer),
        gives_dates: offer.services.iter().any(is_assigned),
        has_draws: offer.services.iter().any(|service| service.allocation.is_drawn()),
        catalogue,
        query,
    };
    Ok(visitor.page_with_status(status, &page))
}

/// The visits by time. `query` is that of the list.
fn visits(
    visitor: &Visitor,
    Authority { office, offer }: &Authority,
    mut found: Vec<DeskBooking>,
    query: &str,
) -> Vec<Visit> {
    found.sort_by_key(|one| one.booking.start);
    let visit = |one: DeskBooking| {
        let missed = visitor.links.ask_missed(&office.id, &one.booking, query);
        let cancel = visitor.links.ask_cancel(&office.id, &one.booking, query);
        Visit::new(visitor.texts, offer, visitor.now(), one, missed, cancel)
    };
    found.into_iter().map(visit).collect()
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
