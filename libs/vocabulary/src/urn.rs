//! Names of authorities and of event contracts for other programs (RFC 8141 syntax).
//!
//! URNs and not URLs, since an authority keeps its name when its address changes, and since a
//! token's audience must be the same in each environment's network. The namespace `fairtermin`
//! is not registered with IANA; it need only be unique among our own callers.

use ids::AuthorityId;

const AUTHORITY: &str = "urn:fairtermin:authority:";
const SCHEMA: &str = "urn:fairtermin:schema:";

/// The resource that `authority` is: the audience of its tokens (RFC 8707), the source of its
/// events (CloudEvents). `urn:fairtermin:authority:<id>`.
///
/// A slot service accepts a token only if its `aud` is exactly this text.
#[must_use]
pub fn urn_of(authority: &AuthorityId) -> String {
    format!("{AUTHORITY}{authority}")
}

/// The authority that `urn` names; `None` if it names none.
///
/// The text must be exact: no upper case, no further component.
#[must_use]
pub fn authority_of(urn: &str) -> Option<AuthorityId> {
    urn.strip_prefix(AUTHORITY)?.parse().ok()
}

/// The contract of an event by its message's full name (CloudEvents `dataschema`).
///
/// `urn:fairtermin:schema:<message>`; the contract itself is in `proto/`.
#[must_use]
pub fn schema_urn_of(message: &str) -> String {
    format!("{SCHEMA}{message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_reads_back_and_nothing_else_does() {
        let lea: AuthorityId = "lea".parse().unwrap();
        assert_eq!(urn_of(&lea), "urn:fairtermin:authority:lea");
        assert_eq!(authority_of(&urn_of(&lea)), Some(lea));
        for other in ["lea", "urn:fairtermin:authority:", "urn:fairtermin:schema:lea"] {
            assert_eq!(authority_of(other), None, "{other}");
        }
    }
}
