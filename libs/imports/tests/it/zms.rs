//! Offices, services and settings of ZMS.

use imports::ImportError;
use serde_json::{Value, json};
use vocabulary::Language;

use crate::{
    catalogue,
    source::{import_rows, owner, relation, row, scope, source, try_import, with},
    text, told,
};

#[test]
fn an_office_becomes_a_catalogue_without_any_finding() {
    let imported = import_rows(vec![row()]);
    let catalogue = catalogue(&imported);
    let (id, place) = catalogue.locations().next().unwrap();
    assert_eq!((id.as_str(), catalogue.locations().len()), ("amt-nord", 1));
    assert_eq!(place.name.get(Language::German), "Amt Nord");
    assert_eq!(place.number.as_deref(), Some("900001"));
    let address = &place.address;
    assert_eq!(
        (&*address.street, &*address.postal_code, &*address.city),
        ("Am Hafen 3", "01067", "Neustadt")
    );
    assert_eq!(place.hint.as_ref().unwrap().get(Language::German), "Eingang B");
    assert_eq!((place.bookable.from_days, place.bookable.to_days), (0, 28));
    assert_eq!(catalogue.authority.hold_minutes, 20);
    let slots: Vec<(&str, u16)> =
        catalogue.services().map(|(id, one)| (id.as_str(), one.slots)).collect();
    assert_eq!(slots, [("beglaubigung", 1), ("wohnung-anmelden", 2)]);
    let groups: Vec<&str> = catalogue.groups().map(|(id, _)| id.as_str()).collect();
    assert_eq!(groups, ["allgemein", "melden"]);
    assert!(text(&imported).contains("# ZMS scope 141, provider 900001"));
}

#[test]
fn lists_that_are_objects_are_lists() {
    let rows = json!({"data": {"0": row(), "1": with(row(), json!({"id": 702, "startTime": "13:00", "endTime": "14:00"}))}});
    let imported = try_import(&[source(), owner(), rows]).unwrap();
    assert_eq!(catalogue(&imported).locations().next().unwrap().1.opening.len(), 2);
}

#[test]
fn an_answer_without_log_in_an_error_and_no_scope_are_refused_with_what_to_do() {
    let reduced = json!({"meta": {"reducedData": true}, "data": {"id": "141"}});
    let error = try_import(&[reduced]).unwrap_err();
    assert!(matches!(&error, ImportError::Reduced { path } if path == "0.json"), "{error}");
    assert!(error.to_string().contains("X-AuthKey"));
    let failed = json!({"meta": {"error": true, "message": "x"}, "data": null});
    assert!(matches!(try_import(&[failed]).unwrap_err(), ImportError::IsError { .. }));
    let error = try_import(&[source()]).unwrap_err();
    assert!(error.to_string().contains("GET /owner/"), "{error}");
}

#[test]
fn of_several_departments_one_is_chosen() {
    let department = |id: &str, scope_id: &str| json!({"id": id, "name": format!("Amt {id}"), "scopes": [with(scope(), json!({"id": scope_id}))]});
    let answer = json!({"data": [department("1", "141"), department("2", "142")]});
    let error = try_import(&[source(), answer.clone()]).unwrap_err().to_string();
    assert!(error.contains("1 (Amt 1), 2 (Amt 2)") && error.contains("--department"), "{error}");
    let (source, answer) = (source().to_string(), answer.to_string());
    let files = [("s.json", &*source), ("d.json", &*answer)];
    let imported = imports::read_zms(
        &files,
        Some("2"),
        crate::today(),
        calendar::FederalState::Berlin,
        &imports::Bookings::new(),
        imports::Whole::Stated,
    )
    .unwrap();
    assert_eq!(imported.offer.places.keys().collect::<Vec<_>>(), ["142"]);
    assert!(
        imports::read_zms(
            &files,
            Some("3"),
            crate::today(),
            calendar::FederalState::Berlin,
            &imports::Bookings::new(),
            imports::Whole::Stated
        )
        .is_err()
    );
}

