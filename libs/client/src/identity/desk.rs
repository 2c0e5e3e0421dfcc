//! What staff ask for a person without online ID, whose document they look at.

use ids::{CaseCode, DrawId};
use serde::{Deserialize, Serialize};

use super::IdentityApi;
use crate::{AccessToken, ClientError, caller::Caller};

/// What a document says. What is empty does not stand there.
///
/// As it is printed: identity folds the letters itself (DIN 91379). `Debug` shows no name.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Given names.
    ///
    /// All of them, in the order of the document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub given_names: String,
    /// Family name.
    ///
    /// Of a person with a single name, that one.
    pub family_name: String,
    /// Name at birth.
    ///
    /// It stays when a family name changes, so it finds a person who has married since.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub birth_name: String,
    /// Date of birth, `1980-04-17` or `17.04.1980`, with zeros for what the document leaves open.
    pub birth_date: String,
    /// Place of birth.
    ///
    /// Additions such as "am Main" may be abbreviated.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place_of_birth: String,
    /// The case in which two members of staff resolved the identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseCode>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").field("case", &self.case).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Identified {
    attendee_token: String,
}

/// The person for whom staff ask for a ticket, by their attendee token.
#[derive(Serialize)]
struct TicketHolder<'a> {
    attendee: &'a str,
}

/// A signed note, handed on as it is.
#[derive(Deserialize)]
struct DrawTicket {
    ticket: String,
}

impl IdentityApi {
    /// The attendee token of the person whose document it is, by a member of staff.
    ///
    /// # Errors
    /// `person-unclear` and `second-person-needed` with the `case` to open, `case-state`, `invalid-request`
    /// with the `field`; the token is refused; an outage.
    pub async fn identify(
        &self,
        token: &AccessToken,
        document: &Document,
    ) -> Result<String, ClientError> {
        let identified: Identified = self.at_desk(token).ask_with(&["persons"], document).await?;
        Ok(identified.attendee_token)
    }

    /// The ticket for a draw of a person whose document was looked at a moment ago.
    ///
    /// # Errors
    /// `document-needed`, `online-ticket`, `draw-not-found`, `draw-not-open`; the token is refused; an outage.
    pub async fn draw_ticket_at_desk(
        &self,
        token: &AccessToken,
        draw: DrawId,
        attendee: &str,
    ) -> Result<String, ClientError> {
        let path = ["draws", &draw.to_string(), "tickets"];
        let holder = TicketHolder { attendee };
        let given: DrawTicket = self.at_desk(token).ask_with(&path, &holder).await?;
        Ok(given.ticket)
    }

    /// The desk of the identity service, asked by the member of staff who has `token`.
    pub(super) fn at_desk<'a>(&'a self, token: &'a AccessToken) -> Caller<'a> {
        Caller { http: &self.http, base: &self.issuer, under: "desk", token }
    }
}
