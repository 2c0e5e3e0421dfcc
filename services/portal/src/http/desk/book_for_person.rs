//! Books an appointment for a person without online ID, who is at the desk and shows a document.
//!
//! First what for, where and when; then a handful of free times, the person, and why staff book. To hold and to
//! confirm is one press: the same press again finds the same hold, as long as it lasts, so it books once a
//! colleague has agreed.

use actix_web::HttpResponse;
use askama::Template;
use client::{AccessToken, Booking, ClientError, HoldAtDesk, SlotApi};
use ids::AuthorityId;
use jiff::{Timestamp, civil::Time};

use super::{
    booked::{CameFrom, booked},
    booked_before::booked_before,
    fields::{Fields, Mistake, is_unsent},
    free_times::{self, ChosenTime, FreeTimes, KeptTime},
    later::{Later, into_draws},
    person_form::{PersonForm, PersonPart, Purpose},
    trouble::{Refused, Trouble},
    visit_search::{SearchPart, VisitSearch, WantedVisit, is_searched, require_bookable},
    wrong::{Told, Wrong},
};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        request::{Authority, Request, Staff},
    },
};

#[derive(Template)]
#[template(path = "desk_book.html")]
struct BookPage {
    frame: Frame,
    authority: AuthorityId,
    told: Told,
    search: SearchPart,
    /// The service needs an application, which no form of the desk takes: staff know it before they ask for anything.
    needs_application: bool,
    /// `None` before a search.
    booking: Option<BookingPart>,
    /// Where nothing is free: the open draws of the service.
    draws: Vec<Later>,
}

/// What the form with the person is for.
const PURPOSE: Purpose = Purpose::Book;

/// What is filled in once there are times.
struct BookingPart {
    /// `None` if what was searched for makes no sense.
    times: Option<FreeTimes>,
    /// `None` if nothing is free: nobody is asked who comes to no time.
    person: Option<PersonPart>,
    /// Whether there may be something to book.
    is_bookable: bool,
}

impl BookingPart {
    fn new(
        times: Option<FreeTimes>,
        form: &PersonForm,
        person: impl FnOnce() -> PersonPart,
    ) -> Self {
        let is_bookable = times.as_ref().is_none_or(|times| !times.times.is_empty());
        // Who has filled in a person finds it again.
        let person = (is_bookable || !form.is_empty()).then(person);
        Self { times, person, is_bookable }
    }
}

/// The form of the page.
#[derive(Clone)]
pub(crate) struct Form {
    search: VisitSearch,
    person: PersonForm,
    time: ChosenTime,
    /// What is kept for the person since the form was sent before.
    kept: Option<KeptTime>,
    /// Names the search of which the times were shown.
    shown: String,
    /// The button that was pressed only shows other times.
    only_shows: bool,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        let time = |typed: &str| Time::strptime("%H:%M", typed).ok();
        let show = asked.field("show");
        Ok(Self {
            search: VisitSearch::read(asked),
            person: PersonForm::read(asked)?,
            time: ChosenTime {
                from: time(show.unwrap_or_else(|| asked.trimmed("from"))),
                start: asked.field("slot").and_then(|start| start.parse().ok()),
            },
            kept: asked.field("kept").and_then(KeptTime::read),
            shown: asked.trimmed("shown").to_owned(),
            only_shows: show.is_some(),
        })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        require_bookable(offer)
    }
}

impl Form {
    /// What is missing or cannot be meant, in the order of the page.
    fn mistakes(&self, offer: &Offer) -> Vec<Mistake> {
        let mut mistakes = self.search.mistakes(offer);
        let wanted = self.search.wanted(offer);
        match (wanted, self.time.start) {
            (Some(wanted), _) if wanted.name() != self.shown => {
                mistakes.push(("slot", "desk-book-other-times"));
            }
            (Some(_), None) => mistakes.push(("slot", "desk-book-wrong-time")),
            (Some(_), Some(_)) | (None, _) => {}
        }
        mistakes.extend(self.person.mistakes(PURPOSE));
        mistakes
    }

    /// The time of `wanted` that is kept for the person `now`, as far as this form knows and `wrong` tells.
    fn kept(&self, wanted: &WantedVisit, wrong: &Wrong, now: Timestamp) -> Option<KeptTime> {
        let told = wrong.kept_until().zip(self.time.start);
        let told = told.map(|(until, start)| KeptTime { start, until });
        let is_gone = ["desk-book-not-free", "desk-book-hold-over"]
            .into_iter()
            .any(|mistake| wrong.is(&Trouble::Field(("slot", mistake))));
        let kept = told.or(self.kept).filter(|kept| kept.until > now);
        kept.filter(|_| !is_gone && wanted.name() == self.shown)
    }

