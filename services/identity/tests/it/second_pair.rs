//! The second pair of eyes sees what it approves; and what was approved can be undone.

use proto::person::v1::MergeReversed;
use serde_json::{Value, json};

use crate::{
    events::listen,
    world::{Tokens, World, postgres_url},
};

/// Reads the case as `member` does, and approves what is proposed there.
pub(crate) async fn approve(world: &World, member: &str, code: &str) -> (u16, Value) {
    let (_, case) = world.desk(member, &format!("cases/{code}"), None).await;
    let proposal = case["proposal"]["id"].as_str().unwrap_or("unread");
    let body = json!({ "proposal": proposal });
    world.desk(member, &format!("cases/{code}/approval"), Some(body)).await
}

async fn card(world: &World, citizen: &str) -> Tokens {
    world.tokens("eid", citizen, "online-id").await
}

/// Proposes that these are one human; the code of the case.
async fn propose_merge(world: &World, kept: &str, dissolved: &str) -> String {
    let body = json!({ "kept": kept, "dissolved": dissolved });
    let (status, case) = world.desk("lea-clerk", "merges", Some(body)).await;
    assert_eq!(status, 201, "{case}");
    case["code"].as_str().unwrap().to_owned()
}

async fn propose_reversal(world: &World, code: &str) {
    let path = format!("cases/{code}/reversal");
    assert_eq!(world.desk("lea-clerk", &path, Some(json!({}))).await.0, 200);
}

#[actix_web::test]
async fn who_approves_a_merge_has_read_both_persons_and_who_proposed_it() {
    let world = World::start().await;
    let berlin = world.pseudonym(&card(&world, "lena-berlin").await, "lea").await;
    let hamburg = world.pseudonym(&card(&world, "lena-hamburg").await, "lea").await;
    let code = propose_merge(&world, &berlin, &hamburg).await;
    let path = format!("cases/{code}");
    let (_, case) = world.desk("lea-supervisor", &path, None).await;
    for (place, side, pseudonym) in
        [("Berlin", "kept", &berlin), ("Hamburg", "dissolved", &hamburg)]
    {
        let shown = &case["merge"][side];
        assert_eq!(shown["pseudonym"], *pseudonym, "{case}");
        let born = shown["person"]["place_of_birth"].as_str().unwrap();
        assert!(born.eq_ignore_ascii_case(place), "{case}");
        assert_eq!(shown["person"]["birth_date"], "1995-06-02");
        assert_eq!(shown["logs_in_with"], json!(["eid"]));
    }
    let clerk = world.claims(&world.staff_tokens("lea-clerk").await, "lea").await.sub;
    let proposal = &case["proposal"];
    assert_eq!((&proposal["effect"], &proposal["by"]), (&"merge".into(), &clerk.into()));
    assert!(proposal["at"].is_string(), "{case}");

    let approval = format!("{path}/approval");
    let act = async |body: Value| world.desk("lea-supervisor", &approval, Some(body)).await;
    for unread in [json!({}), json!({ "proposal": 1 })] {
        let (status, problem) = act(unread).await;
        assert_eq!((status, &problem["code"]), (400, &"invalid-request".into()));
        assert_eq!(problem["field"], "proposal", "{problem}");
    }
    // What somebody else read was not read by the approver.
    let (_, by_clerk) = world.desk("lea-clerk", &path, None).await;
    let own = (&proposal["is_own"], &by_clerk["proposal"]["is_own"]);
    assert_eq!(own, (&false.into(), &true.into()), "{case}");
    let theirs = json!({ "proposal": by_clerk["proposal"]["id"] });
    let (status, problem) = act(theirs).await;
    assert_eq!((status, &problem["code"]), (409, &"case-state".into()));
    assert_eq!(act(json!({ "proposal": proposal["id"] })).await.0, 200);
}

