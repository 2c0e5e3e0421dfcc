//! The page of a deed: staff say why, then it is done (`done` says so). Each deed brings its texts and its fields.

use actix_web::HttpResponse;
use askama::Template;

use super::{
    fields::TextField,
    open_dates::OpenDatePart,
    person_form::DocumentFields,
    reason_form::ReasonPart,
    wrong::{Told, Wrong},
};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        visitor::Visitor,
    },
};

/// The form as the address fills it in, or as it was filled in before it needed a log-in.
pub(crate) struct Asking<Form>(pub(super) Form);

impl<Form: What> What for Asking<Form> {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        asked.typed_as::<Form>().map_or_else(|| Form::read(asked), Ok).map(Self)
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        self.0.check(offer)
    }
}

#[derive(Template)]
#[template(path = "desk_deed.html")]
struct Shown {
    frame: Frame,
    page: DeedPage,
}

/// What the page says and asks.
pub(super) struct DeedPage {
    /// The text of the title.
    pub(super) title: &'static str,
    pub(super) told: Told,
    /// `None` if there is nothing left to be done.
    pub(super) form: Option<DeedForm>,
    /// Where it goes on without the deed.
    pub(super) back: String,
    /// The text that says so.
    pub(super) back_label: &'static str,
}

/// What is asked before it is done.
pub(super) struct DeedForm {
    /// The text that says what will be done.
    pub(super) lead: &'static str,
    /// The date that it is about.
    pub(super) date: Option<OpenDatePart>,
    /// Where the form is sent.
    pub(super) action: String,
    /// The place whose list led here, and the field that says so.
    pub(super) place: Option<(&'static str, String)>,
    pub(super) fields: Vec<TextField>,
    /// The fields of a document that staff see.
    pub(super) document: Option<DocumentFields>,
    pub(super) why: ReasonPart,
    /// The text of the button.
    pub(super) button: &'static str,
}

impl DeedPage {
    /// The page with the status of what is wrong.
    pub(super) fn show(self, visitor: &Visitor, wrong: &Wrong) -> HttpResponse {
        let frame = visitor.frame(visitor.texts.text(self.title));
        let frame = if self.told.is_wrong() { frame.of_error() } else { frame };
        visitor.page_with_status(wrong.status(), &Shown { frame, page: self })
    }
}