    /// What to book; `None` if something is missing or cannot be meant.
    fn wanted(&self, offer: &Offer) -> Option<(WantedVisit, Timestamp)> {
        let is_complete = self.mistakes(offer).is_empty();
        self.search.wanted(offer).zip(self.time.start).filter(|_| is_complete)
    }
}

/// What the address asks for, or what was filled in and needed a log-in first.
pub(crate) struct Asking {
    form: Form,
    is_searched: bool,
    is_typed: bool,
}

impl What for Asking {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = asked.typed_as::<Form>();
        let is_typed = typed.is_some();
        let form = typed.map_or_else(|| Form::read(asked), Ok)?;
        let is_searched = is_typed || (is_searched(asked) && !is_unsent(asked));
        Ok(Self { form, is_searched, is_typed })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        require_bookable(offer)
    }
}

/// What happened before the page is shown.
enum Stage {
    /// It was opened.
    Opened,
    /// Times were asked for by the address, where no person is filled in yet.
    Searched,
    /// The same with the form, in which a person may be filled in.
    Shown,
    /// The form was sent to book.
    Sent(Wrong),
    /// The authority did not take the search.
    Refused(Wrong),
}

impl Stage {
    /// What is wrong, and with which fields.
    fn told(self, form: &Form, offer: &Offer) -> (Wrong, Vec<Mistake>) {
        match self {
            Self::Opened => (Wrong::default(), Vec::new()),
            Self::Searched | Self::Shown => {
                let mistakes = form.search.mistakes(offer);
                let is_right = mistakes.is_empty();
                (if is_right { Wrong::default() } else { Wrong::in_the_form() }, mistakes)
            }
            Self::Sent(wrong) => {
                let mistakes = wrong.mistakes(form.mistakes(offer));
                (wrong, mistakes)
            }
            // What the person still lacks is no matter before there are times.
            Self::Refused(wrong) => {
                let mistakes = wrong.mistakes([]);
                (wrong, mistakes)
            }
        }
    }
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, Asking>,
) -> Result<HttpResponse, PageError> {
    // Only who is staff here is shown the form.
    let token = request.token().await?;
    let Asking { form, is_searched, is_typed } = &request.asked;
    let stage = match (is_typed, is_searched) {
        (true, _) => Stage::Shown,
        (false, true) => Stage::Searched,
        (false, false) => Stage::Opened,
    };
    page(&request, &token, form, stage).await
}

/// The page with everything that was filled in, and the times that are free now.
async fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    form: &Form,
    stage: Stage,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let texts = visitor.texts;
    let (is_opened, is_searched) =
        (matches!(stage, Stage::Opened), matches!(stage, Stage::Searched));
    let wanted = form.search.wanted(offer).filter(|_| !is_opened);
    let (starts, stage) = match &wanted {
        Some(wanted) => match free_times::read(request, token, wanted).await {
            Ok(starts) => (starts, stage),
            Err(error) => {
                let wrong = Wrong::of(Refused::Authority(error), Trouble::of_booking)?;
                (Vec::new(), Stage::Refused(wrong))
            }
        },
        None => (Vec::new(), stage),
    };
    let (wrong, mistakes) = stage.told(form, offer);
    let fields = Fields { texts, mistakes: &mistakes };
    let times = wanted.as_ref().map(|wanted| {
        let kept = form.kept(wanted, &wrong, visitor.now());
        FreeTimes::new(fields, wanted, starts, form.time, kept)
    });
    // Who has filled in a person finds it again, even if the search makes no sense any more.
    let is_begun = !is_opened && (times.is_some() || !is_searched);
    let person = || PersonPart::with_mistakes(texts, offer, &form.person, PURPOSE, &mistakes);
    let told = wrong.told(texts, &mistakes, PURPOSE.button());
    let service = wanted.as_ref().and_then(|wanted| offer.service(&wanted.service));
    let needs_application = service.is_some_and(|service| service.entitlement_required);
    let is_full = times.as_ref().is_some_and(|times| times.times.is_empty());
    let draws = match service.filter(|_| is_full) {
        Some(service) => into_draws(visitor, office, offer, service).await,
        None => Vec::new(),
    };
    let frame = visitor.frame(texts.text("desk-book"));
    let page = BookPage {
        frame: if told.is_wrong() { frame.of_error() } else { frame },
        authority: office.id.clone(),
        needs_application: needs_application && told.trouble.is_none(),
        told,
        search: SearchPart::new(fields, offer, &form.search),
        booking: is_begun.then(|| BookingPart::new(times, &form.person, person)),
        draws,
    };
    Ok(visitor.page_with_status(wrong.status(), &page))
}

