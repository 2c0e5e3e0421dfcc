//! From the closing of a draw to its published result, step by step:
//!
//! ```text
//! announced ─► frozen ─► revealed ─► drawn ─► settled
//!      └─────────┴──────────┴─► void
//! ```
//!
//! The order and who gets what follow from what was published in the steps before, so a process
//! that goes on after another one died comes to the same result. While the winners are booked the
//! state stays `drawn`: each booking, the end of its entry and the way out of the pool are one
//! transaction, and an entry that was decided is passed by.

use cluster::Term;
use draw::{
    Announcement, Beacon, Bytes, DrawResult, Entry, OrderKey, Reveal, SealedSeats, Serial, Version,
    Visit, Wishes, seats_by_turn, seed,
};
use jiff::{SignedDuration, Timestamp};
use messaging::UnitOfWork;
use serde_json::json;

use super::{
    announcement,
    book_winners::book_winners,
    canonical_text,
    countersign_list::countersign_list,
    document,
    freeze_list::freeze_list,
    give_back::{give_back, tell_the_others},
    lost_secrets::{self, FoundSeed},
    open_draw::seconds,
    tell_identity::tell_identity,
};
use crate::{
    app::{AppError, DrawRefusal, Engine, log},
    domain::{
        Actor,
        draw::{Draw, DrawStatus},
    },
    store::{
        draw_entries,
        draws::{self, DocumentKind},
        leader_leases,
    },
};

/// How long the second source of chance is waited for before the draw is void.
const BEACON_TIMEOUT: SignedDuration = SignedDuration::from_hours(24);

/// The draws that are not over.
///
/// # Errors
/// They cannot be read.
pub async fn unfinished_draws(engine: &Engine) -> Result<Vec<Draw>, AppError> {
    Ok(draws::unfinished(engine.database.connection()).await?)
}

/// Goes on with these draws, as this process leads in `term`. One that fails does not keep the others
/// waiting.
///
/// How many failed. The next call goes on from where this one came to.
pub async fn settle_draws(engine: &Engine, unfinished: Vec<Draw>, term: Term) -> i64 {
    let mut failed = 0;
    for draw in unfinished {
        let id = draw.id;
        if let Err(error) = settle(engine, draw, term).await {
            tracing::warn!(draw = %id, %error, "a draw does not go on; it is tried again");
            failed += 1;
        }
    }
    failed
}

/// As many steps as can be taken now.
async fn settle(engine: &Engine, mut draw: Draw, term: Term) -> Result<(), AppError> {
    loop {
        let before = draw.status;
        let step = Step { engine, draw: &draw, term };
        match before {
            DrawStatus::Announced if engine.now() < draw.closes => {
                return tell_identity(&step).await;
            }
            DrawStatus::Announced => freeze_list(&step).await?,
            DrawStatus::Frozen => {
                if countersign_list(&step).await? {
                    step.reveal().await?;
                }
            }
            DrawStatus::Revealed => step.draw().await?,
            DrawStatus::Drawn => return step.finish(DrawStatus::Settled).await,
            DrawStatus::Void => return step.finish(DrawStatus::Void).await,
            DrawStatus::Settled => return step.end().await,
        }
        let found = draws::find(engine.database.connection(), draw.id).await?;
        draw = found.ok_or(DrawRefusal::NotFound)?;
        if draw.status == before {
            return Ok(());
        }
    }
}

/// One step of a draw, by the process that leads in `term`.
pub(super) struct Step<'a> {
    pub engine: &'a Engine,
    pub draw: &'a Draw,
    pub term: Term,
}

