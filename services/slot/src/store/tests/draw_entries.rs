//! Entries in draws.

use booking::TrustLevel;
use draw::{Bytes, Channel, Entry};
use ids::{DrawId, EntryId, HoldId, Pseudonym, ReservationId};
use jiff::SignedDuration;

use super::{at, confirm, confirmation, databases, seat};
use crate::{
    domain::{
        Binding,
        draw::{DrawEntry, EntryStatus, WinnersSeat},
    },
    store::draw_entries::{self, Outcome, offered},
};

const DRAW: DrawId = DrawId::from_bits(1);

fn entry(person: Pseudonym) -> DrawEntry {
    DrawEntry {
        id: EntryId::from_bits(1),
        draw: DRAW,
        person,
        group: "papers".parse().unwrap(),
        status: EntryStatus::Entered,
        hold: HoldId::from_bits(1),
        people: 1,
        level: TrustLevel::High,
        language: "de".to_owned(),
        booked_by: None,
        binding: Binding::Online,
        replaces: None,
        doubt: None,
        public: Entry {
            channel: Channel::Online,
            cohort: 0,
            companions: 0,
            quotas: Vec::new(),
            revision: 0,
            serial: Bytes([1; 16]),
            stamp: Bytes([2; 16]),
            wishes: Bytes([3; 32]),
        },
        wishes: vec![1],
        receipt: None,
        attendee: vec![1],
        turn: None,
        offer: None,
        phone: None,
        booking: None,
        reason: None,
        entered_at: at(0),
        changed_at: at(0),
    }
}

/// The receipt promises the list to who was in the draw when it closed.
#[tokio::test]
async fn a_booking_that_is_made_after_the_closing_takes_nobody_off_the_list() {
    for database in databases().await {
        let booked = confirmation(1, seat(0, 600, 610));
        assert_eq!(confirm(&database, &[&booked]).await.unwrap(), [Ok(())]);
        let (db, person) = (database.connection(), Pseudonym::from_bits(1));
        draw_entries::insert(db, &entry(person)).await.unwrap();
        let made = booked.booking.created_at;
        let second = SignedDuration::from_secs(1);
        for (closes, is_booked) in [(made, false), (made + second, true)] {
            let found = draw_entries::with_booking(db, DRAW, closes).await.unwrap();
            assert_eq!(found.contains_key(&person), is_booked, "closed at {closes}");
        }
    }
}

/// A winner who is merged between the look at their entry and the decision keeps what was won.
#[tokio::test]
async fn what_is_decided_about_a_dissolved_person_does_not_reach_the_one_who_has_the_entry_now() {
    let (dissolved, kept) = (Pseudonym::from_bits(1), Pseudonym::from_bits(2));
    for database in databases().await {
        let db = database.connection();
        draw_entries::insert(db, &entry(dissolved)).await.unwrap();
        let stale = draw_entries::of_person(db, DRAW, dissolved).await.unwrap().unwrap();
        let transaction = database.begin().await.unwrap();
        draw_entries::change_person(&transaction, dissolved, kept, at(1)).await.unwrap();
        transaction.commit().await.unwrap();

        let seat = WinnersSeat { reservation: ReservationId::from_bits(1), answer_by: at(9) };
        assert!(!offered::offer(db, &stale, 1, seat, at(2)).await.unwrap());
        let merged = Outcome { reason: Some("person-merged".to_owned()), ..Outcome::default() };
        let refused = EntryStatus::NotBooked;
        assert!(!draw_entries::decide(db, &stale, refused, &merged, at(2)).await.unwrap());
        let present = draw_entries::of_person(db, DRAW, kept).await.unwrap().unwrap();
        assert_eq!((present.status, present.attendee.clone()), (EntryStatus::Entered, vec![1]));
        assert!(offered::offer(db, &present, 1, seat, at(2)).await.unwrap());
        assert!(!offered::offer(db, &present, 1, seat, at(2)).await.unwrap(), "only once");
    }
}
