//! Draws of appointments: `/v1/draws`.
//!
//! What is published of a draw are texts whose hashes count (`libs/draw`). What a page shows of them
//! is read with [`PublishedDraw::announced`] and [`PublishedDraw::revealed`]; nothing is checked here.

use ids::{DrawId, LocationId, ServiceId};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use reqwest::Response;
use serde::{Deserialize, Serialize};

use super::{
    SlotApi, clock,
    draw_documents::{Announced, Frozen, GivenTickets, Reveal, Tickets, document},
};
use crate::{ClientError, http, known::known};

/// Where a draw stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawStatus {
    /// People can enter within its window.
    Announced,
    /// The list is closed; the chance is still unknown.
    Frozen,
    /// The chance is known.
    Revealed,
    /// The winners are being booked.
    Drawn,
    /// Each entry is booked or answered, and the proof is published.
    Settled,
    /// It could not be held as announced: there are no winners.
    Void,
}

/// One draw.
///
/// The short form, as a list has it. What a verifier needs is in [`PublishedDraw`] and in the
/// proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Its id.
    pub id: DrawId,
    /// What the appointments are for.
    pub service: ServiceId,
    /// Where it stands; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<DrawStatus>,
    /// The Monday of the week whose seats are drawn.
    ///
    /// The seats are of the days from then until Sunday, in Berlin.
    pub week: Date,
    /// From then on people can enter.
    ///
    /// An instant in UTC. The announcement stands in the public log before it.
    pub opens: Timestamp,
    /// Until then.
    ///
    /// An instant in UTC: the first at which nothing can be entered, changed or left any more.
    pub closes: Timestamp,
    /// When the result is published at the earliest; `None` once it is, if there will be none, and from an authority
    /// that does not say it.
    ///
    /// An instant in UTC.
    #[serde(default)]
    pub result_from: Option<Timestamp>,
    /// Only persons with an appointment can enter, who want an earlier one; what they win replaces it.
    #[serde(default)]
    pub needs_appointment: bool,
    /// How many slots are drawn; a visit may take several.
    pub slots: u32,
    /// How many entered; once the list is closed.
    #[serde(default)]
    pub entered: Option<u32>,
    /// How many of them got an appointment; once it is drawn.
    #[serde(default)]
    pub served: Option<u32>,
    /// How many were drawn, whatever became of their seats; only of one draw that is read alone, as long as it is known.
    #[serde(default)]
    pub drawn: Option<u32>,
    /// How many of those who were drawn have an appointment by it so far; as `drawn`.
    #[serde(default)]
    pub taken: Option<u32>,
    /// For how many hours winners must confirm; without it they are booked at once.
    #[serde(default)]
    pub confirm_within: Option<u16>,
    /// What it costs winners not to accept their seats; without it nothing.
    #[serde(default)]
    pub declined_seats: Option<DeclinedSeats>,
}

/// After more than `max` drawn seats that a person did not take in `days` days they can enter no draw of the
/// group online, until there are few enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclinedSeats {
    /// So many are free.
    pub max: u16,
    /// In so many days of 24 hours.
    pub days: u16,
}

impl Draw {
    /// Whether people can enter, change and leave at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.status == Some(DrawStatus::Announced) && self.opens <= now && now < self.closes
    }
}

/// One draw, with what is published of it so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedDraw {
    /// The draw.
    pub draw: Draw,
    /// Where seats are drawn, in the order of the announcement's places.
    pub locations: Vec<LocationId>,
    /// A document of `libs/draw`, as a text.
    ///
    /// Its bytes count, not its meaning: later documents name its SHA-256. So it is kept as it
    /// came.
    pub announcement: String,
    /// The same, once the list is closed.
    #[serde(default)]
    pub freeze: Option<String>,
    /// A signed note about all tickets, once the closed list has one.
    #[serde(default)]
    pub tickets: Option<String>,
    /// A document, once both sources of chance are known.
    #[serde(default)]
    pub reveal: Option<String>,
    /// Why it is void.
    #[serde(default)]
    pub void: Option<String>,
}

impl PublishedDraw {
    /// What was announced.
    ///
    /// # Errors
    /// It is no announcement that this client can read.
    pub fn announced(&self) -> Result<Announced, ClientError> {
        document(&self.announcement)
    }

