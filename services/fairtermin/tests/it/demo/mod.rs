//! The demo shows scarcity: days that are full, a waiting list that leads to an appointment, an
//! application that opens what others cannot book; and its clock can be moved.

mod offices;
mod person;
pub mod running;

use std::{process::Command, time::Duration};

use client::{
    AccessToken, Booking, Confirmation, EntitlementClaim, HoldRequest, Preference, SlotApi, Visit,
    WaitingRequest,
};
use jiff::civil::date;
use person::Person;
use running::Demo;
use testkit::eventually;

/// A Monday on which offices are open.
const NOW: &str = "2027-01-11T10:00:00+01:00";
/// The others make a step within a quarter of a minute: the first of it gives a long appointment up for
/// a person in line, and an offer follows within seconds.
const SOON: Duration = Duration::from_secs(60);

#[actix_web::test]
async fn most_is_booked_and_what_others_give_up_goes_to_those_who_wait() {
    let demo = Demo::starting(NOW);
    let lea = demo.slot("lea");
    let listed = lea.services().await.unwrap().services;
    let blue_card = listed.iter().find(|service| service.id.as_str() == "blaue-karte-eu").unwrap();
    assert!(blue_card.waiting_list);
    assert_eq!(free_days(&lea, "blaue-karte-eu").await, 0, "{}", demo.said);
    let free = free_days(&lea, "niederlassungserlaubnis").await;
    assert!((1..=9).contains(&free), "{free} of ten days have free times\n{}", demo.said);

    waits_and_gets_an_offer(&demo, &lea).await;
    applied_and_books(&demo, &lea).await;
    moves_the_clock(&demo, &lea).await;
}

#[actix_web::test]
async fn an_empty_demo_has_free_times_and_no_waiting_list() {
    let demo = Demo::starting_with(&["--empty", "--now", NOW]);
    let lea = demo.slot("lea");
    let first = eventually(SOON, async || lea.earliest(&visit("blaue-karte-eu")).await.ok()?.slot);
    assert_eq!(first.await.start.to_string(), "2027-01-12T06:00:00Z");
    assert!(lea.waiting_lists().await.unwrap().is_empty());
}

fn visit(service: &str) -> Visit {
    Visit { services: vec![service.parse().unwrap()], ..Visit::default() }
}

async fn free_days(office: &SlotApi, service: &str) -> usize {
    let (from, to) = (date(2027, 1, 11), date(2027, 2, 28));
    let days = office.days(&visit(service), from, to).await.unwrap().days;
    days.iter().filter(|day| day.free > 0).count()
}

/// Who joins the list of a full service is offered what somebody else gives up, and has it.
async fn waits_and_gets_an_offer(demo: &Demo, lea: &SlotApi) {
    let person = Person::new(demo, "Zeynep", "Öztürk", "1990-05-17");
    let (token, attendee) = person.logs_in("lea");
    let request = WaitingRequest {
        service: "blaue-karte-eu".parse().unwrap(),
        preferences: vec![Preference::default()],
        people: 1,
        stand_by: None,
        attendee,
        language: "de".to_owned(),
    };
    lea.join_waiting_list(&token, "demo-joins-a-list", &request).await.unwrap();
    let offer = eventually(SOON, async || {
        // Whoever asks this often is asked to wait now and then.
        lea.own_places(&token).await.ok()?.into_iter().find_map(|place| place.offer)
    });
    let offer = offer.await;
    let booking = lea.accept_offer(&token, offer.id).await.unwrap();
    assert_eq!(booking.start, offer.start);
    assert_eq!(booking.location.as_str(), "keplerstrasse");
}

