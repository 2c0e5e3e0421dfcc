//! What fails keeps nothing else waiting: timed jobs do each in a transaction of its own, and go on.

/// After so many failures a look ends: then it is the database, and not what is looked at.
const MOST: i64 = 10;

/// How many failed in one look of a timed job.
#[derive(Debug, Default)]
pub(super) struct Failures(i64);

impl Failures {
    /// One more failed; the caller has said which in the log.
    pub(super) const fn add(&mut self) {
        self.0 += 1;
    }

    /// Whether the look ends here.
    pub(super) const fn are_too_many(&self) -> bool {
        self.0 >= MOST
    }

    /// How many, for the gauge that operators see.
    pub(super) const fn count(&self) -> i64 {
        self.0
    }
}
