//! Declines a drawn seat for a winner whom the desk phones, and asks why staff do it and not the person.

use actix_web::HttpResponse;
use client::{AccessToken, ClientError};
use ids::{DrawId, EntryId, LocationId};

use super::{
    calls,
    deed_page::{Asking, DeedForm, DeedPage},
    done::Done,
    fields::Fields,
    reason_form::{Deed, ReasonForm, ReasonPart},
    trouble::{Refused, Trouble},
    wrong::Wrong,
};
use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
    request::{Authority, Request, Staff},
};

/// The text of the button.
const BUTTON: &str = "desk-call-decline";

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

/// The calls are not read again: it is noted who reads the numbers, and the member of staff has read them.
pub(crate) async fn ask(
    request: Request<Staff, Authority, Asking<Form>>,
) -> Result<HttpResponse, PageError> {
    // Only who is staff here is shown the form.
    request.token().await?;
    Ok(page(&request, &request.asked.0, &Wrong::default()))
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    form: &Form,
    wrong: &Wrong,
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, .. }, .. } = request;
    let (texts, links) = (visitor.texts, visitor.links);
    let mistakes = wrong.mistakes(form.why.mistakes(Deed::ForPerson));
    let fields = Fields { texts, mistakes: &mistakes };
    let page = DeedPage {
        title: "desk-case-decline",
        told: wrong.told(texts, &mistakes, BUTTON),
        form: Some(DeedForm {
            lead: "desk-decline-drawn-body",
            date: None,
            action: links.decline_drawn(&office.id, &form.draw, &form.entry, &form.place),
            place: Some(("location", form.place.to_string())),
            fields: Vec::new(),
            document: None,
            why: ReasonPart::new(fields, &form.why, Deed::ForPerson),
            button: BUTTON,
        }),
        back: links.calls_of_place(&office.id, &form.place),
        back_label: "desk-calls-more",
    };
    page.show(visitor, wrong)
}

pub(crate) async fn decline(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { authority: Authority { office, .. }, asked: form, .. } = &request;
    if form.why.mistakes(Deed::ForPerson).next().is_some() {
        return Ok(page(&request, form, &Wrong::in_the_form()));
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
    let ways = vec![
        ("desk-calls-more", links.calls_of_place(&office.id, &form.place)),
        ("desk-back", links.desk(&office.id)),
    ];
    Done::without_facts("desk-call-declined", "desk-call-declined-body", ways).page(visitor)
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
            Ok(page(request, form, &wrong))
        }
        _ => calls::refused(request, token, &form.place, ClientError::from(refused)).await,
    }
}