/// The number that the demo prints opens what nobody can book without one.
async fn applied_and_books(demo: &Demo, lea: &SlotApi) {
    let number = demo.number_of("Olena Shevchenko");
    let person = Person::new(demo, "Olena", "Shevchenko", "1992-11-23");
    let (token, attendee) = person.logs_in("lea");
    let refused = books(lea, &token, &attendee, "niederlassungserlaubnis").await.unwrap_err();
    assert_eq!(refused, "entitlement-required");
    let claim = EntitlementClaim {
        service: "niederlassungserlaubnis".parse().unwrap(),
        reference: number,
        attendee: attendee.clone(),
    };
    lea.claim_entitlement(&token, &claim).await.unwrap();
    let booking = books(lea, &token, &attendee, "niederlassungserlaubnis").await.unwrap();
    assert_eq!(booking.location.as_str(), "friedrich-krause-ufer");
}

/// Books the earliest time; a refusal by its code.
async fn books(
    office: &SlotApi,
    token: &AccessToken,
    attendee: &str,
    service: &str,
) -> Result<Booking, String> {
    let slot = office.earliest(&visit(service)).await.unwrap().slot.unwrap();
    let wanted = HoldRequest {
        location: slot.location,
        start: slot.start,
        services: vec![service.parse().unwrap()],
        people: None,
        replaces: None,
    };
    let hold = office.hold(token, &wanted).await;
    let hold = hold.map_err(|error| error.code().unwrap_or_default().to_owned())?;
    let confirmation = Confirmation {
        hold_token: hold.hold_token,
        attendee: attendee.to_owned(),
        language: "de".to_owned(),
    };
    let booking = office.confirm(token, "demo-books-one", &confirmation).await;
    booking.map_err(|error| error.code().unwrap_or_default().to_owned())
}

/// A week later another week can be booked.
async fn moves_the_clock(demo: &Demo, lea: &SlotApi) {
    assert!(demo.told("-1d").contains("forward only"));
    assert!(demo.told("+1w").contains("Monday, 18 January 2027"));
    let (from, to) = (date(2027, 1, 26), date(2027, 2, 1));
    eventually(SOON, async || {
        let days = lea.days(&visit("blaue-karte-eu"), from, to).await.unwrap().days;
        days.into_iter().find(|day| day.free > 0)
    })
    .await;
}

/// What a demo registers for an agency gets tokens with the keys that it made, by the demo's time.
#[actix_web::test]
async fn a_demo_for_an_agency_knows_its_programs_at_its_own_time() {
    let parent = tempfile::tempdir().unwrap();
    // It is made, as the help says.
    let folder = parent.path().join("keys");
    let agency = format!("--agency={}", folder.display());
    let demo = Demo::starting_with(&["--empty", "--now", NOW, &agency]);
    let (_, now) = demo.said.split_once("fairtermin agency ... --now ").unwrap();
    let (now, _) = now.split_once(',').unwrap();
    assert!(folder.join("my-desk.jwk").exists());
    let key = folder.join("my-agency.jwk").display().to_string();
    let issuer = demo.address("identity").to_string().trim_end_matches('/').to_owned();
    let endpoint = format!("{issuer}/token");
    let typed = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
        let output = command.arg("agency").args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    // Refused if another test of this process did it.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let asks = async |time: &[&str]| {
        let assertion: [&str; 6] = ["assertion", "my-agency", "--key", &key, "--issuer", &issuer];
        let assertion = typed(&[&assertion[..], time].concat());
        let proof: [&str; 5] = ["proof", "POST", &endpoint, "--key", &key];
        let proof = typed(&[&proof[..], time].concat());
        let form = [
            ("grant_type", "client_credentials"),
            ("resource", "urn:fairtermin:authority:lea"),
            ("scope", "slots:read entitlements:write events:subscribe"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &assertion),
        ];
        let request = reqwest::Client::new().post(&endpoint).header("dpop", proof);
        let answer = request.form(&form).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (status, said) = asks(&["--now", now]).await;
    assert_eq!(status, 200, "{said}");
    let (status, said) = asks(&[]).await;
    assert_eq!(status, 401, "{said}");
    assert!(said.contains("--now"), "{said}");
}
