//! What staff booked for a person a moment ago: to be read out, or printed with what to bring, in the person's language.
//!
//! It has an address of its own, so that the page can be loaded again and read in another language. The session keeps the
//! appointment for a while; the name is looked up each time, which the authority notes.

use actix_web::HttpResponse;
use askama::Template;
use client::{AccessToken, Booking, BookingStatus, ClientError, DeskBooking};
use ids::{AuthorityId, LocationId};

use super::asked_visit::AskedVisit;
use crate::{
    http::{
        asked::{Asked, What},
        explained::passes,
        frame::Frame,
        link::BookedLink,
        page_error::PageError,
        person_name::name_of,
        request::{Authority, Request, Staff},
        visit::Summary,
        visitor::go_to,
    },
    session::BookedAtDesk,
    text::{Language, offered},
};

#[derive(Template)]
#[template(path = "desk_booked.html")]
struct BookedPage {
    frame: Frame,
    /// The frame of the part that the person takes home: its language is theirs.
    paper: Frame,
    /// The text that says what to do with this page.
    body: &'static str,
    /// The person gets it on paper. Who is on the phone hears it.
    is_printed: bool,
    paper_languages: Vec<PaperLanguage>,
    code: String,
    /// `None` if it is not known who it is.
    person: Option<String>,
    summary: Summary,
    /// Where it goes on, each with its text.
    ways: Vec<(&'static str, String)>,
}

/// A language of the part that the person takes home.
struct PaperLanguage {
    language: Language,
    /// This page with that part in it.
    link: String,
    is_chosen: bool,
}

/// Which page of staff the booking came from, and where it goes on.
#[derive(Clone)]
pub(crate) enum CameFrom {
    /// The person is at the desk, and chose a time.
    Book,
    /// The person is at the desk, and accepts a date in the list of this place.
    Dates(LocationId),
    /// The person is on the phone of this place.
    Calls(LocationId),
}

impl CameFrom {
    /// Its field in the address, and the place.
    pub(crate) fn field(&self) -> Option<(&'static str, &LocationId)> {
        match self {
            Self::Book => None,
            Self::Dates(place) => Some(("dates", place)),
            Self::Calls(place) => Some(("calls", place)),
        }
    }

    fn read(asked: &Asked) -> Self {
        let place = |name: &str| -> Option<LocationId> { asked.field(name)?.parse().ok() };
        match (place("dates"), place("calls")) {
            (Some(place), _) => Self::Dates(place),
            (None, Some(place)) => Self::Calls(place),
            (None, None) => Self::Book,
        }
    }

    /// Whether the person is at the desk and takes a paper home.
    const fn is_printed(&self) -> bool {
        match self {
            Self::Book | Self::Dates(_) => true,
            Self::Calls(_) => false,
        }
    }
}

/// Remembers what was booked, and leads to the page that says it. `language` is that of the person, if it is known.
pub(super) fn booked<A: What>(
    request: &Request<Staff, Authority, A>,
    booking: &Booking,
    language: Option<Language>,
    came_from: CameFrom,
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, .. }, .. } = request;
    let noted = BookedAtDesk::new(office.id.clone(), booking, visitor.now());
    visitor.session.change(|session| session.note_booked_at_desk(noted));
    let link = BookedLink { booking: booking.id, code: booking.code, language, came_from };
    go_to(visitor.links.booked_at_desk(&office.id, &link))
}

/// The appointment, the language of its paper, and what led to it.
pub(crate) struct AskedBooked {
    visit: AskedVisit,
    language: Option<Language>,
    came_from: CameFrom,
}

impl What for AskedBooked {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let language = asked.field("language").and_then(|tag| tag.parse::<Language>().ok());
        Ok(Self {
            visit: AskedVisit::read(asked)?,
            language: language.filter(|language| offered().contains(language)),
            came_from: CameFrom::read(asked),
        })
    }
}

pub(crate) async fn show(
    request: Request<Staff, Authority, AskedBooked>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = &request;
    let (session, visit) = (visitor.session.read(), &asked.visit);
    let noted = session.find_booked_at_desk(&office.id, visit.booking, visitor.now());
    // For everybody else, later, and once it is over, the desk says how it stands.
    let Some(noted) = noted else {
        return Ok(go_to(visitor.links.visit_at_desk(&office.id, visit.code)));
    };
    let found = whose(&request, &token).await?;
    let status = found.as_ref().and_then(|found| found.booking.status);
    if let Some(BookingStatus::Cancelled | BookingStatus::Rebooked) = status {
        return Ok(go_to(visitor.links.visit_at_desk(&office.id, noted.code)));
    }
    Ok(visitor.page(&page(&request, noted, found)))
}

/// The appointment with its person; `None` if the member of staff does not see it, as one at a place of others, or if it
/// cannot be read now: the number must be there nevertheless.
async fn whose(
    request: &Request<Staff, Authority, AskedBooked>,
    token: &AccessToken,
) -> Result<Option<DeskBooking>, ClientError> {
    match request.asked.visit.find(&request.authority.office.api, token).await {
        Err(error) if error.refusal().is_none_or(|refusal| passes(&refusal.code)) => {
            tracing::warn!(%error, "cannot read a booking; its page does not name the person");
            Ok(None)
        }
        found => found,
    }
}

fn page(
    request: &Request<Staff, Authority, AskedBooked>,
    noted: &BookedAtDesk,
    found: Option<DeskBooking>,
) -> BookedPage {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = request;
    let title = visitor.texts.text("desk-call-accepted");
    let reader = visitor.clone().reading(asked.language);
    let person = found.and_then(|found| found.attendee);
    let span = (noted.start, noted.end);
    let is_printed = asked.came_from.is_printed();
    BookedPage {
        frame: visitor.frame(title),
        paper: reader.frame(reader.texts.text("appointment-title")),
        body: if is_printed { "desk-done-body" } else { "desk-call-accepted-body" },
        is_printed,
        paper_languages: paper_languages(request, reader.language()),
        code: noted.code.to_string(),
        person: person.map(|person| name_of(&person.given_name, &person.family_name)),
        summary: Summary::new(reader.texts, offer, &noted.services, &noted.location, span),
        ways: ways(request, &office.id),
    }
}

fn paper_languages(
    request: &Request<Staff, Authority, AskedBooked>,
    chosen: Language,
) -> Vec<PaperLanguage> {
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = request;
    let in_language = |language: &Language| {
        let link = BookedLink {
            booking: asked.visit.booking,
            code: asked.visit.code,
            language: Some(*language),
            came_from: asked.came_from.clone(),
        };
        PaperLanguage {
            language: *language,
            link: visitor.links.booked_at_desk(&office.id, &link),
            is_chosen: *language == chosen,
        }
    };
    offered().iter().map(in_language).collect()
}

fn ways(
    request: &Request<Staff, Authority, AskedBooked>,
    authority: &AuthorityId,
) -> Vec<(&'static str, String)> {
    let links = request.visitor.links;
    let back = match &request.asked.came_from {
        CameFrom::Book => ("desk-book-next", links.book_at_desk(authority)),
        CameFrom::Dates(place) => {
            ("desk-open-dates-more", links.open_dates_of_place(authority, place))
        }
        CameFrom::Calls(place) => ("desk-calls-more", links.calls_of_place(authority, place)),
    };
    vec![back, ("desk-back", links.desk(authority))]
}
