//! One human is one person.

use crate::world::{World, postgres_url};

#[actix_web::test]
async fn one_human_is_one_person_with_any_account_or_card() {
    for database in databases().await {
        let world = World::on(&database).await;
        for citizen in ["erika", "oezguer", "marlene"] {
            let first = world.tokens("bundid", citizen, "online-id").await;
            let person = world.pseudonym(&first, "lea").await;
            for (provider, means) in
                [("eid", "online-id"), ("eid", "new-online-id"), ("bundid", "elster")]
            {
                let tokens = world.tokens(provider, citizen, means).await;
                assert_eq!(
                    world.pseudonym(&tokens, "lea").await,
                    person,
                    "{citizen} {provider} {means}"
                );
            }
        }
    }
}

#[actix_web::test]
async fn same_name_and_birthday_but_another_birthplace_is_another_person() {
    let world = World::start().await;
    let berlin = world.tokens("eid", "lena-berlin", "online-id").await;
    let hamburg = world.tokens("eid", "lena-hamburg", "online-id").await;
    assert_ne!(world.pseudonym(&berlin, "lea").await, world.pseudonym(&hamburg, "lea").await);
}

#[actix_web::test]
async fn two_authorities_know_a_person_by_names_that_have_nothing_in_common() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "olena", "online-id").await;
    let (lea, kfz) = (world.pseudonym(&tokens, "lea").await, world.pseudonym(&tokens, "kfz").await);
    assert_ne!(lea, kfz);
    assert_eq!(world.pseudonym(&tokens, "lea").await, lea);
}

#[actix_web::test]
async fn who_shares_a_conventional_birthday_is_asked_to_show_a_document() {
    let world = World::start().await;
    for citizen in ["ali", "suharto"] {
        let first = world.tokens("eid", citizen, "online-id").await;
        let again = world.tokens("eid", citizen, "online-id").await;
        assert_eq!((World::case_of(&first), World::case_of(&again)), (None, None));
        let other = world.tokens("bundid", citizen, "online-id").await;
        assert!(World::case_of(&other).is_some(), "{citizen}");
    }
}

#[actix_web::test]
async fn a_log_in_that_says_less_is_not_doubled_in_silence() {
    let world = World::start().await;
    // The card states the birth name and the place, the tax certificate neither.
    world.tokens("eid", "erika", "online-id").await;
    let other = world.tokens("bundid", "erika", "elster").await;
    assert!(World::case_of(&other).is_some());
}

#[actix_web::test]
async fn many_first_log_ins_at_once_make_one_person() {
    for database in databases().await {
        let world = World::on(&database).await;
        let log_ins = (0..8).map(|n| {
            let (provider, means) =
                [("bundid", "online-id"), ("eid", "online-id"), ("eid", "new-online-id")][n % 3];
            world.tokens(provider, "marlene", means)
        });
        let all = futures_util::future::join_all(log_ins).await;
        let mut persons = std::collections::BTreeSet::new();
        for tokens in &all {
            persons.insert(world.pseudonym(tokens, "lea").await);
        }
        assert_eq!(persons.len(), 1, "{persons:?}");
    }
}

/// SQLite always, PostgreSQL where this run has one.
async fn databases() -> Vec<String> {
    let memory = "sqlite::memory:".to_owned();
    [Some(memory), postgres_url().await].into_iter().flatten().collect()
}
