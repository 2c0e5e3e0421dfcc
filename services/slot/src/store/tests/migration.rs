//! What earlier versions wrote moves over.

use ::store::{Backend, Database};
use ambient::SeededEntropy;
use booking::{ReservationKind, rules::HistoryKind};
use ids::{BookingCode, BookingId, HoldId, Pseudonym};
use jiff::Timestamp;
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use super::{at, count, databases_of};
use crate::{
    domain::BookedTexts,
    store::{bookings, history, migrations::Migrator, queries::Occupancy, reservations},
};

/// What the version before this one has.
struct Before;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Before {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let all = Migrator::migrations();
        all.into_iter().take_while(|it| it.name() != "m0004_reservations").collect()
    }
}

/// A booking as the version before wrote it.
async fn old_booking(database: &Database, number: u128, status: &str, from: i64, until: i64) {
    let bytes = match database.backend() {
        Backend::Postgres => "'\\x01'",
        Backend::Sqlite => "x'01'",
    };
    let sql = format!(
        "INSERT INTO bookings (id, code, hold_id, person, service_group, status, location, date, \
         start_unit, units, desk, starts_at, ends_at, services, people, channel, language, \
         sequence, series, attendee, created_at, changed_at) VALUES \
         ('{id}', '{code}', '{hold}', '{person}', 'papers', '{status}', 'mitte', \
         '2027-01-11', 1, 2, 3, {from}, {until}, '[\"passport\"]', 1, 'public', 'de', \
         0, '{id}', {bytes}, {created}, {created})",
        code = BookingCode::mint(&SeededEntropy::new(u64::try_from(number).unwrap())),
        id = BookingId::from_bits(number),
        hold = HoldId::from_bits(number),
        person = Pseudonym::from_bits(number),
        from = at(from).as_millisecond(),
        until = at(until).as_millisecond(),
        created = at(-1000).as_millisecond() + i64::try_from(number).unwrap(),
    );
    database.connection().execute_unprepared(&sql).await.unwrap();
}

#[tokio::test]
async fn bookings_returning_seats_and_misses_move_over_and_who_booked_first_keeps_the_seat() {
    for database in databases_of::<Before>().await {
        old_booking(&database, 1, "confirmed", 100, 130).await;
        // A change of the grid let this happen.
        old_booking(&database, 2, "confirmed", 120, 130).await;
        old_booking(&database, 3, "served", 130, 150).await;
        old_booking(&database, 4, "cancelled", 100, 130).await;
        old_booking(&database, 5, "rebooked", 200, 230).await;
        old_booking(&database, 6, "cancelled", 300, 330).await;
        let db = database.connection();
        for number in [5, 6] {
            let sql = format!(
                "INSERT INTO released_seats VALUES ('{}', 'mitte', '2027-01-11', 1, 2, 3, {})",
                BookingId::from_bits(number),
                at(90).as_millisecond()
            );
            db.execute_unprepared(&sql).await.unwrap();
        }
        let sql = format!(
            "INSERT INTO misses VALUES ('{}', 'papers', {})",
            Pseudonym::from_bits(9),
            at(-500).as_millisecond()
        );
        db.execute_unprepared(&sql).await.unwrap();
        database.migrate::<Migrator>().await.unwrap();
        database.migrate::<Migrator>().await.unwrap();

        let mut there = Occupancy::on("2027-01-11".parse().unwrap()).read(db).await.unwrap();
        there.sort_by_key(|it| it.seat.start);
        let told: Vec<_> = there
            .iter()
            .map(|it| (it.id.to_bits(), it.kind, it.holder.is_some(), it.seat.minutes()))
            .collect();
        let expected = [
            (1, ReservationKind::Booking, true, 30),
            (3, ReservationKind::Booking, false, 20),
            (5, ReservationKind::Returning, false, 30),
            (6, ReservationKind::Returning, false, 30),
        ];
        assert_eq!(told, expected);
        let returning = reservations::returning(db, 9).await.unwrap();
        assert!(
            returning.iter().all(|it| it.window.latest == at(90) && it.window.opens < at(-900))
        );

        assert_eq!(count(&database, "bookings").await, 6, "bookings stay, also a double one");
        let first = bookings::find(db, BookingId::from_bits(1)).await.unwrap().unwrap();
        assert_eq!((first.seat.start, first.seat.end), (at(100), at(130)));
        assert_eq!(first.held_at, first.created_at);
        assert_eq!(first.texts, BookedTexts::default());
        let missed = history::of_person(db, Pseudonym::from_bits(9), Timestamp::MIN).await.unwrap();
        let missed: Vec<_> = missed.iter().map(|it| (it.kind, it.at)).collect();
        assert_eq!(missed, [(HistoryKind::Missed, at(-500))]);
    }
}

/// The version whose winners were always booked at once.
struct BookedAtOnce;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for BookedAtOnce {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let all = Migrator::migrations();
        all.into_iter().take_while(|it| it.name() != "m0023_winners_confirm").collect()
    }
}

/// An entry in a draw, with so many members as that version had.
fn entry(database: &Database, id: &str, draw: &str, status: &str) -> String {
    let bytes = match database.backend() {
        Backend::Postgres => "'\\x01'",
        Backend::Sqlite => "x'01'",
    };
    format!(
        "INSERT INTO draw_entries (id, draw_id, person, service_group, status, serial, hold_id, people, \
         level, language, entry, wishes, attendee, turn, entered_at, changed_at, receipt) VALUES \
         ('{id}', '{draw}', 'erika', 'papers', '{status}', '{id}', '{id}', 1, 'high', 'de', '{{}}', \
         {bytes}, {bytes}, 7, 1, 1, {bytes})"
    )
}

#[tokio::test]
async fn entries_of_draws_move_over_and_a_kept_seat_says_what_keeps_it_and_until_when() {
    for database in databases_of::<BookedAtOnce>().await {
        let db = database.connection();
        db.execute_unprepared(&entry(&database, "a", "first", "booked")).await.unwrap();
        db.execute_unprepared(&entry(&database, "b", "second", "entered")).await.unwrap();
        let offered = "UPDATE draw_entries SET status = 'offered' WHERE id = 'b'";
        db.execute_unprepared(offered).await.unwrap_err();
        database.migrate::<Migrator>().await.unwrap();
        database.migrate::<Migrator>().await.unwrap();

        for (of, number) in [
            ("status = 'booked' AND turn = 7 AND binding = 'online' AND receipt IS NOT NULL", 1),
            ("status = 'entered' AND reservation_id IS NULL AND answer_by IS NULL", 1),
        ] {
            assert_eq!(count(&database, &format!("draw_entries WHERE {of}")).await, number, "{of}");
        }
        db.execute_unprepared(offered).await.unwrap_err();
        let kept = offered.replace("SET ", "SET reservation_id = 'r', answer_by = 9, ");
        db.execute_unprepared(&kept).await.unwrap();
        db.execute_unprepared("UPDATE draw_entries SET status = 'won'").await.unwrap_err();
        // As before: one entry of a person in a draw, and one that is open in a group.
        db.execute_unprepared(&entry(&database, "c", "second", "without")).await.unwrap_err();
        db.execute_unprepared(&entry(&database, "d", "third", "entered")).await.unwrap();
        db.execute_unprepared(&entry(&database, "e", "fourth", "entered")).await.unwrap_err();
    }
}
