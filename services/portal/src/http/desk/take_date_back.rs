//! Takes a date back that nobody has answered yet: asks first, with what is taken back.

use actix_web::HttpResponse;
use client::{AccessToken, DateTakenBack};

use super::{
    asked_date::AskedDate,
    deed_page::{Asking, DeedForm, DeedPage},
    done::Done,
    fields::Fields,
    reason_form::{Deed, ReasonForm, ReasonPart},
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

/// The text of the button.
const BUTTON: &str = "desk-date-withdraw-now";

/// Which date, and what was filled in.
#[derive(Clone)]
pub(crate) struct Form {
    date: AskedDate,
    why: ReasonForm,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { date: AskedDate::read(asked)?, why: ReasonForm::read(asked)? })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.date.check(offer)
    }
}

impl Form {
    fn taken_back(&self) -> DateTakenBack {
        DateTakenBack { reason: self.why.reason(), reference: self.date.reference() }
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
    let Request { visitor, authority: Authority { office, .. }, .. } = request;
    let (texts, links) = (visitor.texts, visitor.links);
    let Form { date: asked, why } = form;
    let (date, wrong) = asked.now(request, token, wrong).await?;
    let mistakes = wrong.mistakes(why.mistakes(Deed::TakeDateBack));
    let fields = Fields { texts, mistakes: &mistakes };
    let page = DeedPage {
        title: "desk-date-withdraw",
        told: wrong.told(texts, &mistakes, BUTTON),
        form: date.map(|date| DeedForm {
            lead: "desk-date-withdraw-body",
            date: Some(date),
            action: links.take_date_back(&office.id, &asked.id, &asked.place),
            place: Some(("place", asked.place.to_string())),
            fields: vec![asked.field(fields, "desk-reference-compared")],
            document: None,
            why: ReasonPart::new(fields, why, Deed::TakeDateBack),
            button: BUTTON,
        }),
        back: links.open_dates_of_place(&office.id, &asked.place),
        back_label: "desk-open-dates-more",
    };
    Ok(page.show(visitor, &wrong))
}

pub(crate) async fn take_back(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { authority: Authority { office, .. }, asked: form, .. } = &request;
    if form.why.mistakes(Deed::TakeDateBack).next().is_some() {
        return page(&request, &token, form, Wrong::in_the_form()).await;
    }
    // One that was taken back stays so, and a second press does no harm.
    match office.api.withdraw_date_at_desk(&token, form.date.id, &form.taken_back()).await {
        Ok(()) => Ok(taken_back(&request)),
        Err(error) => {
            let wrong = Wrong::of(Refused::Authority(error), Trouble::of_date_back)?;
            page(&request, &token, form, wrong).await
        }
    }
}

fn taken_back(request: &Request<Staff, Authority, Form>) -> HttpResponse {
    let Request { visitor, authority: Authority { office, .. }, asked: form, .. } = request;
    let links = visitor.links;
    let ways = vec![
        ("desk-open-dates-more", links.open_dates_of_place(&office.id, &form.date.place)),
        ("desk-back", links.desk(&office.id)),
    ];
    Done::without_facts("desk-date-withdrawn", "desk-date-withdrawn-body", ways).page(visitor)
}
