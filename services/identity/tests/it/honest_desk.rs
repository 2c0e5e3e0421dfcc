//! Two pairs of eyes are two humans, and a clerk alone can do little harm.

use auth::{Reach, Role};
use identity::{Settings, settings::Grant};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use store::Database;

use crate::{
    second_pair::approve,
    world::{World, postgres_url},
};

/// The clerk of one authority works at the other one too.
fn works_at_both(settings: &mut Settings) {
    let staff = settings.providers.iter_mut().find_map(|provider| provider.staff.as_mut()).unwrap();
    let grant = Grant {
        authority: "kfz".parse().unwrap(),
        role: Role::Clerk,
        locations: Reach::Everywhere,
    };
    staff.grants.get_mut("lea-clerk").unwrap().push(grant);
}

fn stranger(number: usize) -> Value {
    json!({
        "given_names": format!("Invented{number}"), "family_name": "Person",
        "birth_date": "1980-05-06", "place_of_birth": "Bonn",
    })
}

/// Ali's second card is unclear: the code of his case.
async fn case(world: &World) -> String {
    world.tokens("eid", "ali", "online-id").await;
    World::case_of(&world.tokens("bundid", "ali", "online-id").await).unwrap()
}

#[actix_web::test]
async fn one_human_with_roles_at_two_authorities_is_one_pair_of_eyes() {
    let world = World::with("sqlite::memory:", works_at_both).await;
    let (lena, hanna) = (
        world.tokens("eid", "lena-berlin", "online-id").await,
        world.tokens("eid", "lena-hamburg", "online-id").await,
    );
    let mut known = Vec::new();
    for tokens in [&lena, &hanna] {
        world.pseudonym(tokens, "kfz").await;
        known.push(world.pseudonym(tokens, "lea").await);
    }
    let body = json!({ "kept": known[0], "dissolved": known[1] });
    let (status, merge) = world.desk("lea-clerk", "merges", Some(body)).await;
    assert_eq!(status, 201, "{merge}");
    let code = merge["code"].as_str().unwrap();
    let own = approve(&world, "lea-clerk", code).await;
    assert_eq!((own.0, &own.1["code"]), (403, &"second-person-needed".into()));
    let path = format!("cases/{code}/approval");
    let unread = json!({ "proposal": "unread" });
    let elsewhere = world.desk_at("lea-clerk", "kfz", &path, Some(unread)).await;
    assert_eq!(elsewhere.0, 404, "{}", elsewhere.1);
    assert_ne!(
        world.pseudonym(&lena, "lea").await,
        world.pseudonym(&hanna, "lea").await,
        "nothing was merged"
    );
}

#[actix_web::test]
async fn a_case_is_read_at_the_desk_to_which_the_person_brought_it_and_nowhere_else() {
    let world = World::start().await;
    let path = format!("cases/{}", case(&world).await);
    assert_eq!(world.desk("lea-clerk", &path, None).await.0, 200);
    assert_eq!(world.desk("kfz-clerk", &path, None).await.0, 404);
    let proposal = json!({ "candidate": null });
    let path = format!("{path}/proposal");
    assert_eq!(world.desk("kfz-clerk", &path, Some(proposal)).await.0, 404);
}

#[actix_web::test]
async fn a_clerk_who_adds_many_strangers_needs_a_second_one_for_each() {
    let few = |settings: &mut Settings| settings.desk.strangers_per_day = 3;
    let world = World::with("sqlite::memory:", few).await;
    let token = world.refresh(&world.staff_tokens("lea-clerk").await, "lea").await.unwrap();
    let http = reqwest::Client::new();
    let url = format!("{}/desk/persons", world.issuer);
    // All at once, as a script would.
    let added = (0..8).map(async |number| {
        let request = http.post(&url).bearer_auth(&token).json(&stranger(number));
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    });
    let answers = futures_util::future::join_all(added).await;
    let refused: Vec<_> = answers.iter().filter(|(status, _)| *status != 200).collect();
    assert_eq!(answers.len() - refused.len(), 3, "{answers:?}");
    for (status, problem) in &refused {
        assert_eq!((*status, &problem["code"]), (403, &"second-person-needed".into()));
    }
    // Known persons need no second clerk, and a colleague can approve.
    let place = answers.iter().position(|(status, _)| *status == 200).unwrap();
    assert_eq!(world.desk("lea-clerk", "persons", Some(stranger(place))).await.0, 200);
    let place = answers.iter().position(|(status, _)| *status != 200).unwrap();
    let code = answers[place].1["case"].as_str().unwrap();
    assert_eq!(approve(&world, "lea-clerk", code).await.0, 403);
    assert_eq!(approve(&world, "lea-supervisor", code).await.0, 200);
    assert_eq!(world.desk("lea-clerk", "persons", Some(stranger(place))).await.0, 200);
}

