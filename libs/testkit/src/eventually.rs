//! Waiting with a deadline instead of sleeping.
//!
//! A sleep is either too short on a busy machine or too long on all others. Polling ends as soon as
//! the answer is there, and the deadline is only for failures, so make it long.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Asks `question` until it answers `Some`, at most for `deadline`.
///
/// Polls every 10 milliseconds, in real time. The last question may end after the deadline.
///
/// # Panics
/// If the deadline passes without an answer.
pub async fn eventually<T, F, Fut>(deadline: Duration, mut question: F) -> T
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Option<T>>,
{
    let until = Instant::now() + deadline;
    loop {
        if let Some(answer) = question().await {
            return answer;
        }
        assert!(Instant::now() < until, "not so within {deadline:?}");
        sleep(Duration::from_millis(10)).await;
    }
}
