//! Declines a drawn seat for a winner whom the desk phones, and asks why staff do it and not the person.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{AccessToken, ClientError};
use ids::{DrawId, EntryId, LocationId};

use super::{
    calls,
    done::Done,
    fields::Fields,
    reason_form::{Deed, ReasonForm, ReasonPart},
    trouble::{Refused, Trouble},
    wrong::{Told, Wrong},
};
use crate::http::{
    asked::{Asked, What},
    frame::Frame,
    page_error::PageError,
    request::{Authority, Request, Staff},
};

/// The text of the button.
const BUTTON: &str = "desk-call-decline";

#[derive(Template)]
#[template(path = "desk_decline_drawn.html")]
struct DeclinePage {
    frame: Frame,
    /// Where its form is sent.
    action: String,
    /// The place that phones.
    place: String,
    why: ReasonPart,
    button: &'static str,
    told: Told,
    /// The calls of the place.
    back: String,
}

/// Whose seat, and what was filled in.
#[derive(Clone)]
pub(crate) struct Form {
    draw: DrawId,
    entry: EntryId,
    /// The place that phones, to show its calls again.
    place: LocationId,
    why: ReasonForm,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            draw: asked.path("draw")?,
            entry: asked.path("entry")?,
            place: asked.required("location")?,
            why: ReasonForm::read(asked)?,
        })
    }
}

/// The seat that the address names, or what was filled in and needed a log-in first.
pub(crate) struct Asking(Form);

impl What for Asking {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = asked.typed().and_then(|typed| Form::read(&typed).ok());
        typed.map_or_else(|| Form::read(asked), Ok).map(Self)
    }
}

/// The calls are not read again: it is noted who reads the numbers, and the member of staff has read them.
pub(crate) async fn ask(
    request: Request<Staff, Authority, Asking>,
) -> Result<HttpResponse, PageError> {
    // Only who is staff here is shown the form.
    request.token().await?;
    let Asking(form) = &request.asked;
    Ok(page(&request, StatusCode::OK, form, &Wrong::default()))
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    status: StatusCode,
    form: &Form,
    wrong: &Wrong,
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, .. }, .. } = request;
    let (texts, links) = (visitor.texts, visitor.links);
    let mistakes = wrong.mistakes(form.why.mistakes(Deed::ForPerson));
    let fields = Fields { texts, mistakes: &mistakes };
    let told = wrong.told(texts, &mistakes, BUTTON);
    let frame = visitor.frame(texts.text("desk-case-decline"));
    let page = DeclinePage {
        frame: if told.is_wrong() { frame.of_error() } else { frame },
        action: links.decline_drawn(&office.id, &form.draw, &form.entry, &form.place),
        place: form.place.to_string(),
        why: ReasonPart::new(fields, &form.why, Deed::ForPerson),
        button: BUTTON,
        told,
        back: links.calls_of_place(&office.id, &form.place),
    };
    visitor.page_with_status(status, &page)
}

pub(crate) async fn decline(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { authority: Authority { office, .. }, asked: form, .. } = &request;
    if form.why.mistakes(Deed::ForPerson).next().is_some() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(&request, status, form, &Wrong::in_the_form()));
    }
    let (seat, reason) = ((form.draw, form.entry), form.why.reason());
    // One that was declined stays so, and a second press does no harm.
    match office.api.decline_drawn_seat_by_phone(&token, seat, &reason).await {
        Ok(()) => Ok(declined(&request)),
        Err(error) => refused(&request, &token, error).await,
    }
}

fn declined(request: &Request<Staff, Authority, Form>) -> HttpResponse {
    let Request { visitor, authority: Authority { office, .. }, asked: form, .. } = request;
    let links = visitor.links;
    let done = Done {
        title: "desk-call-declined",
        body: "desk-call-declined-body",
        person: String::new(),
        service: Vec::new(),
        facts: Vec::new(),
        ways: vec![
            ("desk-calls-more", links.calls_of_place(&office.id, &form.place)),
            ("desk-back", links.desk(&office.id)),
        ],
    };
    done.page(visitor)
}

/// What the form can put right is said above it; otherwise the calls as they are now, with why.
async fn refused(
    request: &Request<Staff, Authority, Form>,
    token: &AccessToken,
    error: ClientError,
) -> Result<HttpResponse, PageError> {
    let (form, refused) = (&request.asked, Refused::Authority(error));
    match Trouble::of(&refused) {
        Some(trouble @ (Trouble::Field(_) | Trouble::Second(_) | Trouble::CaseState)) => {
            let wrong = Wrong::told_by_a_service(trouble);
            Ok(page(request, StatusCode::CONFLICT, form, &wrong))
        }
        _ => calls::refused(request, token, &form.place, ClientError::from(refused)).await,
    }
}
