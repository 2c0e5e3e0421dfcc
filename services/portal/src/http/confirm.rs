//! A held slot: attendee, end and confirmation. The address and the form name the hold, so that each tab
//! books what it shows.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{AccessToken, Booking, Confirmation, Hold, Stated};
use ids::{AuthorityId, BookingId, HoldId};

use super::{
    appointments::{detail::UNCHANGED, email::NOT_SENT},
    asked::{Asked, What},
    barring::named_in,
    confirm_email::{self, EmailField, Kept, keep_email},
    draws::{earlier::entry_that_replaces, own::barred_entry},
    frame::Frame,
    hold::hold_of_form,
    moving::Moving,
    next_appointment::NextAppointment,
    page_error::PageError,
    person_name::name_in,
    recover_holds::recover_holds,
    request::{Anywhere, Authority, Person, Request},
    same_time::{HeldBefore, SameTime},
    search::{SearchCriteria, slot_field},
    swap,
    visit::{self, Summary},
    visitor::{Visitor, go_to},
};
use crate::session::{BookedHold, Entered, HeldSlot};

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    frame: Frame,
    hold: HoldId,
    summary: Summary,
    person: String,
    /// If more than one.
    people: Option<Cow<'static, str>>,
    until: Cow<'static, str>,
    /// For the script that shows the time left: seconds, as the browser's clock may be wrong.
    seconds_left: i64,
    replaces: bool,
    /// The appointment that is moved.
    moving: Option<Moving>,
    /// What was to be moved is gone: the time as a new appointment.
    anew: Option<Taken>,
    /// What it counts for if it is given up or runs out, as far as the authority says it.
    counts: Option<Cow<'static, str>>,
    /// The entry of a draw in which the person gets no appointment once they have this one.
    barred_entry: Option<String>,
    /// The entry of a draw that wins nothing once the appointment that it names is moved.
    replaced_entry: Option<String>,
    email: EmailField,
    /// When another appointment is free next.
    wait: String,
    /// What the session knows of the slot, for the case that it ends.
    taken: Taken,
    again: String,
}

/// The hold that the address names; without one, the last that was taken.
pub(crate) struct Which {
    hold: Option<HoldId>,
    /// What was typed for a hold and needed a log-in first.
    typed: Option<Form>,
}

impl What for Which {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let hold = asked.field("hold").map(str::parse).transpose();
        let typed = asked.typed().and_then(|typed| Form::read(&typed).ok());
        Ok(Self { hold: hold.map_err(|_| PageError::BadRequest)?, typed })
    }
}

pub(crate) async fn show(
    request: Request<Person, Anywhere, Which>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: Which { hold, typed }, .. } = request;
    let found = match (find(&visitor, hold).await, &typed) {
        (Err(PageError::NothingHeld), Some(Form { hold, before: Some(before), .. })) => {
            gone(&visitor, *hold, before).await?
        }
        (found, _) => found?,
    };
    let held = match found {
        Found::Held(held) => held,
        Found::Booked(booked) => return Ok(go_to(booked_page(&visitor, &booked))),
    };
    let token = visitor.token(&held.authority).await?;
    let authority = authority(&visitor, &held.authority).await?;
    let attendee = visitor.portal.identity.attendee(&token).await;
    let attendee = attendee.map_err(PageError::identity_down)?;
    let hold = &held.hold;
    let typed = typed.filter(|typed| typed.hold == hold.hold_id).map(|typed| typed.email);
    let email = EmailField::of(&visitor, &token, hold.hold_id, typed).await?;
    let frame = visitor.frame(visitor.texts.text("confirm-title"));
    let time = (hold.start, hold.end);
    let moving = Moving::of(&visitor, &authority, hold.replaces).await;
    let anew = moving.as_ref().is_some_and(|it| it.is_gone).then(|| Taken::of(&held).anew());
    let moving = moving.filter(|it| !it.is_gone);
    let search = SearchCriteria::behind(&held).anywhere();
    let ((wait, _), known) = futures_util::future::join(
        NextAppointment::of(&visitor, &authority, &search),
        authority.office.api.own_holds(&token),
    )
    .await;
    let present = known.as_ref().map(|all| all.iter().find(|known| known.hold_id == hold.hold_id));
    // Another session of the person may have booked it.
    if let Ok(None) = present
        && let Some(booking) = made_of(&visitor, &HeldBefore::of(&held), &token).await?
    {
        return Ok(go_to(booked_page(&visitor, &note(&visitor, &held, booking.id))));
    }
    let counts = present.ok().flatten().and_then(|hold| swap::counts(visitor.texts, hold));
    let page = ConfirmPage {
        frame: if email.mistake.is_some() { frame.of_error() } else { frame },
        hold: hold.hold_id,
        summary: Summary::new(
            visitor.texts,
            &authority.offer,
            &hold.services,
            &hold.location,
            time,
        ),
        person: name_in(&attendee).unwrap_or_default(),
        people: visit::people(visitor.texts, hold.people),
        until: visitor.texts.time(hold.expires_at),
        seconds_left: hold.expires_at.duration_since(visitor.now()).as_secs(),
        replaces: hold.replaces.is_some() && anew.is_none(),
        moving,
        anew,
        replaced_entry: replaced_entry(&visitor, &authority, &token, hold).await,
        barred_entry: barred_entry(&visitor, &authority, &token, &hold.services).await,
        counts,
        email,
        wait: wait.sentence(visitor.texts),
        taken: Taken::of(&held),
        again: choose_again(&visitor, &held),
    };
    Ok(visitor.page(&page))
}

