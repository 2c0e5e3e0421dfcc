//! Public keys: the same at every address, and from every replica.

use std::collections::BTreeSet;

use serde::Deserialize;
use url::Url;

use super::{
    examiner::{Examiner, next_without_answer},
    look::Look,
};

/// Replicas share an address. This many questions, each by a connection of its own, meet most of a few.
const QUESTIONS: usize = 3;

/// A key set that was read.
pub struct KeySet {
    /// The document, to verify with.
    pub document: Vec<u8>,
    /// Names of its keys.
    pub kids: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    kid: Option<String>,
}

/// Looks at the addresses by which services fetch the keys of one issuer: all must have the same.
pub async fn look(examiner: Examiner, issuer: String, urls: BTreeSet<Url>, mut look: Look) -> Look {
    let mut first: Option<(Url, BTreeSet<String>)> = None;
    let count = urls.len();
    for url in urls {
        let Some(keys) = published(&examiner, &url, &mut look).await else { continue };
        let (known, kids) = first.get_or_insert_with(|| (url.clone(), keys.kids.clone()));
        if *kids != keys.kids {
            let problem = format!("{known} and {url} have different keys");
            let next = "is each the key set of the same identity service? See \
                        platform.identityUrl and platform.identityInternalUrl";
            look.broken(problem, next);
        }
    }
    if look.to_mend() == 0 {
        look.saw(match count {
            1 => format!("{issuer} is believed by one address"),
            many => format!("the same at {many} addresses"),
        });
    }
    look
}

/// Reads a key set as services do, and says if there is none or if replicas have different ones.
pub async fn published(examiner: &Examiner, url: &Url, look: &mut Look) -> Option<KeySet> {
    let mut first: Option<KeySet> = None;
    for _ in 0..QUESTIONS {
        let keys = match read(examiner, url).await {
            Ok(keys) => keys,
            Err(reason) => {
                look.broken(format!("no keys at {url}: {reason}"), next_without_answer(&reason));
                return None;
            }
        };
        if first.as_ref().is_some_and(|known| known.kids != keys.kids) {
            let problem = format!("{url} has different keys from one question to the next");
            let next = "kubectl rollout restart of identity: its replicas read different keys, or one \
                        of them was not restarted after a rotation";
            look.broken(problem, next);
            return first;
        }
        first.get_or_insert(keys);
    }
    first
}

async fn read(examiner: &Examiner, url: &Url) -> Result<KeySet, String> {
    let examiner = examiner.anew().map_err(|error| error.to_string())?;
    let document = examiner.document(url).await?.response.body;
    let set: Document =
        serde_json::from_slice(&document).map_err(|_| "it is no JWK set".to_owned())?;
    let kids: BTreeSet<String> = set.keys.into_iter().filter_map(|key| key.kid).collect();
    if kids.is_empty() { Err("it has no key".to_owned()) } else { Ok(KeySet { document, kids }) }
}