impl<'a> Step<'a> {
    /// A transaction of the leader; `None` if another process leads by now.
    pub(super) async fn begin(&self) -> Result<Option<UnitOfWork<'a>>, AppError> {
        let unit = self.engine.begin().await?;
        if leader_leases::may_act(unit.transaction(), self.term).await? {
            return Ok(Some(unit));
        }
        tracing::info!(
            term = self.term.number(),
            "another process leads now; this step is dropped"
        );
        Ok(None)
    }

    /// Brings the draw to `to` with its documents, in one transaction.
    pub(super) async fn advance(
        &self,
        mut unit: UnitOfWork<'a>,
        to: DrawStatus,
        documents: Vec<(DocumentKind, String)>,
    ) -> Result<(), AppError> {
        let (engine, draw) = (self.engine, self.draw);
        let db = unit.transaction();
        if !draws::advance(db, draw.id, draw.status, to, engine.now()).await? {
            return Ok(());
        }
        for (kind, text) in documents {
            log::keep(engine, db, draw.id, kind, text).await?;
        }
        let details = json!({ "from": draw.status, "to": to });
        let action = format!("draw.{to}");
        engine.record(&mut unit, &Actor::System, &action, draw.id, details).await?;
        unit.commit().await?;
        tracing::info!(draw = %draw.id, status = %to, "a draw goes on");
        Ok(())
    }

    /// The draw is void. Entries and seats are given back by [`Step::finish`].
    pub(super) async fn void(&self, why: &str) -> Result<(), AppError> {
        tracing::error!(draw = %self.draw.id, why, "a draw is void; nobody wins");
        let Some(unit) = self.begin().await? else { return Ok(()) };
        self.advance(unit, DrawStatus::Void, vec![(DocumentKind::Void, why.to_owned())]).await
    }

    /// Publishes the seed and what the second source said, once that is there.
    async fn reveal(&self) -> Result<(), AppError> {
        let (engine, draw) = (self.engine, self.draw);
        let announcement = announcement(engine, draw.id).await?;
        let now = engine.now();
        let asked = engine
            .draws
            .beacon
            .reveal(&announcement.draw, announcement.closes, &announcement.beacon, seconds(now))
            .await;
        let revealed = match asked {
            Ok(Some(revealed)) => revealed,
            Ok(None) => return Ok(()),
            Err(why) if is_overdue(&announcement, draw, now) => {
                return self
                    .void(&format!("the announced source of chance says nothing: {why}"))
                    .await;
            }
            Err(why) => {
                let why = format!("the second source of chance is not there yet: {why}");
                return Err(AppError::Unavailable(why.into()));
            }
        };
        let Some(found) = lost_secrets::seed_to_reveal(self, &announcement).await? else {
            return Ok(());
        };
        let reveal = Reveal {
            announcement: announcement.digest(),
            beacon: revealed,
            seed: found.seed(),
            version: Version::V1,
        };
        let Some(mut unit) = self.begin().await? else { return Ok(()) };
        if let FoundSeed::Opened(_) = found {
            tracing::warn!(draw = %draw.id, "the auditor's copy of the seed of this draw is revealed");
            let action = "draw.seed-from-escrow";
            engine.record(&mut unit, &Actor::System, action, draw.id, json!({})).await?;
        }
        let documents = vec![(DocumentKind::Reveal, canonical_text(&reveal)?)];
        self.advance(unit, DrawStatus::Revealed, documents).await
    }

    /// Settles who gets what.
    async fn draw(&self) -> Result<(), AppError> {
        let (engine, draw) = (self.engine, self.draw);
        let announcement = announcement(engine, draw.id).await?;
        let entries: Vec<Entry> = document(engine, draw.id, DocumentKind::Entries).await?;
        let reveal: Reveal = document(engine, draw.id, DocumentKind::Reveal).await?;
        let Some(wishes) = lost_secrets::wishes_to_settle(self, &entries).await? else {
            return Ok(());
        };
        let salt = lost_secrets::salt(engine, draw);
        let randomness = seed::randomness(&announcement.draw, &announcement.beacon, &reveal.beacon)
            .map_err(|why| AppError::Internal(why.into()))?;
        let key = OrderKey::new(&reveal.seed, &announcement.digest(), &randomness);
        let settled = tokio::task::spawn_blocking(move || {
            let order = key.order(&entries);
            let (result, given) = DrawResult::settle(&announcement, &entries, order, &wishes, salt);
            (result, SealedSeats { salt, seats: seats_by_turn(&given) })
        });
        let (result, seats) =
            settled.await.map_err(|panicked| AppError::Internal(panicked.into()))?;
        let served = u32::try_from(seats.seats.len()).unwrap_or(u32::MAX);
        let Some(unit) = self.begin().await? else { return Ok(()) };
        draws::note_served(unit.transaction(), draw.id, served).await?;
        let documents = vec![
            (DocumentKind::Result, canonical_text(&result)?),
            (DocumentKind::SealedSeats, canonical_text(&seats)?),
        ];
        self.advance(unit, DrawStatus::Drawn, documents).await
    }

    /// What each entry of the list wished, in its order. `None`: one of them cannot be opened.
    ///
    /// # Errors
    /// The database does not answer.
    pub(super) async fn wishes(&self, entries: &[Entry]) -> Result<Option<Vec<Wishes>>, AppError> {
        let (engine, draw) = (self.engine, self.draw);
        let db = engine.database.connection();
        let mut sealed = draw_entries::sealed_wishes(db, draw.id).await?;
        let opened = entries.iter().map(|entry| match sealed.remove(&entry.serial) {
            Some((id, wishes)) => engine.draws.keys.open(&wishes, id).ok(),
            // An entry that was deleted has no wishes; the list stays as it is.
            None => {
                Some(Wishes { nonce: Bytes([0; 16]), version: Version::V1, wishes: Vec::new() })
            }
        });
        Ok(opened.collect())
    }

    /// Books the winners if there are any, tells the others, gives back what is left over.
    async fn finish(&self, status: DrawStatus) -> Result<(), AppError> {
        if status == DrawStatus::Settled {
            let won = self.winners().await?;
            if !book_winners(self, &won).await? {
                return Ok(());
            }
        }
        if !tell_the_others(self, status).await? || !give_back(self).await? {
            return Ok(());
        }
        if status == DrawStatus::Settled {
            let Some(unit) = self.begin().await? else { return Ok(()) };
            self.advance(unit, DrawStatus::Settled, Vec::new()).await?;
        }
        self.end().await
    }

    async fn end(&self) -> Result<(), AppError> {
        let Some(unit) = self.begin().await? else { return Ok(()) };
        draws::end(unit.transaction(), self.draw.id, self.engine.now()).await?;
        Ok(unit.commit().await?)
    }

    /// The order by ticket, and the seats by turn.
    pub(super) async fn winners(&self) -> Result<Won, AppError> {
        let (engine, id) = (self.engine, self.draw.id);
        let entries: Vec<Entry> = document(engine, id, DocumentKind::Entries).await?;
        let result: DrawResult = document(engine, id, DocumentKind::Result).await?;
        let seats: SealedSeats = document(engine, id, DocumentKind::SealedSeats).await?;
        let serials = result.order.iter().filter_map(|at| entries.get(usize::try_from(*at).ok()?));
        Ok(Won { serials: serials.map(|entry| entry.serial).collect(), seats: seats.seats })
    }
}

/// What came out.
pub(super) struct Won {
    /// Tickets by turn; the first is turn 1.
    pub serials: Vec<Serial>,
    /// Seats by turn.
    pub seats: Vec<Visit>,
}

impl Won {
    /// The ticket whose turn it was.
    pub(super) fn serial(&self, turn: u32) -> Option<&Serial> {
        self.serials.get(usize::try_from(turn.checked_sub(1)?).ok()?)
    }
}

/// Whether the second source of chance had time enough.
fn is_overdue(announcement: &Announcement, draw: &Draw, now: Timestamp) -> bool {
    let due = match (&announcement.beacon, announcement.beacon_time()) {
        (Beacon::Drand { .. }, Some(at)) => {
            let at = i64::try_from(at).unwrap_or(i64::MAX);
            Timestamp::from_second(at).unwrap_or(draw.closes)
        }
        _ => draw.closes,
    };
    now.duration_since(due) > BEACON_TIMEOUT
}
