//! Gives a date to an application on file, with the letter or the file in hand.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{AssignedDate, ClientError, DateAtDesk};
use ids::AuthorityId;

use super::{
    date_form::{DateForm, DatePart, is_assigned},
    done::{Done, Fact},
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
}

/// What was filled in and needed a log-in first.
pub(crate) struct Asking(Option<DateForm>);

impl What for Asking {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self(asked.typed().and_then(|typed| DateForm::read(&typed).ok())))
    }

    /// An authority that gives no dates has no such page.
    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        let gives_dates = offer.services.iter().any(is_assigned);
        gives_dates.then_some(()).ok_or(PageError::NotFound)
    }
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, Asking>,
) -> Result<HttpResponse, PageError> {
    // Only who is staff here is shown the form.
    request.token().await?;
    let Asking(typed) = &request.asked;
    let form = typed.clone().unwrap_or_default();
    Ok(page(&request, StatusCode::OK, &form, &Wrong::default()))
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    status: StatusCode,
    form: &DateForm,
    wrong: &Wrong,
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let date = DatePart::new(visitor.texts, offer, form, wrong);
    let frame = visitor.frame(visitor.texts.text("desk-date"));
    let page = DatePage {
        frame: if date.told.is_wrong() { frame.of_error() } else { frame },
        authority: office.id.clone(),
        date,
    };
    visitor.page_with_status(status, &page)
}

pub(crate) async fn give(
    request: Request<Staff, Authority, DateForm>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let form = &request.asked;
    let Some(wanted) = form.date() else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(&request, status, form, &Wrong::in_the_form()));
    };
    // The same date again changes nothing, so a second press does no harm.
    let refused = match request.authority.office.api.assign_date_at_desk(&token, &wanted).await {
        Ok(given) => return Ok(said(&request, &wanted, &given)),
        Err(error) => Refused::Authority(error),
    };
    match Trouble::of_date(&refused) {
        Some(trouble) => {
            let wrong = Wrong::told_by_a_service(trouble);
            Ok(page(&request, StatusCode::CONFLICT, form, &wrong))
        }
        // The page that explains it leads back to the form as it was filled in.
        None => Err(ClientError::from(refused).into()),
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
        ways: vec![
            ("desk-date-next", visitor.links.give_date(&office.id)),
            ("desk-back", visitor.links.desk(&office.id)),
        ],
    };
    done.page(visitor)
}
