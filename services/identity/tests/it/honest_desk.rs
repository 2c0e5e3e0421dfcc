//! Two pairs of eyes are two humans, and a clerk alone can do little harm.

use auth::{Reach, Role};
use identity::{Settings, settings::Grant};
use serde_json::{Value, json};

use crate::world::World;

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
    let approval = format!("cases/{}/approval", merge["code"].as_str().unwrap());
    let own = world.desk("lea-clerk", &approval, Some(json!({}))).await;
    assert_eq!((own.0, &own.1["code"]), (403, &"second-person-needed".into()));
    let elsewhere = world.desk_at("lea-clerk", "kfz", &approval, Some(json!({}))).await;
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
    let approval = format!("cases/{code}/approval");
    assert_eq!(world.desk("lea-clerk", &approval, Some(json!({}))).await.0, 403);
    assert_eq!(world.desk("lea-supervisor", &approval, Some(json!({}))).await.0, 200);
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
    assert_eq!(world.desk("lea-supervisor", &step("approval"), Some(json!({}))).await.0, 200);
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
    assert_eq!(contact().await, json!({ "email": before, "unproven": "trader@example.org" }));
    let guess = json!({ "pseudonym": answer["pseudonym"], "code": "000000" });
    let (status, tried) = world.desk("lea-clerk", "persons/email-proof", Some(guess)).await;
    assert_eq!((status, &tried["proven"]), (200, &false.into()), "{tried}");
    assert_eq!(contact().await["email"], before);
    let unknown = json!({ "pseudonym": world.pseudonym(&tokens, "kfz").await, "code": "1" });
    assert_eq!(world.desk("lea-clerk", "persons/email-proof", Some(unknown)).await.0, 404);
}