#[actix_web::test]
async fn who_shares_a_birthday_is_served_once_the_case_is_settled() {
    let world = World::start().await;
    let card = world.tokens("eid", "ali", "online-id").await;
    let person = world.pseudonym(&card, "lea").await;
    let ali = json!({
        "given_names": "Ali", "family_name": "Ahmadi", "birth_date": "1990-01-01",
        "place_of_birth": "Kabul",
    });
    let (status, problem) = world.desk("lea-clerk", "persons", Some(ali.clone())).await;
    assert_eq!(status, 409, "{problem}");
    let code = problem["case"].as_str().unwrap();
    let with_case = |code: &str| {
        let mut ali = ali.clone();
        ali["case"] = code.into();
        ali
    };
    assert_eq!(world.desk("lea-clerk", "persons", Some(with_case(code))).await.0, 409, "open");
    let step = |step: &str| format!("cases/{code}/{step}");
    let candidate = json!({ "candidate": 1 });
    assert_eq!(world.desk("lea-clerk", &step("proposal"), Some(candidate)).await.0, 200);
    assert_eq!(approve(&world, "lea-supervisor", code).await.0, 200);
    let (status, answer) = world.desk("lea-clerk", "persons", Some(with_case(code))).await;
    assert_eq!((status, &answer["pseudonym"]), (200, &person.into()), "{answer}");
    let mut other = with_case(code);
    other["given_names"] = "Omar".into();
    assert_eq!(world.desk("lea-clerk", "persons", Some(other)).await.0, 409, "another document");
}

#[actix_web::test]
async fn an_address_that_a_clerk_types_is_proven_like_any_other() {
    let world = World::start().await;
    let tokens = world.tokens("bundid", "olena", "online-id").await;
    let contact = async || {
        let url = format!("{}/contact", world.issuer);
        let request = reqwest::Client::new().get(url).bearer_auth(&tokens.access);
        request.send().await.unwrap().json::<Value>().await.unwrap()
    };
    let before = contact().await["email"].clone();
    assert!(before.is_string(), "BundID vouches for one");
    let olena = json!({
        "given_names": "Olena", "family_name": "Shevchenko", "birth_date": "23.11.1992",
        "place_of_birth": "Kharkiv", "email": "trader@example.org",
    });
    let (status, answer) = world.desk("lea-clerk", "persons", Some(olena)).await;
    assert_eq!((status, &answer["email"]), (200, &"code-sent".into()), "{answer}");
    // The authority learns that messages reach her, and of a stranger that an unproven one does not.
    let has_email = async |answer: &Value| {
        let token = answer["attendee_token"].as_str().unwrap();
        world.verifier("lea").verify_attendee(token).await.unwrap().has_email
    };
    assert!(has_email(&answer).await);
    let mut other = stranger(1);
    other["email"] = "other@example.org".into();
    let (status, other) = world.desk("lea-clerk", "persons", Some(other)).await;
    assert_eq!((status, &other["email"]), (200, &"code-sent".into()), "{other}");
    assert!(!has_email(&other).await);
    let known = contact().await;
    assert_eq!((&known["email"], &known["unproven"]), (&before, &"trader@example.org".into()));
    let guess = json!({ "pseudonym": answer["pseudonym"], "code": "000000" });
    let (status, tried) = world.desk("lea-clerk", "persons/email-proof", Some(guess)).await;
    assert_eq!((status, &tried["proven"]), (200, &false.into()), "{tried}");
    assert_eq!(contact().await["email"], before);
    let unknown = json!({ "pseudonym": world.pseudonym(&tokens, "kfz").await, "code": "1" });
    assert_eq!(world.desk("lea-clerk", "persons/email-proof", Some(unknown)).await.0, 404);
}

