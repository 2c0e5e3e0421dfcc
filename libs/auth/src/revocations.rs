//! Revoked sessions and clients reach every process within a second.
//!
//! Identity publishes `SessionRevoked` and `ClientRevoked`, to which each process subscribes, and it
//! lists the revocations of the last minutes in a signed list. The list is for processes that missed
//! the events: they had not started yet, or the broker was away. Without broker and list a
//! token lives until it expires.
//!
//! Three layers, each for when the one before fails: the event within a second, the list each
//! minute (each second while the broker is away), and the short lifetime of tokens.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use ids::{ClientId, SessionId};
use jiff::Timestamp;
use messaging::{Bus, BusError, Event, Subscriber};
use proto::session::v1::{ClientRevoked, SessionRevoked};
use tokio::sync::watch;

use crate::{BoundedHttp, RevocationList, Verifier};

/// How often the list is fetched while the subscription works, in case an event was lost.
const FETCH_INTERVAL: Duration = Duration::from_secs(60);
/// The same while the broker is away, and after a failure.
const FETCH_INTERVAL_WHILE_DISCONNECTED: Duration = Duration::from_secs(1);
/// For one fetch of the list.
const TIMEOUT: Duration = Duration::from_secs(5);
/// About 60,000 ids; an ended log-in has one at each authority.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Applies revocations to the verifiers of one process. Each process follows them by itself.
///
/// It subscribes and has no queue: a process that starts later needs the list, not old events.
#[derive(Debug)]
pub struct Revocations {
    verifiers: Vec<Verifier>,
    bus: Arc<dyn Bus>,
}

impl Revocations {
    /// Name and help of the gauge that [`follow`](Self::follow)'s alarm sets.
    pub const GAUGE: (&str, &str) = (
        "revocations_deaf",
        "1 while the broker is lost: ended log-ins are then read from identity's list each second",
    );

    /// For `verifiers` of one issuer; a service that serves several authorities has several.
    #[must_use]
    pub fn of(verifiers: impl IntoIterator<Item = Verifier>, bus: Arc<dyn Bus>) -> Self {
        Self { verifiers: verifiers.into_iter().collect(), bus }
    }

    /// Listens and fetches the list, for ever. `alarm` is called with `true` when the broker is lost
    /// (the list, fetched each second, is then the only source) and with `false` when it is back: set
    /// a gauge there.
    ///
    /// The list is fetched at start, whenever the broker comes back, and in the interval. A failure
    /// to fetch revokes nothing and allows nothing: it is logged once and tried each second.
    pub async fn follow(self, alarm: impl Fn(bool) + Send + Sync + 'static) {
        let (connected, mut connection) = watch::channel(false);
        let patterns = [Event::pattern::<SessionRevoked>(), Event::pattern::<ClientRevoked>()];
        let subscriber = EventSubscriber { verifiers: self.verifiers.clone(), connected, alarm };
        let listening = self.bus.subscribe(&patterns, Arc::new(subscriber));
        let polling = async {
            let mut is_known = true;
            loop {
                is_known = self.refresh(is_known).await;
                let connected = *connection.borrow_and_update();
                let pause = if is_known && connected {
                    FETCH_INTERVAL
                } else {
                    FETCH_INTERVAL_WHILE_DISCONNECTED
                };
                // When the broker comes back, at once: something may have been missed.
                let _ = tokio::time::timeout(pause, connection.changed()).await;
            }
        };
        tokio::join!(listening, polling);
    }

    /// Fetches the list: whether that worked. The log says once that it does not, and that it does again.
    async fn refresh(&self, worked_before: bool) -> bool {
        match (self.fetch().await, worked_before) {
            (Ok(()), true) => true,
            (Ok(()), false) => {
                tracing::info!("the list of ended log-ins is read again");
                true
            }
            (Err(error), true) => {
                tracing::warn!(%error, "cannot read the list of ended log-ins: asked again each second; until then only the broker says what ended");
                false
            }
            (Err(_), false) => false,
        }
    }

    /// One list serves all verifiers of the process, as they have one issuer. Applying it twice
    /// changes nothing.
    async fn fetch(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let Some(first) = self.verifiers.first() else { return Ok(()) };
        // Beside the keys: the way there may be another one than the public address.
        let url = first.jwks_url().join(RevocationList::PATH.trim_start_matches('/'))?;
        let answer = BoundedHttp::new(TIMEOUT, MAX_BYTES)?.get(url).await?;
        if !answer.status.is_success() {
            return Err(format!("status {}", answer.status).into());
        }
        let list = first.verify_revocations(str::from_utf8(&answer.body)?.trim()).await?;
        for verifier in &self.verifiers {
            for ended in &list.sessions {
                verifier.revoke_session(ended.sid, second(ended.until));
            }
            for revoked in &list.clients {
                verifier.revoke_client(revoked.client_id.clone(), second(revoked.at));
            }
        }
        Ok(())
    }
}

/// Seconds since 1970 as an instant. What is out of range becomes the far future, so the revocation
/// stays in force.
fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}

/// Applies revocation events of the bus. An event whose ids cannot be read is skipped: the signed list
/// has the same revocation.
struct EventSubscriber<A> {
    verifiers: Vec<Verifier>,
    connected: watch::Sender<bool>,
    alarm: A,
}

#[async_trait]
impl<A: Fn(bool) + Send + Sync> Subscriber for EventSubscriber<A> {
    /// The list is fetched at once by the other half of `follow`: what was published while the
    /// broker was away has not been received.
    async fn connected(&self) {
        (self.alarm)(false);
        self.connected.send_replace(true);
    }

    /// Logs once per loss, as an error: a log-out must count at once.
    async fn disconnected(&self, reason: &BusError) {
        if self.connected.send_replace(false) {
            tracing::error!(%reason, "the broker is lost: ended log-ins are read from identity's list each second until it is back");
        }
        (self.alarm)(true);
    }

    /// A session is refused until the last of its tokens expires; a program's tokens are refused if
    /// they were signed before the event.
    async fn receive(&self, event: &Event) {
        if let Ok(message) = event.message::<SessionRevoked>() {
            let session = message.session_id.parse::<SessionId>();
            let until = Timestamp::from_millisecond(message.expires_at_ms);
            if let (Ok(session), Ok(until)) = (session, until) {
                self.verifiers.iter().for_each(|one| one.revoke_session(session, until));
            }
        } else if let Ok(message) = event.message::<ClientRevoked>()
            && let Ok(client) = message.client_id.parse::<ClientId>()
        {
            self.verifiers.iter().for_each(|one| one.revoke_client(client.clone(), event.time));
        }
    }
}
