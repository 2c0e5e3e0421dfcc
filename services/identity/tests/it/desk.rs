//! At the desk: a document is as good as a log-in, and two members of staff decide what is unclear.

use problem::types;
use serde_json::{Value, json};
use vocabulary::TrustLevel;

use crate::{second_pair::approve, world::World};

fn olena() -> Value {
    json!({
        "given_names": "Olena",
        "family_name": "Shevchenko",
        "birth_date": "23.11.1992",
        "place_of_birth": "Kharkiv",
    })
}

#[actix_web::test]
async fn a_document_makes_the_same_person_as_a_log_in_with_the_card() {
    let world = World::start().await;
    let (status, answer) = world.desk("lea-clerk", "persons", Some(olena())).await;
    assert_eq!(status, 200, "{answer}");
    let token = answer["attendee_token"].as_str().unwrap();
    let attendee = world.verifier("lea").verify_attendee(token).await.unwrap();
    assert_eq!(
        (attendee.family_name.as_str(), attendee.birthdate.as_str()),
        ("Shevchenko", "1992-11-23")
    );
    assert_eq!(attendee.level, TrustLevel::High);
    let clerk = world.claims(&world.staff_tokens("lea-clerk").await, "lea").await.sub;
    assert_eq!(attendee.checked_by.unwrap().to_string(), clerk);

    let card = world.tokens("eid", "olena", "online-id").await;
    assert_eq!(world.pseudonym(&card, "lea").await, answer["pseudonym"]);
    let (_, elsewhere) = world.desk("kfz-clerk", "persons", Some(olena())).await;
    assert_ne!(elsewhere["pseudonym"], answer["pseudonym"], "each authority has its own");
    assert_eq!(world.pseudonym(&card, "kfz").await, elsewhere["pseudonym"]);
}

#[actix_web::test]
async fn the_desk_is_for_staff_only_and_says_what_is_wrong() {
    let world = World::start().await;
    let citizen = world.tokens("eid", "erika", "online-id").await;
    let token = world.refresh(&citizen, "lea").await.unwrap();
    let url = format!("{}/desk/persons", world.issuer);
    let http = reqwest::Client::new();
    let by_citizen = http.post(&url).bearer_auth(token).json(&olena()).send().await.unwrap();
    assert_eq!(by_citizen.status(), 403);
    assert_eq!(http.post(&url).json(&olena()).send().await.unwrap().status(), 401);
    for (body, status) in [
        (json!({"family_name": "X", "birth_date": "1980-02-30"}), 400),
        (json!({"family_name": "-", "birth_date": "1980-02-03"}), 400),
        (json!({"family_name": 5}), 400),
        (json!({"family_name": "X", "birth_date": "1980", "shoe_size": 44}), 400),
    ] {
        let (answered, problem) = world.desk("lea-clerk", "persons", Some(body)).await;
        assert_eq!((answered, &problem["code"]), (status, &"invalid-request".into()), "{problem}");
    }
    assert_eq!(world.desk("lea-clerk", "cases/K7QD-3XHM", None).await.0, 404);
    assert_eq!(world.desk("lea-clerk", "cases/nonsense", None).await.0, 404);
}

/// Ali logs in by two ways; the second is unclear and becomes a case.
async fn unclear(world: &World) -> (String, String) {
    let card = world.tokens("eid", "ali", "online-id").await;
    let person = world.pseudonym(&card, "lea").await;
    let other = world.tokens("bundid", "ali", "online-id").await;
    (person, World::case_of(&other).unwrap())
}

