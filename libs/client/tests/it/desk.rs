//! What staff ask for: the path, the body and the token of each request, at both services.

use std::{sync::Arc, time::Duration};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use ambient::{SeededEntropy, VirtualClock};
use client::{
    AccessToken, ConfirmationAtDesk, DateAcceptanceAtDesk, DateTakenBack, DeskReason, HoldAtDesk,
    Http, IdentityApi, Registration, SlotApi, Timeouts, Visit, WaitingStatus, WithdrawalAtDesk,
};
use serde_json::json;

const BOOKING: &str = "bkg_01jdc6nvt8e0pb9s3k1zqk6yzx";
const PLACE: &str = "wtg_01jdc6nvt8e0pb9s3k1zqk6yzx";
const DATE: &str = "dte_01jdc6nvt8e0pb9s3k1zqk6yzx";
const DRAW: &str = "drw_01jdc6nvt8e0pb9s3k1zqk6yzx";

/// Answers with what it was asked: a refusal whose members tell method, path, query, token and body.
fn echo() -> String {
    let server = HttpServer::new(|| {
        App::new().default_service(web::to(|request: HttpRequest, body: String| async move {
            let token = request.headers().get("authorization");
            let token = token.map(|value| value.to_str().unwrap().to_owned());
            HttpResponse::Conflict().json(json!({
                "code": "echo", "status": 409, "token": token, "body": body,
                "asked": format!("{} {}", request.method(), request.uri()),
            }))
        }))
    });
    let server = server.workers(1).bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", server.addrs()[0]);
    tokio::spawn(server.run());
    base
}

fn http() -> Http {
    Http::new(Timeouts { total: Duration::from_secs(5), ..Timeouts::default() }).unwrap()
}

fn slot_at(base: &str) -> SlotApi {
    SlotApi::new(http(), format!("{base}/lea").parse().unwrap())
}

fn identity_at(issuer: &str) -> IdentityApi {
    let registration = Registration {
        client_id: "portal".to_owned(),
        client_secret: "secret".to_owned(),
        redirect_uri: "http://portal.example/login/callback".parse().unwrap(),
    };
    let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
    let entropy = Arc::new(SeededEntropy::new(1));
    IdentityApi::new(http(), issuer.parse().unwrap(), registration, Arc::new(clock), entropy)
}

