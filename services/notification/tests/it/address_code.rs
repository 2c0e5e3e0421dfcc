//! The code that proves an address goes there, in time, and nowhere else.

use ambient::{Clock as _, SystemEntropy};
use jiff::SignedDuration;
use messaging::SealingKey;
use prost::Message as _;
use proto::person::v1::{AddressCode, Contact, ContactReplaced, ContactStated};

use crate::support::{KEY, Service, appointment, confirmed, person};

fn stated(
    person: ids::Pseudonym,
    language: &str,
    minutes: i64,
    service: &Service,
) -> ContactStated {
    let code = AddressCode { email: "new@example.org".to_owned(), code: "073914".to_owned() };
    let key = SealingKey::from_base64(KEY).unwrap();
    let pseudonym = person.to_string();
    let sealed_code = key.seal(&code.encode_to_vec(), &pseudonym, &SystemEntropy).unwrap();
    let expires_at = service.clock.now() + SignedDuration::from_mins(minutes);
    ContactStated {
        pseudonym,
        sealed_code,
        language: language.to_owned(),
        expires_at_ms: expires_at.as_millisecond(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_goes_to_the_stated_address_and_not_to_the_known_one() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "old@example.org").await;
    service.hear(&person.to_string(), &stated(person, "en", 30, &service)).await;
    let code = service.messages(1).await.remove(0);
    assert_eq!(code["to"], "new@example.org");
    assert_eq!(code["subject"], "Your code to confirm your e-mail address");
    for part in ["text", "html"] {
        assert!(code[part].as_str().unwrap().contains("073 914"), "{part}");
    }
    // Stating an address moves nothing yet.
    let booked = appointment(person, "en");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    assert_eq!(service.messages(2).await[1]["to"], "old@example.org");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_over_is_not_sent() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "old@example.org").await;
    service.hear(&person.to_string(), &stated(person, "de", -1, &service)).await;
    service.hear(&person.to_string(), &stated(person, "uk", 30, &service)).await;
    let booked = appointment(person, "de");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    // What came later has been sent: the first one never will be.
    let subjects: Vec<_> =
        service.messages(2).await.into_iter().map(|mail| mail["subject"].clone()).collect();
    assert!(subjects[0].as_str().unwrap().starts_with("Ваш код"), "{subjects:?}");
    assert_eq!(service.messages_now().await.len(), 2);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_address_is_told_to_the_former_one_which_does_not_learn_the_new_one() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "new@example.org").await;
    let key = SealingKey::from_base64(KEY).unwrap();
    let pseudonym = person.to_string();
    let former =
        Contact { email: "old@example.org".to_owned(), ..Contact::default() }.encode_to_vec();
    let replaced = ContactReplaced {
        sealed_former: key.seal(&former, &pseudonym, &SystemEntropy).unwrap(),
        pseudonym: pseudonym.clone(),
        language: "tr".to_owned(),
        replaced_at_ms: service.clock.now().as_millisecond(),
    };
    service.hear(&pseudonym, &replaced).await;
    let mail = service.messages(1).await.remove(0);
    assert_eq!(mail["to"], "old@example.org");
    assert_eq!(mail["subject"], "Randevular için e-posta adresiniz değiştirildi");
    assert!(!mail.to_string().contains("new@example.org"), "{mail}");
    assert!(mail["text"].as_str().unwrap().contains("Orada artık güncellenmez."), "{mail}");
    service.stop().await;
}
