//! A service by its address: does it answer, is it ready, and which one is it?

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use url::Url;

use super::{
    examiner::{Examiner, next_without_answer},
    identity::{self, Discovery},
    look::Look,
    stated::{self, Stated},
};

/// What a slot service says of itself (`/.well-known/fairtermin`).
#[derive(Debug, Deserialize)]
pub struct Directory {
    pub authority: String,
    pub issuer: String,
}

/// The titles of our API documents, and what their services are called here.
const TITLES: [(&str, &str); 4] = [
    ("Fairtermin slot API", stated::SLOT),
    ("Fairtermin identity API", stated::IDENTITY),
    ("Fairtermin events API", stated::NOTIFICATION),
    ("Fairtermin portal", stated::PORTAL),
];

/// What is needed of an API document.
#[derive(Debug, Deserialize)]
struct ApiDocument {
    info: ApiInfo,
}

#[derive(Debug, Deserialize)]
struct ApiInfo {
    title: String,
}

/// Looks at a service; if it is identity, also at its keys and at each authority that it lists, without
/// those that were `given` as well. What values files `stated` of it is compared.
pub async fn look(
    examiner: Examiner,
    url: Url,
    given: BTreeSet<Url>,
    stated: Option<Stated>,
) -> Vec<Look> {
    let mut look = Look::at(url.as_str());
    if !readiness(&examiner, &url, &mut look).await {
        return vec![look];
    }
    if let Some(found) = discovery(&examiner, &url).await {
        let (listed, others) = identity::look(&examiner, &url, &found, &given, &mut look).await;
        if let Some(stated) = &stated {
            stated.compare_identity(&found.issuer, listed.as_ref(), &mut look);
        }
        return std::iter::once(look).chain(others).collect();
    }
    if let Some(directory) = directory(&examiner, &url).await {
        look.saw(format!("slot service of {}", directory.authority));
        if let Some(stated) = &stated {
            stated.compare_slot(&directory, &mut look);
        }
    } else if let Some(name) = name_of_its_api(&examiner, &url).await {
        look.saw(name);
        if let Some(stated) = &stated {
            stated.is_meant(name, &mut look);
        }
    } else {
        let problem = "it does not say which of the four services it is (/openapi.json)";
        look.warn(problem, "does the address lead to one of them, and all of its paths?");
    }
    vec![look]
}

/// Whether it answers at all; says what it does without.
pub async fn readiness(examiner: &Examiner, url: &Url, look: &mut Look) -> bool {
    let Ok(address) = url.join("/readyz") else {
        look.broken("it is no address of a service", "write it like https://id.example.org");
        return false;
    };
    let answer = match examiner.ask(&address).await {
        Ok(answer) => answer,
        Err(reason) => {
            look.broken(&reason, next_without_answer(&reason));
            return false;
        }
    };
    answer.look_at_clock(look);
    answer.look_at_certificate(look);
    let (status, body) = (answer.response.status, &answer.response.body);
    if status.is_success() && !is_ours(body) {
        let problem = "something answers there, but it is none of the four services";
        look.broken(problem, "correct the address, or the route that leads there");
        return false;
    }
    if status.is_success() {
        look.saw("ready");
        for line in String::from_utf8_lossy(body).lines() {
            if let Some(part) = line.strip_prefix("without ") {
                let problem = format!("it does without {part}");
                look.broken(problem, "runbooks/fairtermin-part-away.md");
            }
        }
        return true;
    }
    match serde_json::from_slice::<BTreeMap<String, String>>(body) {
        Ok(parts) => {
            for (part, reason) in parts {
                let problem = format!("it is not ready: {part}: {reason}");
                look.broken(problem, "runbooks/fairtermin-part-away.md");
            }
            true
        }
        Err(_) => {
            let problem = format!("/readyz answers {status}");
            let next = "does the address lead to one of the four services, by http or https?";
            look.broken(problem, next);
            false
        }
    }
}

/// Whether the first line of `/readyz` is that of our services: a web server answers any path.
pub fn is_ours(body: &[u8]) -> bool {
    body.split(|byte| *byte == b'\n').next().is_some_and(|line| line == b"ok")
}

async fn name_of_its_api(examiner: &Examiner, url: &Url) -> Option<&'static str> {
    let document: ApiDocument = read(examiner, url, "/openapi.json").await?;
    let known = TITLES.iter().find(|(title, _)| *title == document.info.title);
    known.map(|(_, name)| *name)
}

/// What a slot service says of itself. `None` for other services.
pub async fn directory(examiner: &Examiner, url: &Url) -> Option<Directory> {
    read(examiner, url, "/.well-known/fairtermin").await
}

/// What identity says of itself. `None` for other services.
async fn discovery(examiner: &Examiner, url: &Url) -> Option<Discovery> {
    let found: Discovery = read(examiner, url, "/.well-known/openid-configuration").await?;
    found.fairtermin_authorities.is_some().then_some(found)
}

async fn read<T: for<'de> Deserialize<'de>>(
    examiner: &Examiner,
    url: &Url,
    path: &str,
) -> Option<T> {
    let answer = examiner.document(&url.join(path).ok()?).await.ok()?;
    serde_json::from_slice(&answer.response.body).ok()
}
