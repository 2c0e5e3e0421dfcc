//! Seats that are kept for winners while something else happens: the day is closed, the person books
//! otherwise, answers twice at once or enters another draw, and the values change.

use ::store::Database;
use auth::Role;
use proto::draw::v1::{EntryNotDrawn, NotDrawnBecause};
use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbBackend, Statement};
use serde_json::json;
use tempfile::NamedTempFile;
use testkit::eventually;

use super::{DEADLINE, Drawing, confirming::confirmed};
use crate::{
    events::{listen, merge, next},
    merge_reversed::reverse,
    office::{Office, Person},
    store,
    two_catalogues::put_into_force,
    values::{put_values, refused},
};

/// Where `visa` is drawn, and what it is called later.
const RENAMED: (&str, &str) = ("    weekdays:\n", "    workdays:\n      formerly: [weekdays]\n");

/// The second draw is of the same group, and open for a day longer.
fn two_draws() -> String {
    let (cars, hours) =
        ("group: cars\n      slots: 1\n      allocation: draw", "\"08:00\", desks: 1");
    let text = confirmed().replacen(cars, &cars.replace("cars", "papers"), 1);
    assert!(text.contains(hours));
    text.replacen(hours, "\"08:00\", entryHours: 96, desks: 1", 1)
}

/// The holds are in memory, since those in Redis follow Redis' clock, which no test moves.
async fn each() -> Vec<Drawing> {
    let offices = Office::each_database_with(&confirmed()).await;
    offices.into_iter().map(|office| Drawing { office }).collect()
}

/// The same with values that stand in a file, which is watched.
async fn changeable_on_each() -> Vec<(Drawing, String, NamedTempFile)> {
    let mut all = Vec::new();
    for mut drawing in each().await {
        let text = confirmed().replace("AUTHORITY", drawing.office.authority.as_str());
        let file = NamedTempFile::new().unwrap();
        put_values(&file, &text);
        drawing.office.settings.catalogue = slot::CatalogueSettings::File(file.path().to_owned());
        drawing.office.restart().await;
        all.push((drawing, text, file));
    }
    all
}

/// A draw that is over, and its winner, for whom a seat is kept.
async fn kept(drawing: &Drawing) -> (String, Person) {
    let id = drawing.announced("visa").await;
    let person = drawing.enter_many(&id, 1).await.remove(0).0;
    drawing.close();
    drawing.until(&id, "settled").await;
    drawing.stands(&id, &person, "offered").await;
    (id, person)
}

