//! All appointments of a person, at every authority.

use actix_web::HttpResponse;
use askama::Template;
use client::{Booking, ClientError, TrustLevel};
use ids::{AssignedDateId, WaitingId};

use super::appointment::Appointment;
use crate::{
    directory::Office,
    http::{
        asked::{Asked, What},
        assigned_dates::own::{OwnDate, dates},
        draws::own::{Among, EnteredDraw, entered},
        frame::Frame,
        page_error::PageError,
        request::{Anybody, Anywhere, Authority, Person, Request},
        same_time::HeldBefore,
        search::SearchCriteria,
        visit::Name,
        visitor::{Visitor, go_to},
        waiting_list::own::{OwnPlace, places},
    },
    session::BookedHold,
};

#[derive(Template)]
#[template(path = "appointments.html")]
struct ListPage {
    frame: Frame,
    open: Vec<Appointment>,
    past: Vec<Appointment>,
    /// Dates that authorities gave, or that were drawn, and that wait for an answer.
    assigned: Vec<OwnDate>,
    draws: Vec<EnteredDraw>,
    /// Places in waiting lists, with what is offered.
    waiting: Vec<OwnPlace>,
    /// A place was left a moment ago.
    just_left: bool,
    /// A date was declined in this session, and nothing came after it yet.
    has_declined: bool,
    /// An application was proven a moment ago to which the authority gives a date: the text that says what is next.
    claimed_key: Option<&'static str>,
    /// Authorities that did not answer: their appointments are missing here.
    unreachable: Vec<Name>,
    /// Where to log in more surely, if that shows more appointments.
    login_for_more: Option<String>,
}

/// What happened a moment ago.
pub(crate) struct Query {
    /// The place in a waiting list that was left.
    left: Option<WaitingId>,
    /// The date that was declined.
    declined: Option<AssignedDateId>,
    claimed: bool,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            left: asked.field("left").and_then(|place| place.parse().ok()),
            declined: asked.field("declined").and_then(|date| date.parse().ok()),
            claimed: asked.has("claimed"),
        })
    }
}

/// The address without a language, as older messages have it.
pub(crate) async fn without_language(request: Request<Anybody, Anywhere, ()>) -> HttpResponse {
    go_to(request.visitor.links.appointments())
}

pub(crate) async fn show(
    request: Request<Person, Anywhere, Query>,
) -> Result<HttpResponse, PageError> {
    let visitor = request.visitor;
    if visitor.login()?.is_staff {
        return Err(PageError::PersonOnly { back: visitor.back.clone() });
    }
    let offices = visitor.portal.directory.all();
    let answers = offices.iter().map(|office| at(&visitor, office));
    let mut found = Vec::new();
    let mut assigned = Vec::new();
    let mut draws = Vec::new();
    let mut waiting = Vec::new();
    let mut unreachable = Vec::new();
    let mut all_from = None;
    for (office, answer) in offices.iter().zip(futures_util::future::join_all(answers).await) {
        match answer {
            Ok(own) => {
                found.extend(own.appointments);
                assigned.extend(own.assigned);
                draws.extend(own.draws);
                waiting.extend(own.waiting);
                all_from = all_from.max(own.all_from);
            }
            Err(failure @ PageError::IdentityDown(_)) => return Err(failure),
            Err(failure) if failure.is_logged_out() => return Err(failure),
            Err(failure) => {
                tracing::info!(authority = %office.id, %failure, "cannot list appointments at an authority; the page says so");
                unreachable.push(Name::of(&office.name(), visitor.texts));
            }
        }
    }
    let (mut open, mut past): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|appointment| is_ahead(appointment, &visitor));
    open.sort_by_key(|appointment| appointment.booking.start);
    past.sort_by_key(|appointment| std::cmp::Reverse(appointment.booking.start));
    let frame = visitor.frame(visitor.texts.text("appointments-title"));
    let links = visitor.links;
    let login_for_more =
        all_from.map(|level| links.login_start(&links.appointments(), Some(level)));
    // What is offered comes first.
    waiting.sort_by_key(|place: &OwnPlace| place.offer.is_none());
    let News { just_left, just_declined } = News::of(&request.asked, &waiting, &assigned);
    let has_declined = just_declined || is_another_to_come(&visitor, &assigned, &open);
    let claimed_key = if request.asked.claimed { claimed_key(&visitor, &open) } else { None };
    Ok(visitor.page(&ListPage {
        frame,
        open,
        past,
        assigned,
        draws,
        waiting,
        just_left,
        has_declined,
        claimed_key,
        unreachable,
        login_for_more,
    }))
}

