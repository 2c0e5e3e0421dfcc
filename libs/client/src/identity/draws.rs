//! Tickets for draws, where another body than the authority runs the identity service.

use ids::DrawId;
use serde::Deserialize;

use super::IdentityApi;
use crate::{AccessToken, ClientError, http};

/// A signed note, handed on as it is.
#[derive(Deserialize)]
struct DrawTicket {
    ticket: String,
}

impl IdentityApi {
    /// The ticket of the person of `token` for a draw of that authority, to be sent with the entry. The
    /// same one each time.
    ///
    /// # Errors
    /// `draw-not-found`, `draw-not-open`, `level-too-low`; the token is refused; an outage.
    pub async fn draw_ticket(
        &self,
        token: &AccessToken,
        draw: DrawId,
    ) -> Result<String, ClientError> {
        let issuer = self.issuer.as_str().trim_end_matches('/');
        let request = self.http.client().post(format!("{issuer}/draws/{draw}/ticket"));
        let given: DrawTicket = http::json(request.bearer_auth(token.expose())).await?;
        Ok(given.ticket)
    }
}
