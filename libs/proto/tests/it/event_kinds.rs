//! Each event about a booking is one that agencies can follow, by the name of its route.

use vocabulary::EventKind;

use crate::{
    asyncapi::{is_event, route},
    descriptors::read,
};

const PACKAGE: &str = "fairtermin.booking.v1";

#[test]
fn each_event_about_a_booking_has_its_kind() {
    let set = read(proto::DESCRIPTORS);
    let file = set.file.iter().find(|file| file.package() == PACKAGE).unwrap();
    let events = file.message_type.iter().filter(|message| is_event(message));
    for message in events.map(|message| format!("{PACKAGE}.{}", message.name())) {
        assert!(EventKind::of_message(&message).is_some(), "EventKind lacks {message}");
    }
    for kind in EventKind::ALL {
        let name = kind.message().rsplit('.').next().unwrap();
        assert!(
            file.message_type.iter().any(|message| message.name() == name),
            "proto/ lacks {}",
            kind.message()
        );
        assert_eq!(route(PACKAGE, name), format!("{}.v1", kind.as_str()));
    }
}
