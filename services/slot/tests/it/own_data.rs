//! A person reads all that an authority keeps about them.

use booking::TrustLevel;
use reqwest::Method;
use serde_json::{Value, json};

use crate::office::{Office, Person};

async fn export(office: &Office, person: &Person) -> Value {
    let token = office.token(person);
    office.send(Method::GET, "/v1/me/data", &token, &[], None).await.expect(200).body
}

fn section<'v>(data: &'v Value, kind: &str) -> &'v Vec<Value> {
    let sections = data["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind}"))["entries"].as_array().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_reads_all_that_is_kept_and_who_looked_at_it() {
    for office in Office::each_database().await {
        let (person, other) = (office.person(), office.person());
        let booked = office.book(&person, "passport", "10:00").await;
        office.book(&other, "passport", "11:00").await;
        let clerk = office.clerk(&["small"]);
        let code = booked.body["code"].as_str().unwrap();
        let day = booked.body["start"].as_str().unwrap().split('T').next().unwrap();
        let reads = [
            format!("/v1/desk/bookings?code={code}"),
            format!("/v1/desk/bookings?code={code}"),
            format!("/v1/desk/bookings?location=small&date={day}"),
        ];
        for path in reads {
            office.send(Method::GET, &path, &clerk, &[], None).await.expect(200);
        }
        let data = export(&office, &person).await;
        assert_eq!(data["pseudonym"], person.pseudonym.to_string());
        let bookings = section(&data, "bookings");
        assert_eq!((bookings.len(), &bookings[0]["id"]), (1, &booked.body["id"]));
        let name = &bookings[0]["attendee"];
        assert_eq!(
            (&name["given_name"], &name["birthdate"]),
            (&json!("Zeynep"), &json!("1990-05-17"))
        );
        assert!(bookings[0]["starts_at"].as_str().unwrap().ends_with("+01:00"));
        assert_eq!(section(&data, "reservations").len(), 1);
        let audit = section(&data, "audit");
        let of =
            |action: &str| audit.iter().filter(|it| it["action"] == action).collect::<Vec<_>>();
        assert_eq!(of("booking.confirmed")[0]["actor"], "person");
        // Looking twice within an hour is one reading; the list of the day is another.
        for reading in ["booking.read", "bookings.read_day"] {
            let found = of(reading);
            assert_eq!(found.len(), 1, "{reading}");
            assert_eq!(found[0]["actor"], "office");
        }
        let text = data.to_string();
        assert!(!text.contains("staff:") && !text.contains("stf_"), "{text}");
        assert!(!text.contains(&other.pseudonym.to_string()), "nothing of anybody else");
        // That it was read is told at the next reading.
        let again = export(&office, &person).await;
        let asked = section(&again, "audit").iter().any(|it| it["action"] == "person.exported");
        assert!(asked);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_does_not_read_what_a_card_did() {
    let office = Office::embedded().await;
    let person = office.person();
    let password = Person { level: TrustLevel::Basic, ..person.clone() };
    // Who has nothing here is told so at any level.
    assert!(section(&export(&office, &password).await, "bookings").is_empty());
    office.book(&person, "passport", "10:00").await;
    let token = office.token(&password);
    let refused = office.send(Method::GET, "/v1/me/data", &token, &[], None).await;
    let refused = refused.expect_problem(403, "level-too-low");
    assert_eq!(refused.body["required_level"], "high");
    office.send(Method::GET, "/v1/me/data", "", &[], None).await.expect(401);
    let clerk = office.clerk(&["small"]);
    office.send(Method::GET, "/v1/me/data", &clerk, &[], None).await.expect(403);
}