#[actix_web::test]
async fn two_members_of_staff_link_a_log_in_to_a_person_and_can_undo_it() {
    let world = World::start().await;
    let (person, code) = unclear(&world).await;
    let again = world.tokens("bundid", "ali", "online-id").await;
    assert_eq!(World::case_of(&again).as_ref(), Some(&code), "the same log-in is the same case");

    let case = format!("cases/{code}");
    let (_, view) = world.desk("lea-clerk", &case, None).await;
    assert_eq!(
        (&view["state"], &view["person"]["family_name"]),
        (&"open".into(), &"AHMADI".into())
    );
    let [candidate] = &view["candidates"].as_array().unwrap()[..] else { panic!("{view}") };
    assert_eq!((&candidate["number"], &candidate["logs_in_with"]), (&json!(1), &json!([])));
    assert_eq!(candidate["agreement"]["birth_date"], "same", "to be compared: {view}");
    assert!(candidate["person"].is_null(), "only what was stated is shown: {view}");
    assert!(view["proposal"].is_null() && view["merge"].is_null(), "{view}");
    assert_eq!(view["is_of_log_in"], true, "{view}");

    let act =
        async |member: &str, path: &str, body: Value| world.desk(member, path, Some(body)).await;
    assert_eq!(approve(&world, "lea-clerk", &code).await.0, 409, "nothing is proposed");
    let proposal = format!("{case}/proposal");
    assert_eq!(act("lea-clerk", &proposal, json!({"candidate": 2})).await.0, 400);
    assert_eq!(act("lea-clerk", &proposal, json!({"candidate": 1})).await.1["state"], "proposed");
    let alone = approve(&world, "lea-clerk", &code).await;
    assert_eq!((alone.0, &alone.1["code"]), (403, &"second-person-needed".into()));
    assert_eq!(approve(&world, "lea-supervisor", &code).await.1["state"], "settled");

    let linked = world.tokens("bundid", "ali", "online-id").await;
    assert_eq!(world.pseudonym(&linked, "lea").await, person);

    assert_eq!(
        act("lea-clerk", &format!("{case}/reversal"), json!({})).await.1["state"],
        "reversal_proposed"
    );
    assert_eq!(approve(&world, "lea-clerk", &code).await.0, 403);
    assert_eq!(approve(&world, "kfz-supervisor", &code).await.0, 404, "not their case");
    assert_eq!(approve(&world, "lea-supervisor", &code).await.1["state"], "reversed");
    let another = world.tokens("bundid", "ali", "online-id").await;
    assert_ne!(world.pseudonym(&another, "lea").await, person);
    assert_eq!(World::case_of(&another), None, "another human, as two members of staff say");
}

#[actix_web::test]
async fn two_members_of_staff_tell_two_humans_apart() {
    let world = World::start().await;
    let (person, code) = unclear(&world).await;
    let path = |step: &str| format!("cases/{code}/{step}");
    world.desk("lea-clerk", &path("proposal"), Some(json!({"candidate": null}))).await;
    assert_eq!(approve(&world, "lea-supervisor", &code).await.0, 200);
    let other = world.tokens("bundid", "ali", "online-id").await;
    assert_ne!(world.pseudonym(&other, "lea").await, person);
    // Each is known by their own card from now on.
    let first = world.tokens("eid", "ali", "online-id").await;
    assert_eq!(world.pseudonym(&first, "lea").await, person);
}

#[actix_web::test]
async fn two_persons_who_are_one_human_become_one() {
    let world = World::start().await;
    let berlin = world.tokens("eid", "lena-berlin", "online-id").await;
    let hamburg = world.tokens("eid", "lena-hamburg", "online-id").await;
    let (kept, dissolved) =
        (world.pseudonym(&berlin, "lea").await, world.pseudonym(&hamburg, "lea").await);
    let body = json!({ "kept": kept, "dissolved": dissolved });
    assert_eq!(world.desk("kfz-clerk", "merges", Some(body.clone())).await.0, 404, "unknown there");
    let same = json!({ "kept": kept, "dissolved": kept });
    assert_eq!(world.desk("lea-clerk", "merges", Some(same)).await.0, 400);

    let (status, case) = world.desk("lea-clerk", "merges", Some(body)).await;
    assert_eq!(status, 201, "{case}");
    let code = case["code"].as_str().unwrap();
    assert_eq!(approve(&world, "lea-clerk", code).await.0, 403);
    assert_eq!(approve(&world, "lea-supervisor", code).await.0, 200);
    let merged = world.tokens("eid", "lena-hamburg", "online-id").await;
    assert_eq!(world.pseudonym(&merged, "lea").await, kept);

    let reversal = format!("cases/{code}/reversal");
    assert_eq!(world.desk("lea-supervisor", &reversal, Some(json!({}))).await.0, 200);
    assert_eq!(approve(&world, "lea-clerk", code).await.1["state"], "reversed");
    let apart = world.tokens("eid", "lena-hamburg", "online-id").await;
    assert_eq!(world.pseudonym(&apart, "lea").await, dissolved);
}

