//! What everybody may read of draws, and what a person may read of their own entry.

use booking::{TrustLevel, rules::declined_seats::Settings as DeclinedSeats};
use ids::{DrawId, LocationId, Pseudonym};
use jiff::{SignedDuration, Timestamp};

use super::{
    announced::Announced,
    announcement, confirm_within,
    own_entry::{OwnEntry, own_entry},
    pool,
    terms::declined_seats,
    text,
    winners_seat::own,
};
use crate::{
    app::{AppError, DrawRefusal, Engine, log::read_log},
    domain::draw::{Draw, DrawStatus},
    store::{
        draw_entries::{self, Drawn},
        draws::{self, DocumentKind},
    },
};

/// Draws in one list, at most.
const LIMIT: u64 = 200;
/// For how long a draw is listed after it closed.
const LISTED: SignedDuration = SignedDuration::from_hours(24 * 90);

/// A draw as everybody reads it.
#[derive(Debug)]
pub struct Read {
    /// The draw.
    pub draw: Draw,
    /// How many kept seats a person can leave before they wait, as it was announced; `None`: it costs nothing.
    pub declined_seats: Option<DeclinedSeats>,
    /// When its result can be there at the earliest; `None`: it is there, or there will be none.
    pub result_from: Option<Timestamp>,
    /// How many were drawn and how many have taken their seats so far, where that was asked and is still kept.
    pub drawn: Option<Drawn>,
}

impl Read {
    async fn of(engine: &Engine, draw: Draw) -> Result<Self, AppError> {
        let db = engine.database.connection();
        let said = match confirm_within(&draw)? {
            Some(_) => draws::announced_rule(db, draw.id).await?,
            None => None,
        };
        let declined_seats = declined_seats(&draw, said.as_deref())?;
        let result_from = match draw.status {
            DrawStatus::Announced | DrawStatus::Frozen | DrawStatus::Revealed => {
                Some(engine.draws.beacon.reveals_from(draw.closes))
            }
            DrawStatus::Drawn | DrawStatus::Settled | DrawStatus::Void => None,
        };
        Ok(Self { draw, declined_seats, result_from, drawn: None })
    }

    /// The same, with how many were drawn and have taken that.
    async fn counted(engine: &Engine, draw: Draw) -> Result<Self, AppError> {
        let read = Self::of(engine, draw).await?;
        // Before that, some of them are still being booked.
        let drawn = match read.draw.status {
            DrawStatus::Settled => {
                draw_entries::drawn(engine.database.connection(), read.draw.id).await?
            }
            _ => None,
        };
        Ok(Self { drawn, ..read })
    }
}

/// Draws that can be entered, and those of the last months, the earliest first.
///
/// # Errors
/// The terms of a draw cannot be read, or the database does not answer.
pub async fn list_draws(engine: &Engine) -> Result<Vec<Read>, AppError> {
    let since = engine.now().saturating_sub(LISTED).unwrap_or(Timestamp::MIN);
    let found = draws::closing_after(engine.database.connection(), since, LIMIT).await?;
    let mut draws = Vec::with_capacity(found.len());
    for draw in found {
        draws.push(Read::of(engine, draw).await?);
    }
    Ok(draws)
}

/// A draw with what is published of it so far.
#[derive(Debug)]
pub struct Published {
    /// The draw.
    pub draw: Read,
    /// The locations, in the order of the announcement's places.
    pub locations: Vec<LocationId>,
    /// Canonical JSON.
    pub announcement: String,
    /// The seed, readable by the auditor alone; canonical JSON.
    pub escrow: Option<String>,
    /// Once the list is closed.
    pub freeze: Option<String>,
    /// The note about tickets, once there is one for the closed list.
    pub tickets: Option<String>,
    /// Once both sources of chance are known.
    pub reveal: Option<String>,
    /// Why the draw is void.
    pub void: Option<String>,
}

