//! Each person gets one ticket for a draw, and nothing but their number is kept.

use std::sync::LazyLock;

use ambient::{Clock as _, SeededEntropy};
use draw::{
    Announcement, Bytes, Channel, Entry, Freeze, Identity, Ticket, Tickets,
    check::countersigned,
    rehearsal::{Rehearsal, Size},
};
use ids::DrawId;
use jiff::SignedDuration;
use reference::undocumented;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{
    proven::{HIGH, LOW, person, tokens},
    provisional,
    second_pair::approve,
    world::{Tokens, World, postgres_url},
};

static DOCUMENT: LazyLock<Value> = LazyLock::new(identity::openapi_document);

const SIZE: Size =
    Size { entries: 0, places: 1, days: 1, desks: 1, slots: 4, wishes: 1, logged: false };
const SLOT: (&str, &str) = ("slot-lea", "slot secret");

fn draw_id() -> DrawId {
    DrawId::from_bits(7)
}

fn at_authority(authority: &str, part: &str) -> String {
    format!("/authorities/{authority}/draws/{}{part}", draw_id())
}

async fn world(database: &str) -> World {
    World::with(database, |settings| {
        let client = "{id: slot-lea, secret: {value: slot secret}, scopes: ['draws:announce'], \
                      authorities: [lea]}";
        settings.clients.push(settings::parse_yaml("test", client).unwrap());
    })
    .await
}

/// Asks, and compares the answer with the document.
async fn ask(
    world: &World,
    (method, path): (Method, &str),
    prove: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    body: Option<Value>,
) -> (u16, Value) {
    let request = Client::new().request(method.clone(), format!("{}{path}", world.issuer));
    let request = body.iter().fold(prove(request), |request, body| request.json(body));
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap_or_default();
    let wrong = undocumented(&DOCUMENT, method.as_str(), path, status, &body);
    assert_eq!(wrong, None, "{body}");
    (status, body)
}

/// The slot service of `lea` asks.
async fn as_slot(world: &World, what: (Method, &str), body: Option<Value>) -> (u16, Value) {
    ask(world, what, |request| request.basic_auth(SLOT.0, Some(SLOT.1)), body).await
}

/// A draw that is open for an hour from now on.
async fn prepared(world: &World) -> Announcement {
    let (status, part) = as_slot(world, (Method::PUT, &at_authority("lea", "")), None).await;
    assert_eq!(status, 200, "{part}");
    let again = as_slot(world, (Method::PUT, &at_authority("lea", "")), None).await;
    assert_eq!(again.1, part, "a key is made once");
    let now = u64::try_from(world.clock.now().as_second()).unwrap();
    let text = |name: &str| part[name].as_str().unwrap();
    Announcement {
        draw: draw_id().to_string(),
        opens: now,
        closes: now + 3600,
        identity: Identity {
            independent: true,
            key: text("key").to_owned(),
            stamp: text("stamp").parse().unwrap(),
        },
        ..Rehearsal::invent(&SIZE, &SeededEntropy::new(1)).announcement
    }
}

async fn announce(world: &World, announcement: &Announcement) -> (u16, Value) {
    let body = json!({
        "digest": announcement.digest(), "opens": announcement.opens,
        "closes": announcement.closes, "level": "substantial",
    });
    as_slot(world, (Method::PUT, &at_authority("lea", "/announcement")), Some(body)).await
}

async fn open_draw(world: &World) -> Announcement {
    let announcement = prepared(world).await;
    assert_eq!(announce(world, &announcement).await.0, 204);
    announcement
}

/// The answer to a person who wants their ticket.
async fn take(world: &World, person: &Tokens, authority: &str) -> (u16, Value) {
    let token = world.refresh(person, authority).await.unwrap();
    let path = format!("/draws/{}/ticket", draw_id());
    ask(world, (Method::POST, &path), |request| request.bearer_auth(token), None).await
}

/// Their ticket, as the authority reads it.
async fn ticket(world: &World, person: &Tokens, announcement: &Announcement) -> Ticket {
    let (status, answer) = take(world, person, "lea").await;
    assert_eq!(status, 200, "{answer}");
    Ticket::read(answer["ticket"].as_str().unwrap(), announcement).unwrap()
}

/// The window is over.
fn close(world: &World) {
    world.clock.advance(SignedDuration::from_hours(1));
}

async fn countersign(world: &World, root: Bytes<32>) -> (u16, Value) {
    let what = (Method::POST, &*at_authority("lea", "/countersignature"));
    as_slot(world, what, Some(json!({ "root": root }))).await
}

