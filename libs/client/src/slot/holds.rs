//! Taking a slot for a few minutes: `/v1/holds`.
//!
//! A hold keeps the slot for some minutes while the person checks what they book. One per person
//! and group; it ends by itself. Confirm it with [`SlotApi::confirm`].

use ids::{BookingId, HoldId, LocationId, ServiceId};
use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::SlotApi;
use crate::{AccessToken, ClientError, http};

/// Which slot, and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldRequest {
    /// The place.
    ///
    /// By its id in the catalogue.
    pub location: LocationId,
    /// When the visit begins: a start that [`SlotApi::slots`] offered.
    ///
    /// An instant in UTC.
    pub start: Timestamp,
    /// What it is for.
    ///
    /// One or more that the authority lets be combined in one visit.
    pub services: Vec<ServiceId>,
    /// How many people come; the server's default is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u16>,
    /// The booking that this one shall replace: it stays until the hold is confirmed, and ends in
    /// the same step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<BookingId>,
}

/// A slot that is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its id.
    ///
    /// It names the hold in addresses and lists. To confirm takes the token.
    pub hold_id: HoldId,
    /// What proves it; `POST /v1/bookings` wants it unchanged. Only of use together with the same
    /// person's access token.
    pub hold_token: String,
    /// The place.
    ///
    /// By its id in the catalogue.
    pub location: LocationId,
    /// When the visit begins.
    ///
    /// An instant in UTC.
    pub start: Timestamp,
    /// When it ends.
    ///
    /// The first instant that is not part of the visit.
    pub end: Timestamp,
    /// What it is for.
    ///
    /// One or more that the authority lets be combined in one visit.
    #[serde(default)]
    pub services: Vec<ServiceId>,
    /// How many people come.
    ///
    /// The person included.
    #[serde(default = "one")]
    pub people: u16,
    /// The booking that it shall replace.
    #[serde(default)]
    pub replaces: Option<BookingId>,
    /// Until when it must be confirmed.
    ///
    /// By the clock of the service, in UTC. A request on its way at that moment comes too late.
    pub expires_at: Timestamp,
    /// Whether the end can be put off, once.
    ///
    /// For people who need longer to read or to type (WCAG 2.2.1).
    #[serde(default)]
    pub can_be_extended: bool,
    /// What follows if it is given up or runs out; only where the person's holds are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giving_up: Option<GivingUpHold>,
}

/// What follows for the person if they give a hold up now, or let it run out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivingUpHold {
    /// How many more holds may be given up or run out, this one included; `None`: not limited.
    #[serde(default)]
    pub free_left: Option<u16>,
    /// From when on the same can be held again; `None`: at once. UTC.
    #[serde(default)]
    pub hold_again_from: Option<Timestamp>,
}

const fn one() -> u16 {
    1
}

/// The body that shows whose hold it is.
#[derive(Serialize)]
struct Proof<'a> {
    hold_token: &'a str,
}

/// The answer's body: at most one hold for each group.
#[derive(Deserialize)]
struct Holds {
    holds: Vec<Hold>,
}

impl SlotApi {
    /// The person's own holds that are in force, as far as this log-in is sure enough for them.
    ///
    /// For a client that lost an answer, or the page; they may have been taken on another device.
    ///
    /// # Errors
    /// `holds-unavailable`; an outage.
    pub async fn own_holds(&self, token: &AccessToken) -> Result<Vec<Hold>, ClientError> {
        let answer = http::json::<Holds>(self.authorised(Method::GET, &["holds"], token));
        answer.await.map(|answer| answer.holds)
    }

    /// Holds a slot for the person of `token`.
    ///
    /// # Errors
    /// `slot-taken`, `already-holding`, `held-by-staff`, `already-booked`, a booking rule's code,
    /// `level-too-low`, `holds-unavailable`; an outage.
    pub async fn hold(
        &self,
        token: &AccessToken,
        wanted: &HoldRequest,
    ) -> Result<Hold, ClientError> {
        http::json(self.authorised(Method::POST, &["holds"], token).json(wanted)).await
    }

    /// Puts the end of a hold off, once.
    ///
    /// # Errors
    /// `hold-expired`, `hold-extended-before`, `hold-invalid`, `held-by-staff`; an outage.
    pub async fn extend(
        &self,
        token: &AccessToken,
        hold: HoldId,
        hold_token: &str,
    ) -> Result<Hold, ClientError> {
        let path = ["holds", &hold.to_string(), "extend"];
        http::json(self.authorised(Method::POST, &path, token).json(&Proof { hold_token })).await
    }

    /// Gives a hold up before it ends.
    ///
    /// The person may then hold another slot of the group at once.
    ///
    /// # Errors
    /// `hold-invalid`; an outage.
    pub async fn release(
        &self,
        token: &AccessToken,
        hold: HoldId,
        hold_token: &str,
    ) -> Result<(), ClientError> {
        let request = self.authorised(Method::DELETE, &["holds", &hold.to_string()], token);
        http::done(request.json(&Proof { hold_token })).await
    }
}
