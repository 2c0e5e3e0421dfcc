//! `fairtermin tour`: books as test citizens against running services and checks each promise.
//!
//! One act a file, in the order of the story: [`find`] a scarce slot, [`book`] it,
//! [`intrude`] with tokens that must not work, [`change`] one's mind, and at another office
//! answer for a [`given_date`] and enter the draw of earlier ones. A step that
//! fails is printed and counted; the story goes on as far as it can.

mod book;
mod browser;
mod change;
mod find;
mod given_date;
mod intrude;
mod log_in;
mod mailbox;
mod report;

use std::sync::Arc;

use ambient::{Clock, SystemClock, SystemEntropy};
use client::{Booking, Http, IdentityApi, Registration, SlotApi, Timeouts};
use ids::{AuthorityId, ServiceId};
use report::Report;
use url::Url;

use crate::{arguments, command_error::CommandError};

pub use log_in::{CLIENT_ID, REDIRECT_URI};
pub use report::StepError;

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
    /// An application at the other authority; without one that act is not played.
    pub given: Option<GivenDate>,
}

/// An application on file, for which the office has given a date.
#[derive(Debug, Clone)]
pub struct GivenDate {
    /// The slot service of the authority.
    pub slot: Url,
    /// The test citizen who applied.
    pub citizen: &'static str,
    /// What for.
    pub service: ServiceId,
    /// The number in the office's letter.
    pub reference: String,
}

/// The stage: the services as their own clients see them.
struct Stage {
    target: Target,
    clock: Arc<dyn Clock>,
    http: reqwest::Client,
    api: Http,
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
        // Only the demo puts one on file.
        given: None,
    };
    if arguments.only_book { only_book(target).await } else { take(target).await }
}

/// Takes the tour; fails if a step does.
pub async fn take(target: Target) -> Result<(), CommandError> {
    let stage = Stage::set(target, Arc::new(SystemClock))
        .map_err(|error| CommandError::from_error("tour", &error))?;
    let mut report = Report::default();
    play(&stage, &mut report).await;
    if report.finish() {
        Ok(())
    } else {
        Err(CommandError::new("the tour found broken promises, see the lines marked FAILED"))
    }
}

/// The person of the application logs in and accepts the date, unless they have.
pub async fn accept_given_date(target: Target, clock: Arc<dyn Clock>) -> Result<(), StepError> {
    let stage = Stage::set(target, clock)?;
    given_date::just_accept(&stage).await
}

async fn only_book(target: Target) -> Result<(), CommandError> {
    let stage = Stage::set(target, Arc::new(SystemClock))
        .map_err(|error| CommandError::from_error("tour", &error))?;
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
    change::act(stage, report, &found, &cast, booked).await?;
    given_date::act(stage, report).await
}

impl Stage {
    fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    fn set(target: Target, clock: Arc<dyn Clock>) -> Result<Self, StepError> {
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
            Arc::clone(&clock),
            Arc::new(SystemEntropy),
        );
        let slot = SlotApi::new(api.clone(), target.slot.clone());
        Ok(Self { target, clock, http, api, identity, slot })
    }
}