/// What identity says of the list of those who entered with these tickets.
async fn vouched(world: &World, announcement: &Announcement, tickets: &[Ticket]) -> Tickets {
    let mut entries: Vec<_> = tickets.iter().map(entry).collect();
    entries.sort_unstable_by_key(|entry| entry.serial);
    let freeze = Freeze::new(announcement, &entries, announcement.closes);
    let (status, answer) = countersign(world, freeze.root).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(countersign(world, freeze.root).await.1, answer, "it says the same again");
    let note = answer["tickets"].as_str().unwrap();
    countersigned(announcement, &entries, &freeze.root, note).unwrap()
}

fn entry(ticket: &Ticket) -> Entry {
    Entry {
        channel: ticket.channel,
        cohort: 0,
        companions: 0,
        quotas: Vec::new(),
        revision: 0,
        serial: ticket.serial,
        stamp: ticket.stamp,
        wishes: Bytes([0; 32]),
    }
}

async fn card(world: &World, citizen: &str) -> Tokens {
    world.tokens("eid", citizen, "online-id").await
}

#[actix_web::test]
async fn one_human_has_one_ticket_with_any_log_in_and_everybody_can_check_the_number() {
    let world = world("sqlite::memory:").await;
    let announcement = open_draw(&world).await;
    let erika = ticket(&world, &card(&world, "erika").await, &announcement).await;
    let other = world.tokens("bundid", "erika", "online-id").await;
    assert_eq!(ticket(&world, &other, &announcement).await, erika);
    let olena = ticket(&world, &card(&world, "olena").await, &announcement).await;
    assert_ne!(olena.serial, erika.serial);
    assert_eq!(erika.channel, Channel::Online);
    // A ticket counts even if its person does not enter.
    ticket(&world, &card(&world, "marlene").await, &announcement).await;
    close(&world);
    let said = vouched(&world, &announcement, &[erika, olena]).await;
    assert_eq!((said.given.online, said.given.desk), (3, 0));
}

#[actix_web::test]
async fn whoever_may_be_a_known_person_leaves_the_ticket_to_them() {
    let world = world("sqlite::memory:").await;
    let announcement = open_draw(&world).await;
    let known = provisional::log_in(&world, "first").await;
    let unclear = provisional::log_in(&world, "second").await;
    for _ in 0..2 {
        // The same before and after the known person takes theirs.
        let (status, problem) = take(&world, &unclear, "lea").await;
        assert_eq!((status, &problem["code"]), (409, &json!("entered-in-doubt")));
        ticket(&world, &known, &announcement).await;
    }
    provisional::settle(&world, &World::case_of(&unclear).unwrap(), None).await;
    let certain = provisional::log_in(&world, "second").await;
    let theirs = ticket(&world, &certain, &announcement).await;
    close(&world);
    let first = ticket_count(&world, &announcement, theirs).await;
    assert_eq!(first, 2);
}

/// How many tickets identity gave online, as it says of a list with one of them.
async fn ticket_count(world: &World, announcement: &Announcement, ticket: Ticket) -> u64 {
    vouched(world, announcement, &[ticket]).await.given.online
}

#[actix_web::test]
async fn two_persons_who_are_merged_have_one_ticket_and_two_again_after_a_split() {
    for url in ["sqlite::memory:".to_owned()].into_iter().chain(postgres_url().await) {
        let world = world(&url).await;
        let announcement = open_draw(&world).await;
        let (kept, gone) = (card(&world, "lena-berlin").await, card(&world, "lena-hamburg").await);
        let theirs = ticket(&world, &gone, &announcement).await;
        let names = (world.pseudonym(&kept, "lea").await, world.pseudonym(&gone, "lea").await);
        let body = json!({ "kept": names.0, "dissolved": names.1 });
        let (_, case) = world.desk("lea-clerk", "merges", Some(body)).await;
        let code = case["code"].as_str().unwrap();
        assert_eq!(approve(&world, "lea-supervisor", code).await.0, 200);
        // Whichever of the two log in: the ticket that one of them had is theirs.
        for citizen in ["lena-berlin", "lena-hamburg"] {
            let now = card(&world, citizen).await;
            assert_eq!(ticket(&world, &now, &announcement).await, theirs, "{citizen}");
        }
        let path = format!("cases/{code}/reversal");
        assert_eq!(world.desk("lea-clerk", &path, Some(json!({}))).await.0, 200);
        assert_eq!(approve(&world, "lea-supervisor", code).await.0, 200);
        let again = ticket(&world, &card(&world, "lena-hamburg").await, &announcement).await;
        assert_eq!(again, theirs);
        let own = ticket(&world, &card(&world, "lena-berlin").await, &announcement).await;
        assert_ne!(own.serial, theirs.serial);

        // Both have one now. Merged anew, one of the two is taken back.
        let body = json!({ "kept": names.0, "dissolved": names.1 });
        let (_, case) = world.desk("lea-clerk", "merges", Some(body)).await;
        assert_eq!(approve(&world, "lea-supervisor", case["code"].as_str().unwrap()).await.0, 200);
        let left = ticket(&world, &card(&world, "lena-hamburg").await, &announcement).await;
        assert_eq!(left, own);
        close(&world);
        let said = vouched(&world, &announcement, &[own]).await;
        assert_eq!((said.given.online, said.given.desk), (1, 0));
    }
}

