//! `fairtermin tour`: books as test citizens against running services and checks each promise.
//!
//! One act a file, in the order of the story: [`find`] a scarce slot, [`book`] it,
//! [`intrude`] with tokens that must not work, [`change`] one's mind. A step that
//! fails is printed and counted; the story goes on as far as it can.

mod book;
mod browser;
mod change;
mod find;
mod intrude;
mod log_in;
mod mailbox;
mod report;

use std::sync::Arc;

use ambient::{Clock as _, SystemClock, SystemEntropy};
use client::{Booking, Http, IdentityApi, Registration, SlotApi, Timeouts};
use ids::AuthorityId;
use report::{Report, StepError};
use url::Url;

use crate::{arguments, command_error::CommandError};

pub use log_in::{CLIENT_ID, REDIRECT_URI};

/// Where everything is.
#[derive(Debug, Clone)]
pub struct Target {
    pub portal: Url,
    pub identity: Url,
    pub slot: Url,
    pub authority: AuthorityId,
    pub other_authority: AuthorityId,
    pub notification: Url,
    /// The secret of the OpenID client [`log_in::CLIENT_ID`].
    pub secret: String,
}

/// The stage: the services as their own clients see them.
struct Stage {
    target: Target,
    http: reqwest::Client,
    identity: IdentityApi,
    slot: SlotApi,
}

/// Runs the tour from the command line.
pub async fn run(arguments: arguments::Tour) -> Result<(), CommandError> {
    let target = Target {
        portal: arguments.portal,
        identity: arguments.identity,
        slot: arguments.slot,
        authority: arguments.authority,
        other_authority: arguments.other_authority,
        notification: arguments.notification,
        secret: arguments.secret,
    };
    if arguments.only_book { only_book(target).await } else { take(target).await }
}

/// Takes the tour; fails if a step does.
pub async fn take(target: Target) -> Result<(), CommandError> {
    let stage = Stage::set(target).map_err(|error| CommandError::from_error("tour", &error))?;
    let mut report = Report::default();
    play(&stage, &mut report).await;
    if report.finish() {
        Ok(())
    } else {
        Err(CommandError::new("the tour found broken promises, see the lines marked FAILED"))
    }
}

async fn only_book(target: Target) -> Result<(), CommandError> {
    let stage = Stage::set(target).map_err(|error| CommandError::from_error("tour", &error))?;
    let mut report = Report::default();
    match book_once(&stage, &mut report).await {
        Some(booking) => {
            println!("{}", booking.code);
            Ok(())
        }
        None => Err(CommandError::new("the tour could not book")),
    }
}

async fn book_once(stage: &Stage, report: &mut Report) -> Option<Booking> {
    // Booking alone needs no e-mail: notification may be away.
    let Target { portal, identity, slot, .. } = &stage.target;
    let found = find::act(stage, report, &[portal, identity, slot]).await?;
    let cast = log_in::act(stage, report).await?;
    book::just_book(stage, report, &found, &cast).await
}

/// `None` where the story cannot go on without the step that failed.
async fn play(stage: &Stage, report: &mut Report) -> Option<()> {
    let Target { portal, identity, slot, notification, .. } = &stage.target;
    let found = find::act(stage, report, &[portal, identity, slot, notification]).await?;
    let cast = log_in::act(stage, report).await?;
    let booked = book::act(stage, report, &found, &cast).await?;
    intrude::act(stage, report, &found, &cast).await;
    change::act(stage, report, &found, &cast, booked).await
}

impl Stage {
    fn now(&self) -> jiff::Timestamp {
        SystemClock.now()
    }

    fn set(target: Target) -> Result<Self, StepError> {
        let api = Http::new(Timeouts::default())?;
        let http =
            reqwest::Client::builder().timeout(std::time::Duration::from_secs(10)).build()?;
        let registration = Registration {
            client_id: CLIENT_ID.to_owned(),
            client_secret: target.secret.clone(),
            redirect_uri: REDIRECT_URI.parse()?,
        };
        let identity = IdentityApi::new(
            api.clone(),
            target.identity.clone(),
            registration,
            Arc::new(SystemClock),
            Arc::new(SystemEntropy),
        );
        let slot = SlotApi::new(api, target.slot.clone());
        Ok(Self { target, http, identity, slot })
    }
}
