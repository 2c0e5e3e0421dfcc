//! A page with a form is read in another language: what was typed goes along, sealed in the session and in no
//! address.

use actix_web::{HttpRequest, HttpResponse};

use super::{
    asked::{Asked, What},
    explained::keep,
    link::own_path,
    page_error::PageError,
    request::{Anywhere, Reader, Request, noted},
    visitor::go_to,
};
use crate::session::NotedForm;

/// The field that the button of a language adds to the form: the page in that language.
const PAGE: &str = "language-page";

/// A form as it was filled in, and where to.
pub(crate) struct Switch {
    page: String,
    fields: Vec<(String, String)>,
}

impl What for Switch {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let page = asked.field(PAGE).ok_or(PageError::BadRequest)?.to_owned();
        let fields = asked.fields.iter().filter(|(name, _)| name != PAGE).cloned().collect();
        Ok(Self { page, fields })
    }
}

pub(crate) async fn switch(
    http: HttpRequest,
    request: Request<Reader, Anywhere, Switch>,
) -> HttpResponse {
    let Request { visitor, asked: Switch { page, fields }, .. } = request;
    let is_lost = match noted(&visitor, &http, visitor.name_of(&page), &fields) {
        Some(NotedForm::Keepable(typed)) => !keep(&visitor, typed),
        Some(NotedForm::Lost) => true,
        None => false,
    };
    if is_lost {
        visitor.session.change(|session| session.lost_typed = true);
    }
    go_to(own_path(&page, visitor.links))
}
