//! What supervisors and admins see of the catalogue: which one is in force, and why the newest one
//! is not.

use client::{AccessToken, ClientError, SlotApi};
use jiff::Timestamp;

use crate::{
    http::page_error::PageError,
    text::{Texts, clock_face, local},
};

/// The notice on the desk's page.
pub(super) struct CatalogueNotice {
    /// Since when which one is in force.
    pub(super) in_force: String,
    /// Bookings that it leaves without room, in English.
    pub(super) stranded: Option<String>,
    pub(super) refused: Option<Refused>,
}

/// The newest one has a mistake.
pub(super) struct Refused {
    pub(super) title: String,
    /// In English, as `fairtermin check` says them.
    pub(super) mistakes: Vec<String>,
}

impl CatalogueNotice {
    /// `None` for staff without the role to see it.
    pub(super) async fn find(
        api: &SlotApi,
        token: &AccessToken,
        texts: Texts,
    ) -> Result<Option<Self>, PageError> {
        let state = match api.catalogue_state(token).await {
            Ok(state) => state,
            Err(ClientError::Problem(refusal)) if refusal.status == 403 => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let moment = |at: Timestamp| format!("{} {}", texts.date(local(at).date()), clock_face(at));
        let refused = state.refused.map(|refused| Refused {
            title: texts.fill("desk-catalogue-refused", "time", moment(refused.at)).into_owned(),
            mistakes: refused.mistakes,
        });
        Ok(Some(Self {
            in_force: texts
                .fill("desk-catalogue-in-force", "time", moment(state.in_force_since))
                .into_owned(),
            stranded: state.stranded,
            refused,
        }))
    }
}