/// The held slot and the search that led to it, as fields of a form.
struct Taken {
    authority: AuthorityId,
    criteria: SearchCriteria,
    slot: String,
}

impl Taken {
    fn of(held: &HeldSlot) -> Self {
        Self {
            authority: held.authority.clone(),
            criteria: SearchCriteria::behind(held),
            slot: slot_field(&held.hold.location, held.hold.start),
        }
    }

    /// The same without moving anything.
    fn anew(self) -> Self {
        Self { criteria: SearchCriteria { replaces: None, ..self.criteria }, ..self }
    }
}

/// To the entry that names the appointment that is moved.
async fn replaced_entry(
    visitor: &Visitor,
    authority: &Authority,
    token: &AccessToken,
    hold: &Hold,
) -> Option<String> {
    entry_that_replaces(visitor, authority, token, hold.replaces?, &hold.services).await
}

/// The form of the page.
pub(crate) struct Form {
    hold: HoldId,
    email: String,
    /// A form of before this was said in it has none.
    before: Option<HeldBefore>,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            hold: hold_of_form(asked)?,
            email: asked.trimmed("email").to_owned(),
            before: HeldBefore::read(asked).ok(),
        })
    }
}

/// Makes the hold of the form a booking.
pub(crate) async fn book(
    request: Request<Person, Anywhere, Form>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: Form { hold, email, .. }, .. } = request;
    let held = match find(&visitor, Some(hold)).await? {
        Found::Held(held) => held,
        Found::Booked(booked) => return Ok(go_to(booked_page(&visitor, &booked))),
    };
    let token = visitor.token(&held.authority).await?;
    let kept = match keep_email(&visitor, &token, &email).await {
        Ok(kept) => kept,
        Err(confirm_email::Error::NoAddress(mistake)) => {
            let entered = Entered::new(hold.to_string(), &email, mistake);
            visitor.session.change(|session| session.entered = Some(entered));
            return Ok(go_to(visitor.links.confirm(hold)));
        }
        Err(confirm_email::Error::Failed(failure)) => return Err(failure),
    };
    let booking = confirm(&visitor, &held, &token).await?;
    let booked = note(&visitor, &held, booking);
    Ok(go_to(match kept {
        Kept::Stated(Stated::Known) => booked_page(&visitor, &booked),
        Kept::Stated(Stated::CodeSent) => code_page(&visitor, &booked),
        Kept::Stated(Stated::NotSent { .. }) => {
            format!("{}&{NOT_SENT}", code_page(&visitor, &booked))
        }
        Kept::Unchanged => format!("{}&{UNCHANGED}", booked_page(&visitor, &booked)),
    }))
}

/// The page with the code, after a booking.
fn code_page(visitor: &Visitor, booked: &BookedHold) -> String {
    format!("{}?booked", visitor.links.email(&booked.authority, &booked.booking))
}

/// Confirms the hold. A refusal is final, but it may be the answer to a second click whose first one booked.
async fn confirm(
    visitor: &Visitor,
    held: &HeldSlot,
    token: &AccessToken,
) -> Result<BookingId, PageError> {
    let authority = authority(visitor, &held.authority).await?;
    let attendee = visitor.portal.identity.attendee(token).await;
    let confirmation = Confirmation {
        hold_token: held.hold.hold_token.clone(),
        attendee: attendee.map_err(PageError::identity_down)?,
        language: authority.offer.tells_in(visitor.language()),
    };
    // One key per hold: pressing the button twice books once.
    let key = held.hold.hold_id.to_string();
    let error = match authority.office.api.confirm(token, &key, &confirmation).await {
        Ok(booking) => return Ok(booking.id),
        Err(error) => error,
    };
    // An outage may pass while the hold lasts.
    if error.code().is_none() {
        return Err(error.into());
    }
    if let Ok(Some(booking)) = made_of(visitor, &HeldBefore::of(held), token).await {
        return Ok(booking.id);
    }
    visitor.session.change(|session| {
        session.end_hold(held.hold.hold_id);
        if error.code() == Some("entitlement-required") {
            session.forget_claims(&held.authority, &held.hold.services);
        }
    });
    let refused = PageError::from(error).choose_again_at(choose_again(visitor, held));
    Err(named_in(refused, visitor, &authority, &held.hold.services).await)
}

