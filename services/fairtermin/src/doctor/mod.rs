//! `doctor`: looks at a running installation from outside and says what to mend.
//!
//! What is looked at: `service` (any of the four by its address, with TLS and clock), `identity` (the
//! issuer, its keys, the authorities that it lists), `key_set` (keys as services fetch them),
//! `provider` (where people log in), `numbers` (what a service counts), and where settings files are
//! given `database`, `broker` and `redis`. `installation` says what there is to look at, from
//! addresses, values files and settings files; `stated` what values files say of a service. To add a look: a file with one function that returns a
//! `Look`, and a line in `look_at`.
//!
//! Looks run at once, each with a time limit. They read and change nothing. No secret is printed:
//! engines are called by the service that uses them, not by their addresses.

mod broker;
mod database;
mod examiner;
mod identity;
mod installation;
mod key_set;
mod look;
mod numbers;
mod provider;
mod redis;
mod service;
mod stated;

pub use self::service::is_ours;

use std::time::Duration;

use examiner::Examiner;
use installation::Installation;
use look::{Look, Looks};
use serde_json::json;

use crate::{
    arguments::{Doctor, Format},
    command_error::CommandError,
    files,
    moved_clock::MovedClock,
};

/// A look consists of several questions.
const QUESTIONS: u32 = 6;

/// Prints what was seen. Fails if anything is to be mended; notes are no failure.
pub async fn run(arguments: Doctor) -> Result<(), CommandError> {
    let installation = Installation::gather(&arguments)?;
    let timeout = Duration::from_secs(arguments.timeout_seconds.into());
    let examiner = Examiner::new(timeout, MovedClock::starting(arguments.now))
        .map_err(|error| CommandError::from_error("cannot ask any service", &error))?;
    let looks = look_at(installation, &examiner, timeout).await;
    match arguments.format {
        Format::Table => files::print(&looks.iter().map(Look::to_string).collect::<String>())?,
        Format::Json => files::print(&format!("{:#}\n", json!({ "looks": looks })))?,
    }
    let to_mend = looks.iter().map(Look::to_mend).sum::<usize>();
    match to_mend {
        0 => Ok(()),
        1 => Err(CommandError::new("1 thing to mend, see above")),
        many => Err(CommandError::new(format!("{many} things to mend, see above"))),
    }
}

async fn look_at(installation: Installation, examiner: &Examiner, timeout: Duration) -> Vec<Look> {
    let mut looks = Looks::within(timeout * QUESTIONS);
    for url in &installation.services {
        let (url, given) = (url.clone(), installation.services.clone());
        let stated = installation.stated.get(&url).cloned();
        looks.begin(url.to_string(), service::look(examiner.clone(), url, given, stated));
    }
    for (issuer, urls) in installation.key_sets {
        let subject = format!("keys of {issuer}");
        looks.begin_one(subject, |look| key_set::look(examiner.clone(), issuer, urls, look));
    }
    for provider in installation.providers {
        let subject = format!("provider {}", provider.id);
        looks.begin_one(subject, |look| provider::look(examiner.clone(), provider, look));
    }
    for url in installation.metrics {
        looks.begin_one(url.to_string(), |look| numbers::look(examiner.clone(), url, look));
    }
    for kept in installation.databases {
        looks.begin_one(format!("database of {}", kept.role), |look| database::look(kept, look));
    }
    for queue in installation.queues {
        looks.begin_one(format!("queue {}", queue.name), |look| broker::look(queue, look));
    }
    for settings in installation.redis {
        looks.begin_one("Redis of slot".to_owned(), |look| redis::look(settings, look));
    }
    looks.finish().await
}
