//! Takes a person whom the desk phones out of a waiting list.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::ClientError;
use ids::{AuthorityId, WaitingId};

use super::{
    done::Done,
    fields::{Fields, Mistake, TextField},
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
const BUTTON: &str = "desk-take-out";

#[derive(Template)]
#[template(path = "desk_leave_list.html")]
struct LeavePage {
    frame: Frame,
    authority: AuthorityId,
    place: TextField,
    why: ReasonPart,
    button: &'static str,
    told: Told,
}

/// What was filled in.
#[derive(Clone, Default)]
pub(crate) struct Form {
    /// The number of the place, as it was typed or as the list of calls names it.
    place: String,
    why: ReasonForm,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        let place = texts::plain_digits(asked.trimmed("place")).to_lowercase();
        Ok(Self { place, why: ReasonForm::read(asked)? })
    }
}

impl Form {
    fn place(&self) -> Option<WaitingId> {
        self.place.parse().ok()
    }

    fn mistakes(&self) -> impl Iterator<Item = Mistake> {
        let is_wrong = self.place().is_none();
        let own = is_wrong.then_some(("place", "desk-wrong-place-number"));
        own.into_iter().chain(self.why.mistakes(Deed::ForPerson))
    }
}

/// The place that the address names, or what was filled in and needed a log-in first.
pub(crate) struct Asking(Form);

impl What for Asking {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = asked.typed().and_then(|typed| Form::read(&typed).ok());
        typed.map_or_else(|| Form::read(asked), Ok).map(Self)
    }
}

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
    let texts = visitor.texts;
    let mistakes = wrong.mistakes(form.mistakes());
    let fields = Fields { texts, mistakes: &mistakes };
    let told = wrong.told(texts, &mistakes, BUTTON);
    let frame = visitor.frame(texts.text("desk-leave-list"));
    let page = LeavePage {
        frame: if told.is_wrong() { frame.of_error() } else { frame },
        authority: office.id.clone(),
        place: fields.text(
            "place",
            "desk-place-number",
            Some("desk-place-number-hint"),
            &form.place,
        ),
        why: ReasonPart::new(fields, &form.why, Deed::ForPerson),
        button: BUTTON,
        told,
    };
    visitor.page_with_status(status, &page)
}

pub(crate) async fn leave(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: form, .. } = &request;
    let place = form.place().filter(|_| form.mistakes().next().is_none());
    let Some(place) = place else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(&request, status, form, &Wrong::in_the_form()));
    };
    let left = office.api.leave_waiting_list_by_phone(&token, place, &form.why.reason()).await;
    let Err(error) = left else {
        let links = visitor.links;
        let done = Done {
            title: "desk-left-list",
            body: "desk-left-list-body",
            person: String::new(),
            service: Vec::new(),
            facts: Vec::new(),
            ways: vec![
                ("desk-calls-more", links.desk_calls(&office.id)),
                ("desk-back", links.desk(&office.id)),
            ],
        };
        return Ok(done.page(visitor));
    };
    let refused = Refused::Authority(error);
    match Trouble::of(&refused) {
        Some(trouble) => {
            let wrong = Wrong::told_by_a_service(trouble);
            Ok(page(&request, StatusCode::CONFLICT, form, &wrong))
        }
        // The page that explains it leads back to the form as it was filled in.
        None => Err(ClientError::from(refused).into()),
    }
}
