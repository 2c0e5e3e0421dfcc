//! What operators should learn of draws beside a step that fails: which take too long, and which are void.

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::{AppError, Engine},
    domain::draw::Draw,
    store::draws,
};

/// So long after its closing a draw is settled, if nothing goes wrong: the public beacon is asked for half an
/// hour later.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(2);

/// For how long operators see that a draw became void: somebody looks once a day.
const RECENT: SignedDuration = SignedDuration::from_hours(24);

/// How many of these draws, which are not over, should have been by `now`.
#[must_use]
pub fn overdue(unfinished: &[Draw], now: Timestamp) -> i64 {
    let is_late = |draw: &&Draw| now.duration_since(draw.closes) > SETTLED_AFTER;
    count(unfinished.iter().filter(is_late).count())
}

/// How many draws became void in the last day.
///
/// # Errors
/// They cannot be read.
pub async fn recently_void(engine: &Engine) -> Result<i64, AppError> {
    let since = engine.now().saturating_sub(RECENT).unwrap_or(Timestamp::MIN);
    Ok(count(draws::void_since(engine.database.connection(), since).await?.len()))
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
