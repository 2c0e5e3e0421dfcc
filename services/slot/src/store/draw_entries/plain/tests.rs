use std::time::Duration;

use ::store::Database;
use ambient::VirtualClock;
use booking::TrustLevel;
use draw::{Bytes, Channel, EndReason, Entry};
use ids::{AuditId, DrawId, EntryId, HoldId, Pseudonym, ReservationId};
use serde_json::json;

use super::*;
use crate::{
    domain::{
        Binding,
        draw::{Draw, DrawStatus, EntryStatus, Leftover, WinnersSeat},
    },
    store::{
        draw_ends, draw_entries, draws,
        queries::plan::plan_on_postgres,
        tests::{at, databases},
    },
};

const DRAW: DrawId = DrawId::from_bits(1);

fn draw() -> Draw {
    Draw {
        id: DRAW,
        service: "visa".parse().unwrap(),
        group: "papers".parse().unwrap(),
        status: DrawStatus::Announced,
        week: "2027-01-18".parse().unwrap(),
        opens: at(0),
        closes: at(60),
        slots: 12,
        leftover: Leftover::Public,
        terms: String::new(),
        secrets: vec![7],
        entered: None,
        served: None,
        ended_at: None,
        changed_at: at(0),
    }
}

/// The entry of the person with this number.
fn plain(number: u8) -> PlainEntry {
    let bits = u128::from(number);
    let person = Pseudonym::from_bits(bits);
    let entry = DrawEntry {
        id: EntryId::from_bits(bits),
        draw: DRAW,
        person,
        group: "papers".parse().unwrap(),
        status: EntryStatus::Entered,
        hold: HoldId::from_bits(bits),
        people: 1,
        level: TrustLevel::High,
        language: "de".to_owned(),
        booked_by: None,
        binding: Binding::Online,
        doubt: None,
        public: Entry {
            channel: Channel::Online,
            cohort: 0,
            companions: 0,
            quotas: Vec::new(),
            revision: 0,
            serial: Bytes([number; 16]),
            stamp: Bytes([2; 16]),
            wishes: Bytes([3; 32]),
        },
        wishes: vec![1],
        receipt: Some(vec![1]),
        attendee: vec![1],
        turn: None,
        offer: None,
        phone: None,
        replaces: None,
        booking: None,
        reason: None,
        entered_at: at(1),
        changed_at: at(1),
    };
    PlainEntry {
        service: "visa".parse().unwrap(),
        secrets: vec![7],
        history_since: Some(at(-60)),
        answered: Answered {
            caller: format!("citizen:{person}"),
            key: "key".to_owned(),
            request: vec![1],
            at: at(1),
        },
        audit: audit::Entry {
            id: AuditId::from_bits(bits),
            at: at(1),
            actor: format!("citizen:{person}"),
            action: "draw.entered".to_owned(),
            subject: entry.id.to_string(),
            details: json!({}),
        },
        entry,
    }
}

/// PostgreSQL alone, if this run has one.
async fn postgres() -> Option<Database> {
    let of_kind = |database: &Database| database.backend() == ::store::Backend::Postgres;
    let database = databases().await.into_iter().find(of_kind)?;
    draws::insert(database.connection(), &draw()).await.unwrap();
    Some(database)
}

async fn inserted(database: &Database, all: &[PlainEntry], minute: i64) -> Vec<bool> {
    let transaction = database.begin().await.unwrap();
    let all: Vec<_> = all.iter().collect();
    let clock = VirtualClock::at(at(minute));
    let outcomes = PlainEntry::insert_all(&transaction, &all, &clock).await.unwrap();
    transaction.commit().await.unwrap();
    outcomes
}

/// Fault: from the end of its time until a job ended it, a kept seat barred nothing, and did not count yet.
#[tokio::test]
async fn a_kept_seat_whose_time_is_over_stands_there_until_it_is_ended() {
    for database in databases().await {
        let (db, kept) = (database.connection(), plain(2).entry);
        draw_entries::insert(db, &kept).await.unwrap();
        let seat = WinnersSeat { reservation: ReservationId::from_bits(1), answer_by: at(-60) };
        assert!(draw_entries::offered::offer(db, &kept, 1, seat, at(0)).await.unwrap());
        let found = draw_entries::offered::open_in_group(db, kept.person, &kept.group).await;
        assert_eq!(found.unwrap().map(|found| found.id), Some(kept.id));
    }
}

