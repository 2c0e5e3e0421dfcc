//! Revoked tokens are refused by subscribers and by processes that start later.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ambient::{Clock as _, SystemEntropy};
use auth::{EndedSession, Revocations, RevokedClient, TokenError, Verifier};
use ids::SessionId;
use jiff::SignedDuration;
use messaging::{Bus, Event, InProcessBus, RabbitMq};
use proto::session::v1::{ClientRevoked, SessionRevoked};

use crate::identity::Identity;

/// Within this time an end is an end everywhere.
const SOON: Duration = Duration::from_secs(1);

/// One replica's verifier, which follows revocations on `bus`; the flag is true once it listens.
fn replica(identity: &Identity, bus: &Arc<dyn Bus>) -> (Verifier, Arc<AtomicBool>) {
    let verifier = identity.verifier();
    let hears = Arc::new(AtomicBool::new(false));
    let revocations = Revocations::of([verifier.clone()], Arc::clone(bus));
    let heard = Arc::clone(&hears);
    tokio::spawn(revocations.follow(move |alarm| heard.store(!alarm, Ordering::SeqCst)));
    (verifier, hears)
}

async fn refused(verifier: &Verifier, token: &str) {
    testkit::eventually(SOON, async || {
        (verifier.verify_access(token).await == Err(TokenError::Revoked)).then_some(())
    })
    .await;
}

fn buses() -> Vec<Arc<dyn Bus>> {
    let mut buses: Vec<Arc<dyn Bus>> = vec![Arc::new(InProcessBus::new())];
    if let Some(url) = testkit::rabbitmq_url() {
        buses.push(Arc::new(RabbitMq::in_namespace(&url, "auth", "revocations")));
    }
    buses
}

#[actix_web::test]
async fn every_replica_refuses_what_ended_within_a_second() {
    for bus in buses() {
        let identity = Identity::start().await;
        let now = identity.clock.now();
        let event = |message: &dyn Fn() -> Event| message();
        let (one, two) = (replica(&identity, &bus), replica(&identity, &bus));
        for (_, hears) in [&one, &two] {
            let hears = async || hears.load(Ordering::SeqCst).then_some(());
            testkit::eventually(Duration::from_secs(10), hears).await;
        }
        let mut agencys = identity.claims();
        agencys.sid = None;
        agencys.client_id = "zab".parse().unwrap();
        let (persons, agencys) = (identity.sign(&identity.claims()), identity.sign(&agencys));
        for (verifier, _) in [&one, &two] {
            verifier.verify_access(&persons).await.unwrap();
            verifier.verify_access(&agencys).await.unwrap();
        }
        let (authority, clock) = ("kfz".parse().unwrap(), &identity.clock);
        let session = SessionRevoked {
            session_id: SessionId::from_bits(2).to_string(),
            expires_at_ms: (now + SignedDuration::from_mins(10)).as_millisecond(),
        };
        let client = ClientRevoked { client_id: "zab".to_owned() };
        let events = [
            event(&|| Event::new(&authority, "ses", &session, clock, &SystemEntropy)),
            event(&|| Event::new(&authority, "zab", &client, clock, &SystemEntropy)),
        ];
        let publishing = Arc::clone(&bus);
        tokio::spawn(async move { publishing.publish(&events).await });
        for (verifier, _) in [&one, &two] {
            refused(verifier, &persons).await;
            refused(verifier, &agencys).await;
        }
    }
}

#[actix_web::test]
async fn a_replica_that_starts_later_learns_what_ended_before() {
    let identity = Identity::start().await;
    let until = identity.clock.now().as_second() + 600;
    let token = identity.sign(&identity.claims());
    let mut agencys = identity.claims();
    agencys.sid = None;
    agencys.client_id = "zab".parse().unwrap();
    let at = agencys.iat;
    let agencys = identity.sign(&agencys);
    identity.states(|list| {
        list.sessions.push(EndedSession { sid: SessionId::from_bits(2), until });
        list.clients.push(RevokedClient { client_id: "zab".parse().unwrap(), at });
    });
    let bus: Arc<dyn Bus> = Arc::new(InProcessBus::new());
    let (late, _) = replica(&identity, &bus);
    refused(&late, &token).await;
    refused(&late, &agencys).await;
}

#[actix_web::test]
async fn with_the_broker_away_the_list_still_tells_and_an_alarm_says_so() {
    let identity = Identity::start().await;
    // Port 9 is closed: the connection is refused.
    let bus: Arc<dyn Bus> = Arc::new(RabbitMq::new("amqp://127.0.0.1:9/%2f", "auth"));
    let verifier = identity.verifier();
    let alarmed = Arc::new(AtomicBool::new(false));
    let raise = Arc::clone(&alarmed);
    let revocations = Revocations::of([verifier.clone()], bus);
    tokio::spawn(revocations.follow(move |alarm| raise.store(alarm, Ordering::SeqCst)));
    let alarm = async || alarmed.load(Ordering::SeqCst).then_some(());
    testkit::eventually(Duration::from_secs(10), alarm).await;

    let token = identity.sign(&identity.claims());
    verifier.verify_access(&token).await.unwrap();
    let until = identity.clock.now().as_second() + 600;
    identity.states(|list| {
        list.sessions.push(EndedSession { sid: SessionId::from_bits(2), until });
    });
    testkit::eventually(Duration::from_secs(3), async || {
        (verifier.verify_access(&token).await == Err(TokenError::Revoked)).then_some(())
    })
    .await;
}

#[actix_web::test]
async fn a_list_of_somebody_else_or_of_long_ago_is_not_believed() {
    for change in [
        (|list: &mut auth::RevocationList| list.iss = "http://evil.test".to_owned()) as fn(&mut _),
        |list| list.exp -= 600,
    ] {
        let identity = Identity::start().await;
        let sid = SessionId::from_bits(2);
        let until = identity.clock.now().as_second() + 600;
        identity.states(|list| list.sessions.push(EndedSession { sid, until }));
        identity.states(change);
        let bus: Arc<dyn Bus> = Arc::new(InProcessBus::new());
        let (verifier, hears) = replica(&identity, &bus);
        let hears = async || hears.load(Ordering::SeqCst).then_some(());
        testkit::eventually(SOON, hears).await;
        let fetched = async || (identity.fetches() > 0).then_some(());
        testkit::eventually(SOON, fetched).await;
        verifier.verify_access(&identity.sign(&identity.claims())).await.unwrap();
    }
}
