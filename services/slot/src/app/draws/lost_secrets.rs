//! What happens where a draw's secrets cannot be opened any more.
//!
//! One key seals the secrets of a draw, in its row, and the wishes of each entry. A row that was damaged, or
//! restored without its secrets, loses
//!
//! * the seed, of which the auditor may have a copy: if the announcement is bound to it, it is revealed instead;
//! * the salt of the exact seats, for which any other will do until the result is published;
//! * the key of the stamps, where the authority gives the tickets itself and the list is not closed yet. It has no
//!   copy, and without it no stranger could check a ticket: such a draw is void.
//!
//! A key that is gone loses the wishes as well. Then nothing is revealed, since an order without wishes gives nobody a
//! seat. If they are lost later, once the chance is public, the order stands and gives nobody a seat either: the draw
//! waits as long, and is void. One whose result is published is never void. A winner whose name is lost cannot be
//! compared with their application on file, and is not booked in the end.

use draw::{Announcement, Bytes, Entry, Secret, Seed, Wishes};
use ids::DrawId;
use jiff::SignedDuration;

use super::{document, secrets::Secrets, settle_draw::Step};
use crate::{
    app::{AppError, Engine},
    domain::draw::Draw,
    settings::OpenedSeed,
    store::draws::DocumentKind,
};

/// Why a draw is void whose secrets were away for too long.
pub(super) const GIVEN_UP: &str =
    "the authority cannot open the secrets that it kept for this draw";

/// Why a draw is void whose wishes were away for too long.
const WISHES_GIVEN_UP: &str = "the authority cannot open the wishes that it kept for this draw";

/// How long after its closing a draw waits for its secrets, before it is void: over a weekend.
const TIMEOUT: SignedDuration = SignedDuration::from_hours(72);

/// A seed to reveal, and where it was. Has no `Debug`, so that it never gets into a log.
#[derive(Clone, Copy)]
pub(super) enum FoundSeed {
    /// In the database.
    Kept(Seed),
    /// In the auditor's escrow.
    Opened(Seed),
}

impl FoundSeed {
    pub(super) const fn seed(self) -> Seed {
        match self {
            Self::Kept(seed) | Self::Opened(seed) => seed,
        }
    }
}

/// Why a draw cannot be settled, and what to do. Staff read it in the log, beside the draw's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Lost {
    #[error(
        "the secrets of {0} cannot be opened: put back `slot.settings.person_data.key` if it was changed; else ask \
         the auditor for the seed of this draw and write it at `slot.settings.escrow.opened`"
    )]
    NotOpened(DrawId),
    #[error(
        "the seed of {0} at `slot.settings.escrow.opened` is not the one that was announced, and is not used: ask \
         the auditor for what `fairtermin auditor open` prints for this draw"
    )]
    OtherSeed(DrawId),
    #[error(
        "the wishes of {0} cannot be opened either, so its seed is not revealed: put back the \
         `slot.settings.person_data.key` with which people entered"
    )]
    WishesToo(DrawId),
    #[error(
        "the wishes of {0} cannot be opened, although its chance is public: put back the \
         `slot.settings.person_data.key` with which people entered, or their rows; else the draw will be void"
    )]
    WishesAfterReveal(DrawId),
    #[error(
        "the key of the tickets of {0} cannot be opened, and no auditor has a copy of it: put back \
         `slot.settings.person_data.key` if it was changed; else the draw will be void"
    )]
    StampKey(DrawId),
}

/// The seed to reveal. `None`: the draw is void, because there was none for too long.
///
/// # Errors
/// There is none at the moment, and the error says what to do; or the database does not answer.
pub(super) async fn seed_to_reveal(
    step: &Step<'_>,
    announcement: &Announcement,
) -> Result<Option<FoundSeed>, AppError> {
    let (engine, draw) = (step.engine, step.draw);
    if let Some(secrets) = kept(engine, draw) {
        return Ok(Some(FoundSeed::Kept(secrets.seed)));
    }
    let lost = match opened(&engine.draws.opened, draw.id, &announcement.commitment) {
        Ok(seed) => match wishes_open(step).await? {
            true => return Ok(Some(FoundSeed::Opened(seed))),
            false => Lost::WishesToo(draw.id),
        },
        Err(lost) => lost,
    };
    if is_over(step) {
        step.void(GIVEN_UP).await?;
        return Ok(None);
    }
    Err(AppError::Internal(lost.into()))
}