#[actix_web::test]
async fn tickets_are_given_while_the_window_is_open_and_to_sure_log_ins() {
    let world = world("sqlite::memory:").await;
    let erika = card(&world, "erika").await;
    let code = |(status, body): (u16, Value)| (status, body["code"].as_str().unwrap().to_owned());
    let refused = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(code(take(&world, &erika, "lea").await), refused(404, "draw-not-found"));
    let mut announcement = prepared(&world).await;
    assert_eq!(code(take(&world, &erika, "lea").await), refused(404, "draw-not-found"));
    announcement.opens += 60;
    assert_eq!(announce(&world, &announcement).await.0, 204);
    assert_eq!(announce(&world, &announcement).await.0, 204, "the same again changes nothing");
    assert_eq!(code(take(&world, &erika, "lea").await), refused(409, "draw-not-open"));
    world.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(take(&world, &erika, "lea").await.0, 200);
    assert_eq!(code(take(&world, &erika, "kfz").await), refused(404, "draw-not-found"));

    let said = tokens(&world, &person("s", LOW, "Sven", "Low", "1980-02-03")).await;
    let (status, problem) = take(&world, &said, "lea").await;
    assert_eq!((status, &problem["required_level"]), (403, &json!("substantial")));
    // A log-in by password gets nothing of a person who was proven by a card.
    tokens(&world, &person("c", HIGH, "Carla", "Card", "1981-02-03")).await;
    let password = tokens(&world, &person("c", LOW, "Carla", "Card", "1981-02-03")).await;
    assert_eq!(code(take(&world, &password, "lea").await), refused(403, "level-too-low"));

    let mut other = announcement.clone();
    other.closes += 1;
    assert_eq!(code(announce(&world, &other).await), refused(409, "other-announcement"));
    let (one, two) = (Bytes([1; 32]), Bytes([2; 32]));
    assert_eq!(code(countersign(&world, one).await), refused(409, "draw-still-open"));
    close(&world);
    let late = card(&world, "olena").await;
    assert_eq!(code(take(&world, &late, "lea").await), refused(409, "draw-not-open"));
    assert_eq!(countersign(&world, one).await.0, 200);
    assert_eq!(code(countersign(&world, two).await), refused(409, "other-list"));
    assert_eq!(code(take(&world, &late, "lea").await), refused(409, "draw-not-open"));
}

#[actix_web::test]
async fn once_the_list_is_frozen_identity_knows_nothing_of_who_entered() {
    let world = world("sqlite::memory:").await;
    let announcement = open_draw(&world).await;
    let erika = card(&world, "erika").await;
    let given = ticket(&world, &erika, &announcement).await;
    let open = exported(&world, &erika).await;
    let held = open["sections"].as_array().unwrap().iter();
    let held: Vec<_> = held.filter(|section| section["kind"] == "draw_tickets").collect();
    let expected = json!([{ "authority": "lea", "draw": draw_id(), "channel": "online" }]);
    assert_eq!(held[0]["entries"], expected);
    assert!(!open.to_string().contains(&given.serial.to_string()), "{open}");
    close(&world);
    vouched(&world, &announcement, &[given]).await;
    // Nothing is left, in no table and no entry of the audit log.
    let frozen = exported(&world, &card(&world, "erika").await).await.to_string();
    assert!(!frozen.contains(&draw_id().to_string()), "{frozen}");
}

async fn exported(world: &World, person: &Tokens) -> Value {
    let request = |request: reqwest::RequestBuilder| request.bearer_auth(&person.access);
    let (status, data) = ask(world, (Method::GET, "/me/data"), request, None).await;
    assert_eq!(status, 200, "{data}");
    data
}

