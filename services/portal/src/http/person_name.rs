//! Names, as they are shown on every page.

use client::Attendee;
use jsonwebtoken::dangerous::insecure_decode_claims;
use serde::Deserialize;

/// A name that an authority keeps, as people write it.
pub(super) fn name_of(given: &str, family: &str) -> String {
    names::as_written(Some(given).filter(|given| !given.is_empty()), family)
}

/// The name as people write it. Whether the token is genuine is the authority's to check.
pub(super) fn name_in(attendee: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Claims {
        #[serde(default)]
        given_name: Option<String>,
        family_name: String,
    }
    let claims: Claims = insecure_decode_claims(attendee).ok()?;
    Some(names::as_written(claims.given_name.as_deref(), &claims.family_name))
}

/// Whom the token states, as an authority keeps it of an appointment. Whether it is genuine is the authority's to check.
pub(super) fn stated_in(attendee: &str) -> Option<Attendee> {
    insecure_decode_claims(attendee).ok()
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

    use super::*;

    #[test]
    fn a_person_may_have_one_name_only_and_reads_no_capitals() {
        let token = |json: &str| format!("e30.{}.sig", BASE64_URL_SAFE_NO_PAD.encode(json));
        let both = token(r#"{"given_name":"Özgür","family_name":"Yılmaz"}"#);
        assert_eq!(name_in(&both).unwrap(), "Özgür Yılmaz");
        assert_eq!(name_in(&token(r#"{"family_name":"SUHARTO"}"#)).unwrap(), "Suharto");
        assert_eq!(name_in("nonsense"), None);
    }
}
