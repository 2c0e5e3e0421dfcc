//! What the log promises without network: one history, proofs, and forgetting.

use std::sync::Arc;

use cluster::Term;
use ids::DrawId;
use jiff::{Timestamp, civil::Date};
use settings::Secret;
use tlog::{ProofFile, Tile};

use super::{forget_draws::forget_draws, keep, read_log, sign_checkpoint::sign_checkpoint};
use crate::{
    app::{Engine, test_engine::test_engine},
    domain::draw::{Draw, DrawStatus, Leftover},
    store::draws::{self, DocumentKind},
};

/// On this day the clock stands.
const TODAY: &str = "2027-01-11T08:00:00Z";

async fn engine() -> Arc<Engine> {
    engine_with("sqlite::memory:", "person data key ", None).await
}

async fn engine_with(url: &str, secret: &str, origin: Option<&str>) -> Arc<Engine> {
    let (_, engine) = test_engine(TODAY.parse().unwrap(), |settings| {
        settings.database.url = Secret::new(url.to_owned());
        settings.person_data.key = Secret::new(secret.repeat(4));
        settings.log.origin = origin.map(str::to_owned);
    })
    .await;
    engine
}

/// A settled draw of a week, with what it announced.
async fn settled(engine: &Engine, number: u128, week: &str) -> DrawId {
    let (week, at): (Date, Timestamp) = (week.parse().unwrap(), TODAY.parse().unwrap());
    let draw = Draw {
        id: DrawId::from_bits(number),
        service: "visa".parse().unwrap(),
        group: "papers".parse().unwrap(),
        status: DrawStatus::Settled,
        week,
        opens: at,
        closes: at,
        slots: 1,
        leftover: Leftover::Desk,
        terms: String::new(),
        secrets: Vec::new(),
        entered: Some(0),
        served: Some(0),
        ended_at: Some(at),
        changed_at: at,
    };
    let unit = engine.begin().await.unwrap();
    let db = unit.transaction();
    assert!(draws::insert(db, &draw).await.unwrap());
    let text = format!("{{\"draw\":\"{}\"}}", draw.id);
    keep(engine, db, draw.id, DocumentKind::Announcement, text).await.unwrap();
    keep(engine, db, draw.id, DocumentKind::Pool, "{}".to_owned()).await.unwrap();
    unit.commit().await.unwrap();
    draw.id
}

async fn proofs(engine: &Engine, draw: DrawId) -> draw::Logged {
    read_log::proofs(engine, draw, &engine.log.verifier().to_string()).await.unwrap()
}

async fn sign(engine: &Engine) -> String {
    sign_checkpoint(engine, Term::numbered(1 << 40)).await.unwrap();
    assert_eq!(read_log::state(engine).await.unwrap().unsigned, 0);
    read_log::checkpoint(engine).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_empty_log_is_signed_and_the_same_again_is_the_same() {
    let engine = engine().await;
    assert_eq!(read_log::checkpoint(&engine).await.unwrap(), None);
    let empty = sign(&engine).await;
    assert!(empty.starts_with("amt/log\n0\n"), "{empty}");
    assert_eq!(sign(&engine).await, empty);
}

#[tokio::test]
async fn a_log_goes_on_under_its_own_key_alone_and_under_another_name_a_new_one_begins() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/slot.sqlite?mode=rwc", folder.path().display());
    let (ours, theirs) = ("person data key ", "another key it is");
    let first = sign(&*engine_with(&url, ours, None).await).await;
    assert_eq!(sign(&*engine_with(&url, ours, None).await).await, first);
    let other = engine_with(&url, theirs, None).await;
    let refused = sign_checkpoint(&other, Term::numbered(1 << 40)).await.unwrap_err().to_string();
    assert!(refused.contains("person_data.key"), "{refused}");
    assert_eq!(read_log::checkpoint(&other).await.unwrap().unwrap(), first);
    let anew = sign(&*engine_with(&url, theirs, Some("amt.example/log")).await).await;
    assert!(anew.starts_with("amt.example/log\n0\n"), "{anew}");
}

