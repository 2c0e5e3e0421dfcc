//! A database that falls silent in the middle of a confirm.

use std::time::{Duration, Instant};

use ::store::{Database, StoreError};
use messaging::Wake;
use testkit::SilentProxy;

use super::{confirmation, postgres_url, seat};
use crate::{
    app::ConfirmQueue,
    store::{Failure, queries::ConfirmationError},
};

const WAIT_TIMEOUT: Duration = Duration::from_secs(10);

fn one(number: u128) -> crate::store::queries::Confirmation {
    let from = i64::try_from(number).unwrap() * 10;
    confirmation(number, seat(0, from, from + 10))
}

#[tokio::test(flavor = "multi_thread")]
async fn confirms_are_answered_in_time_while_the_database_is_silent_and_written_when_it_speaks() {
    let Some(url) = postgres_url().await else { return };
    let (user, rest) = url.split_once('@').unwrap();
    let (server, name) = rest.split_once('/').unwrap();
    let proxy = SilentProxy::before(server).await;
    let url = format!("{user}@{}/{name}", proxy.address());
    let database = Database::connect(&url).await.unwrap();
    let (queue, worker) = ConfirmQueue::new(database, Wake::default());
    let workers = [tokio::spawn(worker.clone().run()), tokio::spawn(worker.run())];
    queue.commit(one(1)).await.unwrap().unwrap();

    proxy.fall_silent();
    // The first two are inside a transaction of theirs when nothing comes back any more.
    let confirming: Vec<_> = (2..14)
        .map(|number| {
            let queue = queue.clone();
            tokio::spawn(async move {
                let asked = Instant::now();
                (queue.commit(one(number)).await.unwrap(), asked.elapsed())
            })
        })
        .collect();
    for confirm in confirming {
        let (outcome, took) = confirm.await.unwrap();
        assert!(took < WAIT_TIMEOUT, "{took:?}");
        let Err(ConfirmationError::Failed(failure)) = outcome else { panic!("{outcome:?}") };
        assert!(matches!(*failure, Failure::Store(StoreError::TimedOut | StoreError::Query(_))));
    }

    proxy.speak_again();
    testkit::eventually(WAIT_TIMEOUT, async || {
        queue.commit(one(20)).await.unwrap().is_ok().then_some(())
    })
    .await;
    drop(queue);
    for worker in workers {
        worker.await.unwrap();
    }
}
