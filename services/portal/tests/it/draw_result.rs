//! What came of a draw, and how anybody checks it.

use serde_json::{Value, json};

use crate::{
    draws::{DAYS, has_entered, open_draw, page, stands},
    stub::{Answer, BOOKING, DRAW, booking, entry},
    world::World,
};

#[actix_web::test]
async fn the_result_says_what_came_of_it_and_what_the_chance_was() {
    let world = World::start().await;
    stands(&world, "settled", &json!({ "entered": 40, "served": 12 }));
    let mut browser = world.erika().await;
    let mut outcome = async |status: &str, more: Value| {
        let mut entry = entry(status);
        entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        has_entered(&world, entry);
        browser.open(&page("/entry")).await
    };
    let won = outcome("booked", json!({ "turn": 7, "booking": BOOKING })).await;
    won.says(
        200,
        &["You got an appointment.", "Your turn 7", "12 of 40 people got an appointment."],
    );
    assert_eq!(won.link("To my appointment"), format!("/en/buergeramt/appointments/{BOOKING}"));
    assert!(!won.offers("Change wishes") && !won.offers("Leave the draw"));
    // The check has the proof and the person's own receipt.
    assert!(won.html.contains(&format!(r#"data-proof="{}""#, page("/proof.json"))));
    assert!(won.html.contains(&format!(r#"data-receipt="{}""#, page("/receipt.txt"))));
    won.says(200, &["fairtermin verify-draw PROOF --receipt RECEIPT"]);
    won.is_silent_about("--ended END");
    let lost = outcome("without", json!({ "turn": 30 })).await;
    lost.says(200, &["You got no appointment this time.", "none of your wishes was still free"]);
    assert_eq!(lost.link("To the next draw"), DAYS);
    let clash = outcome("not_booked", json!({ "turn": 3, "reason": "already-booked" })).await;
    clash.says(200, &["You have booked another appointment of this kind meanwhile."]);
    clash.says(200, &["Your other appointment stays. You can cancel it."]);
    clash.is_silent_about("call 115");
    let unmet = outcome("not_booked", json!({ "turn": 3, "reason": "too-young" })).await;
    unmet.says(200, &["You were drawn, but we could not book the appointment."]);
    let closed = outcome("not_booked", json!({ "turn": 3, "reason": "closed" })).await;
    closed.says(200, &["The authority is closed on the day of your appointment."]);
    closed.is_silent_about("a requirement is not met");
    assert_eq!(closed.link("To the next draw"), DAYS);
    // A person who was not in the list was not drawn, and gets the signed end in the place of a
    // receipt.
    let ended = json!({ "reason": "already-booked", "receipt": "", "ended": "end\n\n— signed\n" });
    let left_out = outcome("not_booked", ended).await;
    left_out.says(200, &["You booked another appointment of this kind."]);
    left_out.is_silent_about("You were drawn");
    left_out.says(200, &["fairtermin verify-draw PROOF --ended END"]);
    left_out.is_silent_about("--receipt RECEIPT");
    assert!(left_out.offers("Download the signed end") && !left_out.html.contains("data-receipt"));
    // The browser checks the signed end, and nothing that takes a receipt.
    assert!(left_out.html.contains(&format!(r#"data-ended="{}""#, page("/receipt.txt"))));
    let is_checked = |check: &str| left_out.html.contains(&format!(r#"data-check="{check}""#));
    assert!(is_checked("entry") && !is_checked("receipt") && !is_checked("own"));
    let file = world.erika().await.get(&page("/receipt.txt")).await;
    assert_eq!((file.status, file.html.as_str()), (200, "end\n\n— signed\n"));
    // Fault: "0 of 0 people" is no chance.
    stands(&world, "settled", &json!({ "entered": 0, "served": 0 }));
    outcome("without", json!({})).await.is_silent_about("0 of 0 people");
    stands(&world, "void", &json!({}));
    outcome("without", json!({})).await.says(200, &["This draw could not be held"]);
}

/// Fault: the page said for ever that the appointment is booked.
#[actix_web::test]
async fn the_result_says_what_became_of_the_appointment_that_was_won() {
    let world = World::start().await;
    stands(&world, "settled", &json!({ "entered": 40, "served": 12 }));
    let mut won = entry("booked");
    won["booking"] = json!(BOOKING);
    has_entered(&world, won);
    let mut browser = world.erika().await;
    let booked = "It is booked in your name.";
    for (status, says) in [
        ("confirmed", booked),
        ("cancelled", "This appointment was cancelled."),
        ("rebooked", "Another appointment took its place."),
        ("served", "This appointment is over."),
        ("missed", "This appointment is over."),
    ] {
        world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking(status)));
        let shown = browser.open(&page("/entry")).await;
        shown.says(200, &["You got an appointment.", says]);
        if says != booked {
            shown.is_silent_about(booked);
        }
        let own = format!("/en/buergeramt/appointments/{BOOKING}");
        assert_eq!(shown.link("To my appointment"), own, "{status}");
    }
    // Fault: it was over for who was called late.
    for (status, says) in [("confirmed", "This appointment is over."), ("called", booked)] {
        let mut past = booking(status);
        past["start"] = json!("2027-01-04T07:00:00Z");
        past["end"] = json!("2027-01-04T07:20:00Z");
        world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, past));
        browser.open(&page("/entry")).await.says(200, &[says]);
    }
}

#[actix_web::test]
async fn between_closing_and_result_nothing_is_to_be_done() {
    for status in ["frozen", "revealed", "drawn", "of-a-newer-service"] {
        let world = World::start().await;
        stands(&world, status, &json!({ "entered": 40 }));
        has_entered(&world, entry("entered"));
        let own = world.erika().await.open(&page("/entry")).await;
        own.says(200, &["The draw is closed, and the result is coming."]);
        assert!(!own.offers("Change wishes"), "{status}");
        world.browser().open(&page("")).await.says(200, &["People who entered 40"]);
    }
}

#[actix_web::test]
async fn everybody_can_read_where_the_chance_comes_from_and_recompute_it() {
    let world = World::start().await;
    stands(&world, "settled", &json!({ "entered": 40, "served": 12 }));
    let proof = json!({ "version": "apptdraw/v1" });
    world.answer(&format!("GET draws/{DRAW}/proof"), Answer::Json(200, proof.clone()));
    let mut browser = world.browser();
    let shown = browser.open(&page("")).await;
    shown.says(200, &["The result is out", "People who entered 40", "got an appointment 12"]);
    shown.is_silent_about("Result from");
    shown.says(200, &["Round 35497879 of the public beacon drand", "c0ffee", "5eed", "51697a"]);
    shown.says(200, &["the login is run by the same body", "fairtermin verify-draw"]);
    assert!(shown.html.contains(r#"<script type="module" src="/assets/check-draw.js">"#));
    let file = browser.get(&shown.link("Download the proof")).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/json"));
    assert_eq!(serde_json::from_str::<Value>(&file.html).unwrap(), proof);
}

#[actix_web::test]
async fn before_the_result_there_is_no_proof() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    world.refuse(&format!("GET draws/{DRAW}/proof"), 409, "draw-not-settled");
    let mut browser = world.browser();
    let shown = browser.open(&page("")).await;
    shown.says(200, &["When the draw is settled, its proof is here.", "times in the draw 12"]);
    assert!(!shown.offers("Download the proof"));
    browser.get(&page("/proof.json")).await.says(409, &["This draw has no result yet"]);
    world.refuse(&format!("GET draws/{DRAW}"), 404, "draw-not-found");
    browser.open(&page("")).await.says(404, &["There is no such draw"]);
    browser.open("/en/buergeramt/draws/17").await.says(404, &["This page does not exist"]);
}

#[actix_web::test]
async fn the_receipt_is_a_file_of_its_owner() {
    let world = open_draw().await;
    has_entered(&world, entry("entered"));
    let receipt = world.erika().await.get(&page("/receipt.txt")).await;
    assert_eq!((receipt.status, receipt.html.as_str()), (200, "{}\n\n— signed\n"));
    assert!(receipt.header("content-disposition").starts_with("attachment"));
    assert_eq!(receipt.header("cache-control"), "no-store");
    world.browser().get(&page("/receipt.txt")).await.says(401, &["Please log in"]);
}

#[actix_web::test]
async fn the_verifier_is_served_as_it_was_written() {
    let world = World::start().await;
    let mut browser = world.browser();
    let written = include_str!("../../../../libs/draw/browser/verify.js");
    for (address, first) in [
        ("/assets/draw/verify.js", written),
        ("/assets/draw/shapes.js", ""),
        ("/assets/draw/signed.js", ""),
        ("/assets/draw/sha256.js", ""),
        ("/assets/draw/beacon.js", ""),
        ("/assets/draw/vendor/noble-bls12-381.js", ""),
        ("/assets/check-draw.js", ""),
    ] {
        let script = browser.get(address).await;
        assert_eq!(script.status, 200, "{address}");
        assert!(script.header("content-type").starts_with("text/javascript"), "{address}");
        assert!(first.is_empty() || script.html == first, "{address}");
    }
    let check = browser.open("/en/check-draw").await;
    check.says(200, &["File with the proof", "File with your receipt", "File with the signed end"]);
    assert!(check.html.contains("id=\"check-ended\"") && check.html.contains("verify.js"));
    assert!(check.header("content-security-policy").contains("connect-src 'self'"));
}
