//! `fairtermin events republish`: what an operator does after the broker lost events.
//!
//! The selected events go back into the outbox of the service that published them, and its relays
//! publish them as they do all others.

use std::time::Duration;

use ambient::{Clock as _, SystemClock};
use jiff::{SignedDuration, Timestamp};
use messaging::{PublishedCount, PublishedEvents, Republished};
use store::{Database, StoreError};

use crate::{
    arguments::{Events, Republish},
    command_error::CommandError,
    files::UNREADABLE,
    serve::{self, Publisher},
};

/// How often the number of waiting events is looked at.
const LOOK_INTERVAL: Duration = Duration::from_millis(500);
/// A relay that publishes at all publishes something within this time.
const STALL_TIMEOUT: Duration = Duration::from_secs(60);

/// Publishes again, at every publisher that the settings name.
pub async fn run(arguments: &Events) -> Result<(), CommandError> {
    let Events::Republish(arguments) = arguments;
    let now = SystemClock.now();
    let until = arguments.until.unwrap_or(now);
    if arguments.since >= until.min(now) {
        let (since, until) = (in_berlin(arguments.since), in_berlin(until));
        let message = format!("nothing was published between {since} and {until}");
        let refused = CommandError::new(message).exit(UNREADABLE);
        return Err(refused.advice("Give an earlier time with --since."));
    }
    let publishers = serve::publishers(arguments.config.as_deref())?;
    for publisher in &publishers {
        refuse_impossible(publisher, arguments.since, now)?;
    }
    let chosen = PublishedEvents {
        since: arguments.since,
        until,
        kind: arguments.kind.clone(),
        authority: arguments.authority.clone(),
    };
    for publisher in &publishers {
        republish(publisher, &chosen, arguments).await?;
    }
    Ok(())
}

/// What no replay can bring back is said before anything is published.
fn refuse_impossible(
    publisher: &Publisher,
    since: Timestamp,
    now: Timestamp,
) -> Result<(), CommandError> {
    let service = publisher.service;
    if publisher.bus.url.is_none() {
        let message = format!("{service} has no broker: its events stay in its process");
        return Err(CommandError::new(message).advice("There is nothing to publish again."));
    }
    let kept = publisher.bus.keep_published_days.as_duration();
    if kept.is_zero() {
        let message = format!("{service} keeps no events (`bus.keep_published_days: 0`)");
        return Err(CommandError::new(message).advice(
            "Set a number of days for the next time. What is lost now, receivers read from the \
             services' state.",
        ));
    }
    let earliest = now.saturating_sub(kept).unwrap_or(Timestamp::MIN);
    if since < earliest {
        let days = kept.as_hours() / 24;
        let message = format!("{service} keeps events for {days} days (`bus.keep_published_days`)");
        // An hour later, so that it is not too early again when it is typed.
        let possible = earliest.saturating_add(SignedDuration::from_hours(1)).unwrap_or(now);
        return Err(CommandError::new(message).advice(format!(
            "Begin with --since {}. What is older cannot be published again: receivers read it from \
             the services' state.",
            in_berlin(possible)
        )));
    }
    Ok(())
}

async fn republish(
    publisher: &Publisher,
    chosen: &PublishedEvents,
    arguments: &Republish,
) -> Result<(), CommandError> {
    let service = publisher.service;
    let database = Database::connect(publisher.database.url.expose()).await.map_err(unreadable)?;
    let counts = chosen.count(&database).await.map_err(unreadable)?;
    let total: u64 = counts.iter().map(|count| count.events).sum();
    print!("{}", table(service, &counts));
    if total == 0 {
        println!(
            "{service}: no such event was published between {} and {}",
            in_berlin(chosen.since),
            in_berlin(chosen.until)
        );
        return say_what_there_is(service, chosen, &database).await;
    }
    if arguments.dry_run {
        println!("{service}: {total} events would be published again");
        return Ok(());
    }
    let progress = |moved| println!("{service}: {moved} of {total} are in the outbox again");
    let republished = chosen.republish(&database, progress).await.map_err(|error| {
        CommandError::from_error("cannot put the events back; none of them has moved", &error)
            .advice("Try again when the database answers.")
    })?;
    wait_until_published(service, republished, &database).await
}

/// For a kind or an authority that does not occur, it says which do.
async fn say_what_there_is(
    service: &str,
    chosen: &PublishedEvents,
    database: &Database,
) -> Result<(), CommandError> {
    if chosen.kind.is_none() && chosen.authority.is_none() {
        return Ok(());
    }
    let all = PublishedEvents { kind: None, authority: None, ..chosen.clone() };
    let counts = all.count(database).await.map_err(unreadable)?;
    if !counts.is_empty() {
        print!("but there are\n{}", table(service, &counts));
    }
    Ok(())
}

/// Until the relays have published all of them.
async fn wait_until_published(
    service: &str,
    republished: Republished,
    database: &Database,
) -> Result<(), CommandError> {
    let (mut fewest, mut idle) = (u64::MAX, Duration::ZERO);
    loop {
        let waiting = republished.waiting(database).await.map_err(unreadable)?;
        if waiting == 0 {
            println!("{service}: {} events were published again", republished.events);
            return Ok(());
        }
        if waiting < fewest {
            println!("{service}: {waiting} wait for a relay");
            (fewest, idle) = (waiting, Duration::ZERO);
        }
        if idle >= STALL_TIMEOUT {
            let message = format!("{service}: {waiting} events wait, and no relay publishes them");
            return Err(CommandError::new(message).advice(
                "They are in the outbox and leave as soon as a process of the service runs with \
                 `bus.relay: true` and reaches the broker. Do not repeat this command.",
            ));
        }
        tokio::time::sleep(LOOK_INTERVAL).await;
        idle += LOOK_INTERVAL;
    }
}

fn unreadable(error: StoreError) -> CommandError {
    CommandError::from_error("cannot read the published events", &error).advice(
        "Run it where the database can be reached, with the settings that the service has, after a \
         service of this version has started once.",
    )
}

/// As an operator's clock shows it, and as `--since` takes it.
fn in_berlin(instant: Timestamp) -> String {
    instant.to_zoned_datetime(ambient::berlin()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// One line for each kind of event: how many, of which authority, and when the broker took them
/// over.
fn table(service: &str, counts: &[PublishedCount]) -> String {
    let line = |count: &PublishedCount| {
        let kind = count.kind.rsplit('.').next().unwrap_or(&count.kind);
        format!(
            "{service}  {:>8}  {kind:<24} {:<12} {} to {}\n",
            count.events,
            count.authority,
            in_berlin(count.first),
            in_berlin(count.last)
        )
    };
    counts.iter().map(line).collect()
}
