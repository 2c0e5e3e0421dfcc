//! A copy of the seed for the auditor, published with the announcement, and what it is good for.

use draw::{Announcement, AuditorKey, Bytes, Escrow, NotOpened, Secret, Seed, canonical};
use jiff::SignedDuration;
use serde_json::{Value, json};
use slot::{CatalogueSettings, EscrowSettings, OpenedSeed};
use testkit::eventually;

use super::{DEADLINE, Death, Drawing, catalogue, holds};
use crate::{
    office::{CATALOGUE, Office},
    store,
};

pub fn auditor(number: u8) -> AuditorKey {
    AuditorKey::new(&Bytes([number; 32])).unwrap()
}

/// An office that begins to draw with this auditor.
async fn watched(mut office: Office, auditor: &AuditorKey) -> Drawing {
    office.stop().await;
    let text = catalogue().replace("AUTHORITY", office.authority.as_str());
    office.settings.catalogue = CatalogueSettings::Text(text);
    office.settings.escrow = Some(EscrowSettings { auditor: auditor.public(), opened: Vec::new() });
    office.restart().await;
    Drawing { office }
}

/// The list of the draw is closed, nothing is revealed, and the service is down.
async fn closed(drawing: &mut Drawing, id: &str) {
    let url = drawing.office.database_url.clone();
    let death = Death::of("draw_documents", "INSERT", "NEW.kind = 'reveal'");
    death.set_up(&url).await;
    drawing.close();
    stuck(drawing, id, "frozen").await;
    drawing.office.stop().await;
    death.take_away(&url).await;
}

/// The draw stands so, and does not go on.
pub async fn stuck(drawing: &Drawing, id: &str, status: &str) {
    eventually(DEADLINE, async || {
        let is_stuck = drawing.office.number("draws_stuck").await > 0;
        (is_stuck && drawing.status(id).await == status).then_some(())
    })
    .await;
}

/// In the place of what the draw kept secret stands something that it cannot open.
pub async fn lose_secrets(drawing: &Drawing, id: &str) {
    let sql = format!(
        "UPDATE draws SET secrets = (SELECT attendee FROM draw_entries LIMIT 1) WHERE id = '{id}'"
    );
    store::run(&drawing.office.database_url, &sql).await;
}

/// The operator writes this seed into the values.
pub async fn write_seed(drawing: &mut Drawing, id: &str, seed: Seed) {
    let escrow = drawing.office.settings.escrow.as_mut().unwrap();
    escrow.opened = vec![OpenedSeed { draw: id.parse().unwrap(), seed }];
    drawing.office.restart().await;
}

