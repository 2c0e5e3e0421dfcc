//! A person's own entry: what they wish, how the draw stands, what came of it.

use std::{borrow::Cow, slice};

use actix_web::{HttpResponse, http::header};
use askama::Template;
use client::{Booking, BookingStatus, Draw, DrawEntry, DrawStatus, EntryStatus};
use ids::{BookingId, DrawId, ServiceId};
use jiff::Timestamp;

use super::{
    check::Check,
    earlier::{Replaced, replaced},
    enter::own_entry,
    facts::DrawFacts,
    left,
    not_booked::NotBooked,
    wish_words,
};
use crate::http::{
    asked::{Asked, What},
    barring::{barring, look_for_booking},
    frame::Frame,
    other_booking::OtherBooking,
    own_contact::{OwnContact, Untold},
    page_error::PageError,
    request::{Authority, Person, Request},
    search::SearchCriteria,
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "draw_entry.html")]
struct EntryPage {
    frame: Frame,
    draw: DrawFacts,
    /// In words, the best first.
    wishes: Vec<String>,
    people: u16,
    /// How many draws that they went without count, where they do.
    cohort: Option<u8>,
    outcome: Outcome,
    /// After a seat that they did not take: until when they can enter no draw of the service online.
    left_out_until: Option<Cow<'static, str>>,
    /// The person's appointment of the same kind, with which they get none in the draw.
    other: Option<OtherBooking>,
    /// In a draw of earlier appointments, until it is drawn: the one that a win replaces.
    replaced: Option<Replaced>,
    /// Whose turn it was.
    turn: Option<u32>,
    /// It was entered or changed a moment ago.
    just_entered: bool,
    /// Where the result is sent to; nowhere without a proven address.
    email: Option<String>,
    /// In the place of it, if it is not told.
    untold: Option<Untold>,
    /// Without an address: the office phones them if they are drawn.
    is_phoned: bool,
    check: Option<Check>,
    /// Where the note is that the authority signed: the receipt, or why the entry ended.
    note: String,
    /// It ended before the list was closed.
    has_ended: bool,
}

/// What came of an entry.
enum Outcome {
    Waiting,
    /// Drawn: the seat is kept until they answer.
    Offered(KeptForWinner),
    Declined,
    Lapsed,
    Booked {
        link: String,
        since: Since,
    },
    Without,
    NotBooked(NotBooked),
}

/// What became of the appointment that was won.
#[derive(Clone, Copy)]
enum Since {
    /// It stands. What cannot be learnt is left to the page of the appointment.
    Stands,
    /// Its time is over.
    Over,
    Cancelled,
    /// Another one took its place.
    Replaced,
}

impl Since {
    fn of(booking: &Booking, now: Timestamp) -> Self {
        match booking.status {
            Some(BookingStatus::Cancelled) => Self::Cancelled,
            Some(BookingStatus::Rebooked) => Self::Replaced,
            Some(BookingStatus::Served | BookingStatus::Missed) => Self::Over,
            _ if booking.is_over(now) => Self::Over,
            Some(_) | None => Self::Stands,
        }
    }

    /// The text that says it.
    const fn key(self) -> &'static str {
        match self {
            Self::Stands => "draw-won-body",
            Self::Over => "draw-won-over",
            Self::Cancelled => "draw-won-cancelled",
            Self::Replaced => "draw-won-replaced",
        }
    }

    /// It is good news only while it stands.
    const fn is_standing(self) -> bool {
        matches!(self, Self::Stands)
    }
}

/// A seat that waits for its winner's answer, in words.
struct KeptForWinner {
    moment: Cow<'static, str>,
    until: Cow<'static, str>,
    answer: String,
}

