//! Puts a person without online ID into a waiting list.

use actix_web::HttpResponse;
use askama::Template;
use client::{AccessToken, Service, WaitingEntry};
use ids::{AuthorityId, ServiceId};

use super::{
    done::{Done, Fact},
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
        visit::{Name, service_names},
        waiting_list::{filled::Filled, form},
    },
};

#[derive(Template)]
#[template(path = "desk_list.html")]
struct JoinPage {
    frame: Frame,
    authority: AuthorityId,
    service: ServiceId,
    service_names: Vec<Name>,
    person: PersonPart,
    form: form::Form,
}

/// The form of the page.
#[derive(Clone)]
pub(crate) struct Form {
    service: ServiceId,
    person: PersonForm,
    filled: Filled,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            service: asked.path("service")?,
            person: PersonForm::read(asked)?,
            filled: Filled::read(asked)?,
        })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        offer.service(&self.service).map(drop).ok_or(PageError::NotFound)
    }
}

/// The list, and what was filled in and needed a log-in first.
pub(crate) struct Asking {
    service: ServiceId,
    typed: Option<Form>,
}

impl What for Asking {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { service: asked.path("service")?, typed: asked.typed_as() })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        offer.service(&self.service).map(drop).ok_or(PageError::NotFound)
    }
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, Asking>,
) -> Result<HttpResponse, PageError> {
    // Only who is staff here is shown the form.
    request.token().await?;
    let Asking { service, typed } = &request.asked;
    let service = listed(&request, service)?;
    let nothing = || Form {
        service: service.id.clone(),
        person: PersonForm::default(),
        filled: Filled::nothing(),
    };
    let form = typed.clone().unwrap_or_else(nothing);
    Ok(request.visitor.page(&page(&request, service, &form, &Wrong::default())))
}

/// The service, if it has a list.
fn listed<'r, A: What>(
    request: &'r Request<Staff, Authority, A>,
    id: &ServiceId,
) -> Result<&'r Service, PageError> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let service = offer.service(id).ok_or(PageError::NotFound)?;
    // Staff alone book some services: nobody waits for those, and the desk says so.
    if service.waiting_list && !offer.is_for_staff_alone(id) {
        return Ok(service);
    }
    Err(PageError::refused("no-waiting-list", visitor.links.desk(&office.id)))
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    service: &Service,
    form: &Form,
    wrong: &Wrong,
) -> JoinPage {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let Form { person, filled, .. } = form;
    let mut person = PersonPart::new(visitor.texts, offer, person, Purpose::Join, wrong);
    let seats = form::Form::new(visitor.texts, offer, service, filled).for_staff(visitor.texts);
    for (field, words) in &seats.mistakes {
        person.told.add_mistake(field.clone(), words.clone());
    }
    let frame = visitor.frame(visitor.texts.text("desk-list-title"));
    JoinPage {
        frame: if person.told.is_wrong() { frame.of_error() } else { frame },
        authority: office.id.clone(),
        service: service.id.clone(),
        service_names: service_names(visitor.texts, offer, std::slice::from_ref(&service.id)),
        person,
        form: seats,
    }
}

pub(crate) async fn join(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, asked: form, .. } = &request;
    let service = listed(&request, &form.service)?;
    let again = |form: &Form, wrong: &Wrong| {
        visitor.page_with_status(wrong.status(), &page(&request, service, form, wrong))
    };
    if !form.person.mistakes(Purpose::Join).is_empty() || !form.filled.mistakes().is_empty() {
        return Ok(again(form, &Wrong::in_the_form()));
    }
    match send(&request, &token).await? {
        Ok(entry) => Ok(joined(&request, &entry)),
        Err(refused) => {
            let wrong = Wrong::of(refused, Trouble::of)?;
            Ok(again(&Form { person: form.person.after(&wrong), ..form.clone() }, &wrong))
        }
    }
}

/// Shows the document to the identity service, and puts the person whom it names in line.
///
/// # Errors
/// The form lacks what every form of ours has. The inner error is that of a service.
async fn send(
    request: &Request<Staff, Authority, Form>,
    token: &AccessToken,
) -> Result<Result<WaitingEntry, Refused>, PageError> {
    let Request { visitor, authority, asked: Form { service, person, filled }, .. } = request;
    let attendee = match person.identified(&visitor.portal, token).await {
        Ok(attendee) => attendee,
        Err(refused) => return Ok(Err(refused)),
    };
    let seat = person.seat(attendee, filled.preferences(), filled.people);
    let seat = seat.ok_or(PageError::BadRequest)?;
    // Joining again with the same changes nothing, so each press may have its own key.
    let key = visitor.portal.unguessable();
    let api = &authority.office.api;
    let (phone, replaces) = (person.phone(), person.replaces());
    let joined = api.join_waiting_list_at_desk(token, &key, service, &seat, phone, replaces).await;
    Ok(joined.map_err(Refused::Authority))
}

fn joined(request: &Request<Staff, Authority, Form>, entry: &WaitingEntry) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, asked: form, .. } = request;
    let reader = visitor.clone().reading(form.person.language());
    let service = service_names(reader.texts, offer, std::slice::from_ref(&form.service));
    let facts = vec![
        Fact::new("desk-phone", form.person.phone().to_owned()),
        Fact::new("desk-number", entry.id.to_string()),
    ];
    let notices = [
        form.person.replaces().then_some("desk-list-replaced"),
        // The person keeps the appointment that they have, and gets no other one beside it.
        entry.replaces.map(|_| "desk-joined-booked"),
    ];
    let done = Done {
        title: "desk-joined",
        body: "desk-done-body",
        person: form.person.name(),
        service,
        facts,
        notices: notices.into_iter().flatten().collect(),
        language: form.person.language(),
        ways: vec![("desk-back", visitor.links.desk(&office.id))],
    };
    done.page(visitor)
}