    /// How many entered with the help of staff; once the list is closed.
    ///
    /// # Errors
    /// It is no document that this client can read.
    pub fn entered_at_desk(&self) -> Result<Option<u64>, ClientError> {
        let frozen = self.freeze.as_deref().map(document::<Frozen>).transpose()?;
        Ok(frozen.map(|frozen| frozen.entered_at_desk()))
    }

    /// How many tickets were given, once that is said. Its signature is not checked here.
    ///
    /// # Errors
    /// It is no document that this client can read.
    pub fn given(&self) -> Result<Option<GivenTickets>, ClientError> {
        let Some(note) = &self.tickets else { return Ok(None) };
        // The document is the first line of the note.
        let said: Tickets = document(note.lines().next().unwrap_or_default())?;
        Ok(Some(said.given))
    }

    /// What was revealed, if it was.
    ///
    /// # Errors
    /// It is no document that this client can read.
    pub fn revealed(&self) -> Result<Option<Reveal>, ClientError> {
        self.reveal.as_deref().map(document).transpose()
    }
}

/// Seats that are equally welcome. What is empty or `None` excludes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// At one of these.
    #[serde(default)]
    pub locations: Vec<LocationId>,
    /// On this day or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// On this day or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// On these days of the week, 1 is Monday.
    #[serde(default)]
    pub weekdays: Vec<i8>,
    /// Not on these days.
    ///
    /// Local days. They matter beside `from`, `until` and `weekdays`.
    #[serde(default)]
    pub except: Vec<Date>,
    /// Begins then or later, by the clock on the wall.
    #[serde(default, with = "clock", skip_serializing_if = "Option::is_none")]
    pub after: Option<Time>,
    /// Ends then or earlier.
    ///
    /// By the clock on the wall, with the end of the visit and not its beginning.
    #[serde(default, with = "clock", skip_serializing_if = "Option::is_none")]
    pub before: Option<Time>,
}

impl Preference {
    /// Whether a visit on `day` can be meant.
    #[must_use]
    pub fn admits(&self, day: Date) -> bool {
        let weekday = day.weekday().to_monday_one_offset();
        (self.weekdays.is_empty() || self.weekdays.contains(&weekday))
            && !self.except.contains(&day)
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }
}

/// The answer's body.
#[derive(Deserialize)]
struct Draws {
    draws: Vec<Draw>,
}

/// The proof of a draw, part by part: it can have 25 MB.
#[derive(Debug)]
pub struct DrawProof(Response);

impl DrawProof {
    /// The next part; `None` at its end.
    ///
    /// # Errors
    /// An outage.
    pub async fn part(&mut self) -> Result<Option<Vec<u8>>, ClientError> {
        Ok(self.0.chunk().await?.map(Into::into))
    }
}

impl SlotApi {
    /// The draws that can be entered now or soon, and those of the last 90 days.
    ///
    /// # Errors
    /// An outage.
    pub async fn draws(&self) -> Result<Vec<Draw>, ClientError> {
        let found: Draws = http::json(self.get(&["draws"])).await?;
        Ok(found.draws)
    }

    /// One draw, with what is published of it so far.
    ///
    /// # Errors
    /// `draw-not-found`; an outage.
    pub async fn draw(&self, id: DrawId) -> Result<PublishedDraw, ClientError> {
        http::json(self.get(&["draws", &id.to_string()])).await
    }

    /// Everything that anybody needs to recompute a draw.
    ///
    /// # Errors
    /// `draw-not-found`, `draw-not-settled`; an outage.
    pub async fn draw_proof(&self, id: DrawId) -> Result<DrawProof, ClientError> {
        let request = self.get(&["draws", &id.to_string(), "proof"]);
        Ok(DrawProof(http::large(request).await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_has_times_of_day_as_the_api_writes_them() {
        let wish: Preference =
            serde_json::from_str(r#"{"weekdays": [2], "before": "12:00", "except": []}"#).unwrap();
        assert!(wish.admits("2027-01-19".parse().unwrap()));
        assert!(!wish.admits("2027-01-18".parse().unwrap()));
        let text = serde_json::to_value(&wish).unwrap();
        assert_eq!((&text["before"], text.get("after")), (&serde_json::json!("12:00"), None));
    }
}