impl EntryPage {
    /// The text that names the entries among which chance decided: all, or those of the same
    /// cohort.
    const fn entered_key(&self) -> &'static str {
        match self.cohort {
            Some(_) => "draw-entered-cohorts",
            None => "draw-entered-body",
        }
    }

    /// The text that says what chance there is in the next draw.
    const fn lost_next_key(&self) -> &'static str {
        match self.cohort {
            Some(_) => "draw-lost-next-cohorts",
            None => "draw-lost-next",
        }
    }

    /// The appointment that a win replaces is gone, and no change of the wishes names another one.
    fn is_lost(&self) -> bool {
        let is_gone = matches!(self.replaced, Some(Replaced::Gone | Replaced::Missing));
        is_gone && !self.draw.is_open()
    }

    /// Why a person who was drawn gets nothing beside their other appointment, and what they can do with that: one
    /// whose time nobody chooses cannot be moved.
    fn booked_otherwise(&self) -> String {
        let can_move = self.other.as_ref().is_some_and(|other| other.move_link.is_some());
        let change = match can_move {
            true => "draw-booked-otherwise-move",
            false => "draw-booked-otherwise-cancel",
        };
        let texts = self.frame.texts;
        format!("{} {}", texts.text("draw-booked-otherwise-body"), texts.text(change))
    }

    /// How many got something, and of how many. Of nobody there is no chance to say.
    fn counts(&self) -> Option<(u32, u32)> {
        let counts = (self.draw.served?, self.draw.entered?);
        (counts.1 > 0).then_some(counts)
    }

    /// How many of those who entered got something. What would have given a better chance is no advice to who was
    /// not in the draw, or has an appointment.
    fn chance(&self, served: &u32, entered: &u32) -> Cow<'static, str> {
        let is_decided = matches!(self.outcome, Outcome::Booked { .. } | Outcome::NotBooked(_));
        let key = match self.has_ended || is_decided {
            true => "draw-chance-count",
            false => "draw-chance-of",
        };
        let counts = [("served", (*served).into()), ("entered", (*entered).into())];
        self.frame.texts.fill_values(key, &counts)
    }
}

/// The draw, and what happened to the entry a moment ago.
pub(crate) struct Query {
    draw: DrawId,
    entered: bool,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { draw: asked.path("draw")?, entered: asked.has("entered") })
    }
}

pub(crate) async fn show(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = &request;
    let published = office.api.draw(asked.draw).await?;
    let Some(entry) = own_entry(&request, asked.draw).await? else {
        if let Some(end) = left::own_end(&request, asked.draw).await? {
            return Ok(left::page(&request, &published, &end));
        }
        return Ok(go_to(if published.draw.is_open(visitor.now()) {
            visitor.links.wishes(&office.id, &asked.draw)
        } else {
            visitor.links.draw(&office.id, &asked.draw)
        }));
    };
    let announced = published.announced()?;
    let days = announced.days();
    let draw = DrawFacts::new(visitor, &office.id, offer, &published.draw);
    let proof = visitor.links.draw_proof(&office.id, &draw.id);
    let note = visitor.links.receipt(&office.id, &draw.id);
    let in_words = |wish| wish_words::in_words(visitor.texts, offer, &days, wish);
    let replaced = to_replace(&request, &published.draw, &entry).await;
    let outcome = outcome(&request, &entry, draw.for_earlier).await;
    let is_booked_otherwise = matches!(outcome, Outcome::NotBooked(NotBooked::BookedOtherwise));
    let is_in = matches!(outcome, Outcome::Waiting);
    let (email, untold) = match draw.is_open() {
        true => OwnContact::beside(&request).await.email(),
        false => (None, None),
    };
    let page = EntryPage {
        frame: visitor.frame(visitor.texts.text("draw-entry-title")),
        wishes: entry.wishes.iter().map(in_words).collect(),
        people: entry.people,
        cohort: (announced.cohorts > 0).then_some(entry.cohort),
        outcome,
        left_out_until: entry.left_out_until.map(|until| visitor.texts.moment(until)),
        other: if !draw.for_earlier && (draw.is_open() || is_booked_otherwise) {
            booked(&request, &published.draw.service).await
        } else {
            None
        },
        replaced,
        turn: entry.turn,
        just_entered: asked.entered && draw.is_open() && is_in,
        is_phoned: entry.phoned_by.is_some(),
        email,
        untold,
        check: draw.is_settled().then(|| Check {
            ended: entry.ended.is_some().then(|| note.clone()),
            ..Check::of(proof, entry.ended.is_none().then(|| note.clone()))
        }),
        note,
        has_ended: entry.ended.is_some(),
        draw,
    };
    Ok(visitor.page(&page))
}

