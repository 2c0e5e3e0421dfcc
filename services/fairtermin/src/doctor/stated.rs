//! What values files say of a service at its address, against what answers there.

use std::collections::BTreeSet;

use super::{look::Look, service::Directory};

/// A service as values files have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// What it is called where it says itself which one it is.
    pub service: &'static str,
    /// The authority of a slot service; all that an identity service has to know.
    pub authorities: BTreeSet<String>,
    /// The issuer of tokens: where identity is, or whom a slot service believes.
    pub issuer: Option<String>,
}

/// What the services are called here.
pub const SLOT: &str = "slot service";
pub const IDENTITY: &str = "identity service";
pub const NOTIFICATION: &str = "notification service";
pub const PORTAL: &str = "portal";

const NEXT: &str =
    "are these the values that are installed (helm get values)? Correct the address, or the route";

impl Stated {
    pub fn new(service: &'static str) -> Self {
        Self { service, authorities: BTreeSet::new(), issuer: None }
    }

    /// Whether the one that answers is the one that is meant. Says it if not.
    pub fn is_meant(&self, answers: &str, look: &mut Look) -> bool {
        let is_meant = self.service == answers;
        if !is_meant {
            let problem =
                format!("the values have the {} here, and the {answers} answers", self.service);
            look.broken(problem, NEXT);
        }
        is_meant
    }

    /// A slot service tells its authority and whom it believes.
    pub fn compare_slot(&self, found: &Directory, look: &mut Look) {
        if !self.is_meant(SLOT, look) {
            return;
        }
        if !self.authorities.is_empty() && !self.authorities.contains(&found.authority) {
            let stated: Vec<&str> = self.authorities.iter().map(String::as_str).collect();
            let stated = stated.join(", ");
            let problem = format!("the values have {stated} here, and {} answers", found.authority);
            look.broken(problem, NEXT);
        }
        self.compare_issuer(&found.issuer, "it believes", look);
    }

    /// Identity tells its issuer and the authorities that it knows, if its list could be read.
    pub fn compare_identity(
        &self,
        issuer: &str,
        listed: Option<&BTreeSet<String>>,
        look: &mut Look,
    ) {
        if !self.is_meant(IDENTITY, look) {
            return;
        }
        self.compare_issuer(issuer, "it calls itself", look);
        let Some(listed) = listed else { return };
        for id in self.authorities.difference(listed) {
            let problem = format!(
                "it does not know the authority {id} of the values: nobody can log in for it"
            );
            let next = "install the platform's values, with it in identity.settings.authorities";
            look.broken(problem, next);
        }
    }

    fn compare_issuer(&self, found: &str, says: &str, look: &mut Look) {
        let Some(stated) = &self.issuer else { return };
        if stated.trim_end_matches('/') != found.trim_end_matches('/') {
            let problem = format!("{says} {found}, and the values say {stated}");
            look.broken(problem, NEXT);
        }
    }
}
