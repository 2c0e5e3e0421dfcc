//! What a draw keeps secret is lost after the chance became public.

use jiff::SignedDuration;
use serde_json::json;
use testkit::eventually;

use super::{DEADLINE, Death, Drawing, catalogue, confirming::confirmed, escrow::stuck};
use crate::{office::Office, store};

/// So long a draw waits after its closing, and an hour.
const TIMEOUT: SignedDuration = SignedDuration::from_hours(73);

/// How many of each draw enter.
const ENTERED: usize = 3;

/// Stops the service where the database refuses `step`, spoils the entries, and starts it again.
async fn spoiled_at(drawing: &mut Drawing, id: &str, (step, status): (Death, &str), spoil: &str) {
    let url = drawing.office.database_url.clone();
    step.set_up(&url).await;
    drawing.close();
    stuck(drawing, id, status).await;
    drawing.office.stop().await;
    step.take_away(&url).await;
    store::run(&url, spoil).await;
    drawing.office.restart().await;
    stuck(drawing, id, status).await;
}

/// A draw whose chance is public, and whose wishes cannot be opened.
async fn without_wishes(drawing: &mut Drawing) -> String {
    let id = drawing.announced("visa").await;
    drawing.enter_many(&id, ENTERED).await;
    let step = Death::of("draw_documents", "INSERT", "NEW.kind = 'sealed-seats'");
    let spoil = "UPDATE draw_entries SET wishes = attendee";
    spoiled_at(drawing, &id, (step, "revealed"), spoil).await;
    id
}

/// The draw is void and says why, what was revealed stays public, all are told, and the seats go back.
async fn ends_void(drawing: &Drawing, id: &str) {
    drawing.until(id, "void").await;
    let draw = drawing.draw(id).await;
    let why = draw["void"].as_str().unwrap();
    assert!(why.contains("cannot open the wishes"), "{why}");
    assert!(draw["reveal"].is_string(), "{draw}");
    let url = &drawing.office.database_url;
    eventually(DEADLINE, async || {
        (!store::kinds(url).await.contains_key("draw_pool")).then_some(())
    })
    .await;
    let told = store::count_of(url, "draw_entries WHERE status = 'without'").await;
    assert_eq!(usize::try_from(told).unwrap(), ENTERED);
}

/// Fault: it stood at `revealed` for ever, and kept its seats.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_wishes_are_lost_after_the_reveal_the_draw_is_void_in_the_end() {
    for mut drawing in Drawing::each().await {
        let id = without_wishes(&mut drawing).await;
        drawing.office.clock.advance(TIMEOUT);
        ends_void(&drawing, &id).await;
    }
}

/// The steps in which it is given up, and where the draw stands when the process dies.
const DEATHS: [(Death, &str); 4] = [
    (Death::of("draw_documents", "INSERT", "NEW.kind = 'void'"), "revealed"),
    (Death::of("draw_entries", "UPDATE", "NEW.status = 'without'"), "void"),
    (Death::of("reservations", "UPDATE", "OLD.kind = 'draw_pool'"), "void"),
    (Death::of("draws", "UPDATE", "NEW.ended_at IS NOT NULL"), "void"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_while_it_gives_up_changes_nothing_about_the_end() {
    for (death, status) in &DEATHS {
        let mut drawing = Drawing::each().await.remove(0);
        let id = without_wishes(&mut drawing).await;
        let url = drawing.office.database_url.clone();
        death.set_up(&url).await;
        drawing.office.clock.advance(TIMEOUT);
        stuck(&drawing, &id, status).await;
        drawing.office.stop().await;
        death.take_away(&url).await;
        drawing.office.restart().await;
        ends_void(&drawing, &id).await;
    }
}

/// In the place of the name that was entered stands something that cannot be opened.
const WITHOUT_NAMES: &str = "UPDATE draw_entries SET attendee = wishes";

/// The same office, where `visa` asks for an application on file.
fn with_applications(catalogue: &str) -> String {
    let known = "rules: {trustLevel: {atLeast: high}, partySize";
    let rules = "rules: {entitlement: {}, trustLevel: {atLeast: high}, partySize";
    let text = catalogue.replacen(known, rules, 1);
    assert!(text.contains(rules));
    text
}

/// Fault: one winner whose name could not be opened kept all others waiting.
#[tokio::test(flavor = "multi_thread")]
async fn a_winner_whose_application_cannot_be_compared_any_more_is_not_booked_in_the_end() {
    for office in Office::standing_on_each(&with_applications(&catalogue())).await {
        let mut drawing = Drawing { office };
        let id = drawing.announced("visa").await;
        let person = drawing.entitled().await;
        drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
        let step = Death::of("bookings", "INSERT", "NEW.id IS NOT NULL");
        spoiled_at(&mut drawing, &id, (step, "drawn"), WITHOUT_NAMES).await;
        drawing.office.clock.advance(TIMEOUT);
        drawing.until(&id, "settled").await;
        let own = drawing.own(&id, &person).await.expect(200).body;
        assert_eq!(
            (&own["status"], &own["reason"]),
            (&json!("not_booked"), &json!("entitlement-required"))
        );
    }
}

/// Fault: whoever accepted read that their application was missing.
#[tokio::test(flavor = "multi_thread")]
async fn a_winner_whose_name_is_lost_does_not_read_that_their_application_is_missing() {
    let longer = confirmed().replacen("confirmWithin: 48", "confirmWithin: 120", 1);
    for office in Office::each_database_with(&with_applications(&longer)).await {
        let drawing = Drawing { office };
        let id = drawing.announced("visa").await;
        let person = drawing.entitled().await;
        drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
        drawing.close();
        drawing.stands(&id, &person, "offered").await;
        store::run(&drawing.office.database_url, WITHOUT_NAMES).await;
        drawing.office.clock.advance(TIMEOUT);
        drawing.answer(&id, &person, "accept").await.expect_problem(500, "internal");
        drawing.office.clock.advance(SignedDuration::from_hours(48));
        let own = drawing.stands(&id, &person, "not_booked").await;
        assert_eq!(own["reason"], "entitlement-required");
    }
}
