//! Each event about a booking is one that agencies can follow, by the name of its route.

use vocabulary::EventKind;

use crate::{asyncapi::route, descriptors::read};

const PACKAGE: &str = "fairtermin.booking.v1";

#[test]
fn each_event_about_a_booking_has_its_kind() {
    let set = read(proto::DESCRIPTORS);
    let file = set.file.iter().find(|file| file.package() == PACKAGE).unwrap();
    let of_package = |event: &&&str| event.rsplit_once('.').is_some_and(|(it, _)| it == PACKAGE);
    for event in proto::EVENTS.iter().filter(of_package) {
        assert!(EventKind::of_message(event).is_some(), "EventKind lacks {event}");
    }
    for kind in EventKind::ALL {
        assert!(proto::EVENTS.contains(&kind.message()), "{} is no event", kind.message());
        let name = kind.message().rsplit('.').next().unwrap();
        assert!(
            file.message_type.iter().any(|message| message.name() == name),
            "proto/ lacks {}",
            kind.message()
        );
        assert_eq!(route(PACKAGE, name), format!("{}.v1", kind.as_str()));
    }
}
