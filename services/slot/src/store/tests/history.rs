//! What people did is remembered as long as a rule may ask for it.

use booking::rules::{HistoryEvent, HistoryKind};
use ids::Pseudonym;

use super::{at, databases};
use crate::store::history::{self, Lift};

fn event(kind: HistoryKind, minute: i64) -> HistoryEvent {
    HistoryEvent {
        kind,
        at: at(minute),
        group: "papers".parse().unwrap(),
        starts_at: at(minute + 1000),
        seat_minutes: 30,
        returned_by: at(minute + 20),
        lifted: false,
    }
}

#[tokio::test]
async fn what_a_person_did_is_told_once_the_newest_first_until_it_is_lifted_or_forgotten() {
    for database in databases().await {
        let db = database.connection();
        let (a, b) = (Pseudonym::from_bits(1), Pseudonym::from_bits(2));
        let events = [
            (a, event(HistoryKind::HoldAbandoned, 10)),
            (a, event(HistoryKind::Cancelled, 20)),
            (b, event(HistoryKind::Missed, 30)),
        ];
        history::insert(db, &events).await.unwrap();
        history::insert(db, &events[..1]).await.unwrap();
        let of_a = history::list(db, a, at(0)).await.unwrap();
        let told: Vec<_> = of_a.iter().map(|it| it.event.clone()).collect();
        assert_eq!(told, [events[1].1.clone(), events[0].1.clone()]);
        assert_eq!(history::of_person(db, a, at(15)).await.unwrap(), [events[1].1.clone()]);

        let first = history::people(db, at(0), None, 1).await.unwrap();
        assert_eq!(first, [(a, at(20))]);
        assert_eq!(history::people(db, at(0), Some(a), 9).await.unwrap(), [(b, at(30))]);
        assert_eq!(history::people(db, at(25), None, 9).await.unwrap(), [(b, at(30))]);

        let lift = Lift { by: "staff:1".into(), reason: "our fault".into(), at: at(40) };
        assert!(!history::lift(db, b, of_a[0].id, &lift).await.unwrap(), "it is not theirs");
        assert!(history::lift(db, a, of_a[0].id, &lift).await.unwrap());
        assert!(!history::lift(db, a, of_a[0].id, &lift).await.unwrap());
        let lifted: Vec<_> =
            history::of_person(db, a, at(0)).await.unwrap().iter().map(|it| it.lifted).collect();
        assert_eq!(lifted, [true, false]);
        assert_eq!(history::people(db, at(0), None, 1).await.unwrap(), [(a, at(10))]);

        let missed = &events[2].1;
        history::delete_missed(db, b, &missed.group, missed.starts_at).await.unwrap();
        assert_eq!(history::of_person(db, b, at(0)).await.unwrap(), []);
        history::change_person(db, a, b).await.unwrap();
        assert_eq!(history::of_person(db, b, at(0)).await.unwrap().len(), 2);
        assert_eq!(history::delete_before(db, at(15)).await.unwrap(), 1);
    }
}
