//! Places in waiting lists.

use ::store::Backend;
use booking::TrustLevel;
use ids::{HoldId, Pseudonym, WaitingId};

use super::{at, databases};
use crate::{
    domain::{
        Binding,
        waiting::{Place, WaitingEntry, WaitingStatus},
    },
    store::{
        gate, merged_persons,
        waiting_entries::{self, whose},
    },
};

const DISSOLVED: Pseudonym = Pseudonym::from_bits(1);
const KEPT: Pseudonym = Pseudonym::from_bits(2);
const OTHER: Pseudonym = Pseudonym::from_bits(3);

fn entry(number: u128, person: Pseudonym) -> WaitingEntry {
    WaitingEntry {
        id: WaitingId::from_bits(number),
        service: "permit".parse().unwrap(),
        group: "permits".parse().unwrap(),
        person,
        status: WaitingStatus::Waiting,
        hold: HoldId::from_bits(number),
        people: 1,
        level: TrustLevel::High,
        language: "de".to_owned(),
        booked_by: None,
        binding: Binding::Online,
        stand_by: None,
        phone: None,
        doubt: None,
        replaces: None,
        place: Place { day: "2027-01-11".parse().unwrap(), drawn: format!("{number:064x}") },
        wishes: vec![1],
        attendee: vec![1],
        declines: 0,
        answer_by: None,
        reason: None,
        joined_at: at(0),
        changed_at: at(0),
    }
}

/// The line is read before the seats are matched: a merge, or the reversal of one, may come between.
#[tokio::test]
async fn a_place_that_another_person_has_by_now_is_not_the_one_that_was_read() {
    for database in databases().await {
        let db = database.connection();
        waiting_entries::insert(db, &entry(1, DISSOLVED)).await.unwrap();
        waiting_entries::insert(db, &entry(2, OTHER)).await.unwrap();
        let line = waiting_entries::line(db, 10).await.unwrap();
        let transaction = database.begin().await.unwrap();
        merged_persons::begin_merge(&transaction, KEPT, DISSOLVED).await.unwrap();
        merged_persons::insert(&transaction, DISSOLVED, KEPT, at(0)).await.unwrap();
        waiting_entries::change_person(&transaction, DISSOLVED, KEPT).await.unwrap();
        transaction.commit().await.unwrap();

        let transaction = database.begin().await.unwrap();
        let read: Vec<_> = line.iter().collect();
        let theirs = whose::keep_persons(&transaction, &read).await.unwrap();
        assert_eq!(theirs, [WaitingId::from_bits(2)].into());
        let line = waiting_entries::line(&transaction, 10).await.unwrap();
        let read: Vec<_> = line.iter().collect();
        assert_eq!(whose::keep_persons(&transaction, &read).await.unwrap().len(), 2, "again");
    }
}

/// Who waited for a merge with many gates open would keep a merge of two of their people waiting.
#[tokio::test]
async fn a_person_who_is_being_merged_is_left_out_and_nobody_waits() {
    for database in databases().await {
        if database.backend() == Backend::Sqlite {
            continue; // One writer: the transaction would wait for itself.
        }
        let (one, two) = (entry(1, DISSOLVED), entry(2, OTHER));
        for place in [&one, &two] {
            waiting_entries::insert(database.connection(), place).await.unwrap();
        }
        let merging = database.begin().await.unwrap();
        gate::shut_person(&merging, DISSOLVED).await.unwrap();
        let transaction = database.begin().await.unwrap();
        let theirs = whose::keep_persons(&transaction, &[&one, &two]).await.unwrap();
        assert_eq!(theirs, [two.id].into());
        merging.rollback().await.unwrap();
        let theirs = whose::keep_persons(&transaction, &[&one, &two]).await.unwrap();
        assert_eq!(theirs, [one.id, two.id].into());
    }
}
