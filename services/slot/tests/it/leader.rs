//! Of several processes one does the jobs.

use std::time::Duration;

use jiff::SignedDuration;

use crate::{office::Office, store};

/// Long enough for a process to lead and to write on a busy machine.
const SOON: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn one_process_leads_and_another_follows_and_a_past_booking_is_closed_once() {
    let mut first = Office::embedded().await;
    let booking = first.book(&first.person(), "passport", "10:00").await;
    let term = leads(&first).await;
    let second = first.beside().await;
    assert_eq!(second.number("leader_term").await, 0);

    first.clock.advance(SignedDuration::from_hours(8 * 24));
    first.stop().await;
    assert!(leads(&second).await > term);
    let closed = async || {
        let audited = store::audited(&second.database_url, &booking.id()).await;
        (audited.len() > 1).then_some(audited)
    };
    let audited = testkit::eventually(SOON, closed).await;
    assert_eq!(audited, ["booking.confirmed", "booking.closed"]);

    // The first comes back, as a follower, and finds nothing to do.
    first.restart().await;
    assert_eq!(first.number("leader_term").await, 0);
    assert_eq!(closed().await.unwrap().len(), 2);
}

/// The term in which the office leads, as soon as it does.
async fn leads(office: &Office) -> i64 {
    testkit::eventually(SOON, async || {
        Some(office.number("leader_term").await).filter(|term| *term != 0)
    })
    .await
}