/// What the auditor opens of a published draw.
pub fn opened(draw: &Value) -> Seed {
    let text = draw["escrow"].as_str().unwrap();
    auditor(1).open(&canonical::read(text.as_bytes()).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_auditor_and_nobody_else_can_open_the_seed_that_was_announced() {
    for office in Office::standing_on_each(CATALOGUE).await {
        let drawing = watched(office, &auditor(1)).await;
        let id = drawing.announced("visa").await;
        let draw = drawing.draw(&id).await;
        let text = |key: &str| draw[key].as_str().unwrap().as_bytes().to_vec();
        let announcement: Announcement = canonical::read(&text("announcement")).unwrap();
        let escrow: Escrow = canonical::read(&text("escrow")).unwrap();
        assert_eq!(escrow.announcement, announcement.digest());
        let seed = auditor(1).open(&escrow).unwrap();
        assert_eq!(Secret::Seed.commitment(&id, &seed), announcement.commitment);
        assert_eq!(auditor(2).open(&escrow), Err(NotOpened::OtherKey));
        // It stays as it was published, and the draw is the usual one.
        let entered = drawing.enter_many(&id, 2).await;
        drawing.close();
        drawing.until(&id, "settled").await;
        assert_eq!(drawing.draw(&id).await["escrow"], draw["escrow"]);
        let proof = drawing.proof(&id).await;
        holds(&proof, &entered);
        assert_eq!(proof.reveal.seed, seed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_auditor_there_is_no_copy() {
    let drawing = Drawing::each().await.remove(0);
    let id = drawing.announced("visa").await;
    assert!(drawing.draw(&id).await.get("escrow").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_seed_is_replaced_by_the_one_that_the_auditor_opened_and_by_no_other() {
    for office in Office::standing_on_each(CATALOGUE).await {
        let mut drawing = watched(office, &auditor(1)).await;
        let id = drawing.announced("visa").await;
        let seed = opened(&drawing.draw(&id).await);
        let mut entered = drawing.enter_many(&id, 12).await;
        let person = drawing.office.person();
        let entry = drawing.enter(&id, &person, json!([{ "after": "09:50" }]), "key").await;
        entered.push((person, entry.expect(201)));
        closed(&mut drawing, &id).await;
        lose_secrets(&drawing, &id).await;

        drawing.office.restart().await;
        stuck(&drawing, &id, "frozen").await;
        write_seed(&mut drawing, &id, Bytes([9; 32])).await;
        stuck(&drawing, &id, "frozen").await;
        write_seed(&mut drawing, &id, seed).await;
        drawing.until(&id, "settled").await;

        // The proof is as strangers and entrants expect it, the seats are given, and the audit log knows why.
        let proof = drawing.proof(&id).await;
        assert_eq!(proof.reveal.seed, seed);
        assert_eq!(proof.entries.len(), 13);
        holds(&proof, &entered);
        let expected = [("booked".to_owned(), 12), ("without".to_owned(), 1)];
        assert_eq!(drawing.outcomes(&id, &entered).await, expected.into());
        let audited = store::audited(&drawing.office.database_url, &id).await;
        assert!(audited.contains(&"draw.seed-from-escrow".to_owned()), "{audited:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_wishes_are_lost_too_nothing_is_revealed_and_the_draw_is_void_in_the_end() {
    let office = Office::standing_on_each(CATALOGUE).await.remove(0);
    let mut drawing = watched(office, &auditor(1)).await;
    let id = drawing.announced("visa").await;
    let seed = opened(&drawing.draw(&id).await);
    drawing.enter_many(&id, 2).await;
    closed(&mut drawing, &id).await;
    lose_secrets(&drawing, &id).await;
    let lost = "UPDATE draw_entries SET wishes = attendee";
    store::run(&drawing.office.database_url, lost).await;
    write_seed(&mut drawing, &id, seed).await;
    stuck(&drawing, &id, "frozen").await;

    // Somebody may still find the key, but not for ever.
    drawing.office.clock.advance(SignedDuration::from_hours(73));
    drawing.until(&id, "void").await;
    let draw = drawing.draw(&id).await;
    let why = draw["void"].as_str().unwrap();
    assert!(why.contains("cannot open the secrets"), "{why}");
    assert!(!draw.to_string().contains(&seed.to_string()), "{draw}");
    // Its seats go back.
    eventually(DEADLINE, async || {
        let kinds = store::kinds(&drawing.office.database_url).await;
        (!kinds.contains_key("draw_pool")).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_of_its_own_tickets_no_list_can_be_closed_and_the_draw_is_void() {
    let office = Office::standing_on_each(CATALOGUE).await.remove(0);
    let mut drawing = watched(office, &auditor(1)).await;
    let id = drawing.announced("visa").await;
    let seed = opened(&drawing.draw(&id).await);
    drawing.enter_many(&id, 1).await;
    lose_secrets(&drawing, &id).await;
    write_seed(&mut drawing, &id, seed).await;
    drawing.close();
    stuck(&drawing, &id, "announced").await;
    drawing.office.clock.advance(SignedDuration::from_hours(73));
    drawing.until(&id, "void").await;
}
