//! The service database.

use catalogue::Catalogue;
use imports::{ImportError, Imported, Purpose, overlay, read_dldb};
use serde_json::{Value, json};
use vocabulary::Language;

use crate::{text, today, told};

fn export(records: Value) -> Value {
    let count = records.as_array().unwrap().len();
    json!({"created": "2026-11-29", "datacount": count, "locale": "de", "hash": "x", "error": false, "data": records})
}

fn service() -> Value {
    json!({
        "id": "900101", "name": "Wohnung anmelden", "leika": "99115005104000",
        "description": "<p>Nach einem Umzug &amp; mehr.</p>",
        "meta": {"url": "https://amt.neustadt.de/dienstleistung/900101/", "lastupdate": "2026-10-01 12:00:00",
            "keywords": "Umzug, ummelden,Umzug"},
        "fees": "<p>5,00 Euro</p>", "process_time": false,
        "requirements": [{"name": "Ausweis", "description": "<b>Ausweis</b> oder Pass", "link": false},
            {"name": "Vollmacht", "description": "wenn Sie nicht selbst kommen"}],
        "prerequisites": [{"name": "keine", "description": ""}],
        "forms": [{"name": "Anmeldung", "link": "https://amt.neustadt.de/formular.pdf"},
            {"name": "Alt", "link": "javascript:alert(1)"}],
        "legal": [{"name": "BMG"}],
        "onlineprocessing": {"link": "https://online.neustadt.de/", "description": ""},
        "relation": {"root_topic": "Melden"},
    })
}

fn place() -> Value {
    json!({
        "id": "900001", "name": "Amt Nord",
        "address": {"street": "Am Hafen", "house_number": "3", "postal_code": "01067", "city": "Neustadt"},
        "geo": {"lat": "52.5", "lon": 13.4},
        "opening_times": {"monday": "8-12"}, "payment": "Nur Karte.",
        "accessibility": {"note": "Rampe am Eingang B"},
        "services": [
            {"service": "900101", "appointment": {"allowed": true, "slots": "2", "external": false}},
            {"service": "900102", "appointment": {"allowed": true, "slots": "0"}},
            {"service": "900103", "appointment": {"allowed": true, "slots": "1", "external": true}},
            {"service": "900104", "appointment": {"allowed": false, "slots": "1"}},
        ],
    })
}

fn import(exports: &[Value]) -> Result<Imported, ImportError> {
    import_for(exports, Purpose::Catalogue)
}

fn import_for(exports: &[Value], purpose: Purpose) -> Result<Imported, ImportError> {
    let texts: Vec<String> = exports.iter().map(Value::to_string).collect();
    let names: Vec<String> = (0..texts.len()).map(|index| format!("{index}.json")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (&**name, &**text)).collect();
    read_dldb(&files, today(), purpose)
}

#[test]
fn services_and_places_become_a_catalogue_that_lacks_hours() {
    let imported = import(&[export(json!([service()])), export(json!([place()]))]).unwrap();
    let catalogue =
        Catalogue::parse("values.yaml", &text(&imported)).unwrap_or_else(|error| panic!("{error}"));
    let one = catalogue.service(&"wohnung-anmelden".parse().unwrap()).unwrap();
    assert_eq!(one.leika.as_deref(), Some("99115005104000"));
    assert_eq!(one.description.as_ref().unwrap().get(Language::German), "Nach einem Umzug & mehr.");
    let documents: Vec<&str> =
        one.documents.iter().map(|text| text.get(Language::German)).collect();
    assert_eq!(documents, ["Ausweis oder Pass", "Vollmacht: wenn Sie nicht selbst kommen"]);
    assert!(one.prerequisites.is_empty(), "`keine` is none");
    assert_eq!(one.forms.len(), 1);
    let fee = one.fee.as_ref().unwrap();
    assert_eq!(fee.text.get(Language::German), "5,00 Euro");
    assert_eq!(
        (&*fee.source.url, fee.source.as_of.as_str()),
        ("https://amt.neustadt.de/dienstleistung/900101/", "2026-10-01")
    );
    assert_eq!(one.duration, None, "`false` is nothing");
    assert_eq!(one.online.as_ref().unwrap().url, "https://online.neustadt.de/");
    assert_eq!(
        one.keywords.iter().map(|(_, word)| word).collect::<Vec<_>>(),
        ["Umzug", "ummelden"]
    );
    let (_, place) = catalogue.locations().next().unwrap();
    assert_eq!(place.services[&"wohnung-anmelden".parse().unwrap()].slots, Some(2));
    assert_eq!(place.services.len(), 1);
    let position = place.position.unwrap();
    assert_eq!((position.lat(), position.lon()), (52.5, 13.4));
    assert_eq!(place.access.as_ref().unwrap().get(Language::German), "Rampe am Eingang B");
    assert!(told(&imported, "no appointment hours and no desks", "amt-nord"));
    assert!(told(&imported, "take 0 slots", "services[1].appointment"));
    assert!(told(&imported, "another system", "services[2].appointment"));
    assert!(told(&imported, "no https page", "forms[1].link"));
    assert!(told(&imported, "legal bases", "data[0].legal"));
}

