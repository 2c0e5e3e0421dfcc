//! What a draw announced and which seats that means: read by everybody who enters, and fixed from the
//! announcement on. So a process reads it once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use draw::{Announcement, Bytes};
use ids::DrawId;

use super::{announcement, pool};
use crate::{
    app::{AppError, Engine},
    domain::draw::{Draw, Pool},
};

/// Draws that are remembered; all are forgotten when there are more. A large one takes a megabyte.
const LIMIT: usize = 16;

/// What is fixed of a draw.
#[derive(Debug)]
pub(super) struct Announced {
    /// What was announced.
    pub announcement: Announcement,
    /// Its digest, which each receipt names.
    pub digest: Bytes<32>,
    /// Which seats its rows are here.
    pub pool: Pool,
    /// The draw when this was read: its state may be another by now. A database that lost its last commits
    /// announces the same draw anew, with other secrets.
    pub draw: Draw,
}

/// What a process remembers of draws.
#[derive(Debug, Default)]
pub struct AnnouncedDraws(Mutex<HashMap<DrawId, Arc<Announced>>>);

impl AnnouncedDraws {
    /// What is known of a draw with these secrets.
    fn find(&self, id: DrawId, secrets: &[u8]) -> Option<Arc<Announced>> {
        self.latest(id).filter(|known| known.draw.secrets == secrets)
    }

    /// What was read last of a draw, if it is still remembered.
    pub(super) fn latest(&self, id: DrawId) -> Option<Arc<Announced>> {
        self.known().get(&id).cloned()
    }

    fn keep(&self, id: DrawId, announced: &Arc<Announced>) {
        let mut known = self.known();
        if known.len() >= LIMIT {
            known.clear();
        }
        known.insert(id, Arc::clone(announced));
    }

    fn known(&self) -> MutexGuard<'_, HashMap<DrawId, Arc<Announced>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Announced {
    /// Of a draw as it was just read.
    ///
    /// # Errors
    /// The database does not answer, or the draw is not there any more.
    pub(super) async fn of(engine: &Engine, draw: &Draw) -> Result<Arc<Self>, AppError> {
        let known = &engine.draws.announced;
        if let Some(found) = known.find(draw.id, &draw.secrets) {
            return Ok(found);
        }
        let announcement = announcement(engine, draw.id).await?;
        let digest = announcement.digest();
        let (pool, draw) = (pool(engine, draw.id).await?, draw.clone());
        let announced = Arc::new(Self { announcement, digest, pool, draw });
        known.keep(announced.draw.id, &announced);
        Ok(announced)
    }
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;
    use draw::rehearsal::{Rehearsal, Size};
    use jiff::Timestamp;

    use super::*;
    use crate::domain::draw::{DrawStatus, Leftover};

    fn draw(secrets: &[u8]) -> Draw {
        let at = Timestamp::UNIX_EPOCH;
        Draw {
            id: DrawId::from_bits(1),
            service: "visa".parse().unwrap(),
            group: "papers".parse().unwrap(),
            status: DrawStatus::Announced,
            week: "2027-01-18".parse().unwrap(),
            opens: at,
            closes: at,
            slots: 12,
            leftover: Leftover::Public,
            terms: String::new(),
            secrets: secrets.to_vec(),
            entered: None,
            served: None,
            ended_at: None,
            changed_at: at,
        }
    }

    fn announced(secrets: &[u8]) -> Arc<Announced> {
        let size =
            Size { entries: 1, places: 1, days: 1, desks: 1, slots: 1, wishes: 1, logged: false };
        let announcement = Rehearsal::invent(&size, &SeededEntropy::new(1)).announcement;
        let digest = announcement.digest();
        Arc::new(Announced { announcement, digest, pool: Pool::default(), draw: draw(secrets) })
    }

    #[test]
    fn a_draw_that_was_announced_anew_is_read_anew() {
        let (draws, id) = (AnnouncedDraws::default(), DrawId::from_bits(1));
        assert!(draws.find(id, b"first").is_none());
        draws.keep(id, &announced(b"first"));
        assert!(draws.find(id, b"first").is_some());
        assert!(draws.find(id, b"second").is_none());
        draws.keep(id, &announced(b"second"));
        assert!(draws.find(id, b"second").is_some());
        assert!(draws.find(id, b"first").is_none());
    }

    #[test]
    fn no_more_than_a_few_draws_are_remembered() {
        let draws = AnnouncedDraws::default();
        for bits in 0..100 {
            draws.keep(DrawId::from_bits(bits), &announced(b"any"));
            assert!(draws.known().len() <= LIMIT);
            assert!(draws.find(DrawId::from_bits(bits), b"any").is_some());
        }
    }
}
