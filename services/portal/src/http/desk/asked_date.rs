//! The date of a form at the desk, which waits for an answer, and the number of its application.

use client::AccessToken;
use ids::{AssignedDateId, LocationId};

use super::{
    date_form::require_dates,
    fields::{Fields, TextField},
    open_dates::OpenDatePart,
    trouble::Trouble,
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

/// Which date, and the number that was typed.
#[derive(Clone)]
pub(super) struct AskedDate {
    pub(super) id: AssignedDateId,
    /// Its place, in whose list it stands.
    pub(super) place: LocationId,
    /// Empty if the number is not to be compared.
    reference: String,
}

impl What for AskedDate {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            id: asked.path("date")?,
            place: asked.required("place")?,
            reference: asked.trimmed("reference").to_owned(),
        })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        require_dates(offer)
    }
}

impl AskedDate {
    /// The number that is to be compared.
    pub(super) fn reference(&self) -> Option<String> {
        Some(self.reference.clone()).filter(|reference| !reference.is_empty())
    }

    /// The field of the number.
    pub(super) fn field(&self, fields: Fields<'_>, hint: &str) -> TextField {
        fields.text("reference", "desk-reference", Some(hint), &self.reference)
    }

    /// The date as it stands in the list of its place now. If it is over, that alone is wrong.
    ///
    /// # Errors
    /// The authority does not answer, or refuses the list.
    pub(super) async fn now<A: What>(
        &self,
        request: &Request<Staff, Authority, A>,
        token: &AccessToken,
        wrong: Wrong,
    ) -> Result<(Option<OpenDatePart>, Wrong), PageError> {
        let Request { visitor, authority: Authority { office, offer }, .. } = request;
        let open = office.api.open_dates_at_desk(token, &self.place).await?;
        let date = open.iter().find(|open| open.date.id == self.id);
        let date = date.map(|open| OpenDatePart::new(visitor, &office.id, offer, open));
        let wrong = if date.is_some() { wrong } else { Wrong::over(Trouble::DateOver) };
        Ok((date, wrong))
    }
}