/// The secrets with the key of the stamps, which is published with the closed list.
///
/// # Errors
/// They cannot be opened; the error says what to do.
pub(super) fn with_stamp_key(engine: &Engine, draw: &Draw) -> Result<Secrets, AppError> {
    kept(engine, draw).ok_or_else(|| AppError::Internal(Lost::StampKey(draw.id).into()))
}

/// What each entry of the list wished, once the chance is public. `None`: the draw is void, because that could not be
/// opened for too long.
///
/// # Errors
/// It cannot be opened at the moment, and the error says what to do; or the database does not answer.
pub(super) async fn wishes_to_settle(
    step: &Step<'_>,
    entries: &[Entry],
) -> Result<Option<Vec<Wishes>>, AppError> {
    let wishes = step.wishes(entries).await?;
    if wishes.is_none() {
        if !is_over(step) {
            return Err(AppError::Internal(Lost::WishesAfterReveal(step.draw.id).into()));
        }
        step.void(WISHES_GIVEN_UP).await?;
    }
    Ok(wishes)
}

/// Whether the list cannot be vouched for any more.
pub(super) fn stamp_key_is_given_up(step: &Step<'_>, announcement: &Announcement) -> bool {
    let is_needed = !announcement.identity.independent;
    is_needed && is_over(step) && kept(step.engine, step.draw).is_none()
}

fn is_over(step: &Step<'_>) -> bool {
    is_given_up(step.engine, step.draw)
}

/// Whether the time is over in which a draw waits for what it cannot open.
pub(super) fn is_given_up(engine: &Engine, draw: &Draw) -> bool {
    engine.now().duration_since(draw.closes) > TIMEOUT
}

/// What seals the exact seats. Nothing that was published earlier depends on it, so where it is lost a new one will do.
pub(super) fn salt(engine: &Engine, draw: &Draw) -> Bytes<16> {
    match kept(engine, draw) {
        Some(secrets) => secrets.salt,
        None => Bytes(engine.entropy.bytes()),
    }
}

fn kept(engine: &Engine, draw: &Draw) -> Option<Secrets> {
    engine.draws.keys.open(&draw.secrets, draw.id).ok()
}

/// The opened seed that the announcement is bound to.
fn opened(all: &[OpenedSeed], draw: DrawId, commitment: &Bytes<32>) -> Result<Seed, Lost> {
    let mut lost = Lost::NotOpened(draw);
    for opened in all.iter().filter(|opened| opened.draw == draw) {
        if Secret::Seed.commitment(&draw.to_string(), &opened.seed) == *commitment {
            return Ok(opened.seed);
        }
        lost = Lost::OtherSeed(draw);
    }
    Err(lost)
}

/// Whether all can be given what they wish.
async fn wishes_open(step: &Step<'_>) -> Result<bool, AppError> {
    let entries: Vec<Entry> = document(step.engine, step.draw.id, DocumentKind::Entries).await?;
    Ok(step.wishes(&entries).await?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_announced_seed_of_the_draw_counts_and_the_refusal_says_what_to_do() {
        let (draw, other) = (DrawId::from_bits(1), DrawId::from_bits(2));
        let seed = |byte| Bytes([byte; 32]);
        let commitment = Secret::Seed.commitment(&draw.to_string(), &seed(7));
        let of = |draw, byte| OpenedSeed { draw, seed: seed(byte) };
        let found = |all: &[OpenedSeed]| opened(all, draw, &commitment);

        let missing = found(&[of(other, 7)]).unwrap_err();
        assert_eq!(missing, Lost::NotOpened(draw));
        let wrong = found(&[of(draw, 8)]).unwrap_err();
        assert_eq!(wrong, Lost::OtherSeed(draw));
        // Corrected by a second line.
        assert_eq!(found(&[of(draw, 8), of(draw, 7)]), Ok(seed(7)));
        for lost in [missing, wrong] {
            let told = lost.to_string();
            assert!(told.contains(&draw.to_string()), "{told}");
            assert!(told.contains("`slot.settings.escrow.opened`"), "{told}");
        }
    }
}