/// The seat ended for this reason, its person is told, and it cannot be accepted any more.
async fn ended(drawing: &Drawing, id: &str, person: &Person, reason: &str) {
    let own = drawing.stands(id, person, "not_booked").await;
    assert_eq!((&own["reason"], &own["offer"]), (&json!(reason), &json!(null)));
    drawing.nothing_is_kept().await;
    assert_eq!(drawing.moves("cancelled").await, 1);
    drawing.answer(id, person, "accept").await.expect_problem(409, "offer-over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_seat_ends_when_its_day_is_closed_and_its_winner_is_told() {
    for (drawing, text, file) in changeable_on_each().await {
        let office = &drawing.office;
        let (id, person) = kept(&drawing).await;
        let mut events = listen(office);
        let open = "name: {de: Werktagsamt}";
        let flood = "closures: {flood: {date: 2027-01-18, keepsBookings: true}}";
        let closed = text.replacen(open, &format!("{open}\n      {flood}"), 1);
        assert_ne!(closed, text);
        put_values(&file, closed);
        let supervisor = office.staff(Role::Supervisor, &["weekdays"]);
        let body = json!({
            "location": "weekdays", "date": "2027-01-18", "reason": { "de": "Wasserschaden." },
        });
        // As soon as the values that close it are in force.
        eventually(DEADLINE, async || {
            let answer = office.post("/v1/desk/closings", &supervisor, body.clone()).await;
            (answer.status == 200).then_some(())
        })
        .await;

        ended(&drawing, &id, &person, "closed").await;
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        assert_eq!(told.because(), NotDrawnBecause::DayClosed);
        assert_eq!(told.pseudonym, person.pseudonym.to_string());
        assert!(office.bookings_of(&person).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_seat_ends_when_its_winner_books_otherwise_in_the_group() {
    for mut drawing in each().await {
        let portal = "https://termine.test/appointments".parse().unwrap();
        drawing.office.settings.manage_url = Some(portal);
        drawing.office.restart().await;
        let office = &drawing.office;
        let (id, person) = kept(&drawing).await;
        let mut events = listen(office);
        let booking = office.book(&person, "passport", "10:00").await;
        ended(&drawing, &id, &person, "already-booked").await;
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        // With the way to that appointment, not with a number to call.
        assert_eq!(told.because(), NotDrawnBecause::BookedOtherwise);
        assert!(told.manage_url.ends_with(&booking.id()), "{}", told.manage_url);
        let bookings = office.bookings_of(&person).await;
        assert_eq!(bookings.len(), 1);
        assert_eq!(bookings[0]["id"], booking.body["id"]);
        assert_eq!(bookings[0]["status"], "confirmed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_acceptances_at_once_are_one_appointment_and_both_answers_tell_it() {
    for drawing in each().await {
        let (id, person) = kept(&drawing).await;
        let accept = || drawing.answer(&id, &person, "accept");
        let (one, two) = tokio::join!(accept(), accept());
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 201], "{} {}", one.body, two.body);
        assert_eq!(one.body["id"], two.body["id"]);
        assert_eq!(drawing.office.bookings_of(&person).await.len(), 1);
        drawing.nothing_is_kept().await;
        assert_eq!(drawing.moves("accepted").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_is_accepted_while_its_location_is_renamed_is_booked_by_the_new_name() {
    for drawing in each().await {
        let office = &drawing.office;
        let (id, person) = kept(&drawing).await;
        let seat = drawing.own(&id, &person).await.expect(200).body["offer"].clone();
        let text = confirmed().replace("AUTHORITY", office.authority.as_str());
        put_into_force(office, text.replacen(RENAMED.0, RENAMED.1, 1)).await;
        // At once, before the process follows by itself.
        let booked = drawing.answer(&id, &person, "accept").await.expect(201);
        assert_eq!(booked.body["location"], "workdays");
        assert_eq!(booked.body["start"], seat["start"]);
        drawing.nothing_is_kept().await;
        let again = drawing.answer(&id, &person, "accept").await.expect(200);
        assert_eq!(again.body["id"], booked.body["id"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_seat_goes_with_values_that_rename_its_location() {
    for (drawing, text, file) in changeable_on_each().await {
        let (id, person) = kept(&drawing).await;
        put_values(&file, text.replacen(RENAMED.0, RENAMED.1, 1));
        let own = eventually(DEADLINE, async || {
            let own = drawing.own(&id, &person).await.expect(200).body;
            (own["offer"]["location"] == "workdays").then_some(own)
        })
        .await;
        let booked = drawing.answer(&id, &person, "accept").await.expect(201);
        assert_eq!(booked.body["location"], "workdays");
        assert_eq!(booked.body["start"], own["offer"]["start"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_without_the_service_of_a_kept_seat_wait_until_its_winner_has_answered() {
    for (drawing, text, file) in changeable_on_each().await {
        let (id, person) = kept(&drawing).await;
        let (from, until) =
            (text.find("    visa:\n").unwrap(), text.find("    licence:\n").unwrap());
        let without = [&text[..from], &text[until..]].concat().replacen(", visa: {}", "", 1);
        assert!(!without.contains("visa"));
        put_values(&file, &without);
        eventually(DEADLINE, async || {
            let lines = refused(&drawing.office).await;
            let is_it = |line: &String| {
                line.contains("1 offer, ") && line.contains("there is no service `visa` any more")
            };
            lines.iter().any(is_it).then_some(())
        })
        .await;
        // `fairtermin check --against` says so beforehand, by this file.
        let (settings, monday) = (&drawing.office.settings, "2027-01-18".parse().unwrap());
        let exported = slot::Application::export_bookings(settings, monday).await.unwrap();
        let exported = json!(exported);
        assert_eq!(exported["weekdays"][0]["services"], json!(["visa"]), "{exported}");
        assert!(!exported.to_string().contains(&person.pseudonym.to_string()));
        // Nothing of it came into force: the seat can still be answered.
        drawing.stands(&id, &person, "offered").await;
        drawing.answer(&id, &person, "decline").await.expect(204);
        eventually(DEADLINE, async || refused(&drawing.office).await.is_empty().then_some(()))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_seat_goes_with_its_service_to_another_group() {
    for (drawing, text, file) in changeable_on_each().await {
        let (id, person) = kept(&drawing).await;
        let here = "group: papers\n      slots: 1\n      allocation: draw-then-immediate";
        let there = here.replace("papers", "cars\n      formerGroup: papers");
        let changed = text.replacen(here, &there, 1);
        assert_ne!(changed, text);
        put_values(&file, changed);
        let url = &drawing.office.database_url;
        for rows in ["draw_entries WHERE status = 'offered'", "reservations WHERE kind = 'offer'"] {
            let moved = format!("{rows} AND service_group = 'cars'");
            eventually(DEADLINE, async || (store::count_of(url, &moved).await == 1).then_some(()))
                .await;
        }
        drawing.answer(&id, &person, "accept").await.expect(201);
        assert_eq!(store::count_of(url, "bookings WHERE service_group = 'cars'").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_seat_is_kept_its_winner_enters_no_other_draw_of_the_group() {
    for office in Office::each_database_with(&two_draws()).await {
        let drawing = Drawing { office };
        let other = drawing.announced("licence").await;
        let (id, person) = kept(&drawing).await;
        let refused = drawing.enter(&other, &person, json!([{}]), "kept").await;
        assert_eq!(refused.expect_problem(409, "already-entered").body["draw"], id);
        drawing.answer(&id, &person, "decline").await.expect(204);
        drawing.enter(&other, &person, json!([{}]), "declined").await.expect(201);
    }
}

/// What was made online stayed when a clerk's entry for the same human ended; then its person won otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_a_merge_ended_does_not_come_back_beside_a_kept_seat_of_the_group() {
    for office in Office::each_database_with(&two_draws()).await {
        let drawing = Drawing { office };
        let office = &drawing.office;
        let (id, other) = (drawing.announced("visa").await, drawing.announced("licence").await);
        let (clerk, person) = (office.clerk(&["weekdays"]), office.person());
        let attendee = office.vouched(&person);
        drawing.enter_at_desk(&other, &clerk, (&attendee, json!([{}])), "desk").await.expect(201);
        let online = drawing.enter_many(&other, 1).await.remove(0).0;
        merge(office, &person, &online).await;
        drawing.withdraw(&other, &person).await.expect(204);
        drawing.enter(&id, &person, json!([{}]), "visa").await.expect(201);
        drawing.close();
        drawing.until(&id, "settled").await;
        drawing.stands(&id, &person, "offered").await;

        reverse(office, &person, &online).await;
        let subject = person.pseudonym.to_string();
        eventually(DEADLINE, async || {
            let said = store::audited(&office.database_url, &subject).await;
            said.contains(&"draw.entry_stays_ended".to_owned()).then_some(())
        })
        .await;
        drawing.own(&other, &person).await.expect_problem(404, "entry-not-found");
        drawing.stands(&id, &person, "offered").await;
    }
}

/// A transaction that has the gate of the person (`store/gate.rs`), shut or passed by this lock.
pub async fn at_gate(database: &Database, lock: &str, person: &Person) -> DatabaseTransaction {
    let gate = database.begin().await.unwrap();
    let sql = format!("SELECT {lock}(hashtextextended('person/{}', 0))", person.pseudonym);
    gate.execute_unprepared(&sql).await.unwrap();
    gate
}

/// Waits until another transaction waits for that gate.
async fn until_another_waits(gate: &DatabaseTransaction, person: &Person) {
    let sql = format!(
        "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
         AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('person/{}', 0)",
        person.pseudonym
    );
    eventually(DEADLINE, async || {
        let count = Statement::from_string(DbBackend::Postgres, sql.clone());
        let row = gate.query_one_raw(count).await.unwrap().unwrap();
        (row.try_get::<i64>("", "n").unwrap() > 0).then_some(())
    })
    .await;
}

/// An office with two draws of a group on PostgreSQL, where transactions run beside each other. SQLite has one
/// writer at a time.
async fn beside_each_other() -> Option<Drawing> {
    let mut offices = Office::each_database_with(&two_draws()).await.into_iter();
    let office = offices.find(|office| !office.database_url.starts_with("sqlite"))?;
    Some(Drawing { office })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_waited_while_a_seat_was_kept_for_its_person_is_refused() {
    let Some(drawing) = beside_each_other().await else { return };
    let (id, other) = (drawing.announced("visa").await, drawing.announced("licence").await);
    let person = drawing.enter_many(&id, 1).await.remove(0).0;
    let database = Database::connect(&drawing.office.database_url).await.unwrap();
    let gate = at_gate(&database, "pg_advisory_xact_lock", &person).await;
    let keeps = async {
        // It has looked for a kept seat by now, and found none.
        until_another_waits(&gate, &person).await;
        let until = drawing.office.clock.now() + jiff::SignedDuration::from_hours(48);
        let offered = format!(
            "UPDATE draw_entries SET status = 'offered', turn = 1, answer_by = {}, \
             reservation_id = 'rsv_00000000000000000000000001' WHERE person = '{}'",
            until.as_millisecond(),
            person.pseudonym
        );
        gate.execute_unprepared(&offered).await.unwrap();
        gate.commit().await.unwrap();
    };
    let entering = drawing.enter(&other, &person, json!([{}]), "other-key");
    let (refused, ()) = tokio::join!(entering, keeps);
    assert_eq!(refused.expect_problem(409, "already-entered").body["draw"], id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_is_kept_for_nobody_whose_entry_is_under_way() {
    let Some(drawing) = beside_each_other().await else { return };
    let id = drawing.announced("visa").await;
    let person = drawing.enter_many(&id, 1).await.remove(0).0;
    let database = Database::connect(&drawing.office.database_url).await.unwrap();
    let entering = at_gate(&database, "pg_advisory_xact_lock_shared", &person).await;
    drawing.close();
    until_another_waits(&entering, &person).await;
    assert_eq!(drawing.own(&id, &person).await.expect(200).body["status"], "entered");
    entering.commit().await.unwrap();
    drawing.stands(&id, &person, "offered").await;
}
