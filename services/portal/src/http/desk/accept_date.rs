//! Accepts a date for the person at the desk, who does not do it online.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{AccessToken, Booking, ClientError};
use ids::{AssignedDateId, LocationId};

use super::{
    date_form::require_dates,
    done::{Done, Fact},
    fields::{Fields, TextField},
    open_dates::OpenDatePart,
    person_form::{PersonForm, PersonPart, Purpose},
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
#[template(path = "desk_date_accept.html")]
struct AcceptPage {
    frame: Frame,
    /// The date; `None` if it is over.
    date: Option<OpenDatePart>,
    /// Where its form is sent.
    action: String,
    place: String,
    reference: TextField,
    person: PersonPart,
    /// The dates of the same place.
    back: String,
}

/// Which date, and what was filled in.
#[derive(Clone)]
pub(crate) struct Form {
    date: AssignedDateId,
    /// Its place, in whose list it stands.
    place: LocationId,
    /// Empty if the person has proven the application online.
    reference: String,
    person: PersonForm,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            date: asked.path("date")?,
            place: asked.required("place")?,
            reference: asked.trimmed("reference").to_owned(),
            person: PersonForm::read(asked)?,
        })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        require_dates(offer)
    }
}

/// The date that the address names, or what was filled in and needed a log-in first.
pub(crate) struct Asking(Form);

impl What for Asking {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = asked.typed().and_then(|typed| Form::read(&typed).ok());
        typed.map_or_else(|| Form::read(asked), Ok).map(Self)
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.0.check(offer)
    }
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, Asking>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Asking(form) = &request.asked;
    page(&request, &token, StatusCode::OK, form, &Wrong::default()).await
}

/// With the date as it stands in the list of its place now.
async fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    status: StatusCode,
    form: &Form,
    wrong: &Wrong,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let (texts, links) = (visitor.texts, visitor.links);
    let open = office.api.open_dates_at_desk(token, &form.place).await?;
    let open = open.iter().find(|open| open.date.id == form.date);
    let over = Wrong::told_by_a_service(Trouble::DateOver);
    let (status, wrong) =
        if open.is_some() { (status, wrong) } else { (StatusCode::CONFLICT, &over) };
    let mut person = PersonPart::new(texts, offer, &form.person, Purpose::AcceptDate, wrong);
    if open.is_none() {
        // Without a date there is no form to put right.
        person.told.mistakes.clear();
    }
    let mistakes = wrong.mistakes(std::iter::empty());
    let fields = Fields { texts, mistakes: &mistakes };
    let frame = visitor.frame(texts.text("desk-date-accept"));
    let hint = Some("desk-reference-needed");
    let page = AcceptPage {
        frame: if person.told.is_wrong() { frame.of_error() } else { frame },
        date: open.map(|open| OpenDatePart::new(visitor, &office.id, offer, open)),
        action: links.accept_date_at_desk(&office.id, &form.date, &form.place),
        place: form.place.to_string(),
        reference: fields.text("reference", "desk-reference", hint, &form.reference),
        person,
        back: links.open_dates_of_place(&office.id, &form.place),
    };
    Ok(visitor.page_with_status(status, &page))
}

pub(crate) async fn accept(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let form = &request.asked;
    if !form.person.mistakes(Purpose::AcceptDate).is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&request, &token, status, form, &Wrong::in_the_form()).await;
    }
    match send(&request, &token).await? {
        Ok(booking) => Ok(accepted(&request, &booking)),
        Err(refused) => match Trouble::of_date_accepted(&refused) {
            Some(trouble) => {
                let wrong = Wrong::told_by_a_service(trouble);
                page(&request, &token, StatusCode::CONFLICT, form, &wrong).await
            }
            // The page that explains it leads back to the form as it was filled in.
            None => Err(ClientError::from(refused).into()),
        },
    }
}

/// Shows the document to the identity service, and accepts the date for the person whom it names.
///
/// # Errors
/// The form lacks what every form of ours has. The inner error is that of a service.
async fn send(
    request: &Request<Staff, Authority, Form>,
    token: &AccessToken,
) -> Result<Result<Booking, Refused>, PageError> {
    let Request { visitor, authority, asked: Form { date, reference, person, .. }, .. } = request;
    let attendee = match visitor.portal.identity.identify(token, &person.document()).await {
        Ok(attendee) => attendee,
        Err(error) => return Ok(Err(Refused::Identity(error))),
    };
    let acceptance = person.acceptance(attendee, reference).ok_or(PageError::BadRequest)?;
    // An accepted date is accepted once, so each press may have its own key.
    let key = visitor.portal.unguessable();
    let api = &authority.office.api;
    let accepted = api.accept_date_at_desk(token, *date, &key, &acceptance).await;
    Ok(accepted.map_err(Refused::Authority))
}

fn accepted(request: &Request<Staff, Authority, Form>, booking: &Booking) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, asked: form, .. } = request;
    let (texts, links) = (visitor.texts, visitor.links);
    let place = LocationSummary::find(offer, &booking.location, texts);
    let done = Done {
        title: "desk-call-accepted",
        body: "desk-done-body",
        person: form.person.name(),
        service: service_names(texts, offer, &booking.services),
        facts: vec![
            Fact::new("desk-visit-code", booking.code.to_string()),
            Fact::new("summary-when", texts.moment(booking.start)),
            Fact::new("summary-where", place.name.text),
        ],
        ways: vec![
            ("desk-open-dates-more", links.open_dates_of_place(&office.id, &form.place)),
            ("desk-back", links.desk(&office.id)),
        ],
    };
    done.page(visitor)
}
