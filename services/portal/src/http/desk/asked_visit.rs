//! The appointment about which a page asks before something is done to it.

use client::{AccessToken, ClientError, DeskBooking, SlotApi};
use ids::{BookingCode, BookingId};

use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
};

/// Which appointment, and the list that led to the page.
pub(crate) struct AskedVisit {
    pub(super) booking: BookingId,
    /// By it the appointment is found.
    pub(super) code: BookingCode,
    /// The query of the list.
    pub(super) query: String,
}

impl What for AskedVisit {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            booking: asked.path("booking")?,
            code: asked.required("code")?,
            query: asked.trimmed("query").to_owned(),
        })
    }
}

impl AskedVisit {
    /// The query of the list that led here, or of the appointment alone.
    pub(super) fn list(&self) -> String {
        if self.query.is_empty() { format!("code={}", self.code) } else { self.query.clone() }
    }

    /// The appointment as it stands now.
    pub(super) async fn find(
        &self,
        api: &SlotApi,
        token: &AccessToken,
    ) -> Result<Option<DeskBooking>, ClientError> {
        let found = api.desk_bookings(token, self.code).await?;
        Ok(found.into_iter().find(|found| found.booking.id == self.booking))
    }
}
