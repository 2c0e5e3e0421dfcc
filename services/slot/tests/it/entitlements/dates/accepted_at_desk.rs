//! Staff accept a date for the person at the desk, who does not do it online.

use reqwest::Method;
use serde_json::{Value, json};

use super::{accept, catalogue, claim, filed, give, own};
use crate::{
    entitlements::{post, posted, with},
    honest_desk::{approve, case},
    office::{ApiResponse, Office, Person},
    store,
};

/// A clerk accepts it with the document of `person`.
async fn accept_with(
    office: &Office,
    clerk: &str,
    (date, key): (&str, &str),
    body: Value,
) -> ApiResponse {
    let path = format!("/v1/desk/assigned-dates/{date}/accept");
    office.send(Method::POST, &path, clerk, &[("Idempotency-Key", key)], Some(body)).await
}

fn of(office: &Office, person: &Person, reference: Option<&str>) -> Value {
    json!({
        "attendee": office.vouched(person), "language": "de", "reference": reference,
        "reason": { "code": "no-online-access" },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_accept_a_date_for_the_person_with_the_letter_and_the_document() {
    for office in Office::each_with(&catalogue()).await {
        let (clerk, person) = (office.clerk(&["small"]), office.person());
        let id = filed(&office, "LEA-1").await;
        let date = give(&office, &id, "10:00").await.expect(201).id();
        // Nobody has proven the application, so the letter is needed.
        let wanted = |reference| of(&office, &person, reference);
        let refused = accept_with(&office, &clerk, (&date, "one"), wanted(None)).await;
        refused.expect_problem(404, "entitlement-not-found");
        let refused = accept_with(&office, &clerk, (&date, "one"), wanted(Some("LEA-2"))).await;
        refused.expect_problem(404, "entitlement-not-found");
        let mut silent = wanted(Some("LEA-1"));
        silent["reason"] = Value::Null;
        let refused = accept_with(&office, &clerk, (&date, "one"), silent).await;
        refused.expect_problem(422, "reason-needed");

        let booked = accept_with(&office, &clerk, (&date, "one"), wanted(Some("lea 1"))).await;
        let booked = booked.expect(201);
        assert_eq!(booked.body["booked_by"]["kind"], "desk");
        for key in ["one", "two"] {
            let again = accept_with(&office, &clerk, (&date, key), wanted(Some("LEA-1"))).await;
            assert_eq!(again.expect(200).id(), booked.id());
        }
        // It is the person's as if they had accepted it themselves.
        assert_eq!(office.bookings_of(&person).await.len(), 1);
        accept(&office, &person, &date).await.expect(200);

        let action = "booking.date_accepted";
        let details = store::audit_details(&office.database_url, &booked.id(), action).await;
        assert_eq!(details["reason"]["code"], "no-online-access");
        let by = store::audited_by(&office.database_url, &booked.id()).await;
        assert!(by.iter().any(|(what, who)| what == action && who.starts_with("staff:")), "{by:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_is_accepted_for_nobody_else_and_not_by_others() {
    for office in Office::each_database_with(&catalogue()).await {
        let (clerk, person) = (office.clerk(&["small"]), office.person());
        let id = filed(&office, "LEA-1").await;
        let date = give(&office, &id, "10:00").await.expect(201).id();
        let wanted = of(&office, &person, Some("LEA-1"));
        let elsewhere = office.clerk(&["large"]);
        let refused = accept_with(&office, &elsewhere, (&date, "key"), wanted.clone()).await;
        refused.expect_problem(404, "date-not-found");
        let citizen = office.token(&person);
        let refused = accept_with(&office, &citizen, (&date, "key"), wanted.clone()).await;
        refused.expect_problem(403, "forbidden");
        let path = format!("/v1/desk/assigned-dates/{date}/accept");
        let refused = office.post(&path, &clerk, wanted.clone()).await;
        refused.expect_problem(400, "idempotency-key-missing");
        // A caller shows no document.
        let by_phone = of(&office, &office.caller(), Some("LEA-1"));
        let refused = accept_with(&office, &clerk, (&date, "key"), by_phone).await;
        refused.expect_problem(422, "document-needed");
        // Another name or birth date on the document.
        let other = Person { birthdate: "1971-02-03".to_owned(), ..office.person() };
        let other = of(&office, &other, Some("LEA-1"));
        let refused = accept_with(&office, &clerk, (&date, "key"), other).await;
        refused.expect_problem(404, "entitlement-not-found");

        // Who has proven the application online needs no letter.
        claim(&office, &person, "LEA-1").await.expect(204);
        let without = of(&office, &person, None);
        accept_with(&office, &clerk, (&date, "key"), without).await.expect(201);
        assert_eq!(own(&office, &person).await, Vec::<Value>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn above_the_number_of_the_day_a_colleague_agrees_before_a_date_is_accepted() {
    let known = "    name: {de: Testamt, en: Test Office}\n";
    let alone =
        catalogue().replacen(known, &format!("{known}    alonePerDay: {{vouched: 0}}\n"), 1);
    for office in Office::each_database_with(&alone).await {
        let (clerk, colleague) = (office.clerk(&["small"]), office.clerk(&["small"]));
        let (id, person) = (filed(&office, "LEA-1").await, office.person());
        let date = give(&office, &id, "10:00").await.expect(201).id();
        let wanted = of(&office, &person, Some("LEA-1"));
        let refused = accept_with(&office, &clerk, (&date, "key"), wanted.clone()).await;
        let refused = refused.expect_problem(403, "second-person-needed");
        // Nothing was claimed for the person meanwhile.
        assert_eq!(own(&office, &person).await, Vec::<Value>::new());
        let code = &refused.body["case"];
        let read = case(&office, &colleague, code).await.expect(200).body;
        assert_eq!(read["attendee"]["family_name"], json!(person.family_name));
        approve(&office, &colleague, code).await.expect(200);
        accept_with(&office, &clerk, (&date, "key"), wanted).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_of_an_application_without_a_name_takes_a_colleague_each_time() {
    for office in Office::each_database_with(&catalogue()).await {
        let (clerk, colleague) = (office.clerk(&["small"]), office.clerk(&["small"]));
        let alone = json!({ "reference": null, "names": null, "birthdate": null });
        let it = post(&office, with(posted(&office, ""), alone)).await.expect(201);
        let reference = it.body["reference"].as_str().unwrap();
        let date = give(&office, &it.id(), "10:00").await.expect(201).id();
        let wanted = of(&office, &office.person(), Some(reference));
        let refused = accept_with(&office, &clerk, (&date, "key"), wanted.clone()).await;
        let refused = refused.expect_problem(403, "second-person-needed");
        approve(&office, &colleague, &refused.body["case"]).await.expect(200);
        accept_with(&office, &clerk, (&date, "key"), wanted).await.expect(201);
        // Who comes later with the letter reads what happened.
        let late = claim(&office, &office.person(), reference).await;
        late.expect_problem(409, "entitlement-taken");
    }
}

/// Fault: the application became the person's, the date was refused, and it counted as nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_was_claimed_counts_although_its_date_is_refused() {
    for office in Office::each_database_with(&catalogue()).await {
        let (clerk, person) = (office.clerk(&["small"]), office.person());
        let first = filed(&office, "LEA-1").await;
        let first = give(&office, &first, "10:00").await.expect(201).id();
        let wanted = of(&office, &person, Some("LEA-1"));
        accept_with(&office, &clerk, (&first, "one"), wanted).await.expect(201);
        let second = filed(&office, "LEA-2").await;
        let second = give(&office, &second, "11:00").await.expect(201).id();
        let wanted = of(&office, &person, Some("LEA-2"));
        let refused = accept_with(&office, &clerk, (&second, "two"), wanted).await;
        refused.expect_problem(409, "already-booked");
        let twice = "staff_counts WHERE act = 'booked_vouched' AND number = 2";
        assert_eq!(store::count_of(&office.database_url, twice).await, 1);
    }
}
