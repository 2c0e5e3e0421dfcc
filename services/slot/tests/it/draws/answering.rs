//! Seats that are kept for winners while others of the draw fail, or the values change.

use jiff::SignedDuration;
use proto::draw::v1::{EntryNotDrawn, NotDrawnBecause};
use testkit::eventually;

use super::{DEADLINE, Death, Drawing, confirming::confirmed};
use crate::{
    events::{listen, merge, next},
    office::{Office, Person},
    store,
    two_catalogues::put_into_force,
};

/// What `visa` is called later.
const RENAMED: [(&str, &str); 2] =
    [("    visa:\n", "    travel:\n      formerly: [visa]\n"), ("visa: {}", "travel: {}")];

/// The seat of the first turn, of which no end can be written.
static STUCK: Death = Death::of("draw_entries", "UPDATE", "NEW.status = 'lapsed' AND NEW.turn = 1");

/// The holds are in memory, since those in Redis follow Redis' clock, which no test moves.
async fn each() -> Vec<Drawing> {
    let offices = Office::each_database_with(&confirmed()).await;
    offices.into_iter().map(|office| Drawing { office }).collect()
}

/// The values with some of them changed.
fn changed(drawing: &Drawing, changes: &[(&str, &str)]) -> String {
    let mut text = confirmed();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text.replace("AUTHORITY", drawing.office.authority.as_str())
}

/// A draw that is over, and its winners, for whom seats are kept.
async fn kept(drawing: &Drawing, many: usize) -> (String, Vec<Person>) {
    let id = drawing.announced("visa").await;
    let entered = drawing.enter_many(&id, many).await;
    drawing.close();
    drawing.until(&id, "settled").await;
    let winners: Vec<_> = entered.into_iter().map(|(person, _)| person).collect();
    for winner in &winners {
        drawing.stands(&id, winner, "offered").await;
    }
    (id, winners)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_does_not_end_keeps_no_other_from_ending() {
    for drawing in each().await {
        kept(&drawing, 3).await;
        let url = &drawing.office.database_url;
        // Its turn to end comes first.
        store::run(url, "UPDATE draw_entries SET answer_by = answer_by - 1 WHERE turn = 1").await;
        STUCK.set_up(url).await;
        drawing.office.clock.advance(SignedDuration::from_hours(48));
        eventually(DEADLINE, async || {
            (store::kinds(url).await.get("offer") == Some(&1)).then_some(())
        })
        .await;
        assert_eq!(drawing.moves("lapsed").await, 2);
        eventually(DEADLINE, async || {
            (drawing.office.number("draws_stuck").await == 1).then_some(())
        })
        .await;
        STUCK.take_away(url).await;
        drawing.nothing_is_kept().await;
        assert_eq!(drawing.moves("lapsed").await, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hears_that_a_seat_lapsed_reads_what_for_although_the_service_has_another_name() {
    for drawing in each().await {
        let office = &drawing.office;
        let (id, winners) = kept(&drawing, 1).await;
        let version = office.number("catalogue_version").await;
        put_into_force(office, changed(&drawing, &RENAMED)).await;
        eventually(DEADLINE, async || {
            (office.number("catalogue_version").await != version).then_some(())
        })
        .await;
        let mut events = listen(office);
        office.clock.advance(SignedDuration::from_hours(48));
        drawing.stands(&id, &winners[0], "lapsed").await;
        drawing.nothing_is_kept().await;
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        assert_eq!(told.because(), NotDrawnBecause::NotConfirmed);
        let service = told.service.expect("what it was for");
        assert_eq!((service.service_id.as_str(), service.name["de"].as_str()), ("travel", "Visum"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn that_winners_must_confirm_stands_in_the_announcement() {
    for drawing in each().await {
        let (id, _) = kept(&drawing, 1).await;
        let rule = drawing.proof(&id).await.announcement.rule;
        assert!(rule.contains("innerhalb von 48 Stunden annehmen"), "{rule}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_loses_a_kept_seat_by_a_merge_and_has_no_other_is_told() {
    for drawing in each().await {
        let office = &drawing.office;
        let (id, winners) = kept(&drawing, 2).await;
        let [remains, dissolved] = &winners[..] else { panic!("two") };
        drawing.answer(&id, remains, "decline").await.expect(204);
        let mut events = listen(office);
        merge(office, remains, dissolved).await;
        drawing.nothing_is_kept().await;
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        assert_eq!(told.because(), NotDrawnBecause::NotBookable);
        assert_eq!(told.pseudonym, remains.pseudonym.to_string());
    }
}
