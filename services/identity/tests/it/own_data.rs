//! A person reads all that identity keeps about them.

use serde_json::{Value, json};

use crate::{
    proven::{HIGH, LOW, person, tokens},
    world::World,
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