/// One draw.
///
/// # Errors
/// There is no such draw; the database does not answer.
pub async fn read_draw(engine: &Engine, id: DrawId) -> Result<Published, AppError> {
    let db = engine.database.connection();
    let draw = draws::find(db, id).await?.ok_or(DrawRefusal::NotFound)?;
    Ok(Published {
        draw: Read::counted(engine, draw).await?,
        locations: pool(engine, id).await?.locations,
        announcement: text(engine, id, DocumentKind::Announcement).await?,
        escrow: draws::document(db, id, DocumentKind::Escrow).await?,
        freeze: draws::document(db, id, DocumentKind::Freeze).await?,
        tickets: draws::document(db, id, DocumentKind::Tickets).await?,
        reveal: draws::document(db, id, DocumentKind::Reveal).await?,
        void: draws::document(db, id, DocumentKind::Void).await?,
    })
}

/// The proof of a settled draw: canonical JSON, for `fairtermin verify-draw`.
///
/// # Errors
/// There is no such draw, or it is not settled.
pub async fn read_proof(engine: &Engine, id: DrawId) -> Result<String, AppError> {
    let draw = draws::find(engine.database.connection(), id).await?;
    if draw.ok_or(DrawRefusal::NotFound)?.status != DrawStatus::Settled {
        return Err(DrawRefusal::NotSettled.into());
    }
    let announced = announcement(engine, id).await?;
    let logged = read_log::proofs(engine, id, &announced.log.key).await?;
    let tickets = text(engine, id, DocumentKind::Tickets).await?;
    let tickets = super::canonical_text(&tickets)?;
    // Each document is kept in its canonical form, and these are the members in their order.
    Ok(format!(
        "{{\"announcement\":{},\"entries\":{},\"freeze\":{},\"log\":{},\"result\":{},\
         \"reveal\":{},\"tickets\":{tickets},\"version\":\"apptdraw/v1\"}}",
        text(engine, id, DocumentKind::Announcement).await?,
        text(engine, id, DocumentKind::Entries).await?,
        text(engine, id, DocumentKind::Freeze).await?,
        super::canonical_text(&logged)?,
        text(engine, id, DocumentKind::Result).await?,
        text(engine, id, DocumentKind::Reveal).await?,
    ))
}

/// A person's own entry.
///
/// # Errors
/// There is no such draw, they have not entered, or the log-in is not sure enough.
pub async fn read_own_entry(
    engine: &Engine,
    id: DrawId,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<OwnEntry, AppError> {
    let (draw, entry) = own(engine, id, person, level).await?;
    let announced = Announced::of(engine, &draw).await?;
    own_entry(engine, &announced, entry).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::test_engine::test_engine, domain::draw::Leftover};

    fn closing(number: u64, closes: Timestamp) -> Draw {
        Draw {
            id: DrawId::from_bits(number.into()),
            service: "visa".parse().unwrap(),
            group: "papers".parse().unwrap(),
            status: DrawStatus::Announced,
            week: "2027-01-18".parse().unwrap(),
            opens: closes,
            closes,
            slots: 1,
            leftover: Leftover::Desk,
            terms: r#"{"draw": {}}"#.to_owned(),
            secrets: Vec::new(),
            entered: None,
            served: None,
            ended_at: None,
            changed_at: closes,
        }
    }

    /// Fault: the earliest were listed, so an office with many services showed old draws and no open one.
    #[tokio::test]
    async fn of_many_draws_the_latest_are_listed_and_the_earliest_of_them_first() {
        let now: Timestamp = "2027-01-11T08:00:00Z".parse().unwrap();
        let (_host, engine) = test_engine(now, |_| {}).await;
        let unit = engine.begin().await.unwrap();
        for number in 0..=LIMIT {
            let after = SignedDuration::from_mins(i64::try_from(number).unwrap());
            let draw = closing(number, now.checked_add(after).unwrap());
            assert!(draws::insert(unit.transaction(), &draw).await.unwrap());
        }
        unit.commit().await.unwrap();
        let listed = list_draws(&engine).await.unwrap();
        let listed: Vec<_> = listed.into_iter().map(|read| read.draw.id).collect();
        let latest: Vec<_> = (1..=LIMIT).map(|number| DrawId::from_bits(number.into())).collect();
        assert_eq!(listed, latest);
    }
}