/// Person data can get another key, and who reads one of the two cannot sign as the other.
#[tokio::test]
async fn a_log_with_a_secret_of_its_own_does_not_depend_on_the_key_of_person_data() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/slot.sqlite?mode=rwc", folder.path().display());
    let with = async |person_data: &str, log: Option<&str>| {
        let (_, engine) = test_engine(TODAY.parse().unwrap(), |settings| {
            settings.database.url = Secret::new(url.clone());
            settings.person_data.key = Secret::new(person_data.repeat(4));
            settings.log.key = log.map(|key| Secret::new(key.repeat(4)));
        })
        .await;
        engine
    };
    let (one, other, own) = ("person data key ", "another key it is", "the log's own key");
    let first = with(one, Some(own)).await;
    let signed = sign(&first).await;
    let second = with(other, Some(own)).await;
    assert_eq!(sign(&second).await, signed);
    assert_eq!(second.log.verifier(), first.log.verifier());
    assert_ne!(second.draws.keys.receipts.verifier(), first.draws.keys.receipts.verifier());
    // Without its own it has another one.
    let without = with(one, None).await;
    assert_ne!(without.log.verifier(), first.log.verifier());
    let refused = sign_checkpoint(&without, Term::numbered(1 << 40)).await.unwrap_err();
    assert!(refused.to_string().contains("log.key"), "{refused}");
}

#[tokio::test]
async fn what_is_logged_is_proven_by_the_next_checkpoint() {
    let engine = engine().await;
    let draw = settled(&engine, 1, "2027-01-04").await;
    assert_eq!(read_log::state(&engine).await.unwrap().unsigned, 1);
    assert_eq!(proofs(&engine, draw).await, draw::Logged::default());
    sign(&engine).await;
    let shown = proofs(&engine, draw).await.announcement.unwrap();
    let opened = read_log::document(&engine, 0).await.unwrap().unwrap();
    assert_eq!(opened.document.salt, shown.salt);
    let (file, entry): (ProofFile, _) =
        (shown.proof.parse().unwrap(), tlog::entry(&shown.salt.0, opened.text.as_bytes()));
    assert_eq!(file.verify(&entry.0, engine.log.verifier(), &[]), Ok(Vec::new()));
    let other = tlog::entry(&shown.salt.0, b"something else");
    assert!(file.verify(&other.0, engine.log.verifier(), &[]).is_err());
}

#[tokio::test]
async fn a_past_draw_is_forgotten_and_the_log_stays_provable() {
    let engine = engine().await;
    let (past, recent) =
        (settled(&engine, 1, "2025-12-29").await, settled(&engine, 2, "2026-01-05").await);
    let signed = sign(&engine).await;
    let kept = proofs(&engine, past).await.announcement.unwrap();
    let text = read_log::document(&engine, 0).await.unwrap().unwrap().text;

    forget_draws(&engine).await.unwrap();
    let db = engine.database.connection();
    assert!(read_log::document(&engine, 0).await.unwrap().is_none());
    assert!(draws::find(db, past).await.unwrap().is_none());
    assert_eq!(draws::document(db, past, DocumentKind::Pool).await.unwrap(), None);
    assert!(read_log::document(&engine, 1).await.unwrap().is_some(), "it is not due yet");
    assert!(draws::find(db, recent).await.unwrap().is_some());

    // The log goes on, and a person who kept document, salt and proof can still show that it stood
    // there.
    assert_eq!(read_log::checkpoint(&engine).await.unwrap().unwrap(), signed);
    settled(&engine, 3, "2027-01-11").await;
    sign(&engine).await;
    let entries: Tile = "tile/entries/000.p/3".parse().unwrap();
    let bundle = read_log::tile(&engine, &entries).await.unwrap().unwrap();
    let entry = tlog::entry(&kept.salt.0, text.as_bytes());
    assert_eq!(bundle[2..34], entry.0);
    let file: ProofFile = kept.proof.parse().unwrap();
    assert!(file.verify(&entry.0, engine.log.verifier(), &[]).is_ok());
}