pub(crate) async fn book(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let form = &request.asked;
    if form.only_shows {
        return page(&request, &token, form, Stage::Shown).await;
    }
    let Some((wanted, start)) = form.wanted(&request.authority.offer) else {
        return page(&request, &token, form, Stage::Sent(Wrong::in_the_form())).await;
    };
    match send(&request, &token, &wanted, start).await? {
        Ok(booking) => Ok(booked(&request, &booking, form.person.language(), CameFrom::Book)),
        Err(not_booked) => {
            let wrong = not_booked.wrong()?;
            page(&request, &token, form, Stage::Sent(wrong)).await
        }
    }
}

/// Why there is no booking.
struct NotBooked {
    refused: Refused,
    /// Until when the time is kept, if it is.
    kept_until: Option<Timestamp>,
}

impl NotBooked {
    fn at_authority(error: ClientError, kept_until: Option<Timestamp>) -> Self {
        Self { refused: Refused::Authority(error), kept_until }
    }

    /// The person has an appointment of this kind.
    fn is_of_another_booking(&self) -> bool {
        let Refused::Authority(error) = &self.refused else { return false };
        error.code() == Some("already-booked")
    }

    /// What the form says about it. A colleague must agree while the time is kept.
    fn wrong(self) -> Result<Wrong, PageError> {
        let Self { refused, kept_until } = self;
        match (Trouble::of_booking(&refused), kept_until) {
            (Some(Trouble::Second(case)), Some(until)) => {
                Ok(Wrong::told_by_a_service(Trouble::SecondUntil(case, until)))
            }
            _ => Wrong::of(refused, Trouble::of_booking),
        }
    }
}

/// Says to the identity service who it is, and books the time for the person whom it names. If this very form has
/// booked it before, that is what it answers.
///
/// # Errors
/// The form lacks what every form of ours has. The inner error is that of a service.
async fn send(
    request: &Request<Staff, Authority, Form>,
    token: &AccessToken,
    wanted: &WantedVisit,
    start: Timestamp,
) -> Result<Result<Booking, NotBooked>, PageError> {
    let Request { visitor, authority, asked: Form { person, .. }, .. } = request;
    let attendee = match person.identified(&visitor.portal, token).await {
        Ok(attendee) => attendee,
        Err(refused) => return Ok(Err(NotBooked { refused, kept_until: None })),
    };
    let seat = HoldAtDesk {
        attendee,
        location: wanted.place.clone(),
        start,
        services: vec![wanted.service.clone()],
        people: wanted.people,
    };
    match hold_and_confirm(request, token, &seat).await? {
        Err(refused) if refused.is_of_another_booking() => {
            let before = made_before(&authority.office.api, token, &seat).await;
            Ok(before.ok_or(refused))
        }
        outcome => Ok(outcome),
    }
}

/// Holds the time for the person, and books it.
///
/// # Errors
/// As [`send`].
async fn hold_and_confirm(
    request: &Request<Staff, Authority, Form>,
    token: &AccessToken,
    seat: &HoldAtDesk,
) -> Result<Result<Booking, NotBooked>, PageError> {
    let Request { visitor, authority, asked: Form { person, .. }, .. } = request;
    let api = &authority.office.api;
    let hold = match api.hold_at_desk(token, seat).await {
        Ok(hold) => hold,
        Err(error) => return Ok(Err(NotBooked::at_authority(error, None))),
    };
    let confirmation = person.confirmation(seat.attendee.clone(), hold.hold_token);
    let confirmation = confirmation.ok_or(PageError::BadRequest)?;
    // A hold is booked once, so each press may have its own key.
    let key = visitor.portal.unguessable();
    let booked = api.confirm_at_desk(token, &key, &confirmation).await;
    Ok(booked.map_err(|error| NotBooked::at_authority(error, Some(hold.expires_at))))
}

/// What the same form has booked. If that cannot be read, the refusal stands.
async fn made_before(api: &SlotApi, token: &AccessToken, seat: &HoldAtDesk) -> Option<Booking> {
    booked_before(api, token, seat).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "cannot read whether a form at the desk has booked before");
        None
    })
}
