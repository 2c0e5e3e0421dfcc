//! What agencies post, once and again.

use reqwest::Method;
use serde_json::{Value, json};

use super::{claim, is_refused, name, post, posted, until, with};
use crate::{
    office::{ApiResponse, Office, Person},
    store,
};

#[tokio::test(flavor = "multi_thread")]
async fn many_entitlements_are_posted_at_once_and_none_twice() {
    for office in Office::each().await {
        let item = |reference: &str, service: &str| {
            with(posted(&office, reference), json!({ "service": service }))
        };
        let post = async |items: Vec<Value>| {
            let agency = office.agency("entitlements:write");
            let body = json!({ "entitlements": items });
            office.post("/v1/entitlements/batch", &agency, body).await
        };
        let created = |answer: &ApiResponse| -> Vec<bool> {
            let items = answer.body["entitlements"].as_array().unwrap();
            items.iter().map(|it| it["created"].as_bool().unwrap()).collect()
        };
        let three = vec![item("A", "title"), item("B", "title"), item("A", "title")];
        let first = post(three.clone()).await.expect(200);
        assert_eq!(created(&first), [true, true, false]);
        let ids = &first.body["entitlements"];
        assert_eq!(ids[0]["id"], ids[2]["id"]);
        assert_ne!(ids[0]["id"], ids[1]["id"]);
        let again = post([three, vec![item("C", "title")]].concat()).await.expect(200);
        assert_eq!(created(&again), [false, false, false, true]);
        assert_eq!(again.body["entitlements"][1]["id"], ids[1]["id"]);

        let unknown = vec![item("D", "title"), item("E", "no-such")];
        let refused = post(unknown).await.expect_problem(422, "unknown-service");
        assert_eq!(refused.body["field"], "entitlements[1].service");
        assert_eq!(refused.body["service"], "no-such");
        assert_eq!(created(&post(vec![item("D", "title")]).await.expect(200)), [true]);
        post(Vec::new()).await.expect_problem(400, "invalid-request");
        for reference in [String::new(), "9".repeat(129), "---".to_owned()] {
            post(vec![item(&reference, "title")]).await.expect_problem(400, "invalid-request");
        }
        let backwards = with(item("E", "title"), json!({ "valid_from": "2199-02-01T00:00:00Z" }));
        let refused = post(vec![backwards]).await.expect_problem(400, "invalid-request");
        assert_eq!(refused.body["field"], "entitlements[0].valid_until");
        let many = |count| (0..count).map(|n| item(&format!("N{n}"), "title")).collect();
        assert_eq!(created(&post(many(500)).await.expect(200)), [true; 500]);
        assert_eq!(created(&post(many(500)).await.expect(200)), [false; 500]);
        post(many(501)).await.expect_problem(400, "invalid-request");
        post(many(5_000)).await.expect_problem(413, "payload-too-large");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_be_guessed_is_refused_with_what_to_do_instead() {
    let office = Office::embedded().await;
    let unnamed = |reference: &str| with(posted(&office, reference), json!({ "names": null }));
    for number in ["LEA-2026-004711", "00000000000000000042", "12345678901234567890"] {
        let refused = post(&office, unnamed(number)).await.expect_problem(400, "invalid-request");
        assert_eq!(refused.body["field"], "reference");
        let detail = refused.body["detail"].as_str().unwrap();
        assert!(detail.contains("at least 20 letters and digits"), "{detail}");
        assert!(detail.contains("send `names` and `birthdate`"), "{detail}");
    }
    let nothing = posted(&office, "---");
    let refused = post(&office, nothing).await.expect_problem(400, "invalid-request");
    assert_eq!(refused.body["field"], "reference");

    let refusals = [
        (json!({ "birthdate": null }), "birthdate"),
        (json!({ "birthdate": "1990-02-30" }), "birthdate"),
        (json!({ "birthdate": "1990-00-00" }), "birthdate"),
        (json!({ "names": [] }), "names"),
        (json!({ "names": vec![name("Zeynep", "Öztürk"); 9] }), "names"),
        (json!({ "names": [name("xxx", "-")] }), "names[0].family_name"),
        (json!({ "names": [{ "given_name": "Zeynep" }] }), "names[0].family_name"),
        (json!({ "names": [name("Zeynep", "🙂🙂")] }), "names[0].family_name"),
        (json!({ "names": [name("Zeynep 🅰", "Öztürk")] }), "names[0].given_name"),
        (json!({ "birthdate": "2199" }), "birthdate"),
        (json!({ "valid_until": until(&office, -1) }), "valid_until"),
        (json!({ "service": "passport" }), "service"),
        (json!({ "uses": 0 }), "uses"),
        (json!({ "uses": 101 }), "uses"),
    ];
    for (change, field) in refusals {
        let it = with(posted(&office, "LEA-1"), change);
        let refused = post(&office, it).await.expect_problem(400, "invalid-request");
        assert_eq!(refused.body["field"], field, "{}", refused.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_random_reference_stands_alone_and_with_a_birth_date_is_bound_to_it() {
    for office in Office::each_database().await {
        let uuid = "7d1f3c0a-9b5e-4f62-8a1d-2c7e6b904f35";
        let by_date = with(posted(&office, uuid), json!({ "names": null }));
        let answer = post(&office, by_date).await.expect(201);
        assert_eq!(answer.body.get("reference"), None);
        let other = Person { family_name: "Yılmaz".to_owned(), ..office.person() };
        let younger = Person { birthdate: "1991-05-17".to_owned(), ..other.clone() };
        is_refused(claim(&office, &younger, uuid).await);
        claim(&office, &other, &uuid.to_uppercase().replace('-', " ")).await.expect(204);

        let nothing = json!({ "reference": null, "names": null, "birthdate": null });
        let made = post(&office, with(posted(&office, ""), nothing.clone())).await.expect(201);
        let next = post(&office, with(posted(&office, ""), nothing)).await.expect(201);
        let reference = made.body["reference"].as_str().unwrap();
        assert_eq!(reference.len(), 24, "{reference}");
        assert_ne!(made.body["reference"], next.body["reference"]);
        claim(&office, &younger, &reference.to_lowercase()).await.expect(204);
        // The next one reads that it was taken, not that their name does not fit; who was born on another day does not.
        claim(&office, &office.person(), reference).await.expect_problem(409, "entitlement-taken");
        claim(&office, &office.person(), uuid).await.expect_problem(409, "entitlement-taken");
        is_refused(claim(&office, &younger, uuid).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_random_reference_is_told_again_to_who_repeats_the_request_with_its_key() {
    for office in Office::each_database().await {
        let agency = office.agency("entitlements:write");
        let send = async |path: &str, key: &str, body: Value| {
            let headers = [("Idempotency-Key", key)];
            office.send(Method::POST, path, &agency, &headers, Some(body)).await
        };
        let one = with(posted(&office, ""), json!({ "reference": null }));
        let first = send("/v1/entitlements", "key-1", one.clone()).await.expect(201);
        let again = send("/v1/entitlements", "key-1", one.clone()).await.expect(201);
        assert_eq!((again.id(), &again.body["outcome"]), (first.id(), &json!("unchanged")));
        assert!(first.body["reference"].is_string());
        assert_eq!(again.body["reference"], first.body["reference"]);
        let next = send("/v1/entitlements", "key-2", one.clone()).await.expect(201);
        assert_ne!((next.id(), &next.body["reference"]), (first.id(), &first.body["reference"]));
        let other = with(one.clone(), json!({ "uses": 2 }));
        let refused = send("/v1/entitlements", "key-1", other).await;
        refused.expect_problem(422, "idempotency-mismatch");

        let many = json!({ "entitlements": [one.clone(), one] });
        let first = send("/v1/entitlements/batch", "key-3", many.clone()).await.expect(200);
        let again = send("/v1/entitlements/batch", "key-3", many).await.expect(200);
        let told = |answer: &ApiResponse, place: usize| {
            let it = &answer.body["entitlements"][place];
            (it["id"].clone(), it["reference"].clone())
        };
        assert_eq!([told(&first, 0), told(&first, 1)], [told(&again, 0), told(&again, 1)]);
        assert_ne!(told(&first, 0), told(&first, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn posting_again_extends_and_never_shortens() {
    for office in Office::each_database().await {
        let person = office.person();
        let it = |days: i32| {
            with(posted(&office, "LEA-1"), json!({ "valid_until": until(&office, days) }))
        };
        let (short, long) = (it(1), it(30));
        post(&office, short.clone()).await.expect(201);
        claim(&office, &person, "LEA-1").await.expect(204);
        let outcome =
            async |it: &Value| post(&office, it.clone()).await.expect(201).body["outcome"].clone();
        assert_eq!(outcome(&long).await, "extended");
        assert_eq!(outcome(&long).await, "unchanged");
        assert_eq!(outcome(&short).await, "unchanged");
        assert_eq!(outcome(&with(long.clone(), json!({ "uses": 2 }))).await, "extended");
        office.clock.advance(super::DAY * 2);
        office.hold(&person, "title", "10:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_posts_several_spellings_and_adds_others_later() {
    for office in Office::each_database().await {
        let spelt = |names: Value| with(posted(&office, "LEA-1"), json!({ "names": names }));
        let said = |given: &str, family: &str| Person {
            given_name: Some(given.to_owned()),
            family_name: family.to_owned(),
            ..office.person()
        };
        let both = json!([name("Mohammed", "Al Hassan"), name("Muhammad", "Alhasan")]);
        post(&office, spelt(both)).await.expect(201);
        is_refused(claim(&office, &said("Mohamad", "Elhassan"), "LEA-1").await);
        // A spelling that is on file says that it is the same person.
        let other = spelt(json!([name("Mohamad", "Elhassan")]));
        post(&office, other).await.expect_problem(409, "entitlement-conflict");
        let added = spelt(json!([name("Mohamad", "Elhassan"), name("MUHAMMAD", "AL-HASAN")]));
        assert_eq!(post(&office, added).await.expect(201).body["outcome"], "unchanged");
        claim(&office, &said("Mohamad Ali", "El-Hassan"), "LEA-1").await.expect(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_is_of_one_person_and_of_one_agency() {
    for office in Office::each_database().await {
        post(&office, posted(&office, "LEA-1")).await.expect(201);
        for change in
            [json!({ "names": [name("Ayşe", "Öztürk")] }), json!({ "birthdate": "1990-05-18" })]
        {
            let it = with(posted(&office, "LEA-1"), change);
            post(&office, it).await.expect_problem(409, "entitlement-conflict");
        }
        let other = office.other_agency("other-agency", "entitlements:write");
        let it = posted(&office, "lea 1");
        let refused = office.post("/v1/entitlements", &other, it).await;
        refused.expect_problem(409, "entitlement-conflict");
        // One of a batch that is refused harms none of the others, and tells nothing of whose it is.
        let batch = json!({ "entitlements": [
            with(posted(&office, "LEA-1"), json!({ "birthdate": "1990-05-18" })),
            posted(&office, "LEA-2"),
            with(posted(&office, "LEA-2"), json!({ "birthdate": "1990-05-18" })),
        ]});
        let answer = office.post("/v1/entitlements/batch", &other, batch).await.expect(207);
        let conflict = json!({ "created": false, "outcome": "conflict" });
        let items = &answer.body["entitlements"];
        assert_eq!((&items[0], &items[2]), (&conflict, &conflict));
        assert_eq!((&items[1]["created"], &items[1]["outcome"]), (&json!(true), &json!("new")));
        claim(&office, &office.person(), "LEA-2").await.expect(204);
    }
}

/// As the version before wrote it.
fn former_row(office: &Office, number: u8, reference: &str) -> String {
    use aws_lc_rs::hmac;
    let secret = "person data key ".repeat(4);
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let proofs = hmac::sign(&key, b"fairtermin proof v1");
    let key = hmac::Key::new(hmac::HMAC_SHA256, proofs.as_ref());
    let text = format!("title\n{reference}\n1990-05-17");
    let proof = hmac::sign(&key, text.as_bytes());
    let hex: String = proof.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let bytes = match office.database_url.starts_with("sqlite") {
        true => format!("x'{hex}'"),
        false => format!("'\\x{hex}'::bytea"),
    };
    let until = until(office, 90).as_millisecond();
    format!(
        "INSERT INTO entitlements (id, service, proof, valid_from, valid_until, posted_by, created_at) \
         VALUES ('ent_{number:026}', 'title', {bytes}, 0, {until}, 'some-agency', 0)"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_on_file_before_is_valid_as_it_was_until_it_is_posted_again() {
    for office in Office::each_database().await {
        for (number, reference) in [(1, "LEA1"), (2, "LEA2")] {
            store::run(&office.database_url, &former_row(&office, number, reference)).await;
        }
        let buyer = super::twin_of_chance(&office);
        let younger = Person { birthdate: "1991-05-17".to_owned(), ..buyer.clone() };
        is_refused(claim(&office, &younger, "LEA-1").await);
        claim(&office, &buyer, "LEA-1").await.expect(204);
        office.hold(&buyer, "title", "10:00").await.expect(201);
        // The other is bound to a name by posting it again, and stays the same entitlement.
        let bound = post(&office, posted(&office, "LEA-2")).await.expect(201);
        assert_eq!(bound.body["id"], format!("ent_{:026}", 2));
        assert_eq!(post(&office, posted(&office, "LEA-2")).await.expect(201).body, bound.body);
        is_refused(claim(&office, &super::twin_of_chance(&office), "LEA-2").await);
        claim(&office, &office.person(), "LEA-2").await.expect(204);
    }
}