#[tokio::test]
async fn what_stands_in_the_way_of_one_entry_breaks_none_of_the_others() {
    let Some(database) = postgres().await else { return };
    let db = database.connection();
    // Of the second a seat is kept, the third has used the key, the fourth was merged.
    let (id, elsewhere) = (EntryId::from_bits(90), DrawId::from_bits(2));
    let kept = DrawEntry { id, draw: elsewhere, ..plain(2).entry };
    draw_entries::insert(db, &kept).await.unwrap();
    let seat = WinnersSeat { reservation: ReservationId::from_bits(1), answer_by: at(90) };
    assert!(draw_entries::offered::offer(db, &kept, 1, seat, at(0)).await.unwrap());
    assert!(idempotency::note_answer(db, &plain(3).answered).await.unwrap());
    let merged = "INSERT INTO merged_persons (dissolved, kept, at) VALUES ($1, 'psn_other', 0)";
    let of = [plain(4).entry.person.to_string().into()];
    let merged = Statement::from_sql_and_values(DbBackend::Postgres, merged, of);
    db.execute_raw(merged).await.unwrap();

    let all: Vec<_> = (1..=5).map(plain).collect();
    assert_eq!(inserted(&database, &all, 2).await, [true, false, false, false, true]);
    for (one, is_there) in all.iter().zip([true, false, false, false, true]) {
        let found = draw_entries::of_person(db, DRAW, one.entry.person).await.unwrap();
        assert_eq!(found.as_ref(), is_there.then_some(&one.entry));
        let subject = [one.entry.id.to_string()];
        let audited = audit::of_subjects(db, &subject).await.unwrap();
        assert_eq!(audited.len(), usize::from(is_there));
    }
    // Nor twice, nor a second one of the same person in one batch.
    let second = DrawEntry { id: EntryId::from_bits(91), ..plain(6).entry };
    let again = PlainEntry { entry: second, ..plain(6) };
    assert_eq!(inserted(&database, &[plain(1), plain(6), again], 2).await, [false, true, false]);
}

#[tokio::test]
async fn nobody_enters_a_draw_that_is_closed_or_was_announced_anew() {
    let Some(database) = postgres().await else { return };
    assert_eq!(inserted(&database, &[plain(1)], 60).await, [false]);
    let other = PlainEntry { secrets: vec![8], ..plain(2) };
    assert_eq!(inserted(&database, &[other, plain(3)], 59).await, [false, true]);
    let (db, closed) = (database.connection(), DrawStatus::Frozen);
    assert!(draws::advance(db, DRAW, DrawStatus::Announced, closed, at(59)).await.unwrap());
    assert_eq!(inserted(&database, &[plain(4)], 59).await, [false]);
}

#[tokio::test]
async fn a_draw_that_is_being_closed_keeps_nobody_of_another_one_waiting() {
    let Some(database) = postgres().await else { return };
    let other = DrawId::from_bits(2);
    let elsewhere = Draw { id: other, week: "2027-01-25".parse().unwrap(), ..draw() };
    draws::insert(database.connection(), &elsewhere).await.unwrap();
    let closing = database.begin().await.unwrap();
    draws::shut(&closing, DRAW).await.unwrap();
    let entry = DrawEntry { draw: other, ..plain(2).entry };
    let all = [plain(1), PlainEntry { entry, ..plain(2) }];
    assert_eq!(inserted(&database, &all, 2).await, [false, true]);
    closing.commit().await.unwrap();
    // Nothing of the first one is left behind, so that they can come again.
    assert_eq!(inserted(&database, &all[..1], 2).await, [true]);
}

#[tokio::test]
async fn a_ticket_that_is_being_withdrawn_is_not_ended_and_entered() {
    let Some(database) = postgres().await else { return };
    let db = database.connection();
    assert_eq!(inserted(&database, &[plain(1)], 2).await, [true]);
    let withdrawing = database.begin().await.unwrap();
    let before = plain(1).entry;
    assert!(draw_entries::delete(&withdrawing, before.id).await.unwrap());
    let end = before.end(EndReason::Withdrawn, at(2));
    draw_ends::note(&withdrawing, DRAW, &end).await.unwrap();
    // Another person, who holds no gate of the first one, with the same ticket.
    let public = before.public.clone();
    let again = PlainEntry { entry: DrawEntry { public, ..plain(2).entry }, ..plain(2) };
    let ends = async {
        let waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() \
             AND wait_event_type = 'Lock'";
        testkit::eventually(Duration::from_secs(2), async || {
            let waits = Statement::from_string(DbBackend::Postgres, waits);
            db.query_one_raw(waits).await.unwrap().map(drop)
        })
        .await;
        withdrawing.commit().await.unwrap();
    };
    let all = [again, plain(3)];
    let (added, ()) = tokio::join!(inserted(&database, &all, 2), ends);
    assert_eq!(added, [false, true]);
    assert_eq!(draw_ends::find(db, DRAW, &before.public.serial).await.unwrap(), Some(end));
    let refused = all[0].entry.person;
    assert_eq!(draw_entries::of_person(db, DRAW, refused).await.unwrap(), None);
    // By themselves they are decided with the end in sight, under the same key.
    assert!(idempotency::note_answer(db, &all[0].answered).await.unwrap());
}

#[tokio::test]
async fn everything_is_looked_up_by_its_keys() {
    let entry = plain(1);
    let statement = statement(&[&entry], at(0)).unwrap();
    assert_eq!(statement.sql, super::statement(&[&entry, &entry], at(9)).unwrap().sql);
    let Some(plan) = plan_on_postgres(statement).await else { return };
    for index in [
        "draws_pkey",
        "merged_persons_pkey",
        "draw_entries_offered_person",
        "draw_ends_pkey",
        "using bookings_",
        "history_person",
    ] {
        assert!(plan.contains(index), "{index}: {plan}");
    }
    assert!(!plan.contains("Seq Scan") && !plan.contains("Join"), "{plan}");
}