/// Asserts that this was asked with our token, and returns the body.
#[track_caller]
fn asked<T: std::fmt::Debug>(answer: Result<T, client::ClientError>, what: &str) -> String {
    let error = answer.unwrap_err();
    let told = &error.refusal().unwrap().extensions;
    assert_eq!((&told["asked"], &told["token"]), (&json!(what), &json!("Bearer x")));
    told["body"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn both_services_are_asked_below_their_address_whether_it_ends_in_a_slash_or_not() {
    let (base, token) = (echo(), AccessToken::new("x"));
    let code = "K7QD-3XHM".parse().unwrap();
    for end in ["", "/"] {
        let (slot, identity) = (slot_at(&base), identity_at(&format!("{base}/id{end}")));
        let path = "/desk/cases/K7QD-3XHM";
        asked(slot.desk_case(&token, code).await, &format!("GET /lea/v1{path}"));
        asked(slot.approve_desk_case(&token, code).await, &format!("POST /lea/v1{path}/approval"));
        asked(identity.person_case(&token, code).await, &format!("GET /id{path}"));
        let approved = identity.approve_person_case(&token, code, "p").await;
        let body = asked(approved, &format!("POST /id{path}/approval"));
        assert_eq!(body, r#"{"proposal":"p"}"#);
    }
}

#[actix_web::test]
async fn staff_look_for_times_hold_and_confirm() {
    let (base, token) = (echo(), AccessToken::new("x"));
    let slot = slot_at(&base);
    let visit = Visit { services: vec!["120703".parse().unwrap()], ..Visit::default() };
    let free = slot.slots_for_staff(&token, &visit, "2027-01-05".parse().unwrap()).await;
    asked(free, "GET /lea/v1/desk/slots?service=120703&date=2027-01-05");
    let wanted = HoldAtDesk {
        attendee: "who".to_owned(),
        location: "mitte".parse().unwrap(),
        start: "2027-01-05T08:00:00Z".parse().unwrap(),
        services: visit.services,
        people: 2,
    };
    let body = asked(slot.hold_at_desk(&token, &wanted).await, "POST /lea/v1/desk/holds");
    let place = r#"{"attendee":"who","location":"mitte","start":"2027-01-05T08:00:00Z","#;
    assert_eq!(body, format!(r#"{place}"services":["120703"],"people":2}}"#));
    let reason = DeskReason { code: "urgent".to_owned(), note: None };
    let confirmation = ConfirmationAtDesk {
        hold_token: "hold".to_owned(),
        attendee: "who".to_owned(),
        language: "tr".to_owned(),
        reason,
    };
    let booked = slot.confirm_at_desk(&token, "key", &confirmation).await;
    let body = asked(booked, "POST /lea/v1/desk/bookings");
    let start = r#"{"hold_token":"hold","attendee":"who","language":"tr","#;
    assert_eq!(body, format!(r#"{start}"reason":{{"code":"urgent"}}}}"#));
}

#[actix_web::test]
async fn an_appointment_is_cancelled_for_the_office() {
    let (base, token) = (echo(), AccessToken::new("x"));
    let cancelled = slot_at(&base).cancel_at_desk(&token, BOOKING.parse().unwrap()).await;
    let body = asked(cancelled, &format!("POST /lea/v1/desk/bookings/{BOOKING}/cancel"));
    assert_eq!(body, "");
}

#[actix_web::test]
async fn who_is_taken_out_is_taken_out_for_a_reason() {
    let (base, token) = (echo(), AccessToken::new("x"));
    let reason = DeskReason { code: "urgent".to_owned(), note: None };
    let (place, draw) = (PLACE.parse().unwrap(), DRAW.parse().unwrap());
    let left = slot_at(&base).leave_waiting_list_by_phone(&token, place, &reason).await;
    let path = format!("POST /lea/v1/desk/waiting-list/entries/{PLACE}/withdrawal");
    assert_eq!(asked(left, &path), r#"{"reason":{"code":"urgent"}}"#);
    let (attendee, location) = ("who".to_owned(), "mitte".parse().unwrap());
    let withdrawal = WithdrawalAtDesk { attendee, location, reason };
    let left = slot_at(&base).withdraw_entry_at_desk(&token, draw, &withdrawal).await;
    let body = asked(left, &format!("POST /lea/v1/desk/draws/{DRAW}/entries/withdrawal"));
    assert_eq!(body, r#"{"attendee":"who","location":"mitte","reason":{"code":"urgent"}}"#);
}

#[actix_web::test]
async fn calls_are_read_for_one_place_and_do_not_show_the_number_in_a_log() {
    let (base, token) = (echo(), AccessToken::new("x"));
    let place = "mitte".parse().unwrap();
    let calls = slot_at(&base).due_calls(&token, &place).await;
    asked(calls, "GET /lea/v1/desk/waiting-list/calls?location=mitte");

    let known = super::serve(|| {
        HttpResponse::Ok().json(json!({ "calls": [{
            "entry": PLACE, "service": "120703", "phone": "030 9010", "language": "tr",
            "attendee": { "family_name": "MUSTERMANN" }, "status": "asked",
            "answer_by": "2027-01-11T10:00:00+01:00", "declines_left": 1,
        }] }))
    });
    let calls = slot_at(known.trim_end_matches('/')).due_calls(&token, &place).await.unwrap();
    assert_eq!((calls[0].status, calls[0].offer.is_none()), (Some(WaitingStatus::Asked), true));
    let shown = format!("{calls:?}");
    assert!(!shown.contains("9010") && !shown.contains("MUSTERMANN"), "{shown}");
}

#[actix_web::test]
async fn open_dates_are_read_part_by_part_and_one_is_taken_back_for_a_reason() {
    let token = AccessToken::new("x");
    let place = "mitte".parse().unwrap();
    let base = echo();
    let read = slot_at(&base).open_dates_at_desk(&token, &place).await;
    asked(read, "GET /lea/v1/desk/assigned-dates?location=mitte");
    let reason = DeskReason { code: "urgent".to_owned(), note: None };
    for (reference, body) in [
        (None, r#"{"reason":{"code":"urgent"}}"#),
        (Some("LEA-1".to_owned()), r#"{"reason":{"code":"urgent"},"reference":"LEA-1"}"#),
    ] {
        let taken_back = DateTakenBack { reason: reason.clone(), reference };
        let id = DATE.parse().unwrap();
        let done = slot_at(&base).withdraw_date_at_desk(&token, id, &taken_back).await;
        let path = format!("POST /lea/v1/desk/assigned-dates/{DATE}/withdraw");
        assert_eq!(asked(done, &path), body);
    }

    // The first part names a second one, which is the last.
    let parts = parts();
    let dates = slot_at(&parts).open_dates_at_desk(&token, &place).await.unwrap();
    let seen: Vec<_> = dates.iter().map(|date| date.date.id.to_string()).collect();
    assert_eq!(seen, [DATE, "dte_01jdc6nvt8e0pb9s3k1zqk6yzy"]);
}

#[actix_web::test]
async fn a_date_is_accepted_for_a_person_with_the_letter_if_it_is_needed() {
    let (base, token) = (echo(), AccessToken::new("x"));
    for (reference, body) in [
        (None, r#"{"attendee":"who","language":"de","reason":{"code":"urgent"}}"#),
        (
            Some("LEA-1".to_owned()),
            r#"{"attendee":"who","reference":"LEA-1","language":"de","reason":{"code":"urgent"}}"#,
        ),
    ] {
        let acceptance = DateAcceptanceAtDesk {
            attendee: "who".to_owned(),
            reference,
            language: "de".to_owned(),
            reason: DeskReason { code: "urgent".to_owned(), note: None },
        };
        let id = DATE.parse().unwrap();
        let done = slot_at(&base).accept_date_at_desk(&token, id, "key", &acceptance).await;
        let path = format!("POST /lea/v1/desk/assigned-dates/{DATE}/accept");
        assert_eq!(asked(done, &path), body);
    }
}

/// Answers a list of open dates in two parts.
fn parts() -> String {
    let server = HttpServer::new(|| {
        App::new().default_service(web::to(|request: HttpRequest| async move {
            let date = |id: &str| {
                json!({
                    "id": id, "entitlement": "ent_01jdc6nvt8e0pb9s3k1zqk6yzx", "service": "titel",
                    "location": "mitte", "people": 1, "start": "2027-01-07T09:00:00+01:00",
                    "end": "2027-01-07T09:20:00+01:00", "answer_by": "2027-01-05T10:00:00+01:00",
                })
            };
            HttpResponse::Ok().json(match request.query_string() {
                "location=mitte" => json!({ "dates": [date(DATE)], "next": "here" }),
                "location=mitte&after=here" => {
                    json!({ "dates": [date("dte_01jdc6nvt8e0pb9s3k1zqk6yzy")] })
                }
                other => panic!("{other}"),
            })
        }))
    });
    let server = server.workers(1).bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", server.addrs()[0]);
    tokio::spawn(server.run());
    base
}
