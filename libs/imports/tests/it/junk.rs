//! Whatever is in a file, the answer is a catalogue with a report, or an error. Never a crash, and
//! never a values file that cannot be read.

use calendar::FederalState;
use catalogue::Catalogue;
use imports::{Bookings, Purpose, Whole, closed_times, read_dldb, read_xzufi, read_zms};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

use crate::{
    source::{owner, row, source},
    text, today,
};

/// Values that programs write in place of the right ones.
fn junk() -> Vec<Value> {
    vec![
        json!(null),
        json!(false),
        json!(true),
        json!(0),
        json!(-1),
        json!(65_536),
        json!(1e300),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(253_402_300_800_i64),
        json!(""),
        json!("0"),
        json!("x"),
        json!("24:00"),
        json!("23:59"),
        json!("-1:-1"),
        json!("9999-12-31"),
        json!("öäü <b"),
        json!("yes"),
        json!("a: b\n- c\t# d"),
        json!([]),
        json!({}),
        json!([[[]]]),
        json!({"0": {"id": 1}}),
        json!({"$ref": "/"}),
    ]
}

/// Replaces the n-th value below, counted through.
fn replace(value: &mut Value, place: &mut usize, with: &Value) {
    if *place == 0 {
        *value = with.clone();
    }
    *place = place.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, place, with)),
        Value::Object(entries) => entries.values_mut().for_each(|item| replace(item, place, with)),
        _ => {}
    }
}

fn zms() -> Value {
    let process = json!({"id": 1, "status": "confirmed", "appointments": [{"date": 1_799_218_800,
        "slotCount": 2, "scope": {"id": 141}, "availability": {"id": 700, "slotTimeInMinutes": 10}}]});
    let second = crate::source::row_with(
        json!({"id": 701, "endDate": 1_799_190_000, "startDate": 1_799_190_000}),
    );
    json!([source(), owner(), {"data": [row(), second]}, {"data": [process]},
        {"data": {"dayoff": [{"date": 1_813_096_800, "name": "Zu"}]}}, {"data": {"year": 2027, "month": 7, "day": 1}}])
}

fn dldb() -> Value {
    json!({"error": false, "datacount": 2, "locale": "de", "data": [
        {"id": "1", "name": "Wohnung anmelden", "leika": "99115005104000", "fees": "<p>5 Euro</p>",
            "requirements": [{"name": "Ausweis"}], "meta": {"url": "https://a.neustadt.de/", "lastupdate": 1_790_000_000, "keywords": "a,b"},
            "onlineprocessing": {"link": "https://b.neustadt.de/"}, "relation": {"root_topic": "Melden"}},
        {"id": "2", "name": "Amt", "address": {"street": "Weg", "house_number": 1, "postal_code": 1067, "city": "Neustadt"},
            "geo": {"lat": 51, "lon": 13}, "services": [{"service": "1", "appointment": {"allowed": 1, "slots": "1"}}]}]})
}

const XZUFI: &str = r#"<t xmlns="http://xoev.de/schemata/xzufi/2_2_0"><leistung><id>1</id>
<referenzLeiKa><code>99115005104000</code></referenzLeiKa>
<modulText><leikaTextmodul><code>03</code></leikaTextmodul><inhalt languageCode="de">Wohnung &amp; mehr</inhalt></modulText>
<modulText><leikaTextmodul><code>08</code></leikaTextmodul><inhalt languageCode="de">&lt;li&gt;Ausweis&lt;/li&gt;</inhalt></modulText>
</leistung></t>"#;

proptest! {
    #[test]
    fn zms_with_wrong_values_never_crashes(
        changes in proptest::collection::vec((0..300_usize, select(junk())), 1..4),
    ) {
        let mut value = zms();
        for (mut place, with) in changes {
            replace(&mut value, &mut place, &with);
        }
        let text_of_file = value.to_string();
        let files = [("a.json", &*text_of_file)];
        if let Ok(imported) = read_zms(&files, None, today(), FederalState::Berlin, &Bookings::new(), Whole::Stated) {
            let text = text(&imported);
            let read = Catalogue::parse("values.yaml", &text);
            prop_assert!(read.is_ok(), "{}\n{text}", read.unwrap_err());
            if let Some(closed) = closed_times(&imported.offer) {
                let both = Catalogue::parse_overlaid(&[("a", &text), ("b", &closed)]);
                prop_assert!(both.is_ok(), "{}\n{closed}", both.unwrap_err());
            }
        }
    }

    #[test]
    fn a_service_database_with_wrong_values_never_crashes(
        changes in proptest::collection::vec((0..60_usize, select(junk())), 1..4),
    ) {
        let mut value = dldb();
        for (mut place, with) in changes {
            replace(&mut value, &mut place, &with);
        }
        let text_of_file = value.to_string();
        if let Ok(imported) = read_dldb(&[("a.json", &text_of_file)], today(), Purpose::Catalogue) {
            let text = text(&imported);
            let read = Catalogue::parse("values.yaml", &text);
            prop_assert!(read.is_ok(), "{}\n{text}", read.unwrap_err());
        }
    }

    #[test]
    fn xzufi_with_other_letters_never_crashes(
        at in 0..XZUFI.len(),
        length in 0..20_usize,
        with in "[<>&;a-zäö\"/! ]{0,8}",
    ) {
        let mut text_of_file = XZUFI.to_owned();
        let until = (at + length).min(XZUFI.len());
        text_of_file.replace_range(at..until, &with);
        if let Ok(imported) = read_xzufi(&[("a.xml", &text_of_file)], Some("https://a.neustadt.de/"), today()) {
            let text = text(&imported);
            let read = Catalogue::parse("values.yaml", &text);
            prop_assert!(read.is_ok(), "{}\n{text}", read.unwrap_err());
        }
    }

    #[test]
    fn no_text_crashes_a_reader(text in ".{0,200}") {
        let files = [("a", &*text)];
        prop_assert!(read_zms(&files, None, today(), FederalState::Berlin, &Bookings::new(), Whole::Stated).is_err());
        prop_assert!(read_dldb(&files, today(), Purpose::Catalogue).is_err());
        prop_assert!(read_xzufi(&files, None, today()).is_err());
    }
}
