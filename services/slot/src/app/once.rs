//! What a request came to that has its effect once, however often it is sent.

/// The outcome, and which request brought it about.
#[derive(Debug, Clone)]
pub enum Once<T> {
    /// This request did.
    Now(T),
    /// An earlier one did; nothing changed.
    Before(T),
}

impl<T> Once<T> {
    /// Whether this request brought it about.
    #[must_use]
    pub const fn is_now(&self) -> bool {
        matches!(self, Self::Now(_))
    }

    /// The outcome alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        match self {
            Self::Now(outcome) | Self::Before(outcome) => outcome,
        }
    }
}