/// What happened a moment ago. An address is kept, reloaded and gone back to: it says only what is still true.
struct News {
    just_left: bool,
    just_declined: bool,
}

impl News {
    fn of(asked: &Query, waiting: &[OwnPlace], assigned: &[OwnDate]) -> Self {
        let is_in = |place: &WaitingId| waiting.iter().any(|own| own.id == *place);
        let is_open = |date: &AssignedDateId| assigned.iter().any(|own| own.id == Some(*date));
        Self {
            just_left: asked.left.as_ref().is_some_and(|place| !is_in(place)),
            just_declined: asked.declined.as_ref().is_some_and(|date| !is_open(date)),
        }
    }
}

/// Whether the person declined a date in this session and has got no other one since: the application is mentioned
/// nowhere else on the page.
fn is_another_to_come(visitor: &Visitor, assigned: &[OwnDate], open: &[Appointment]) -> bool {
    let Some(declined) = visitor.session.read().declined else { return false };
    // Drawn seats have no id.
    let is_given = assigned.iter().any(|own| own.id.is_some());
    !is_given && !open.iter().any(|own| own.authority == declined.authority)
}

/// What is next for who has proven an application: a date will come, unless they have the appointment.
fn claimed_key(visitor: &Visitor, open: &[Appointment]) -> Option<&'static str> {
    let session = visitor.session.read();
    let last = session.claimed.last()?;
    let is_for_it = |own: &Appointment| {
        own.authority == last.authority && own.booking.services.contains(&last.service)
    };
    Some(match open.iter().any(is_for_it) {
        true => "assigned-claimed-booked",
        false => "assigned-claimed-body",
    })
}

/// Still to come, or under way at the office.
fn is_ahead(appointment: &Appointment, visitor: &Visitor) -> bool {
    use client::BookingStatus::{
        Called, Cancelled, CheckedIn, Confirmed, Missed, Parked, Rebooked, Served,
    };
    let booking = &appointment.booking;
    match booking.status {
        Some(Confirmed) => booking.end > visitor.now(),
        Some(CheckedIn | Called | Parked) => true,
        Some(Served | Missed | Cancelled | Rebooked) | None => false,
    }
}

/// What a person has at one authority.
struct Own {
    appointments: Vec<Appointment>,
    assigned: Vec<OwnDate>,
    draws: Vec<EnteredDraw>,
    waiting: Vec<OwnPlace>,
    /// The level of log-in that shows all appointments if this one does not.
    all_from: Option<TrustLevel>,
}

async fn at(visitor: &Visitor, office: &Office) -> Result<Own, PageError> {
    if office.known().await.reachable == Some(false) {
        return Err(PageError::AuthorityDown(ClientError::TimedOut));
    }
    let authority = Authority::of(office).await?;
    let token = visitor.token(&office.id).await?;
    let (own, mut assigned, mut draws, waiting) = futures_util::future::join4(
        office.api.bookings(&token),
        dates(visitor, &authority, &token),
        entered(visitor, &authority, &token, Among::All),
        places(visitor, &authority, &token),
    )
    .await;
    let own = own?;
    note_booked(visitor, office, &own.bookings);
    assigned.extend(draws.iter_mut().filter_map(|draw| draw.kept.take()));
    let beside = |draw: EnteredDraw| draw.beside(visitor, &authority.offer, &own.bookings);
    let draws = draws.into_iter().map(beside).collect();
    let now = visitor.now();
    let appointment = |booking| Appointment::new(visitor.texts, &authority, booking, now);
    let appointments = own.bookings.into_iter().map(appointment).collect();
    Ok(Own { appointments, assigned, draws, waiting, all_from: own.all_from_level })
}

/// What this session holds and another session of the person has booked is not reserved any more.
fn note_booked(visitor: &Visitor, office: &Office, bookings: &[Booking]) {
    let session = visitor.session.read();
    for held in session.held_at(visitor.now()).filter(|held| held.authority == office.id) {
        let before = HeldBefore::of(held);
        if let Some(booking) = bookings.iter().find(|booking| before.became(booking)) {
            let (hold, authority) = (held.hold.hold_id, office.id.clone());
            let booked = BookedHold { hold, authority, booking: booking.id };
            visitor.session.change(|session| session.note_booking(booked));
        }
    }
}

impl ListPage {
    fn rebook_link(&self, appointment: &Appointment) -> String {
        let criteria = SearchCriteria::instead_of(&appointment.booking);
        self.frame.links.days(&appointment.authority, &criteria)
    }
}
