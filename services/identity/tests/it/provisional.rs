//! A case stops no one: its log-in gets a provisional person meanwhile, who inherits nothing and is
//! no second one of a known person.

use proto::person::v1::{PersonMerged, PersonResolved};
use serde_json::{Value, json};

use crate::{
    events::listen,
    second_pair::approve,
    world::{Tokens, World},
};

const HIGH: &str = "http://eidas.europa.eu/LoA/high";

/// An account of somebody who was born on 1 January, as many were.
fn ali(account: &str) -> Value {
    json!({
        "sub": account, "acr": HIGH, "given_name": "Ali", "family_name": "Ahmadi",
        "birthdate": "1990-01-01", "place_of_birth": {"locality": "Kabul"},
    })
}

pub async fn log_in(world: &World, account: &str) -> Tokens {
    world.hostile.also_says(ali(account));
    let mut browser = crate::browser::Browser::new();
    let choice = browser.open(&world.authorize("")).await;
    let page = browser.follow(&choice, &["provider=hostile"]).await;
    world.exchange(&page.parameter("code").unwrap()).await.unwrap()
}

pub async fn settle(world: &World, code: &str, candidate: Option<usize>) {
    let step = |step: &str| format!("cases/{code}/{step}");
    let proposal = json!({ "candidate": candidate });
    assert_eq!(world.desk("lea-clerk", &step("proposal"), Some(proposal)).await.0, 200);
    assert_eq!(approve(world, "lea-supervisor", code).await.0, 200);
}

#[actix_web::test]
async fn whoever_opens_a_case_is_a_person_of_their_own_with_what_they_proved() {
    let world = World::start().await;
    let known = log_in(&world, "first").await;
    let claims = world.claims(&known, "lea").await;
    assert_eq!((claims.doubt, World::case_of(&known)), (None, None));
    let unclear = log_in(&world, "second").await;
    let theirs = world.claims(&unclear, "lea").await;
    assert_ne!(theirs.sub, claims.sub);
    assert!(theirs.doubt.is_some());
    assert_eq!(world.attendee(&unclear, "lea").await.family_name, "Ahmadi");
    // The same account again is the same person in the same case.
    let again = log_in(&world, "second").await;
    let again = world.claims(&again, "lea").await;
    assert_eq!((again.sub, again.doubt), (theirs.sub, theirs.doubt));
}

#[actix_web::test]
async fn all_who_may_be_one_human_are_in_one_doubt_and_no_two_of_them_are_one_person() {
    let world = World::start().await;
    log_in(&world, "first").await;
    let (mut people, mut doubts) = (Vec::new(), Vec::new());
    for account in ["second", "third", "fourth"] {
        let claims = world.claims(&log_in(&world, account).await, "lea").await;
        people.push(claims.sub);
        doubts.push(claims.doubt.unwrap());
    }
    people.sort();
    people.dedup();
    doubts.dedup();
    assert_eq!((people.len(), doubts.len()), (3, 1));
}

#[actix_web::test]
async fn two_authorities_cannot_join_what_they_know_of_a_doubt() {
    let world = World::start().await;
    log_in(&world, "first").await;
    let unclear = log_in(&world, "second").await;
    let (lea, kfz) = (world.claims(&unclear, "lea").await, world.claims(&unclear, "kfz").await);
    assert!(lea.doubt.is_some() && kfz.doubt.is_some() && lea.doubt != kfz.doubt);
    let token = serde_json::to_string(&lea).unwrap();
    assert!(!token.contains(&World::case_of(&unclear).unwrap()), "nor by the case's code");
}

#[actix_web::test]
async fn the_desk_finds_the_case_of_whoever_booked_and_nobody_elses() {
    let world = World::start().await;
    let known = log_in(&world, "first").await;
    let unclear = log_in(&world, "second").await;
    let person = world.pseudonym(&unclear, "lea").await;
    let path = format!("persons/{person}/case");
    // Another authority does not know this pseudonym.
    assert_eq!(world.desk("kfz-clerk", &path, None).await.0, 404);
    let (status, case) = world.desk("lea-clerk", &path, None).await;
    assert_eq!((status, case["code"].as_str()), (200, World::case_of(&unclear).as_deref()));
    assert_eq!(case["person"]["family_name"], "Ahmadi");
    let known = world.pseudonym(&known, "lea").await;
    assert_eq!(world.desk("lea-clerk", &format!("persons/{known}/case"), None).await.0, 404);
    for nobody in ["psn_0000000000000000000000000a", "nonsense"] {
        assert_eq!(world.desk("lea-clerk", &format!("persons/{nobody}/case"), None).await.0, 404);
    }
    // The case decides about its person, with the account; a merge of persons would not.
    let merge = json!({ "kept": known, "dissolved": person });
    let (status, problem) = world.desk("lea-clerk", "merges", Some(merge)).await;
    assert_eq!((status, &problem["case"]), (409, &case["code"]));
}

#[actix_web::test]
async fn the_same_human_becomes_the_known_person_and_the_authorities_are_told() {
    let world = World::start().await;
    let known = world.pseudonym(&log_in(&world, "first").await, "lea").await;
    let unclear = log_in(&world, "second").await;
    let theirs = world.pseudonym(&unclear, "lea").await;
    let mut merged = listen::<PersonMerged>(&world).await;
    settle(&world, &World::case_of(&unclear).unwrap(), Some(1)).await;
    let (event, message) = merged.next().await;
    assert_eq!((&message.kept, &message.dissolved), (&known, &theirs));
    let proof = world.verifier(event.authority.as_str()).verify_merge(&message.proof).await;
    assert_eq!(proof.unwrap().dissolved.to_string(), theirs);
    // Their tokens said that they were in doubt, so that log-in is over.
    assert_eq!(world.refresh(&unclear, "lea").await.unwrap_err()["error"], "invalid_grant");
    let again = log_in(&world, "second").await;
    let claims = world.claims(&again, "lea").await;
    assert_eq!((claims.sub, claims.doubt), (known, None));
}

#[actix_web::test]
async fn another_human_stays_who_they_were_and_the_authorities_are_told() {
    let world = World::start().await;
    log_in(&world, "first").await;
    let unclear = log_in(&world, "second").await;
    let theirs = world.pseudonym(&unclear, "lea").await;
    let mut resolved = listen::<PersonResolved>(&world).await;
    settle(&world, &World::case_of(&unclear).unwrap(), None).await;
    let (event, message) = resolved.next().await;
    assert_eq!(message.pseudonym, theirs);
    let proof = world.verifier(event.authority.as_str()).verify_resolution(&message.proof).await;
    assert_eq!(proof.unwrap().person.to_string(), theirs);
    assert_eq!(world.refresh(&unclear, "lea").await.unwrap_err()["error"], "invalid_grant");
    let again = log_in(&world, "second").await;
    let claims = world.claims(&again, "lea").await;
    assert_eq!((claims.sub, claims.doubt, World::case_of(&again)), (theirs, None, None));
}
