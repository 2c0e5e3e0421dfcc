//! Permission to book, which an authority gives on an application: `/v1/entitlements`.

use ids::ServiceId;
use reqwest::Method;
use serde::Serialize;

use super::SlotApi;
use crate::{AccessToken, ClientError, http};

/// What a person states to prove that an application is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntitlementClaim {
    /// What it permits to book.
    pub service: ServiceId,
    /// The number in the authority's letter.
    pub reference: String,
    /// The signed userinfo response: name and birth date must fit the application.
    pub attendee: String,
}

impl SlotApi {
    /// Ties an application to the person of `token`.
    ///
    /// # Errors
    /// `entitlement-not-found`, `attendee-invalid`; an outage.
    pub async fn claim_entitlement(
        &self,
        token: &AccessToken,
        claim: &EntitlementClaim,
    ) -> Result<(), ClientError> {
        let request = self.authorised(Method::POST, &["entitlements", "claim"], token);
        http::done(request.json(claim)).await
    }
}
