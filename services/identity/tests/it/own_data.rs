//! A person reads all that identity keeps about them.

use serde_json::{Value, json};

use crate::{
    proven::{HIGH, LOW, person, tokens},
    second_pair::approve,
    world::{Tokens, World},
};

async fn data(world: &World, token: &str) -> (u16, Value) {
    let url = format!("{}/me/data", world.issuer);
    let answer = reqwest::Client::new().get(url).bearer_auth(token).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

fn section<'v>(data: &'v Value, kind: &str) -> &'v Vec<Value> {
    let sections = data["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind}"))["entries"].as_array().unwrap()
}

#[actix_web::test]
async fn a_person_reads_all_that_is_kept_and_no_authority_does() {
    let world = World::start().await;
    let mut claims = person("vera", HIGH, "Vera", "Own", "1985-05-06");
    claims["email"] = json!("vera@example.org");
    claims["email_verified"] = json!(true);
    let own = tokens(&world, &claims).await;
    let lea = world.pseudonym(&own, "lea").await;
    let (status, answer) = data(&world, &own.access).await;
    assert_eq!(status, 200, "{answer}");
    let name = &section(&answer, "evidence")[0]["sealed_attributes"];
    assert_eq!((&name["family_name"], &name["given_names"]), (&json!("Own"), &json!("Vera")));
    assert_eq!(section(&answer, "contacts")[0]["sealed_email"], "vera@example.org");
    let known = section(&answer, "known_authorities");
    assert!(known.iter().any(|it| it["authority"] == "lea" && it["pseudonym"] == lea.as_str()));
    assert_eq!(section(&answer, "sessions").len(), 1);
    assert_eq!(section(&answer, "login_keys")[0]["provider"], "hostile");
    // That it was read is told at the next reading.
    let (_, again) = data(&world, &own.access).await;
    let asked = section(&again, "audit").iter().any(|it| it["action"] == "person.exported");
    assert!(asked, "{again}");
    // An authority has tokens of its people; with them it learns nothing here.
    let there = world.refresh(&own, "lea").await.unwrap();
    let (status, refused) = data(&world, &there).await;
    assert_eq!((status, &refused["code"]), (403, &json!("forbidden")));
    // Nor does whoever has a password of a person who was proven by a card.
    let password = tokens(&world, &person("vera", LOW, "Vera", "Own", "1985-05-06")).await;
    let (status, refused) = data(&world, &password.access).await;
    assert_eq!((status, &refused["code"]), (403, &json!("level-too-low")));
    assert_eq!(data(&world, "nonsense").await.0, 401);
}

/// How often the person reads that staff did this.
async fn looked(world: &World, person: &Tokens, action: &str) -> usize {
    let (status, answer) = data(world, &person.access).await;
    assert_eq!(status, 200, "{answer}");
    let by_staff = |it: &&Value| it["action"] == action && it["actor"] == "office";
    section(&answer, "audit").iter().filter(by_staff).count()
}

/// Fault: only the log-in of a case found its entries, not the known persons whom staff compared with it.
#[actix_web::test]
async fn a_known_person_reads_that_staff_compared_them_with_a_case_and_decided() {
    let world = World::start().await;
    let ali = world.tokens("eid", "ali", "online-id").await;
    let other = world.tokens("bundid", "ali", "online-id").await;
    let path = format!("cases/{}", World::case_of(&other).unwrap());
    for _ in 0..2 {
        assert_eq!(world.desk("lea-clerk", &path, None).await.0, 200);
    }
    assert_eq!(looked(&world, &ali, "person.read").await, 1, "twice in an hour is once");
    assert_eq!(looked(&world, &ali, "person.decided").await, 0);
    let same = json!({ "candidate": 1 });
    assert_eq!(world.desk("lea-clerk", &format!("{path}/proposal"), Some(same)).await.0, 200);
    let code = World::case_of(&other).unwrap();
    assert_eq!(approve(&world, "lea-supervisor", &code).await.0, 200);
    assert_eq!(looked(&world, &ali, "person.decided").await, 1);
}

#[actix_web::test]
async fn whom_a_document_is_recognised_as_and_who_is_to_be_merged_read_it() {
    let world = World::start().await;
    let olena = world.tokens("eid", "olena", "online-id").await;
    assert_eq!(looked(&world, &olena, "person.recognised").await, 0);
    let document = json!({
        "given_names": "Olena", "family_name": "Shevchenko", "birth_date": "23.11.1992",
        "place_of_birth": "Kharkiv",
    });
    let (status, found) = world.desk("lea-clerk", "persons", Some(document)).await;
    assert_eq!(status, 200, "{found}");
    assert_eq!(looked(&world, &olena, "person.recognised").await, 1);
    // Fault: the person read that an office had looked, and not which.
    let (_, answer) = data(&world, &olena.access).await;
    let entries = section(&answer, "audit");
    let recognised = entries.iter().find(|it| it["action"] == "person.recognised").unwrap();
    assert_eq!((&recognised["authority"], &recognised["details"]), (&json!("lea"), &Value::Null));

    let berlin = world.tokens("eid", "lena-berlin", "online-id").await;
    let kept = world.pseudonym(&berlin, "lea").await;
    let merge = json!({ "kept": kept, "dissolved": found["pseudonym"] });
    assert_eq!(world.desk("lea-clerk", "merges", Some(merge)).await.0, 201);
    for person in [&olena, &berlin] {
        assert_eq!(looked(&world, person, "person.merge-proposed").await, 1);
    }
}
