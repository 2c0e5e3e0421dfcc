//! Gives a date to an application on file, with the letter or the file in hand, and shows the dates that wait for
//! an answer.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{AssignedDate, DateAtDesk};
use ids::{AuthorityId, LocationId};

use super::{
    date_form::{DateForm, DatePart, require_dates},
    done::{Done, Fact},
    open_dates::OpenDates,
    trouble::{Refused, Trouble},
    wrong::Wrong,
};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        request::{Authority, Request, Staff},
        visit::{LocationSummary, service_names},
    },
};

#[derive(Template)]
#[template(path = "desk_date.html")]
struct DatePage {
    frame: Frame,
    authority: AuthorityId,
    date: DatePart,
    open: OpenDates,
}

/// What was filled in and needed a log-in first, and the place whose open dates are shown.
pub(crate) struct Asking {
    typed: Option<DateForm>,
    place: Option<LocationId>,
    /// The open dates of no place are asked for.
    is_place_missing: bool,
}

impl What for Asking {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let place = asked.field("place").and_then(|id| id.parse().ok());
        Ok(Self {
            typed: asked.typed_as(),
            is_place_missing: asked.has("place") && place.is_none(),
            place,
        })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        require_dates(offer)
    }
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, Asking>,
) -> Result<HttpResponse, PageError> {
    // Only who is staff here is shown the form.
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, .. } = &request;
    let Asking { typed, place, is_place_missing } = &request.asked;
    let open = match place {
        Some(place) => OpenDates::read(visitor, office, offer, &token, place).await?,
        None if *is_place_missing => OpenDates::without_place(visitor.texts, offer),
        None => OpenDates::unread(visitor.texts, offer, None),
    };
    let status = match (&open.trouble, is_place_missing) {
        (Some(_), _) => StatusCode::FORBIDDEN,
        (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, false) => StatusCode::OK,
    };
    let form = typed.clone().unwrap_or_default();
    Ok(page(&request, status, &form, &Wrong::default(), open))
}

/// After the form was sent, with no list.
fn refused<A: What>(
    request: &Request<Staff, Authority, A>,
    form: &DateForm,
    wrong: &Wrong,
) -> HttpResponse {
    let open = OpenDates::unread(request.visitor.texts, &request.authority.offer, None);
    page(request, wrong.status(), form, wrong, open)
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    status: StatusCode,
    form: &DateForm,
    wrong: &Wrong,
    open: OpenDates,
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let date = DatePart::new(visitor.texts, offer, form, wrong);
    let frame = visitor.frame(visitor.texts.text("desk-date"));
    let is_wrong = date.told.is_wrong() || open.is_wrong();
    let page = DatePage {
        frame: if is_wrong { frame.of_error() } else { frame },
        authority: office.id.clone(),
        date,
        open,
    };
    visitor.page_with_status(status, &page)
}

pub(crate) async fn give(
    request: Request<Staff, Authority, DateForm>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let form = &request.asked;
    let Some(wanted) = form.date() else {
        return Ok(refused(&request, form, &Wrong::in_the_form()));
    };
    // The same date again changes nothing, so a second press does no harm.
    match request.authority.office.api.assign_date_at_desk(&token, &wanted).await {
        Ok(given) => Ok(said(&request, &wanted, &given)),
        Err(error) => {
            let wrong = Wrong::of(Refused::Authority(error), Trouble::of_date)?;
            Ok(refused(&request, form, &wrong))
        }
    }
}

fn said(
    request: &Request<Staff, Authority, DateForm>,
    wanted: &DateAtDesk,
    given: &AssignedDate,
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let texts = visitor.texts;
    let place = LocationSummary::find(offer, &given.location, texts);
    let done = Done {
        title: "desk-date-given",
        body: "desk-date-given-body",
        person: String::new(),
        service: service_names(texts, offer, std::slice::from_ref(&given.service)),
        facts: vec![
            Fact::new("desk-reference", wanted.reference.clone()),
            Fact::new("summary-when", texts.moment(given.start)),
            Fact::new("summary-where", place.name.text),
            Fact::new("desk-answer-until", texts.moment(given.answer_by)),
        ],
        notices: Vec::new(),
        language: None,
        ways: vec![
            ("desk-date-next", visitor.links.give_date(&office.id)),
            ("desk-back", visitor.links.desk(&office.id)),
        ],
    };
    done.page(visitor)
}