#[actix_web::test]
async fn a_proposal_that_changes_after_it_was_read_is_not_approved() {
    let world = World::start().await;
    card(&world, "ali").await;
    let other = world.tokens("bundid", "ali", "online-id").await;
    let code = World::case_of(&other).unwrap();
    let step = |step: &str| format!("cases/{code}/{step}");
    let propose =
        async |body: Value| world.desk("lea-clerk", &step("proposal"), Some(body)).await.0;
    let read = async || world.desk("lea-supervisor", &format!("cases/{code}"), None).await.1;
    assert_eq!(propose(json!({ "candidate": null })).await, 200);
    let before = read().await;
    assert_eq!(before["proposal"]["effect"], "another-person");
    assert_eq!(propose(json!({ "candidate": 1 })).await, 200);
    let approval = json!({ "proposal": before["proposal"]["id"] });
    let (status, problem) = world.desk("lea-supervisor", &step("approval"), Some(approval)).await;
    assert_eq!((status, &problem["code"]), (409, &"case-state".into()), "{problem}");
    let now = read().await;
    let effect = (&now["proposal"]["effect"], &now["proposal"]["candidate"]);
    assert_eq!(effect, (&"candidate".into(), &json!(1)), "nothing was settled: {now}");
    let approval = json!({ "proposal": now["proposal"]["id"] });
    assert_eq!(world.desk("lea-supervisor", &step("approval"), Some(approval)).await.0, 200);
    propose_reversal(&world, &code).await;
    assert_eq!(read().await["proposal"]["effect"], "reversal");
}

#[actix_web::test]
async fn other_authorities_pseudonyms_are_nobodys_whoever_they_are_of() {
    let world = World::start().await;
    let (lena, hanna) = (card(&world, "lena-berlin").await, card(&world, "lena-hamburg").await);
    let mut known = Vec::new();
    for authority in ["lea", "kfz"] {
        for tokens in [&lena, &hanna] {
            known.push(world.pseudonym(tokens, authority).await);
        }
    }
    let [lena, _, lena_at_kfz, hanna_at_kfz] = &known[..] else { panic!("four") };
    let nobody = "psn_0000000000000000000000000a".to_owned();
    for foreign in [lena_at_kfz, hanna_at_kfz, &nobody] {
        for (kept, dissolved) in [(lena, foreign), (foreign, lena), (foreign, foreign)] {
            let body = json!({ "kept": kept, "dissolved": dissolved });
            let (status, problem) = world.desk("lea-clerk", "merges", Some(body)).await;
            assert_eq!((status, &problem["code"]), (404, &"not-found".into()), "{problem}");
        }
    }
}

