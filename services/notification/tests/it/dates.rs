//! What people are told when a date that the office gave them ends without their answer.

use jiff::SignedDuration;
use proto::waiting::v1::{AssignedDateEnded, AssignedDateEndedBecause};

use crate::support::{Service, appointment, confirmed, person};

fn ended(
    person: ids::Pseudonym,
    language: &str,
    because: AssignedDateEndedBecause,
) -> AssignedDateEnded {
    let date = appointment(person, language);
    AssignedDateEnded {
        date_id: "dte_1".to_owned(),
        entitlement_id: "ent_1".to_owned(),
        authority: date.authority,
        pseudonym: date.pseudonym,
        language: date.language,
        service: date.services.into_iter().next(),
        place: date.place,
        starts_at_ms: date.starts_at_ms,
        ends_at_ms: date.ends_at_ms,
        because: because.into(),
        application_ended: false,
        manage_url: date.manage_url,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_reads_why_a_date_ended_and_what_happens_next() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let (another, ask) = ("You get another appointment.", "Please ask the authority");
    let booked = "Your other appointment stays.";
    let cases = [
        (AssignedDateEndedBecause::Lapsed, false, "got no answer", another),
        (AssignedDateEndedBecause::Withdrawn, false, "has taken it back", another),
        (AssignedDateEndedBecause::DayClosed, false, "is closed on that day", another),
        (AssignedDateEndedBecause::Withdrawn, true, "has taken it back", ask),
        (AssignedDateEndedBecause::BookedOtherwise, false, "have another appointment now", booked),
    ];
    for (count, (because, application_ended, why, next)) in cases.into_iter().enumerate() {
        let ended = AssignedDateEnded { application_ended, ..ended(person, "en", because) };
        service.hear(&ended.entitlement_id, &ended).await;
        let message = service.messages(count + 1).await.remove(count);
        assert_eq!(message["to"], "mina@example.org");
        let text = message["text"].as_str().unwrap();
        for expected in [why, next, "Tuesday, 12 January 2027", "Settlement permit"] {
            assert!(text.contains(expected), "{because:?}: {text}");
        }
        let html = message["html"].as_str().unwrap();
        assert!(html.contains("<s>Tuesday, 12 January 2027</s>"), "{html}");
    }
    let lapsed = ended(person, "de", AssignedDateEndedBecause::Lapsed);
    service.hear(&lapsed.entitlement_id, &lapsed).await;
    let message = service.messages(6).await.remove(5);
    assert_eq!(message["subject"], "Der Termin ist nicht mehr für Sie reserviert");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_a_date_whose_time_has_come() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    service.clock.advance(SignedDuration::from_hours(24 * 9));
    let late = ended(person, "de", AssignedDateEndedBecause::Lapsed);
    service.hear(&late.entitlement_id, &late).await;
    let mut booked = appointment(person, "de");
    booked.starts_at_ms += 30 * 86_400_000;
    booked.ends_at_ms += 30 * 86_400_000;
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    let messages = service.messages(1).await;
    assert_eq!(messages.len(), 1);
    let subject = messages[0]["subject"].as_str().unwrap();
    assert!(subject.starts_with("Ihr Termin am"), "{subject}");
    service.stop().await;
}
