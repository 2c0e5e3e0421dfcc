//! Several installations share a broker, each in a namespace of its own.

use std::sync::Arc;

use ambient::VirtualClock;
use messaging::{InProcessBus, RabbitMq};
use service::BusSettings;
use settings::Secret;

use crate::support::{NOW, Service, appointment, confirmed, mailbox, person, settings, unique};

#[tokio::test(flavor = "multi_thread")]
async fn a_service_consumes_what_is_published_in_its_namespace() {
    let Some(broker) = testkit::rabbitmq_url() else { return };
    let namespace = format!("notification-{:x}", unique());
    let mut settings = settings("sqlite::memory:", mailbox());
    settings.bus = BusSettings {
        url: Some(Secret::new(broker.clone())),
        namespace: namespace.clone(),
        ..BusSettings::default()
    };
    let clock = VirtualClock::at(NOW.parse().unwrap());
    let mut service = Service::start_with(settings, InProcessBus::new(), clock).await;
    service.bus = Arc::new(RabbitMq::in_namespace(&broker, "test", &namespace));

    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let booked = appointment(person, "de");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    assert_eq!(service.messages(1).await[0]["to"], "mina@example.org");
    service.stop().await;
}
