//! No key is missing, none is left over, and every problem is explained.

use std::{collections::BTreeSet, fs, path::Path};

use client::DeskAction;
use texts::Language;

use super::locales::{Texts, sources};

fn keys(language: Language) -> BTreeSet<String> {
    texts::keys(&sources(language))
}

/// Keys that the code puts together from parts.
fn is_composed(key: &str, quoted: &BTreeSet<String>) -> bool {
    let is_counted = ["weekday-", "month-", "list-", "problem-", "draw-check-"];
    let is_part = |part: &str| quoted.contains(part);
    is_counted.iter().any(|prefix| key.starts_with(prefix))
        || key
            .strip_prefix("about-")
            .is_some_and(|section| is_part(section.trim_end_matches("-body")))
        || key.strip_prefix("desk-").is_some_and(|action| action.parse::<DeskAction>().is_ok())
        || key.strip_suffix(".why").is_some_and(is_part)
}

#[test]
fn every_language_has_every_text() {
    assert_eq!(texts::differences(sources), [""; 0]);
}

#[test]
fn every_text_is_plain() {
    assert_eq!(texts::hard_to_read(sources), [""; 0]);
}

#[test]
fn one_thing_has_one_name() {
    assert_eq!(texts::other_names(sources), [""; 0]);
}

#[test]
fn every_count_has_the_forms_of_its_language() {
    assert_eq!(texts::missing_forms(sources), [""; 0]);
}

#[test]
fn a_count_is_said_in_the_form_of_its_number() {
    let said = |language, count: u32| {
        let texts = Texts::of(language);
        texts.fill("service-length", "minutes", count).replace(['\u{2068}', '\u{2069}'], "")
    };
    let ukrainian = [1, 3, 15, 21].map(|count| said(Language::Ukrainian, count));
    let forms = ["1 хвилину", "3 хвилини", "15 хвилин", "21 хвилину"];
    assert_eq!(ukrainian, forms.map(|form| format!("Триває {form}.")));
    let arabic = [1, 2, 5, 20].map(|count| said(Language::Arabic, count));
    let forms = ["دقيقة واحدة", "دقيقتين", "5 دقائق", "20 دقيقة"];
    assert_eq!(arabic, forms.map(|form| format!("يستغرق {form}.")));
    assert_eq!(said(Language::English, 1), "It takes 1 minute.");
}

#[test]
fn every_text_is_used() {
    let quoted = texts::quoted(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let unused: Vec<_> = keys(Language::German)
        .into_iter()
        .filter(|key| !quoted.contains(key) && !is_composed(key, &quoted))
        .collect();
    assert!(unused.is_empty(), "no page uses {unused:?}");
}

#[test]
fn every_text_that_a_template_uses_exists() {
    let keys = keys(Language::German);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for call in ["frame.t(\"", "texts.fill(\"", "fill_all(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                assert!(keys.contains(key), "{} uses {key}", path.display());
            }
        }
    }
}

/// What a citizen's own calls can run into, besides booking rules, which bring their texts. Anything
/// else is shown as `problem-unknown`.
#[test]
fn every_problem_of_a_citizen_is_explained() {
    use problem::types::*;
    let keys = keys(Language::German);
    let codes = [
        &RATE_LIMITED,
        &INTERNAL,
        &UNAVAILABLE,
        &UNKNOWN_SERVICE,
        &UNKNOWN_LOCATION,
        &SLOT_NOT_OFFERED,
        &SERVICES_NOT_COMBINABLE,
        &SLOT_TAKEN,
        &ALREADY_HOLDING,
        &HELD_BY_STAFF,
        &HOLD_INVALID,
        &HOLD_EXPIRED,
        &HOLD_GIVEN_UP,
        &HOLDS_UNAVAILABLE,
        &ATTENDEE_INVALID,
        &BOOKING_NOT_FOUND,
        &BOOKING_NOT_ACTIVE,
        &BOOKING_STARTED,
        &ALLOCATED_BY_DRAW,
        &ASSIGNED_BY_OFFICE,
        &ENTITLEMENT_TAKEN,
        &DATE_NOT_FOUND,
        &DATE_OVER,
        &DRAW_NOT_FOUND,
        &DRAW_NOT_OPEN,
        &DRAW_NOT_SETTLED,
        &ENTRY_NOT_FOUND,
        &ALREADY_ENTERED,
        &ENTERED_IN_DOUBT,
        &LATER_APPOINTMENT_NEEDED,
        &DRAW_TICKET_NEEDED,
        &DRAW_TICKET_INVALID,
        &NO_WAITING_LIST,
        &WAITING_LIST_FULL,
        &REJOIN_TOO_SOON,
        &NOT_WAITING,
        &ALREADY_WAITING,
        &WAITING_IN_DOUBT,
        &OFFER_NOT_FOUND,
        &OFFER_OVER,
    ]
    .map(|kind| kind.code);
    let rules = booking::rules::PROBLEMS.iter().map(|problem| problem.code);
    let codes = codes.into_iter().chain(rules);
    let parts = ["", ".what", ".do"];
    let unexplained: Vec<_> = codes
        .filter(|code| parts.iter().any(|part| !keys.contains(&format!("problem-{code}{part}"))))
        .collect();
    assert!(
        unexplained.is_empty(),
        "locales/*/problems.ftl lacks problem-<code> for {unexplained:?}"
    );
}
