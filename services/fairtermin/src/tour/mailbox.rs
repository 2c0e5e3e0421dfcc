//! What arrived in the test mailbox.

use std::time::Duration;

use client::Booking;
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use super::{
    Stage,
    report::{Proof, StepError, proof},
};

/// How long a message may take.
const WAIT_TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
struct Mailbox {
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    subject: String,
    text: String,
    calendar: Option<String>,
    calendar_method: Option<String>,
}

pub async fn confirmation(stage: &Stage, booking: &Booking) -> Result<Proof<String>, StepError> {
    let (subject, entry) = entry_of(stage, &booking.code.to_string(), "REQUEST").await?;
    let uid = property(&entry, "UID")?;
    proof(
        uid,
        format!("'{subject}' with calendar entry, sequence {}", property(&entry, "SEQUENCE")?),
    )
}

/// The same calendar entry, moved: its UID stays, its sequence grows.
pub async fn change(stage: &Stage, moved: &Booking, uid: &str) -> Result<Proof<()>, StepError> {
    let (subject, entry) = entry_of(stage, &moved.code.to_string(), "REQUEST").await?;
    same_entry(&entry, uid)?;
    proof(
        (),
        format!("'{subject}' moves the calendar entry, sequence {}", property(&entry, "SEQUENCE")?),
    )
}

pub async fn cancellation(stage: &Stage, uid: &str) -> Result<Proof<()>, StepError> {
    let (subject, entry) = entry_of(stage, uid, "CANCEL").await?;
    same_entry(&entry, uid)?;
    proof((), format!("'{subject}' removes the calendar entry"))
}

fn same_entry(entry: &str, uid: &str) -> Result<(), StepError> {
    let found = property(entry, "UID")?;
    let sequence = property(entry, "SEQUENCE")?;
    if found != uid || sequence == "0" {
        return Err(StepError::new(format!("UID {found} instead of {uid}, sequence {sequence}")));
    }
    Ok(())
}

/// Waits for the message that mentions `what` and whose calendar file has this method (RFC 5546);
/// gives its subject and the file, unfolded.
async fn entry_of(stage: &Stage, what: &str, method: &str) -> Result<(String, String), StepError> {
    let until = Instant::now() + WAIT_TIMEOUT;
    let url = stage.target.notification.join("mailbox/messages")?;
    loop {
        let mailbox: Mailbox = stage.http.get(url.clone()).send().await?.json().await?;
        for message in mailbox.messages {
            let entry = unfolded(&message.calendar.unwrap_or_default());
            let about_it = message.text.contains(what) || entry.contains(what);
            if about_it && message.calendar_method.as_deref() == Some(method) {
                return Ok((message.subject, entry));
            }
        }
        if Instant::now() > until {
            return Err(StepError::new(format!("no {method} for {what} within {WAIT_TIMEOUT:?}")));
        }
        sleep(Duration::from_millis(100)).await;
    }
}

/// Long lines are folded (RFC 5545 section 3.1).
fn unfolded(file: &str) -> String {
    file.replace("\r\n ", "").replace("\r\n\t", "")
}

/// The value of a property.
fn property(entry: &str, name: &str) -> Result<String, StepError> {
    entry
        .lines()
        .find_map(|line| {
            line.strip_prefix(name)?.strip_prefix(':').map(|value| value.trim().to_owned())
        })
        .ok_or_else(|| StepError::new(format!("the calendar file has no {name}")))
}