#[actix_web::test]
async fn a_merge_is_approved_only_while_both_stand_as_when_it_was_proposed() {
    for url in ["sqlite::memory:".to_owned()].into_iter().chain(postgres_url().await) {
        let world = World::on(&url).await;
        let mut people = Vec::new();
        for citizen in ["lena-berlin", "lena-hamburg", "olena"] {
            people.push(world.pseudonym(&card(&world, citizen).await, "lea").await);
        }
        let [x, y, z] = &people[..] else { panic!("three") };
        let opposite = [propose_merge(&world, x, y).await, propose_merge(&world, y, x).await];
        let third = propose_merge(&world, x, z).await;
        // Both at once, as scripts would.
        let approvals = opposite.iter().map(|code| approve(&world, "lea-supervisor", code));
        let answers = futures_util::future::join_all(approvals).await;
        let mut statuses: Vec<_> = answers.iter().map(|(status, _)| *status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{answers:?}");
        let done = answers.iter().position(|(status, _)| *status == 200).unwrap();
        let refused = &answers[1 - done].1;
        assert_eq!(refused["code"], "case-state", "{refused}");
        // One of them touched the third case as well.
        let (status, problem) = approve(&world, "lea-supervisor", &third).await;
        assert_eq!((status, &problem["code"]), (409, &"case-state".into()), "{problem}");
        let kept = if done == 0 { x } else { y };
        for citizen in ["lena-berlin", "lena-hamburg"] {
            assert_eq!(world.pseudonym(&card(&world, citizen).await, "lea").await, *kept);
        }
        // A dissolved person cannot be merged.
        let gone = if done == 0 { y } else { x };
        let body = json!({ "kept": z, "dissolved": gone });
        assert_eq!(world.desk("lea-clerk", "merges", Some(body)).await.0, 409);
    }
}

#[actix_web::test]
async fn a_merge_that_is_undone_is_undone_at_the_authorities() {
    let world = World::start().await;
    let (trader, victim) = (card(&world, "lena-berlin").await, card(&world, "lena-hamburg").await);
    let kept = world.pseudonym(&trader, "lea").await;
    let dissolved = world.pseudonym(&victim, "lea").await;
    let code = propose_merge(&world, &kept, &dissolved).await;
    assert_eq!(approve(&world, "lea-supervisor", &code).await.0, 200);
    let as_trader = card(&world, "lena-hamburg").await;
    assert_eq!(world.pseudonym(&as_trader, "lea").await, kept);

    let mut reversed = listen::<MergeReversed>(&world).await;
    propose_reversal(&world, &code).await;
    assert_eq!(approve(&world, "lea-supervisor", &code).await.1["state"], "reversed");
    let (event, message) = reversed.next().await;
    assert_eq!((&message.kept, &message.restored), (&kept, &dissolved));
    let verifier = world.verifier(event.authority.as_str());
    let proof = verifier.verify_merge_reversal(&message.proof).await.unwrap();
    assert_eq!(
        (proof.kept.to_string(), proof.restored.to_string()),
        (kept.clone(), dissolved.clone())
    );
    assert!(verifier.verify_merge(&message.proof).await.is_err(), "no proof of a merge");
    // Log-ins as the other person are its own again, and each is who they were.
    assert_eq!(world.refresh(&as_trader, "lea").await.unwrap_err()["error"], "invalid_grant");
    let victim = card(&world, "lena-hamburg").await;
    assert_eq!(world.pseudonym(&victim, "lea").await, dissolved);
    assert_eq!(world.pseudonym(&card(&world, "lena-berlin").await, "lea").await, kept);
    let case = world.desk("lea-clerk", &format!("cases/{code}"), None).await.1;
    assert_eq!((&case["state"], &case["merge"]), (&"reversed".into(), &Value::Null));
    // It was a mistake to undo it: a new case says so.
    let again = propose_merge(&world, &kept, &dissolved).await;
    assert_eq!(approve(&world, "lea-supervisor", &again).await.0, 200);
}

#[actix_web::test]
async fn a_log_in_that_was_not_the_known_persons_is_a_person_who_keeps_what_they_booked() {
    let world = World::start().await;
    let known = world.pseudonym(&card(&world, "ali").await, "lea").await;
    let log_in = async || world.tokens("bundid", "ali", "online-id").await;
    let unclear = log_in().await;
    let theirs = world.pseudonym(&unclear, "lea").await;
    let code = World::case_of(&unclear).unwrap();
    let proposal = json!({ "candidate": 1 });
    let path = format!("cases/{code}/proposal");
    assert_eq!(world.desk("lea-clerk", &path, Some(proposal)).await.0, 200);
    assert_eq!(approve(&world, "lea-supervisor", &code).await.0, 200);
    let mut reversed = listen::<MergeReversed>(&world).await;
    propose_reversal(&world, &code).await;
    assert_eq!(approve(&world, "lea-supervisor", &code).await.0, 200);
    let (_, message) = reversed.next().await;
    assert_eq!((&message.kept, &message.restored), (&known, &theirs));
    let again = log_in().await;
    let claims = world.claims(&again, "lea").await;
    assert_eq!((claims.sub, claims.doubt, World::case_of(&again)), (theirs, None, None));
    assert_eq!(world.attendee(&again, "lea").await.birthdate, "1990-01-01");
    let card = card(&world, "ali").await;
    assert_eq!(world.pseudonym(&card, "lea").await, known);
    assert_eq!(world.attendee(&card, "lea").await.birthdate, "1990-01-01");
}

#[actix_web::test]
async fn who_is_not_another_human_after_all_is_in_doubt_again_and_still_themselves() {
    let world = World::start().await;
    card(&world, "ali").await;
    let log_in = async || world.tokens("bundid", "ali", "online-id").await;
    let unclear = log_in().await;
    let theirs = world.pseudonym(&unclear, "lea").await;
    let code = World::case_of(&unclear).unwrap();
    let path = format!("cases/{code}/proposal");
    let stranger = json!({ "candidate": null });
    assert_eq!(world.desk("lea-clerk", &path, Some(stranger)).await.0, 200);
    assert_eq!(approve(&world, "lea-supervisor", &code).await.0, 200);
    propose_reversal(&world, &code).await;
    assert_eq!(approve(&world, "lea-supervisor", &code).await.0, 200);
    let again = log_in().await;
    let claims = world.claims(&again, "lea").await;
    assert_eq!(claims.sub, theirs, "what they booked is theirs");
    assert!(claims.doubt.is_some());
    assert!(World::case_of(&again).is_some_and(|another| another != code), "a new case");
}