/// What is known of a hold.
enum Found {
    /// It can be confirmed.
    Held(Box<HeldSlot>),
    /// It was.
    Booked(BookedHold),
}

/// Finds out what became of a hold before anything is said about it. A person may go back, reload or have
/// two windows, and each page must say what is true now.
async fn find(visitor: &Visitor, which: Option<HoldId>) -> Result<Found, PageError> {
    let now = visitor.now();
    if is_unknown(visitor, which) {
        recover_holds(visitor).await;
    }
    let session = visitor.session.read();
    let known = match which {
        Some(id) => session.hold(id),
        None => session.held_at(now).next_back().or_else(|| session.holds.last()),
    };
    let booked = match which {
        Some(id) => session.booking_of(id),
        None => session.booked.last(),
    };
    let Some(held) = known else {
        return match booked {
            Some(booked) => Ok(Found::Booked(booked.clone())),
            None if which.is_some_and(|id| session.given_up.contains(&id)) => {
                Err(PageError::HoldGivenUp)
            }
            None if which.is_some() && session.held_at(now).next().is_some() => {
                Err(PageError::HoldGivenUp)
            }
            None => Err(PageError::NothingHeld),
        };
    };
    if held.hold.expires_at > now {
        return Ok(Found::Held(Box::new(held.clone())));
    }
    // An answer that never came may have been a booking.
    let token = visitor.token(&held.authority).await?;
    let before = HeldBefore::of(held);
    match made_of(visitor, &before, &token).await? {
        Some(booking) => Ok(Found::Booked(note(visitor, held, booking.id))),
        None => {
            let same = same_time(visitor, &before).await.map(Box::new);
            Err(PageError::HoldExpired { again: choose_again(visitor, held), same })
        }
    }
}

/// What became of `hold`, of which only its form still knows what it was.
async fn gone(visitor: &Visitor, hold: HoldId, before: &HeldBefore) -> Result<Found, PageError> {
    let HeldBefore { authority, chosen } = before;
    let token = visitor.token(authority).await?;
    if let Some(booking) = made_of(visitor, before, &token).await? {
        let (authority, booking) = (authority.clone(), booking.id);
        return Ok(Found::Booked(BookedHold { hold, authority, booking }));
    }
    let again = visitor.links.days(authority, &chosen.criteria);
    let same = same_time(visitor, before).await.map(Box::new);
    Err(PageError::HoldExpired { again, same })
}

/// The time of a slot that is held no more, if it is still free.
async fn same_time(visitor: &Visitor, before: &HeldBefore) -> Option<SameTime> {
    let authority = authority(visitor, &before.authority).await.ok()?;
    SameTime::find(visitor, &authority, &before.chosen).await
}

/// Whether this browser knows nothing of the hold.
fn is_unknown(visitor: &Visitor, which: Option<HoldId>) -> bool {
    let session = visitor.session.read();
    match which {
        Some(id) => !session.knows_hold(id),
        None => session.holds.is_empty() && session.booked.is_empty(),
    }
}

/// Remembers what became of a hold.
fn note(visitor: &Visitor, held: &HeldSlot, booking: BookingId) -> BookedHold {
    let (hold, authority) = (held.hold.hold_id, held.authority.clone());
    let booked = BookedHold { hold, authority, booking };
    visitor.session.change(|session| session.note_booking(booked.clone()));
    booked
}

/// The person's open appointment at the time and place of a hold, if there is one.
async fn made_of(
    visitor: &Visitor,
    before: &HeldBefore,
    token: &AccessToken,
) -> Result<Option<Booking>, PageError> {
    let office = visitor.portal.directory.get(&before.authority).ok_or(PageError::NotFound)?;
    let own = office.api.bookings(token).await?.bookings;
    Ok(own.into_iter().find(|booking| before.became(booking)))
}

/// The page on which a booking ends well.
fn booked_page(visitor: &Visitor, booked: &BookedHold) -> String {
    format!("{}?booked", visitor.links.appointment(&booked.authority, &booked.booking))
}

fn choose_again(visitor: &Visitor, held: &HeldSlot) -> String {
    visitor.links.days(&held.authority, &SearchCriteria::behind(held))
}

async fn authority(visitor: &Visitor, id: &AuthorityId) -> Result<Authority, PageError> {
    let office = visitor.portal.directory.get(id);
    Authority::of(office.ok_or(PageError::NotFound)?).await
}
