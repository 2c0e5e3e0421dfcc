//! Takes a date back that nobody has answered yet: asks first, with what is taken back.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{AccessToken, ClientError, DateTakenBack};
use ids::{AssignedDateId, LocationId};

use super::{
    date_form::require_dates,
    done::Done,
    fields::{Fields, TextField},
    open_dates::OpenDatePart,
    reason_form::{Deed, ReasonForm, ReasonPart},
    trouble::{Refused, Trouble},
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

/// The text of the button.
const BUTTON: &str = "desk-date-withdraw-now";

#[derive(Template)]
#[template(path = "desk_date_back.html")]
struct BackPage {
    frame: Frame,
    /// The date; `None` if it is over.
    date: Option<OpenDatePart>,
    /// Where its form is sent.
    action: String,
    place: String,
    reference: TextField,
    why: ReasonPart,
    button: &'static str,
    told: Told,
    /// The dates of the same place.
    back: String,
}

/// Which date, and what was filled in.
#[derive(Clone)]
pub(crate) struct Form {
    date: AssignedDateId,
    /// Its place, in whose list it stands.
    place: LocationId,
    /// Empty if the number is not to be compared.
    reference: String,
    why: ReasonForm,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            date: asked.path("date")?,
            place: asked.required("place")?,
            reference: asked.trimmed("reference").to_owned(),
            why: ReasonForm::read(asked)?,
        })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        require_dates(offer)
    }
}

impl Form {
    fn taken_back(&self) -> DateTakenBack {
        let reference = Some(self.reference.clone()).filter(|reference| !reference.is_empty());
        DateTakenBack { reason: self.why.reason(), reference }
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
    // Without a date there is no form to put right.
    let mistakes = wrong.mistakes(form.why.mistakes(Deed::TakeDateBack).filter(|_| open.is_some()));
    let fields = Fields { texts, mistakes: &mistakes };
    let told = wrong.told(texts, &mistakes, BUTTON);
    let frame = visitor.frame(texts.text("desk-date-withdraw"));
    let hint = Some("desk-reference-compared");
    let page = BackPage {
        frame: if told.is_wrong() { frame.of_error() } else { frame },
        date: open.map(|open| OpenDatePart::new(visitor, &office.id, offer, open)),
        action: links.take_date_back(&office.id, &form.date, &form.place),
        place: form.place.to_string(),
        reference: fields.text("reference", "desk-reference", hint, &form.reference),
        why: ReasonPart::new(fields, &form.why, Deed::TakeDateBack),
        button: BUTTON,
        told,
        back: links.open_dates_of_place(&office.id, &form.place),
    };
    Ok(visitor.page_with_status(status, &page))
}

pub(crate) async fn take_back(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: form, .. } = &request;
    if form.why.mistakes(Deed::TakeDateBack).next().is_some() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&request, &token, status, form, &Wrong::in_the_form()).await;
    }
    // One that was taken back stays so, and a second press does no harm.
    let taken = office.api.withdraw_date_at_desk(&token, form.date, &form.taken_back()).await;
    let Err(error) = taken else {
        let links = visitor.links;
        let done = Done {
            title: "desk-date-withdrawn",
            body: "desk-date-withdrawn-body",
            person: String::new(),
            service: Vec::new(),
            facts: Vec::new(),
            ways: vec![
                ("desk-open-dates-more", links.open_dates_of_place(&office.id, &form.place)),
                ("desk-back", links.desk(&office.id)),
            ],
        };
        return Ok(done.page(visitor));
    };
    let refused = Refused::Authority(error);
    match Trouble::of_date_back(&refused) {
        Some(trouble) => {
            let wrong = Wrong::told_by_a_service(trouble);
            page(&request, &token, StatusCode::CONFLICT, form, &wrong).await
        }
        // The page that explains it leads back to the form as it was filled in.
        None => Err(ClientError::from(refused).into()),
    }
}
