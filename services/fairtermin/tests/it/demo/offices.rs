//! What the offices of the demo do for those who look: dates, a draw of earlier ones, a call, witnesses.

use client::{
    DateAcceptance, EntitlementClaim, EntryRequest, EntryStatus, Preference, SlotApi, WaitingStatus,
};
use serde_json::Value;
use testkit::eventually;

use super::{NOW, SOON, person::Person, running::Demo};

#[actix_web::test]
async fn offices_give_dates_draw_earlier_ones_phone_people_and_witness_each_other() {
    // Refused if another test of this process did it.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let demo = Demo::starting(NOW);
    let lea = demo.slot("lea");
    accepts_a_date_and_enters(&demo, &lea).await;
    one_citizen_has_an_appointment(&demo).await;
    somebody_is_to_be_phoned(&demo, &lea).await;
    others_have_signed(&lea).await;
}

/// The number that is printed shows a date; with it, the draw of earlier appointments can be entered.
async fn accepts_a_date_and_enters(demo: &Demo, lea: &SlotApi) {
    let person = Person::new(demo, "Ali", "Ahmadi", "1990-01-01");
    let (token, attendee) = person.logs_in("lea");
    let claim = EntitlementClaim {
        service: "niederlassungserlaubnis-fachkraefte".parse().unwrap(),
        reference: demo.number_of("Ali Ahmadi"),
        attendee: attendee.clone(),
    };
    lea.claim_entitlement(&token, &claim).await.unwrap();
    let dates = lea.assigned_dates(&token).await.unwrap();
    let [date] = dates.as_slice() else { panic!("{dates:?}") };
    let draws = lea.draws().await.unwrap();
    let draw = draws.iter().find(|draw| draw.needs_appointment).expect("a draw of earlier ones");
    let request = EntryRequest {
        wishes: vec![Preference::default()],
        people: 1,
        attendee: attendee.clone(),
        language: "de".to_owned(),
        phone: None,
        ticket: None,
    };
    let without = lea.enter_draw(&token, draw.id, "demo-enters-without", &request).await;
    assert_eq!(without.unwrap_err().code(), Some("later-appointment-needed"));
    let acceptance = DateAcceptance { attendee, language: "de".to_owned() };
    let booking = lea.accept_date(&token, date.id, &acceptance).await.unwrap();
    assert_eq!(booking.start, date.start);
    let entry = lea.enter_draw(&token, draw.id, "demo-enters", &request).await.unwrap();
    assert_eq!(entry.status, Some(EntryStatus::Entered));
}

/// Özgür's date was accepted when the demo started: he has the only e-mail, with a calendar entry.
async fn one_citizen_has_an_appointment(demo: &Demo) {
    let url = demo.address("notification").join("mailbox/messages").unwrap();
    eventually(SOON, async || {
        let mailbox = reqwest::get(url.clone()).await.ok()?.json::<Value>().await.ok()?;
        let messages = mailbox["messages"].as_array()?.clone();
        messages.into_iter().find(|message| message["calendar_method"] == "REQUEST")
    })
    .await;
}

/// What others give up is offered to somebody without e-mail, whom the desk has to phone.
async fn somebody_is_to_be_phoned(demo: &Demo, lea: &SlotApi) {
    let clerk = Person::new(demo, "Mina", "Krause", "1980-02-03").works_at("lea");
    let place = "keplerstrasse".parse().unwrap();
    let call =
        eventually(SOON, async || lea.due_calls(&clerk, &place).await.ok()?.into_iter().next());
    let call = call.await;
    assert_eq!(call.status, Some(WaitingStatus::Offered));
    assert!(!call.phone.is_empty() && call.offer.is_some());
}

/// The log of an office has its own signature and those of the two others.
async fn others_have_signed(office: &SlotApi) {
    let url = office.base().join("v1/log/checkpoint").unwrap();
    let signed = eventually(SOON, async || {
        let note = reqwest::get(url.clone()).await.ok()?.text().await.ok()?;
        let signed = note.lines().filter_map(|line| line.strip_prefix("\u{2014} "));
        let names = signed.filter_map(|line| Some(line.split(' ').next()?.to_owned()));
        let names: Vec<String> = names.collect();
        (names.len() == 3).then_some(names)
    });
    let mut signed = signed.await;
    signed.sort();
    assert_eq!(signed, ["buergeramt/witness", "kfz/witness", "lea/log"]);
}