async fn outcome(
    request: &Request<Person, Authority, Query>,
    entry: &DrawEntry,
    for_earlier: bool,
) -> Outcome {
    let (links, authority) = (request.visitor.links, &request.authority.office.id);
    if let Some(seat) = &entry.offer {
        let texts = request.visitor.texts;
        return Outcome::Offered(KeptForWinner {
            moment: texts.moment(seat.start),
            until: texts.moment(seat.answer_by),
            answer: links.drawn_seat(authority, &entry.draw),
        });
    }
    if let Some(why) = NotBooked::of(entry, for_earlier) {
        return Outcome::NotBooked(why);
    }
    match (entry.status, entry.booking) {
        (Some(EntryStatus::Booked), Some(booking)) => Outcome::Booked {
            link: links.appointment(authority, &booking),
            since: since(request, booking).await,
        },
        (Some(EntryStatus::Booked), None) => {
            Outcome::Booked { link: links.appointments(), since: Since::Stands }
        }
        (Some(EntryStatus::Without), _) => Outcome::Without,
        (Some(EntryStatus::Declined), _) => Outcome::Declined,
        // Without a seat to answer, the time is over.
        (Some(EntryStatus::Offered | EntryStatus::Lapsed), _) => Outcome::Lapsed,
        (Some(EntryStatus::Entered | EntryStatus::NotBooked) | None, _) => Outcome::Waiting,
    }
}

/// What became of the appointment that was won: an entry keeps its result whatever became of it.
async fn since(request: &Request<Person, Authority, Query>, booking: BookingId) -> Since {
    let Request { visitor, authority: Authority { office, .. }, .. } = request;
    let Ok(token) = request.token().await else { return Since::Stands };
    match office.api.booking(&token, booking).await {
        Ok(booking) => Since::of(&booking, visitor.now()),
        Err(error) => {
            tracing::info!(authority = %office.id, %error, "cannot read a drawn appointment; its own page says what became of it");
            Since::Stands
        }
    }
}

/// The appointment that a win replaces, as long as nothing was drawn.
async fn to_replace(
    request: &Request<Person, Authority, Query>,
    draw: &Draw,
    entry: &DrawEntry,
) -> Option<Replaced> {
    use DrawStatus::{Announced, Frozen, Revealed};
    if !draw.needs_appointment || !matches!(draw.status, Some(Announced | Frozen | Revealed)) {
        return None;
    }
    let Request { visitor, authority, .. } = request;
    let present = look_for_booking(visitor, authority, slice::from_ref(&draw.service)).await;
    replaced(visitor.texts, draw, Some(entry), &present)
}

/// The open appointment with which the person cannot get one in a draw for `service`.
pub(super) async fn booked<A: What>(
    request: &Request<Person, Authority, A>,
    service: &ServiceId,
) -> Option<OtherBooking> {
    let criteria = SearchCriteria::service(service.clone());
    barring(&request.visitor, &request.authority, &criteria).await
}

/// What the authority signed about the entry, as a file: the receipt, or why it ended. For
/// `fairtermin verify-draw` and for the check in the browser.
pub(crate) async fn receipt(
    request: Request<Person, Authority, DrawId>,
) -> Result<HttpResponse, PageError> {
    let draw = request.asked;
    let (kind, note) = match own_entry(&request, draw).await? {
        Some(DrawEntry { ended: Some(ended), .. }) => ("ended", ended),
        Some(entry) => ("receipt", entry.receipt),
        None => {
            let end = left::own_end(&request, draw).await?;
            ("ended", end.ok_or(PageError::NotFound)?.ended)
        }
    };
    let name = format!("attachment; filename=\"{kind}-{draw}.txt\"");
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(note))
}
