//! Applications that the person has proven in this session.

use ids::{AuthorityId, ServiceId};
use serde::{Deserialize, Serialize};

use super::contents::{Session, drop_oldest};

/// Applications that are remembered; the oldest falls out.
const MOST_CLAIMED: usize = 3;

/// The longest number that is remembered, in letters: the field takes no more.
const LONGEST_REFERENCE: usize = 128;

/// An application that an authority knows as the person's.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Claimed {
    pub(crate) authority: AuthorityId,
    /// What it permits to book.
    pub(crate) service: ServiceId,
    /// Its number, so that the person sees which one counts. Empty in a cookie of before it was remembered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) reference: String,
}

impl Claimed {
    /// The application with this number. One that is longer than a number can be is remembered without it.
    pub(crate) fn new(authority: AuthorityId, service: ServiceId, reference: String) -> Self {
        let is_short = reference.chars().count() <= LONGEST_REFERENCE;
        Self { authority, service, reference: if is_short { reference } else { String::new() } }
    }
}

impl std::fmt::Debug for Claimed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claimed").field("service", &self.service).finish_non_exhaustive()
    }
}

impl Session {
    /// Remembers that an application is the person's, in the place of another one for the same.
    pub(crate) fn note_claim(&mut self, claimed: Claimed) {
        self.forget_claims(&claimed.authority, std::slice::from_ref(&claimed.service));
        drop_oldest(&mut self.claimed, MOST_CLAIMED);
        self.claimed.push(claimed);
    }

    /// The authority asks for the number again, whatever it said before.
    pub(crate) fn forget_claims(&mut self, authority: &AuthorityId, services: &[ServiceId]) {
        self.claimed
            .retain(|known| known.authority != *authority || !services.contains(&known.service));
    }

    /// The application that the person has proven for `service`.
    pub(crate) fn claim(&self, authority: &AuthorityId, service: &ServiceId) -> Option<&Claimed> {
        self.login.as_ref()?;
        let is_it = |known: &&Claimed| known.authority == *authority && known.service == *service;
        self.claimed.iter().find(is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimed(service: &str, reference: &str) -> Claimed {
        let (authority, service) = ("amt".parse().unwrap(), service.parse().unwrap());
        Claimed::new(authority, service, reference.to_owned())
    }

    #[test]
    fn the_last_number_for_a_service_counts_until_the_authority_asks_again() {
        let mut session = Session::default();
        for (service, reference) in [("1", "A-17"), ("2", "B-1"), ("1", "A-18")] {
            session.note_claim(claimed(service, reference));
        }
        assert_eq!(session.claimed, [claimed("2", "B-1"), claimed("1", "A-18")]);
        session.forget_claims(&"amt".parse().unwrap(), &["1".parse().unwrap()]);
        assert_eq!(session.claimed, [claimed("2", "B-1")]);
        let nobody = session.claim(&"amt".parse().unwrap(), &"2".parse().unwrap());
        assert_eq!(nobody, None, "without a log-in nobody has proven anything");
    }

    #[test]
    fn a_number_stands_in_no_log_and_an_older_cookie_has_none() {
        assert!(!format!("{:?}", claimed("1", "A-17")).contains("A-17"));
        let older = r#"{ "authority": "amt", "service": "1" }"#;
        assert_eq!(serde_json::from_str::<Claimed>(older).unwrap(), claimed("1", ""));
        assert_eq!(claimed("1", &"9".repeat(129)), claimed("1", ""));
    }
}
