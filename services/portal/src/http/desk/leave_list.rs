//! Takes a person whom the desk phones out of a waiting list.

use actix_web::HttpResponse;
use ids::WaitingId;

use super::{
    deed_page::{Asking, DeedForm, DeedPage},
    done::Done,
    fields::{Fields, Mistake},
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
const BUTTON: &str = "desk-take-out";

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
    let mistakes = wrong.mistakes(form.mistakes());
    let fields = Fields { texts, mistakes: &mistakes };
    let hint = Some("desk-place-number-hint");
    let page = DeedPage {
        title: "desk-leave-list",
        told: wrong.told(texts, &mistakes, BUTTON),
        form: Some(DeedForm {
            lead: "desk-leave-list-body",
            date: None,
            action: links.leave_list_at_desk(&office.id),
            place: None,
            fields: vec![fields.text("place", "desk-place-number", hint, &form.place)],
            document: None,
            why: ReasonPart::new(fields, &form.why, Deed::ForPerson),
            button: BUTTON,
        }),
        back: links.desk(&office.id),
        back_label: "desk-back",
    };
    page.show(visitor, wrong)
}

pub(crate) async fn leave(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { authority: Authority { office, .. }, asked: form, .. } = &request;
    let place = form.place().filter(|_| form.mistakes().next().is_none());
    let Some(place) = place else {
        return Ok(page(&request, form, &Wrong::in_the_form()));
    };
    match office.api.leave_waiting_list_by_phone(&token, place, &form.why.reason()).await {
        Ok(()) => Ok(left(&request)),
        Err(error) => {
            let wrong = Wrong::of(Refused::Authority(error), Trouble::of)?;
            Ok(page(&request, form, &wrong))
        }
    }
}

fn left(request: &Request<Staff, Authority, Form>) -> HttpResponse {
    let Request { visitor, authority: Authority { office, .. }, .. } = request;
    let links = visitor.links;
    let ways = vec![
        ("desk-calls-more", links.desk_calls(&office.id)),
        ("desk-back", links.desk(&office.id)),
    ];
    Done::without_facts("desk-left-list", "desk-left-list-body", ways).page(visitor)
}
