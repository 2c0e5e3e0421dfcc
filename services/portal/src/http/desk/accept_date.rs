//! Accepts a date for the person at the desk, who does not do it online.

use actix_web::HttpResponse;
use client::{AccessToken, Booking};

use super::{
    asked_date::AskedDate,
    booked::{CameFrom, booked},
    deed_page::{Asking, DeedForm, DeedPage},
    fields::Fields,
    person_form::{PersonForm, PersonPart, Purpose},
    trouble::{Refused, Trouble},
    wrong::Wrong,
};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        page_error::PageError,
        request::{Authority, Request, Staff},
    },
};

/// Which date, and what was filled in.
#[derive(Clone)]
pub(crate) struct Form {
    /// Its number is empty if the person has proven the application online.
    date: AskedDate,
    person: PersonForm,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { date: AskedDate::read(asked)?, person: PersonForm::read(asked)? })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.date.check(offer)
    }
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, Asking<Form>>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    page(&request, &token, &request.asked.0, Wrong::default()).await
}

async fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    form: &Form,
    wrong: Wrong,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let (texts, links) = (visitor.texts, visitor.links);
    let Form { date: asked, person } = form;
    let (date, wrong) = asked.now(request, token, wrong).await?;
    let mistakes = wrong.mistakes(std::iter::empty());
    let fields = Fields { texts, mistakes: &mistakes };
    let person = PersonPart::new(texts, offer, person, Purpose::AcceptDate, &wrong);
    let PersonPart { document, why, button, told, .. } = person;
    let page = DeedPage {
        title: "desk-date-accept",
        told,
        form: date.map(|date| DeedForm {
            lead: "desk-date-accept-body",
            date: Some(date),
            action: links.accept_date_at_desk(&office.id, &asked.id, &asked.place),
            place: Some(("place", asked.place.to_string())),
            fields: vec![asked.field(fields, "desk-reference-needed")],
            document: Some(document),
            why,
            button,
        }),
        back: links.open_dates_of_place(&office.id, &asked.place),
        back_label: "desk-open-dates-more",
    };
    Ok(page.show(visitor, &wrong))
}

pub(crate) async fn accept(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let form = &request.asked;
    if !form.person.mistakes(Purpose::AcceptDate).is_empty() {
        return page(&request, &token, form, Wrong::in_the_form()).await;
    }
    match send(&request, &token).await? {
        Ok(booking) => {
            let came_from = CameFrom::Dates(form.date.place.clone());
            Ok(booked(&request, &booking, form.person.language(), came_from))
        }
        Err(refused) => {
            let wrong = Wrong::of(refused, Trouble::of_date_accepted)?;
            page(&request, &token, form, wrong).await
        }
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
    let Request { visitor, authority, asked: Form { date, person }, .. } = request;
    let attendee = match person.identified(&visitor.portal, token).await {
        Ok(attendee) => attendee,
        Err(refused) => return Ok(Err(refused)),
    };
    let acceptance = person.acceptance(attendee, date.reference());
    let acceptance = acceptance.ok_or(PageError::BadRequest)?;
    // An accepted date is accepted once, so each press may have its own key.
    let key = visitor.portal.unguessable();
    let api = &authority.office.api;
    let accepted = api.accept_date_at_desk(token, date.id, &key, &acceptance).await;
    Ok(accepted.map_err(Refused::Authority))
}
