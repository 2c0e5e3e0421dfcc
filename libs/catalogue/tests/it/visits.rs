//! What a visit needs.

use calendar::Channel;
use catalogue::{Visit, VisitError};
use ids::ServiceId;

use crate::office;

fn visit(extra: &[(&str, &str)], services: &[&str], people: u16) -> Result<Visit, VisitError> {
    let services: Vec<ServiceId> = services.iter().map(|id| id.parse().unwrap()).collect();
    office(extra).visit(&"mitte".parse().unwrap(), &services, people)
}

fn slots(extra: &[(&str, &str)], services: &[&str], people: u16) -> u16 {
    visit(extra, services, people).unwrap().slots
}

#[test]
fn durations_add_up_over_services_and_people() {
    assert_eq!(slots(&[], &["kurz"], 1), 1);
    assert_eq!(slots(&[], &["kurz", "lang"], 1), 3);
    assert_eq!(slots(&[], &["lang"], 3), 6);
    let family = [("slots: 2, combinable", "slots: 2, slotsPerFurtherPerson: 1, combinable")];
    assert_eq!(slots(&family, &["lang"], 3), 4);
    assert_eq!(slots(&family, &["kurz", "lang"], 3), 3 + 4);
    let slower_here = [("{kurz: {}, lang: {}", "{kurz: {}, lang: {slots: 3}")];
    assert_eq!(slots(&slower_here, &["lang"], 1), 3);
}

#[test]
fn the_desks_are_those_that_do_everything() {
    assert_eq!(visit(&[], &["kurz"], 1).unwrap().desks.bits(), 0b1111);
    assert_eq!(visit(&[], &["selten"], 1).unwrap().desks.bits(), 0b1100);
}

#[test]
fn what_cannot_be_one_visit_is_refused() {
    let id = |text: &str| text.parse::<ServiceId>().unwrap();
    let refused = |services: &[&str], people| visit(&[], services, people).unwrap_err();
    assert_eq!(refused(&[], 1), VisitError::NoService);
    assert_eq!(refused(&["kurz"], 0), VisitError::NoPerson);
    assert_eq!(refused(&["nichts"], 1), VisitError::UnknownService(id("nichts")));
    assert_eq!(refused(&["kurz", "kurz"], 1), VisitError::Repeated(id("kurz")));
    assert_eq!(refused(&["kurz", "selten"], 1), VisitError::NotCombinable(id("selten")));
    assert_eq!(refused(&["lang"], u16::MAX), VisitError::TooLong);
    let gone = [("{kurz: {}, lang: {}", "{kurz: {}")];
    assert_eq!(visit(&gone, &["lang"], 1).unwrap_err(), VisitError::NotDoneHere(id("lang")));
    let apart = [("{kurz: {}, lang: {}", "{kurz: {desks: [1]}, lang: {desks: [2]}")];
    assert_eq!(visit(&apart, &["kurz", "lang"], 1).unwrap_err(), VisitError::NoCommonDesk);
    let groups = [
        ("groups: {pass", "groups: {auto: {name: {de: Auto}}, pass"),
        ("lang: {name: {de: Lang}, group: pass", "lang: {name: {de: Lang}, group: auto"),
    ];
    let other = visit(&groups, &["kurz", "lang"], 1).unwrap_err();
    assert_eq!(other, VisitError::AnotherGroup(id("lang")));
}

#[test]
fn a_place_can_leave_a_service_to_its_staff_and_bound_how_many_come() {
    let own = [("{kurz: {}, lang: {}", "{kurz: {staffOnly: true}, lang: {maxPeople: 2}")];
    let (kurz, mitte) = ("kurz".parse::<ServiceId>().unwrap(), "mitte".parse().unwrap());
    let (catalogue, services) = (office(&own), [kurz.clone()]);
    for channel in [Channel::Public, Channel::Phone] {
        let refused = catalogue.visit_by(channel, &mitte, &services, 1).unwrap_err();
        assert_eq!(refused, VisitError::StaffOnly(kurz.clone()));
    }
    assert!(catalogue.visit_by(Channel::Staff, &mitte, &services, 1).is_ok());
    let place = catalogue.location(&mitte).unwrap();
    let public: Vec<&str> = place.public_services().map(|id| id.as_str()).collect();
    assert_eq!(public, ["lang", "selten"]);
    assert!(visit(&own, &["lang"], 2).is_ok());
    let lang = "lang".parse().unwrap();
    let refused = visit(&own, &["lang"], 3).unwrap_err();
    assert_eq!(refused, VisitError::TooManyHere { service: lang, max: 2 });
}