#[actix_web::test]
async fn what_a_caller_says_proves_nothing_and_is_found_again_in_the_document() {
    let world = World::start().await;
    let call = async |said: Value| world.desk("lea-clerk", "callers", Some(said)).await;
    let said =
        json!({ "given_names": "OLENA", "family_name": "Shevchenko", "birth_date": "23.11.1992" });
    let (status, caller) = call(said.clone()).await;
    assert_eq!(status, 200, "{caller}");
    let attendee = async |answer: &Value| {
        let token = answer["attendee_token"].as_str().unwrap();
        world.verifier("lea").verify_attendee(token).await.unwrap()
    };
    let by_phone = attendee(&caller).await;
    assert_eq!(by_phone.level, vocabulary::TrustLevel::Basic);
    let clerk = world.claims(&world.staff_tokens("lea-clerk").await, "lea").await.sub;
    assert_eq!(by_phone.checked_by.unwrap().to_string(), clerk);
    assert_eq!(call(said).await.1["pseudonym"], caller["pseudonym"], "the same words");
    // Nobody was added: the document makes the first one.
    let olena = json!({
        "given_names": "Olena Maria", "family_name": "Shevchenko", "birth_date": "1992-11-23",
        "place_of_birth": "Kharkiv",
    });
    let (status, seen) = world.desk("lea-clerk", "persons", Some(olena)).await;
    assert_eq!(status, 200, "{seen}");
    assert_ne!(seen["pseudonym"], caller["pseudonym"]);
    assert_eq!(attendee(&seen).await.by_phone, Some(by_phone.pseudonym));
    // Another name, another authority: another caller.
    let other =
        json!({ "given_names": "Olena", "family_name": "Kovalenko", "birth_date": "1992-11-23" });
    assert_ne!(call(other).await.1["pseudonym"], caller["pseudonym"]);
    let elsewhere =
        json!({ "given_names": "Olena", "family_name": "Shevchenko", "birth_date": "1992-11-23" });
    let (_, elsewhere) = world.desk("kfz-clerk", "callers", Some(elsewhere)).await;
    assert_ne!(elsewhere["pseudonym"], caller["pseudonym"]);
    // No number of a document, no address.
    for more in ["document_number", "email"] {
        let mut said = json!({ "family_name": "Shevchenko", "birth_date": "1992" });
        said[more] = "L01X00T47".into();
        assert_eq!(call(said).await.0, 400, "{more}");
    }
}

#[actix_web::test]
async fn every_entry_about_the_desk_names_the_clerk_and_nobody_who_was_invented() {
    let Some(url) = postgres_url().await else { return };
    let world = World::on(&url).await;
    assert_eq!(world.desk("lea-clerk", "persons", Some(stranger(1))).await.0, 200);
    let said = json!({ "given_names": "Invented", "family_name": "Caller", "birth_date": "1980" });
    assert_eq!(world.desk("lea-clerk", "callers", Some(said)).await.0, 200);
    let unclear = json!({
        "given_names": "Omar", "family_name": "Ahmadi", "birth_date": "1990-01-01",
        "place_of_birth": "Kabul",
    });
    world.desk("lea-clerk", "persons", Some(unclear.clone())).await;
    world.desk("lea-clerk", "persons", Some(unclear)).await;
    let database = Database::connect(&url).await.unwrap();
    let db = database.connection();
    let sql = "SELECT action, actor, details FROM audit WHERE actor <> 'log-in'";
    let rows =
        db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let text =
        |row: &sea_orm::QueryResult, column: &str| row.try_get::<String>("", column).unwrap();
    let mut actions: Vec<_> = rows.iter().map(|row| text(row, "action")).collect();
    actions.dedup();
    for action in ["person.added", "desk.person-added", "desk.call-taken"] {
        assert!(actions.iter().any(|known| known == action), "{actions:?}");
    }
    let mut actors: Vec<_> = rows.iter().map(|row| text(row, "actor")).collect();
    actors.sort_unstable();
    actors.dedup();
    let [clerk] = &actors[..] else { panic!("{actors:?}") };
    assert!(clerk.starts_with("staff:"), "{clerk}");
    assert!(rows.iter().all(|row| !text(row, "details").contains("Invented")));
}
