//! Until when the desk notes what became of an appointment, and corrects what it noted.

use auth::Role;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    desk::{act, at_desk},
    office::{ApiResponse, Office, Person},
    store,
};

/// How often a member of staff corrected a miss on the present day.
async fn corrected_misses(office: &Office) -> Vec<Value> {
    let today = ambient::berlin().to_datetime(office.clock.now()).date();
    let path = format!("/v1/desk/staff-counts?from={today}&to={today}");
    let protection = office.staff(Role::DataProtection, &[]);
    let read = office.send(Method::GET, &path, &protection, &[], None).await.expect(200);
    let counts = read.body["counts"].as_array().unwrap().clone();
    let corrected = counts.into_iter().filter(|count| count["act"] == "corrected_miss");
    corrected.map(|count| count["number"].clone()).collect()
}

/// Fault: a clerk undid a miss days later, with no reason and no colleague, and the person's wait was gone.
#[tokio::test(flavor = "multi_thread")]
async fn a_miss_is_corrected_on_its_day_and_counted_and_not_later() {
    for office in Office::each_database().await {
        let person = office.person();
        let booking = office.book(&person, "plates", "15:50").await;
        office.come_to(&booking);
        let (id, clerk) = (booking.id(), office.clerk(&["small"]));
        for verb in ["miss", "requeue", "miss"] {
            act(&office, &clerk, &id, verb).await.expect(200);
        }
        assert_eq!(corrected_misses(&office).await, [json!(1)]);
        let of_requeue = store::audit_details(&office.database_url, &id, "booking.requeued").await;
        assert_eq!(of_requeue["from"], "missed", "{of_requeue}");
        // The next day, before and after the twelve hours.
        for hours in [9, 24] {
            office.clock.advance(SignedDuration::from_hours(hours));
            let late = act(&office, &office.clerk(&["small"]), &id, "requeue").await;
            late.expect_problem(409, "no-longer-noted");
        }
        office.hold(&person, "plates", "12:00").await.expect_problem(409, "cooling-down");
        let lift = json!({
            "attendee": office.vouched(&person), "location": "small", "reason": { "code": "hardship" },
        });
        let clerk = office.clerk(&["small"]);
        office.post("/v1/desk/limits/lift", &clerk, lift).await.expect(200);
        office.hold(&person, "plates", "12:00").await.expect(201);
    }
}

/// Fault: what nobody had noted in twelve hours was noted for as long as one liked, also once it was closed.
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_noted_in_twelve_hours_is_noted_no_more() {
    let office = Office::embedded().await;
    let (person, parked) = (office.person(), office.person());
    let open = office.book(&person, "plates", "08:00").await;
    let put_aside = office.book(&parked, "plates", "08:10").await;
    office.come_to(&put_aside);
    let clerk = office.clerk(&["small"]);
    for verb in ["check-in", "call", "park"] {
        act(&office, &clerk, &put_aside.id(), verb).await.expect(200);
    }
    // Both are over for twelve hours, on the same local day.
    office.clock.advance(SignedDuration::from_mins(12 * 60 + 10));
    let clerk = office.clerk(&["small"]);
    let is_late = async |booking: &ApiResponse, verb: &str| {
        let late = act(&office, &clerk, &booking.id(), verb).await;
        late.expect_problem(409, "no-longer-noted");
    };
    for verb in ["miss", "check-in"] {
        is_late(&open, verb).await;
    }
    for verb in ["call", "requeue"] {
        is_late(&put_aside, verb).await;
    }
    // They are closed, since their people want another one.
    office.hold(&person, "plates", "12:00").await.expect(201);
    office.hold(&parked, "plates", "12:10").await.expect(201);
    is_late(&open, "requeue").await;
    is_late(&put_aside, "requeue").await;
    let found = at_desk(&office, &put_aside).await;
    assert_eq!((&found["status"], &found["unnoted"]), (&json!("missed"), &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_book_at_the_desk_who_waits_after_a_miss_and_a_caller_waits() {
    let office = Office::embedded().await;
    let at_desk = office.person();
    let caller = office.caller();
    let first = office.book(&at_desk, "plates", "10:00").await;
    let second = office.book(&caller, "plates", "10:10").await;
    office.come_to(&second);
    for (person, booking) in [(&at_desk, &first), (&caller, &second)] {
        act(&office, &office.clerk(&["small"]), &booking.id(), "miss").await.expect(200);
        office.hold(person, "plates", "12:00").await.expect_problem(409, "cooling-down");
    }
    let hold = async |person: &Person, time: &str| {
        let wish = json!({
            "attendee": office.vouched(person), "location": "small", "start": office.at(time),
            "services": ["plates"],
        });
        office.post("/v1/desk/holds", &office.clerk(&["small"]), wish).await
    };
    hold(&at_desk, "12:00").await.expect(201);
    hold(&caller, "12:10").await.expect_problem(409, "cooling-down");
}
