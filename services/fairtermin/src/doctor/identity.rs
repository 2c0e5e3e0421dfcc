//! The identity service: is it the issuer that it claims to be, are its keys those that it signs
//! with, and do the authorities that it lists know it?

use std::collections::BTreeSet;

use ::auth::{AuthorityList, ListedAuthority, TokenError};
use ::service::travels_in_the_clear;
use serde::Deserialize;
use url::Url;

use super::{examiner::Examiner, key_set, look::Look, service};

/// What is needed of a discovery document (OpenID Connect Discovery 1.0 section 3).
#[derive(Debug, Deserialize)]
pub struct Discovery {
    pub issuer: String,
    pub jwks_uri: Url,
    /// Only our identity service has it.
    pub fairtermin_authorities: Option<Url>,
}

/// Looks at the issuer; the authorities that it lists, if the list can be read, and a look for each that
/// has an address.
pub async fn look(
    examiner: &Examiner,
    url: &Url,
    found: &Discovery,
    given: &BTreeSet<Url>,
    look: &mut Look,
) -> (Option<BTreeSet<String>>, Vec<Look>) {
    address(url, found, look);
    let Some(keys) = key_set::published(examiner, &found.jwks_uri, look).await else {
        return (None, Vec::new());
    };
    look.saw(match keys.kids.len() {
        1 => "1 key".to_owned(),
        many => format!("{many} keys"),
    });
    let Some(authorities) = listed(examiner, found, &keys.document, look).await else {
        return (None, Vec::new());
    };
    let ids = authorities.iter().map(|authority| authority.id.to_string()).collect();
    let mut looks = Vec::new();
    for authority in authorities {
        let Some(address) = authority.url.clone() else { continue };
        let mut look = Look::at(format!("authority {} at {address}", authority.id));
        let answers =
            given.contains(&address) || service::readiness(examiner, &address, &mut look).await;
        if answers {
            knows_us(examiner, &authority, &address, found, &mut look).await;
        }
        looks.push(look);
    }
    (Some(ids), looks)
}

/// Tokens name the issuer, and people log in there.
fn address(url: &Url, found: &Discovery, look: &mut Look) {
    match found.issuer.parse::<Url>() {
        Ok(issuer) if travels_in_the_clear(&issuer) => {
            let problem = format!("the issuer {issuer} has no TLS: log-ins can be read on the way");
            look.broken(problem, "set platform.identityUrl to an https address");
        }
        // Inside a cluster identity has another address than the one that it states.
        Ok(issuer) if issuer.host() != url.host() => {
            look.note(
                format!("its issuer is {issuer}"),
                "fairtermin doctor, with that address, from outside",
            );
        }
        Ok(_) => look.saw("identity service"),
        Err(_) => {
            let problem = format!("`{}` is no address", found.issuer);
            look.broken(problem, "correct platform.identityUrl");
        }
    }
}

/// The authorities, by the list that identity signs: it also proves that the published keys are those
/// that it signs with, and that its clock is ours.
async fn listed(
    examiner: &Examiner,
    found: &Discovery,
    keys: &[u8],
    look: &mut Look,
) -> Option<Vec<ListedAuthority>> {
    let url = found.fairtermin_authorities.as_ref()?;
    let answer = match examiner.document(url).await {
        Ok(answer) => answer,
        Err(reason) => {
            look.broken(format!("no list of authorities: {reason}"), "the log of identity");
            return None;
        }
    };
    let token = String::from_utf8_lossy(&answer.response.body);
    match AuthorityList::verify(token.trim(), keys, &found.issuer, examiner.now()) {
        Ok(list) => {
            look.saw(format!("signs for {} authorities", list.authorities.len()));
            Some(list.authorities)
        }
        Err(error) => {
            let next = match error {
                TokenError::UnknownKey | TokenError::BadSignature => {
                    "restart identity: it signs with a key that it does not publish"
                }
                TokenError::Expired | TokenError::NotYetValid => {
                    "chronyc tracking, on its node and here: one of the two clocks is wrong; if its clock was moved, as \
                     that of a demo can be, state its time with --now"
                }
                _ => "the log of identity; is every replica of the same version?",
            };
            look.broken(format!("its list of authorities is not to be believed: {error}"), next);
            None
        }
    }
}

/// The authority at this address is the one that is listed, and believes this issuer.
async fn knows_us(
    examiner: &Examiner,
    listed: &ListedAuthority,
    url: &Url,
    found: &Discovery,
    look: &mut Look,
) {
    let Some(directory) = service::directory(examiner, url).await else {
        let next = "correct identity.settings.authorities, or its route";
        look.broken("no slot service is there (/.well-known/fairtermin)", next);
        return;
    };
    if directory.authority != listed.id.as_str() {
        let problem = format!("{} answers there", directory.authority);
        look.broken(problem, "exchange the addresses in identity.settings.authorities");
    }
    if directory.issuer.trim_end_matches('/') == found.issuer.trim_end_matches('/') {
        look.saw("believes this identity");
    } else {
        let problem =
            format!("it believes {}: tokens of {} are refused", directory.issuer, found.issuer);
        look.broken(problem, "set platform.identityUrl of that authority to the same address");
    }
}
