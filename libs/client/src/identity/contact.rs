//! Where a person can be reached, kept by the identity service.
//!
//! Contact is a property of the person, not of an authority: identity keeps it, and authorities'
//! notification services get it sealed. A stated address is used only once it is proven by the
//! code.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::IdentityApi;
use crate::{AccessToken, ClientError, http};

/// Where a person can be reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Contact {
    /// The address that messages go to; `None` until one is proven.
    pub email: Option<String>,
    /// An address that the person stated and has not proven.
    #[serde(default)]
    pub unproven: Option<String>,
    /// How it stands with the newest code for `unproven`.
    #[serde(default)]
    pub code: CodeStanding,
    /// From when on another code can be sent there.
    #[serde(default)]
    pub next_code_at: Option<Timestamp>,
}

/// How it stands with a code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeStanding {
    /// None was sent.
    None,
    /// It is accepted.
    Valid,
    /// It is too old, or was tried too often.
    Over,
    /// The server does not say.
    #[default]
    #[serde(other)]
    Unknown,
}

/// An address that was typed and is not proven yet.
#[derive(Serialize)]
struct StatedContact<'a> {
    email: &'a str,
    language: &'a str,
}

/// What became of an address that a person stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// Messages go there already.
    Known,
    /// A code is on its way there; it proves the address with
    /// [`prove_contact`](IdentityApi::prove_contact).
    CodeSent,
    /// No code is sent now. The last one still counts, or there were enough of them for a day.
    NotSent {
        /// From when on another one can be sent, if it is known.
        next_at: Option<Timestamp>,
    },
}

/// The answer to an address that is new.
#[derive(Deserialize)]
struct CodeAnswer {
    sent: bool,
    next_at: Timestamp,
}

/// What a code proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct AddressProof {
    /// Messages go to the address from now on.
    pub proven: bool,
    /// How often another code can be tried; with none left only a new one helps.
    #[serde(default)]
    pub tries_left: u8,
}

/// The address as people write it: with its domain in their letters (RFC 5890, U-labels). The service reads
/// both forms.
fn readable(address: String) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else { return address };
    if !domain.contains("xn--") {
        return address;
    }
    let domain = url::quirks::domain_to_unicode(domain);
    // Empty if it is no domain.
    if domain.is_empty() { address } else { format!("{local}@{domain}") }
}

impl IdentityApi {
    /// Where the person of `token` can be reached.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn contact(&self, token: &AccessToken) -> Result<Contact, ClientError> {
        let request = self.http.client().get(self.contact_address());
        let contact: Contact = http::json(request.bearer_auth(token.expose())).await?;
        Ok(Contact {
            email: contact.email.map(readable),
            unproven: contact.unproven.map(readable),
            ..contact
        })
    }

    /// States the e-mail address of the person of `token`. If it is new, a code goes there in
    /// `language` (a BCP 47 tag).
    ///
    /// # Errors
    /// `invalid-request` if it is no address; `rate-limited` after too many codes; the token is
    /// refused; an outage.
    pub async fn state_contact(
        &self,
        token: &AccessToken,
        email: &str,
        language: &str,
    ) -> Result<Stated, ClientError> {
        let request = self.http.client().put(self.contact_address());
        let request = request.bearer_auth(token.expose()).json(&StatedContact { email, language });
        Ok(match http::status(request).await? {
            (202, body) => match serde_json::from_slice(&body) {
                Ok(CodeAnswer { sent: false, next_at }) => {
                    Stated::NotSent { next_at: Some(next_at) }
                }
                Ok(CodeAnswer { sent: true, .. }) | Err(_) => Stated::CodeSent,
            },
            _ => Stated::Known,
        })
    }

    /// The person of `token` wants no messages: the address is forgotten, here and at every authority, until
    /// they state one again.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn clear_contact(&self, token: &AccessToken) -> Result<(), ClientError> {
        let request = self.http.client().delete(self.contact_address());
        http::done(request.bearer_auth(token.expose())).await
    }

    /// Takes the code that was sent to the stated address. If that replaces another address, a message goes
    /// there in `language` (a BCP 47 tag).
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn prove_contact(
        &self,
        token: &AccessToken,
        code: &str,
        language: &str,
    ) -> Result<AddressProof, ClientError> {
        let url = format!("{}/proof", self.contact_address());
        let body = serde_json::json!({ "code": code, "language": language });
        http::json(self.http.client().post(url).bearer_auth(token.expose()).json(&body)).await
    }

    fn contact_address(&self) -> String {
        format!("{}/contact", self.issuer.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_shown_in_the_letters_of_its_owner() {
        for (kept, shown) in [
            ("erika@xn--mller-kva.de", "erika@müller.de"),
            ("erika@mail.xn--mller-kva.de", "erika@mail.müller.de"),
            ("erika@example.org", "erika@example.org"),
            ("erika", "erika"),
            ("", ""),
        ] {
            assert_eq!(readable(kept.to_owned()), shown);
        }
    }
}
