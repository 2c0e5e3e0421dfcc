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
        let line = waiting_entries::line(db, None, 10).await.unwrap();
        let transaction = database.begin().await.unwrap();
        merged_persons::begin_merge(&transaction, KEPT, DISSOLVED).await.unwrap();
        merged_persons::insert(&transaction, DISSOLVED, KEPT, at(0)).await.unwrap();
        waiting_entries::change_person(&transaction, DISSOLVED, KEPT).await.unwrap();
        transaction.commit().await.unwrap();

        let transaction = database.begin().await.unwrap();
        let read: Vec<_> = line.iter().collect();
        let theirs = whose::keep_persons(&transaction, &read).await.unwrap();
        assert_eq!(theirs, [WaitingId::from_bits(2)].into());
        let line = waiting_entries::line(&transaction, None, 10).await.unwrap();
        let read: Vec<_> = line.iter().collect();
        assert_eq!(whose::keep_persons(&transaction, &read).await.unwrap().len(), 2, "again");
    }
}

#[tokio::test]
async fn the_line_is_read_on_where_it_ended_and_one_who_has_an_offer_is_not_in_it() {
    for database in databases().await {
        let db = database.connection();
        for number in [3, 1, 4, 2] {
            let person = Pseudonym::from_bits(number);
            waiting_entries::insert(db, &entry(number, person)).await.unwrap();
        }
        // On the same day the same place, and another day.
        let same =
            WaitingEntry { place: entry(2, KEPT).place, ..entry(5, Pseudonym::from_bits(5)) };
        let day = "2027-01-10".parse().unwrap();
        let place = Place { day, drawn: format!("{:064x}", 9) };
        let earlier = WaitingEntry { place, ..entry(6, Pseudonym::from_bits(6)) };
        for one in [&same, &earlier] {
            waiting_entries::insert(db, one).await.unwrap();
        }
        assert_eq!(waiting_entries::visits(db).await.unwrap(), [(same.service.clone(), 1)]);
        let (mut read, mut behind) = (Vec::new(), None);
        loop {
            let page = waiting_entries::line(db, behind.as_ref(), 2).await.unwrap();
            let Some(last) = page.last() else { break };
            behind = Some((last.place.clone(), last.id));
            read.extend(page);
        }
        let ids: Vec<_> = read.iter().map(|one| one.id).collect();
        assert_eq!(ids, [6, 1, 2, 5, 3, 4].map(WaitingId::from_bits));

        let (first, second) = (&read[0], &read[1]);
        assert!(waiting_entries::offer(db, &[first, second], at(1)).await.unwrap());
        assert!(!waiting_entries::offer(db, &[first], at(2)).await.unwrap(), "only once");
        assert_eq!(waiting_entries::line(db, None, 9).await.unwrap().len(), 4);
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