#[test]
fn english_that_is_german_is_no_translation() {
    let mut english = service();
    english["name"] = json!("Register a home");
    english["fees"] = json!("<p>5,00 Euro</p>");
    english["requirements"] = json!([{"name": "ID"}]);
    let mut other = export(json!([english]));
    other["locale"] = json!("en");
    // Whichever comes first.
    let imported = import(&[other, export(json!([service()]))]).unwrap();
    let one = &imported.offer.services["900101"];
    assert_eq!(one.name[&Language::English], "Register a home");
    assert!(!one.fee.as_ref().unwrap().contains_key(&Language::English));
    assert!(one.documents.iter().all(|text| text.len() == 1), "another number of documents");
}

#[test]
fn a_place_without_an_address_is_left_out() {
    let mut bare = place();
    bare["address"] = json!(false);
    let imported = import(&[export(json!([bare, service()]))]).unwrap();
    assert!(imported.offer.places.is_empty() && imported.offer.services.len() == 1);
    assert!(told(&imported, "a place without an address", "data[0]"));
}

#[test]
fn errors_and_lists_that_were_cut_off_are_refused() {
    let mut cut = export(json!([service()]));
    cut["datacount"] = json!("560");
    let error = import(&[cut]).unwrap_err();
    assert!(matches!(error, ImportError::Incomplete { stated: 560, found: 1, .. }), "{error}");
    let mut failed = export(json!([service()]));
    failed["error"] = json!(true);
    assert!(matches!(import(&[failed]).unwrap_err(), ImportError::IsError { .. }));
    let error = read_dldb(&[("page.html", "<html>")], today(), Purpose::Catalogue).unwrap_err();
    assert!(error.to_string().starts_with("page.html is no JSON: "), "{error}");
}

#[test]
fn texts_are_laid_over_a_catalogue_by_key_and_number() {
    let base = r#"
catalogue:
  authority: {id: amt, name: {de: Amt}, languages: [de]}
  groups: {melden: {name: {de: Melden}}}
  services:
    anmelden: {leika: "99115005104000", name: {de: Anmelden}, group: melden, slots: 3}
    abmelden: {name: {de: Abmelden}, group: melden}
  locations:
    nord:
      number: "900001"
      name: {de: Nord}
      address: {street: Weg 1, postalCode: "10115"}
      desks: 2
      services: {anmelden: {}, abmelden: {}}
      opening: {frueh: {hours: {monday: 08:00-09:00}}}
"#;
    let known = Catalogue::parse("base.yaml", base).unwrap();
    let mut unknown = place();
    unknown["id"] = json!("900009");
    unknown["name"] = json!("Nord");
    let mut other = service();
    other["id"] = json!("900777");
    other["name"] = json!("Abmelden");
    other["leika"] = json!("99115005104001");
    let exports = [export(json!([service(), other])), export(json!([place(), unknown]))];
    let mut imported = import_for(&exports, Purpose::Overlay).unwrap();
    let over = overlay(&imported.offer, &known, "import", &mut imported.report).unwrap();
    let both = Catalogue::parse_overlaid(&[("base.yaml", base), ("over.yaml", &over)])
        .unwrap_or_else(|error| panic!("{error}\n{over}"));
    assert!(catalogue::check(&both).is_empty());
    let one = both.service(&"anmelden".parse().unwrap()).unwrap();
    assert_eq!(
        (one.name.get(Language::German), one.slots, one.documents.len()),
        ("Anmelden", 3, 2)
    );
    let (_, place) = both.locations().next().unwrap();
    assert_eq!((&*place.address.street, place.desks, place.opening.len()), ("Am Hafen 3", 2, 1));
    assert!(told(&imported, "say nothing about this service", "catalogue.services.abmelden"));
    assert!(told(&imported, "by its name or address", "place Nord: catalogue.locations.nord"));
    assert!(!told(&imported, "no desks", ""), "the catalogue has hours and desks");
    assert!(imported.offer.services.contains_key("900777"), "no place of the files does it");
    let mut strange = import_for(&[export(json!([other_service()]))], Purpose::Overlay).unwrap();
    assert_eq!(overlay(&strange.offer, &known, "import", &mut strange.report), None);
}

/// A service that no catalogue has.
fn other_service() -> Value {
    let mut other = service();
    other["id"] = json!("900888");
    other["leika"] = json!("99115005104009");
    other
}

#[test]
fn answers_of_zms_are_refused_and_what_was_not_said_is_told() {
    let owner = json!({"data": [{"id": 1, "name": "Land", "organisations": [{"id": 2}]}]});
    let error = import(&[owner]).unwrap_err();
    assert!(matches!(error, ImportError::IsZms { .. }), "{error}");
    let mut undated = service();
    undated["meta"].as_object_mut().unwrap().remove("lastupdate");
    let mut marked = place();
    marked["accessibility"] = json!({"access": "1", "elevator": "1", "note": ""});
    let imported = import(&[export(json!([undated, marked]))]).unwrap();
    assert!(told(&imported, "`asOf` is the day of the import", "data[0].meta.lastupdate"));
    assert!(told(&imported, "a mark of accessibility", "data[1].accessibility.elevator"));
    assert!(told(&imported, "`desks: 1` stands for them", "amt-nord"));
}
