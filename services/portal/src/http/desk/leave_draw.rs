//! Takes the entry that a desk made for a person out of a draw.

use actix_web::HttpResponse;
use askama::Template;
use client::{AccessToken, Draw};
use ids::DrawId;

use super::{
    asked_draw::AskedDraw,
    done::{Done, Fact},
    person_form::{PersonForm, PersonPart, Purpose},
    trouble::{Refused, Trouble},
    wrong::Wrong,
};
use crate::http::{
    asked::{Asked, What},
    draws::facts::DrawFacts,
    frame::Frame,
    page_error::PageError,
    request::{Authority, Request, Staff},
};

#[derive(Template)]
#[template(path = "desk_leave_draw.html")]
struct LeavePage {
    frame: Frame,
    draw: DrawFacts,
    person: PersonPart,
}

/// The form of the page.
#[derive(Clone)]
pub(crate) struct Form {
    draw: DrawId,
    person: PersonForm,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { draw: asked.path("draw")?, person: PersonForm::read(asked)? })
    }
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, AskedDraw<Form>>,
) -> Result<HttpResponse, PageError> {
    // Only who is staff here is shown the form.
    request.token().await?;
    let AskedDraw { draw, typed } = &request.asked;
    let draw = request.authority.office.api.draw(*draw).await?.draw;
    let person = typed.as_ref().map(|typed| typed.person.clone()).unwrap_or_default();
    Ok(page(&request, &draw, &person, &Wrong::default()))
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    draw: &Draw,
    person: &PersonForm,
    wrong: &Wrong,
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let person = PersonPart::new(visitor.texts, offer, person, Purpose::TakeOut, wrong);
    let frame = visitor.frame(visitor.texts.text("desk-case-withdraw"));
    let page = LeavePage {
        frame: if person.told.is_wrong() { frame.of_error() } else { frame },
        draw: DrawFacts::new(visitor, &office.id, offer, draw),
        person,
    };
    visitor.page_with_status(wrong.status(), &page)
}

pub(crate) async fn leave(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Form { draw, person } = &request.asked;
    let draw = request.authority.office.api.draw(*draw).await?.draw;
    if !person.mistakes(Purpose::TakeOut).is_empty() {
        return Ok(page(&request, &draw, person, &Wrong::in_the_form()));
    }
    match send(&request, &token).await? {
        Ok(()) => Ok(left(&request, &draw)),
        Err(refused) => Ok(page(&request, &draw, person, &Wrong::of(refused, Trouble::of)?)),
    }
}

/// Shows the document to the identity service, and takes out whom it names.
///
/// # Errors
/// The form lacks what every form of ours has. The inner error is that of a service.
async fn send(
    request: &Request<Staff, Authority, Form>,
    token: &AccessToken,
) -> Result<Result<(), Refused>, PageError> {
    let Request { visitor, authority, asked: Form { draw, person }, .. } = request;
    let attendee = match person.identified(&visitor.portal, token).await {
        Ok(attendee) => attendee,
        Err(refused) => return Ok(Err(refused)),
    };
    let withdrawal = person.withdrawal(attendee).ok_or(PageError::BadRequest)?;
    let left = authority.office.api.withdraw_entry_at_desk(token, *draw, &withdrawal).await;
    Ok(left.map_err(Refused::Authority))
}

fn left(request: &Request<Staff, Authority, Form>, draw: &Draw) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, asked: form, .. } = request;
    let draw = DrawFacts::new(visitor, &office.id, offer, draw);
    let done = Done {
        title: "desk-left-draw",
        body: "desk-done-body",
        person: form.person.name(),
        service: draw.service,
        facts: vec![Fact::new("draw-for", draw.week)],
        notices: Vec::new(),
        language: None,
        ways: vec![("desk-back", visitor.links.desk(&office.id))],
    };
    done.page(visitor)
}