#[test]
fn half_slots_are_rounded_staff_only_stays_so_and_no_slots_are_none() {
    let mut answer = source();
    let requests = answer["data"]["requests"].as_array_mut().unwrap();
    for id in ["900103", "900104", "900105"] {
        requests.push(json!({"id": id, "source": "dldb", "name": format!("Anliegen {id}"), "group": "Melden"}));
    }
    answer["data"]["requestrelation"] = json!([
        relation("900102", "0.5"),
        with(relation("900103", "2"), json!({"public": "0", "maxQuantity": "4"})),
        relation("900104", "0"),
        with(relation("900105", "1"), json!({"bookable": "0"})),
    ]);
    let imported = try_import(&[answer, owner(), json!({"data": [row()]})]).unwrap();
    assert!(told(&imported, "a part of a slot", "requestrelation[0].slots"));
    let catalogue = catalogue(&imported);
    let place = catalogue.locations().next().unwrap().1;
    let done: Vec<(&str, bool)> =
        place.services.iter().map(|(id, offered)| (id.as_str(), offered.staff_only)).collect();
    assert_eq!(done, [("anliegen-900103", true), ("beglaubigung", false)]);
    let people = |id: &str| {
        let service = catalogue.service(&id.parse().unwrap()).unwrap();
        service.rules.party_size.as_ref().map(|rule| rule.max)
    };
    assert_eq!((people("anliegen-900103"), people("beglaubigung")), (Some(4), None));
    assert!(told(&imported, "no imported scope does", "requests[3]"));
}

#[test]
fn names_that_come_twice_are_told_apart() {
    let mut answer = source();
    answer["data"]["requests"][1] =
        json!({"id": "900102", "source": "dldb", "name": "Wohnung anmelden", "variant_id": "2"});
    let second = with(scope(), json!({"id": "142", "shortName": "Nord 2"}));
    let hours = with(row(), json!({"id": "800", "scope": {"$ref": "/scope/142/"}}));
    let imported =
        try_import(&[answer, owner(), json!({"data": [second]}), json!({"data": [row(), hours]})])
            .unwrap();
    let catalogue = catalogue(&imported);
    let names: Vec<&str> =
        catalogue.locations().map(|(_, one)| one.name.get(Language::German)).collect();
    assert_eq!(names, ["Amt Nord", "Amt Nord (Nord 2)"]);
    assert_eq!(catalogue.locations().filter(|(_, one)| one.number.is_some()).count(), 1);
    assert!(told(&imported, "a variant (by telephone)", "requests[1]"));
}

#[test]
fn an_address_in_one_line_is_taken_apart_and_a_place_without_one_is_left_out() {
    let mut answer = source();
    answer["data"]["providers"][0]["contact"] =
        json!({"street": "", "postalCode": 0, "city": "Neustadt"});
    let imported = try_import(&[answer.clone(), owner(), json!({"data": [row()]})]).unwrap();
    let catalogue = catalogue(&imported);
    assert_eq!(catalogue.locations().next().unwrap().1.address.postal_code, "01067");
    assert!(told(&imported, "an address in one line", "scopes[0].contact"));
    let bare = json!({"data": with(scope(), json!({"contact": {"street": "Am Hafen"}}))});
    let imported = try_import(&[answer, bare]).unwrap();
    assert!(imported.offer.places.is_empty());
    assert!(told(&imported, "a place without an address", "providers[0]"));
}

#[test]
fn settings_without_a_counterpart_are_told_with_their_path() {
    let preferences = json!({
        "client": {"captchaActivatedRequired": "1", "appointmentsPerMail": "5", "amendmentActivated": 0},
        "appointment": {"deallocationDuration": "15", "startInDaysDefault": 3, "endInDaysDefault": 1},
    });
    let scope = json!({"data": with(scope(), json!({"preferences": preferences}))});
    let imported = try_import(&[source(), scope, json!({"data": [row()]})]).unwrap();
    catalogue(&imported);
    assert!(told(
        &imported,
        "a captcha",
        "1.json: data.preferences.client.captchaActivatedRequired"
    ));
    assert!(told(&imported, "a limit for each e-mail address", "appointmentsPerMail"));
    assert!(told(&imported, "can be foretold", "deallocationDuration"));
    assert!(told(&imported, "a booking window that ends before it begins", "data"));
    assert!(!told(&imported, "free text", ""));
}

#[test]
fn the_report_names_each_kind_once_and_its_places() {
    let imported = import_rows(
        (0..5).map(|id| with(row(), json!({"id": id, "type": "openinghours"}))).collect(),
    );
    let text = imported.report.text();
    let twins = "left out: plain hours, which give no appointments\n  2.json: data[0], 2.json: data[1], 2.json: data[2] and 2 more\n";
    assert!(text.contains(twins), "{text}");
    let json: Value = serde_json::from_str(&imported.report.json()).unwrap();
    let twins = json
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["problem"].as_str().unwrap().starts_with("plain hours"));
    assert_eq!(twins.unwrap()["paths"].as_array().unwrap().len(), 5);
}
