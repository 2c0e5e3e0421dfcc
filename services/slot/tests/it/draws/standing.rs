//! People who went without choose earlier next time, and quotas keep seats for their people.

use draw::Proof;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Drawing, catalogue, holds};
use crate::{
    office::{Office, Person},
    store,
};

/// A week later the same draw is entered again.
const NEXT_DRAW: i64 = 7 * 24 - 72;

/// The office with draws of `visa` that say this besides.
fn with(more: &str) -> String {
    let known = "draw: {opensOn: monday, opensAt: \"08:00\"}\n      release";
    assert!(catalogue().contains(known));
    let draw = format!("draw: {{opensOn: monday, opensAt: \"08:00\", {more}}}\n      release");
    catalogue().replacen(known, &draw, 1)
}

impl Drawing {
    /// The draw that is open a week after the one with this id.
    async fn next_after(&self, id: &str) -> String {
        testkit::eventually(super::DEADLINE, async || {
            let draws = self.office.read("/v1/draws").await.expect(200).body;
            let draws = draws["draws"].as_array().unwrap();
            let open = |draw: &&Value| draw["service"] == "visa" && draw["status"] == "announced";
            let draw = draws.iter().filter(open).find(|draw| draw["id"] != id)?;
            Some(draw["id"].as_str().unwrap().to_owned())
        })
        .await
    }

    /// Those of `people` who went without.
    async fn without<'a>(&self, id: &str, people: &'a [Person]) -> Vec<&'a Person> {
        let mut without = Vec::new();
        for person in people {
            if self.own(id, person).await.expect(200).body["status"] == "without" {
                without.push(person);
            }
        }
        without
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_went_without_chooses_before_all_others_in_the_next_draw() {
    for office in Office::standing_on_each(&with("cohorts: 3")).await {
        let drawing = Drawing { office };
        let id = drawing.announced("visa").await;
        let entered = drawing.enter_many(&id, 14).await;
        let people: Vec<_> = entered.into_iter().map(|(person, _)| person).collect();
        drawing.close();
        drawing.until(&id, "settled").await;
        let without = drawing.without(&id, &people).await;
        assert_eq!(without.len(), 2);
        let url = &drawing.office.database_url;
        assert_eq!(store::count_of(url, "draw_misses WHERE misses = 1").await, 2);

        drawing.office.clock.advance(SignedDuration::from_hours(NEXT_DRAW));
        let next = drawing.next_after(&id).await;
        let mut entered = drawing.enter_many(&next, 12).await;
        for person in &without {
            let own = drawing.enter(&next, person, json!([{}]), "next").await.expect(201);
            entered.push(((*person).clone(), own));
        }
        drawing.close();
        drawing.until(&next, "settled").await;
        let proof = drawing.proof(&next).await;
        holds(&proof, &entered);
        for person in without {
            let own = drawing.own(&next, person).await.expect(200).body;
            assert_eq!(own["status"], "booked");
            assert!(own["turn"].as_u64().unwrap() <= 2, "{own}");
        }
        // They have theirs, two others count one draw by now.
        assert_eq!(store::count_of(url, "draw_misses WHERE misses = 1").await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_cohorts_nobody_chooses_earlier() {
    for drawing in Drawing::each().await {
        let id = drawing.announced("visa").await;
        let entered = drawing.enter_many(&id, 13).await;
        let people: Vec<_> = entered.into_iter().map(|(person, _)| person).collect();
        drawing.close();
        drawing.until(&id, "settled").await;
        let without = drawing.without(&id, &people).await;
        drawing.office.clock.advance(SignedDuration::from_hours(NEXT_DRAW));
        let next = drawing.next_after(&id).await;
        drawing.enter(&next, without[0], json!([{}]), "next").await.expect(201);
        drawing.close();
        drawing.until(&next, "settled").await;
        assert_eq!(drawing.proof(&next).await.entries[0].cohort, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_of_the_desk_keeps_a_desk_for_people_without_online_id() {
    let quota = "quotas: [{name: {de: Ohne Online-Ausweis}, desks: 1, channel: desk}]";
    let two = with(quota).replacen(
        "desks: 1\n      services: {passport: {}, visa: {}}",
        "desks: 2\n      services: {passport: {}, visa: {}}",
        1,
    );
    for office in Office::standing_on_each(&two).await {
        let drawing = Drawing { office };
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let announcement = drawing.draw(&id).await["announcement"].as_str().unwrap().to_owned();
        let announcement: draw::Announcement =
            draw::canonical::read(announcement.as_bytes()).unwrap();
        let kept: Vec<_> = announcement.rows.iter().map(|row| (row.quota, row.slots)).collect();
        assert_eq!(kept, [(None, 12), (Some(0), 12)]);
        let mut entered = drawing.enter_many(&id, 14).await;
        let (clerk, person) = (office.clerk(&["weekdays"]), office.person());
        let attendee = office.vouched(&person);
        let own = drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "desk").await;
        entered.push((person.clone(), own.expect(201)));
        drawing.close();
        drawing.until(&id, "settled").await;
        let proof = drawing.proof(&id).await;
        holds(&proof, &entered);
        assert_eq!(proof.entries.iter().filter(|entry| entry.quotas == [0]).count(), 1);
        // Twelve seats for fourteen, and one that was kept.
        assert_eq!(drawing.draw(&id).await["draw"]["served"], 13);
        assert_eq!(drawing.own(&id, &person).await.expect(200).body["status"], "booked");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_deleted_when_due_and_the_proof_stays() {
    for office in Office::standing_on_each(&with("keepDays: 30")).await {
        let mut drawing = Drawing { office };
        let id = drawing.announced("visa").await;
        let entered = drawing.enter_many(&id, 3).await;
        drawing.close();
        drawing.until(&id, "settled").await;
        let proof = drawing.proof(&id).await;
        let url = drawing.office.database_url.clone();
        let of_draw = format!("draw_entries WHERE draw_id = '{id}'");
        drawing.office.clock.advance(SignedDuration::from_hours(29 * 24));
        drawing.office.restart().await;
        // What is kept for a day is gone, so the new leader has deleted.
        testkit::eventually(super::DEADLINE, async || {
            (store::count_of(&url, "idempotency").await == 0).then_some(())
        })
        .await;
        assert_eq!(store::count_of(&url, &of_draw).await, 3);

        drawing.office.clock.advance(SignedDuration::from_hours(24));
        drawing.office.restart().await;
        testkit::eventually(super::DEADLINE, async || {
            (store::count_of(&url, &of_draw).await == 0).then_some(())
        })
        .await;
        let sealed = format!("draw_documents WHERE draw_id = '{id}' AND kind = 'sealed-seats'");
        assert_eq!(store::count_of(&url, &sealed).await, 0);
        let own = drawing.own(&id, &entered[0].0).await;
        own.expect_problem(404, "entry-not-found");
        // Where the log is longer, the documents are shown by a later checkpoint.
        let later = drawing.proof(&id).await;
        assert_eq!(Proof { log: proof.log.clone(), ..later }, proof);
        holds(&proof, &entered);
    }
}