#[actix_web::test]
async fn only_the_program_of_the_authority_announces_its_draws() {
    let world = world("sqlite::memory:").await;
    let prepare = async |authority: &str, client: &str, secret: &str| {
        let prove = |request: reqwest::RequestBuilder| request.basic_auth(client, Some(secret));
        ask(&world, (Method::PUT, &at_authority(authority, "")), prove, None).await.0
    };
    assert_eq!(prepare("lea", SLOT.0, SLOT.1).await, 200);
    assert_eq!(prepare("lea", SLOT.0, "another").await, 401);
    assert_eq!(prepare("lea", "nobody", SLOT.1).await, 401);
    assert_eq!(prepare("kfz", SLOT.0, SLOT.1).await, 403);
    assert_eq!(prepare("lea", "portal", "portal secret").await, 403);
    let path = "/authorities/lea/draws/17";
    assert_eq!(as_slot(&world, (Method::PUT, path), None).await.0, 404);
}

#[actix_web::test]
async fn the_desk_takes_a_ticket_for_somebody_whose_document_it_saw() {
    let world = world("sqlite::memory:").await;
    let announcement = open_draw(&world).await;
    let document = json!({
        "given_names": "Otto", "family_name": "Offline", "birth_date": "1941-03-02",
        "place_of_birth": "Bonn",
    });
    let (_, seen) = world.desk("lea-clerk", "persons", Some(document)).await;
    let (status, first) = at_desk(&world, &seen["attendee_token"]).await;
    let read = Ticket::read(first["ticket"].as_str().unwrap(), &announcement).unwrap();
    assert_eq!((status, read.channel), (200, Channel::Desk));
    assert_eq!(at_desk(&world, &seen["attendee_token"]).await.1, first);
    // The statement lasts for one visit.
    world.clock.advance(SignedDuration::from_mins(16));
    let (status, problem) = at_desk(&world, &seen["attendee_token"]).await;
    assert_eq!((status, &problem["code"]), (422, &json!("attendee-invalid")));
    close(&world);
    let said = vouched(&world, &announcement, &[read]).await;
    assert_eq!((said.given.online, said.given.desk), (0, 1));
}

#[actix_web::test]
async fn the_desk_gets_no_ticket_without_a_document_and_none_that_was_taken_online() {
    let world = world("sqlite::memory:").await;
    let announcement = open_draw(&world).await;
    let olena = card(&world, "olena").await;
    let online = ticket(&world, &olena, &announcement).await;
    let refused = async |attendee: &Value, status: u16, code: &str| {
        let (answered, problem) = at_desk(&world, attendee).await;
        assert_eq!((answered, &problem["code"]), (status, &json!(code)), "{problem}");
        assert!(!problem.to_string().contains(&online.serial.to_string()), "{problem}");
    };
    // What a log-in states is no document at the desk, and neither is a call.
    let token = world.refresh(&olena, "lea").await.unwrap();
    let own = Client::new().get(format!("{}/userinfo", world.issuer)).bearer_auth(token);
    let own = own.send().await.unwrap().text().await.unwrap();
    refused(&json!(own), 422, "document-needed").await;
    let said = json!({ "family_name": "Offline", "birth_date": "1941-03-02" });
    let (_, caller) = world.desk("lea-clerk", "callers", Some(said)).await;
    refused(&caller["attendee_token"], 422, "document-needed").await;
    let pseudonym = world.pseudonym(&olena, "lea").await;
    refused(&json!(pseudonym), 422, "attendee-invalid").await;
    // Her document, as another authority saw it, and as this one did.
    let document = json!({
        "given_names": "Olena", "family_name": "Shevchenko", "birth_date": "1992-11-23",
        "place_of_birth": "Kharkiv",
    });
    let (_, elsewhere) = world.desk("kfz-clerk", "persons", Some(document.clone())).await;
    refused(&elsewhere["attendee_token"], 422, "attendee-invalid").await;
    let (_, seen) = world.desk("lea-clerk", "persons", Some(document)).await;
    assert_eq!(seen["pseudonym"], json!(pseudonym));
    refused(&seen["attendee_token"], 409, "online-ticket").await;
    close(&world);
    let said = vouched(&world, &announcement, &[online]).await;
    assert_eq!((said.given.online, said.given.desk), (1, 0));
}

/// The answer to a clerk who asks for the ticket of the person in this statement.
async fn at_desk(world: &World, attendee: &Value) -> (u16, Value) {
    let path = format!("draws/{}/tickets", draw_id());
    world.desk("lea-clerk", &path, Some(json!({ "attendee": attendee }))).await
}