/// What a problem means stands at the address that its `type` names.
#[actix_web::test]
async fn each_problem_has_its_page() {
    let world = World::start().await;
    for kind in [&types::PERSON_UNCLEAR, &types::INVALID_TOKEN] {
        let url = format!("{}/problems/{}", world.issuer, kind.code);
        let page = reqwest::get(url).await.unwrap();
        assert_eq!(page.status(), 200);
        assert!(page.text().await.unwrap().contains(kind.title));
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_body_is_said_of_the_field() {
    let world = World::start().await;
    let long = "x".repeat(201);
    for (path, body, field) in [
        ("persons", json!({"family_name": 5, "birth_date": "1980-02-03"}), "family_name"),
        ("persons", json!({"family_name": "X"}), "birth_date"),
        ("persons", json!({"family_name": "X", "birth_date": "1980-02-30"}), "birth_date"),
        ("persons", json!({"family_name": "X", "birth_date": "2099-02-03"}), "birth_date"),
        ("persons", json!({"family_name": long, "birth_date": "1980-02-03"}), "family_name"),
        (
            "persons",
            json!({"family_name": "X", "birth_date": "1980", "shoe_size": 44}),
            "shoe_size",
        ),
        ("persons/email-proof", json!({"pseudonym": "x", "code": "1"}), "pseudonym"),
        ("callers", json!({"family_name": "X", "birth_date": 1980}), "birth_date"),
        ("persons", json!({"family_name": "🙂🙂", "birth_date": "1980-02-03"}), "family_name"),
        ("persons", json!({"family_name": "🅰🅱", "birth_date": "1980-02-03"}), "family_name"),
        (
            "persons",
            json!({"family_name": "X", "birth_date": "1980-02-03", "place_of_birth": "Berlin ❤"}),
            "place_of_birth",
        ),
        (
            "callers",
            json!({"given_names": "Erika 🙂", "family_name": "X", "birth_date": "1980-02-03"}),
            "given_names",
        ),
    ] {
        let (status, problem) = world.desk("lea-clerk", path, Some(body)).await;
        assert_eq!((status, &problem["field"]), (400, &field.into()), "{path}: {problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.starts_with(&format!("{field}: ")), "{detail}");
    }
    let (_, problem) = world.desk("lea-clerk", "callers", Some(json!([]))).await;
    assert_eq!(problem["detail"], "must be an object");
}

/// Fault: a clerk who typed name, date and place of birth read the birth name of the known person.
#[actix_web::test]
async fn what_nobody_typed_no_case_tells() {
    let world = World::start().await;
    let mut known = olena();
    known["birth_name"] = json!("Bondarenko");
    assert_eq!(world.desk("lea-clerk", "persons", Some(known)).await.0, 200);
    let (status, unclear) = world.desk("lea-clerk", "persons", Some(olena())).await;
    assert_eq!((status, &unclear["code"]), (409, &"person-unclear".into()), "{unclear}");
    let path = format!("cases/{}", unclear["case"].as_str().unwrap());
    let (_, view) = world.desk("lea-supervisor", &path, None).await;
    let agreement = &view["candidates"][0]["agreement"];
    assert_eq!(
        (&agreement["family_name"], &agreement["birth_name"]),
        (&json!("same"), &json!("unknown"))
    );
    assert!(!view.to_string().to_lowercase().contains("bondarenko"), "{view}");
    assert_eq!(view["is_of_log_in"], false, "{view}");
}
