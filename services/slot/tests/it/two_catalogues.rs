//! Two processes of an authority, and values that one of them has not heard of yet.

use std::time::Duration;

use ::store::Database;
use jiff::Timestamp;
use reqwest::Method;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;
use testkit::eventually;

use crate::{
    office::{ApiResponse, Office, Person, TestClock},
    values::{Watched, changed, refused},
};

const DEADLINE: Duration = Duration::from_secs(60);
const RENAMED: (&str, &str) = ("    small:\n", "    tiny:\n      formerly: [small]\n");
const REGROUPED: (&str, &str) =
    ("group: papers\n      slots: 1", "group: cars\n      formerGroup: papers\n      slots: 1");

/// Puts other values into force behind the back of every process, as one of another release would.
/// Nothing is booked. The processes follow within a second; a confirm that comes before does so too.
pub async fn put_into_force(office: &Office, text: String) {
    let database = Database::connect(&office.database_url).await.unwrap();
    let db = database.connection();
    let sql = "UPDATE good_catalogue SET text = $1, applied_at = applied_at + 1";
    let values = [text.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await.unwrap();
}

async fn hold(office: &Office, person: &Person, location: &str, time: &str) -> ApiResponse {
    let wish = json!({ "location": location, "start": office.at(time), "services": ["passport"] });
    office.post("/v1/holds", &office.token(person), wish).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_is_decided_by_the_values_in_force_whatever_the_process_knows() {
    for office in Office::each_database().await {
        let person = office.person();
        let held = office.hold(&person, "passport", "10:00").await.expect(201);
        put_into_force(&office, changed(&office, &[RENAMED, REGROUPED])).await;
        // At once, before the process follows by itself.
        let booking = office.confirm(&person, &held, "key").await.expect(201);
        assert_eq!(booking.body["location"], "tiny");
        // It counts in the new group, whether the holds know that already or the database says so.
        let token = office.token(&person);
        let plates =
            json!({ "location": "tiny", "start": office.at("12:00"), "services": ["plates"] });
        let mut second = office.post("/v1/holds", &token, plates).await;
        if second.status == 201 {
            second = office.confirm(&person, &second, "second").await;
        }
        second.expect_problem(409, "already-booked");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sells_by_the_old_name_while_another_process_renames() {
    for watched in Watched::each().await {
        let office = &watched.office;
        // The other process has the old values for ever in its own settings, and only follows.
        let mut beside = office.beside().await;
        beside.settings.catalogue = slot::CatalogueSettings::Text(changed(office, &[]));
        beside.restart().await;
        let times = ["08:00", "08:10", "08:20", "08:30", "08:40", "08:50"];
        let mut held = Vec::new();
        for time in times {
            let person = office.person();
            let hold = office.hold(&person, "passport", time).await.expect(201);
            held.push((person, hold));
        }
        let confirm = async |(person, hold): &(Person, ApiResponse)| {
            let answer = beside.confirm(person, hold, "key").await;
            assert_eq!(answer.status, 201, "{}", answer.body);
        };
        let (while_it_changes, afterwards) = held.split_at(3);
        let change = [RENAMED];
        tokio::join!(watched.change(&change), async {
            for one in while_it_changes {
                confirm(one).await;
            }
        });
        // The other process follows within a second; these come before.
        for one in afterwards {
            confirm(one).await;
        }
        assert_eq!(watched.refused().await, Vec::<String>::new());
        for (person, _) in &held {
            let booking = &office.bookings_of(person).await[0];
            assert_eq!(booking["location"], "tiny", "{booking}");
        }
        for time in times {
            eventually(DEADLINE, async || {
                let answer = hold(office, &office.person(), "tiny", time).await;
                assert_ne!(answer.status, 201, "{time} was sold twice");
                (answer.status == 409).then_some(())
            })
            .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_at_a_renamed_location_is_held_there_by_its_new_name() {
    for watched in Watched::each().await {
        let office = &watched.office;
        let (holder, other, gone) = (office.person(), office.person(), office.person());
        let held = office.hold(&holder, "passport", "10:00").await.expect(201);
        let given_up = office.hold(&gone, "passport", "10:10").await.expect(201);
        office.release(&gone, &given_up).await.expect(204);
        let extended = office.hold(&other, "passport", "10:20").await.expect(201);
        watched.change(&[RENAMED]).await;
        // Where time passes, what was given up may be free by now.
        let stands = matches!(office.clock, TestClock::Virtual(_));
        for time in ["10:00", "10:20"].into_iter().chain(stands.then_some("10:10")) {
            hold(office, &office.person(), "tiny", time).await.expect_problem(409, "slot-taken");
        }
        let token = office.token(&holder);
        let mine = office.send(Method::GET, "/v1/holds", &token, &[], None).await.expect(200);
        assert_eq!(mine.body["holds"][0]["location"], "tiny", "{}", mine.body);
        // The same wish by the new name is the same hold.
        let again = hold(office, &holder, "tiny", "10:00").await.expect(201);
        assert_eq!(again.body["hold_id"], held.body["hold_id"]);
        let booking = office.confirm(&holder, &held, "key").await.expect(201);
        assert_eq!(booking.body["location"], "tiny");
        // The token from before ends the hold, and its seat returns as any.
        office.release(&other, &extended).await.expect(204);
        hold(office, &other, "tiny", "10:30").await.expect(201);
        if stands {
            hold(office, &office.person(), "tiny", "10:20").await.expect_problem(409, "slot-taken");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_a_booking_is_in_the_way_of_come_into_force_when_it_is_gone() {
    let watched = Watched::of(Office::embedded().await).await;
    let office = &watched.office;
    let person = office.person();
    let booking = office.book(&person, "passport", "15:50").await;
    watched.change(&[("08:00-16:00", "08:00-15:00")]).await;
    assert!(watched.refused().await[0].contains("in the way"));
    let since = refused_at(office).await;
    let token = office.token(&person);
    let path = format!("/v1/bookings/{}/cancel", booking.id());
    office.send(Method::POST, &path, &token, &[], None).await.expect(200);
    assert_eq!(refused_at(office).await, since, "a further try with the same result is no news");
    eventually(DEADLINE, async || refused(office).await.is_empty().then_some(())).await;
}

async fn refused_at(office: &Office) -> Timestamp {
    let token = office.staff(auth::Role::Supervisor, &["small"]);
    let news = office.send(Method::GET, "/v1/desk/catalogue", &token, &[], None).await;
    news.expect(200).body["refused"]["at"].as_str().unwrap().parse().unwrap()
}
