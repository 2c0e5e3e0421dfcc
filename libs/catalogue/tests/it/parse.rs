//! Catalogues that are refused, each with the path, what is wrong and what would be right.

use catalogue::Catalogue;

use crate::office_text;

fn refusal(replacements: &[(&str, &str)]) -> String {
    Catalogue::parse("amt.yaml", &office_text(replacements)).unwrap_err().to_string()
}

#[test]
fn each_mistake_is_named_with_its_path() {
    let cases: &[(&str, &str)] = &[
        ("desks: 4", "desks: 0"),
        ("desks: 4", "desks: 65"),
        ("desks: 4", "desks: many"),
        ("desks: 4", "desks: 4\n      dekss: 3"),
        ("group: pass, slots: 2}", "group: pas, slots: 2}"),
        ("group: pass, slots: 2}", "group: verein, slots: 2}"),
        ("slots: 2, combinable", "slots: 0, combinable"),
        ("{kurz: {}, lang", "{kuerz: {}, lang"),
        ("desks: [\"3-4\"]", "desks: [\"3-5\"]"),
        ("desks: [\"3-4\"]", "desks: [\"4-3\"]"),
        ("desks: [\"3-4\"]", "desks: []"),
        ("slotMinutes: 10", "slotMinutes: 12"),
        ("slotMinutes: 10", "slotMinutes: 0"),
        ("slotMinutes: 10", "slotMinutes: 65535"),
        ("slots: 2, combinable", "remindHoursBefore: [0], combinable"),
        ("slots: 2, combinable", "slotsPerFurtherPerson: 99, combinable"),
        ("toDays: 60", "toDays: 9999"),
        ("languages: [de]", "languages: [de], holdMinutes: 0"),
        ("languages: [de]", "languages: [de], alonePerDay: {vouched: 1001}"),
        ("desks: 4", "desks: 4\n      exceptions: {x: {dates: [], hours: 08:00-09:00}}"),
        ("08:00-09:00", "08:00-09:03"),
        ("08:00-09:00", "09:00-08:00"),
        ("08:00-09:00", "8 bis 9"),
        ("monday:", "montag:"),
        ("desks: {public: 3}", "desks: {public: 5}"),
        ("desks: {public: 3}", "desks: {public: 3, staff: 2}"),
        ("desks: {public: 3}", "everyNthWeek: 2"),
        ("desks: {public: 3}", "weeksOfMonth: [6]"),
        ("desks: {public: 3}", "validFrom: 2027-02-01, validTo: 2027-01-01"),
        ("desks: {public: 3}", "validFrom: 2027-02-30"),
        ("fromDays: 0, toDays: 60", "fromDays: 61, toDays: 60"),
        ("fromDays: 0, toDays: 60", "opensAt: 7 Uhr"),
        ("desks: 4", "desks: 4\n      grid: 7"),
        ("desks: 4", "desks: 4\n      closures: {x: {}}"),
        ("desks: 4", "desks: 4\n      closures: {x: {from: 2027-01-02, to: 2027-01-01}}"),
        ("desks: 4", "desks: 4\n      closures: {x: {yearly: \"02-30\"}}"),
        ("languages: [de]", "languages: [en]"),
        ("languages: [de]", "languages: [de, xx]"),
        ("{de: Kurz}", "{en: Short}"),
        ("{de: Kurz}", "{de: \"\"}"),
        ("group: pass, slots: 2}", "group: pass, allocation: lottery}"),
        ("group: pass, slots: 2}", "group: pass, allocation: draw}"),
        ("group: pass, slots: 2}", "group: pass, allocation: assign}"),
        ("group: pass, slots: 2}", "group: pass, assign: {answerDays: 14}}"),
        (
            "group: pass, slots: 2}",
            "group: pass, allocation: assign, assign: {answerDays: 0}, rules: {entitlement: {}}}",
        ),
        ("group: pass, slots: 2}", "group: pass, draw: {opensOn: monday, opensAt: \"10:00\"}}"),
        (
            "group: pass, slots: 2}",
            "group: pass, allocation: draw, draw: {opensOn: friday, opensAt: \"10:00\", entryHours: 337, weeksAhead: 1, desks: 65}}",
        ),
        (
            "group: pass, slots: 2}",
            "group: pass, allocation: draw, draw: {opensOn: someday, opensAt: \"25:00\"}}",
        ),
        ("group: pass, slots: 2}", "group: pass, release: {minMinutes: 9, maxMinutes: 3}}"),
        ("group: pass, slots: 2}", "group: pass, rules: {leadTime: {hours: 3}}}"),
        ("group: pass, slots: 2}", "group: pass, rules: {ledTime: {minutes: 3}}}"),
        ("desks: 4", "desks: 4\n      formerly: [mitte]"),
        ("desks: 4", "desks: 4\n      formerly: [pankow, pankow]"),
        ("group: pass, slots: 2}", "group: pass, formerly: [kurz]}"),
        ("group: pass, slots: 2}", "group: pass, formerGroup: pass}"),
        ("desks: 4", "desks: 4\n      position: {lat: 152.5, lon: 13.4}"),
        (
            "group: pass, slots: 2}",
            "group: pass, link: {url: \"javascript:alert(1)\", asOf: \"2027\"}}",
        ),
        (
            "group: pass, slots: 2}",
            "group: pass, link: {url: \"https://amt.example/\", asOf: \"soon\"}}",
        ),
        (
            "group: pass, slots: 2}",
            "group: pass, documentsFrom: {url: \"https://amt.example/\", asOf: \"2027\"}}",
        ),
        ("group: pass, slots: 2}", "group: pass, keywords: {de: [\" \"]}}"),
        ("id: amt", "id: Amt"),
        ("    selten:", "    1selten:"),
        ("catalogue:", "catalog:"),
        ("catalogue:", "catalogue: ["),
    ];
    let mut report = String::new();
    for (from, to) in cases {
        report += &format!(
            "{from:?} -> {to:?}\n    {}\n",
            refusal(&[(from, to)]).replace('\n', "\n    ")
        );
    }
    insta::assert_snapshot!(report);
}

#[test]
fn all_contradictions_are_told_at_once() {
    let message = refusal(&[
        ("desks: {public: 3}", "desks: {public: 9}"),
        ("slotMinutes: 10", "slotMinutes: 7"),
    ]);
    assert_eq!(message.lines().count(), 2, "{message}");
}

#[test]
fn all_values_of_a_wrong_type_are_told_at_once() {
    let message = refusal(&[
        ("desks: 4", "desks: many\n      dekss: 3"),
        ("group: pass, slots: 2}", "grup: pass, slots: two}"),
        ("{de: Kurz}", "{en: Short}"),
        ("monday: 08:00-09:00", "monday: 09:00-08:00"),
        ("postalCode: \"10115\"", "postalCode: 10115"),
        ("fromDays: 0", "fromDays: -1"),
    ]);
    let lines: Vec<&str> = message.lines().collect();
    for (start, word) in [
        ("locations.mitte.address.postalCode: ", "10115 is a number; write a text in quotes"),
        ("locations.mitte.bookable.fromDays: ", "-1 is not allowed; use 0 to 365"),
        ("locations.mitte.dekss: ", "did you mean `desks`?"),
        ("locations.mitte.desks: ", "`many` is a text; write a whole number from 1 to 64"),
        ("locations.mitte.opening.frueh.hours.monday: ", "ends before it begins"),
        ("services.kurz.name", "de"),
        ("services.selten.group: ", "is missing"),
        ("services.selten.grup: ", "did you mean `group`?"),
        ("services.selten.slots: ", "`two` is a text; write a whole number from 1 to 48"),
    ] {
        let start = format!("amt.yaml: catalogue.{start}");
        let said: Vec<_> = lines.iter().filter(|line| line.starts_with(&start)).collect();
        assert!(said.len() == 1 && said[0].contains(word), "{start}{word}:\n{message}");
    }
    assert_eq!(lines.len(), 9, "{message}");
}

#[test]
fn null_takes_an_entry_of_an_earlier_file_out() {
    let base = office_text(&[("slots: 2, combinable", "rules: {entitlement: {}}, combinable")]);
    let site = "catalogue:\n  services: {selten: null, lang: {rules: {entitlement: null}}}\n  \
                locations: {mitte: {services: {selten: null}, opening: {frueh: {desks: null}}}}\n";
    let catalogue = Catalogue::parse_overlaid(&[("a.yaml", &base), ("b.yaml", site)]).unwrap();
    assert!(catalogue.service(&"selten".parse().unwrap()).is_none());
    assert!(!catalogue.service(&"lang".parse().unwrap()).unwrap().requires_entitlement());
    // As it arrives in one file, where Helm left the `null` in it.
    let one = office_text(&[("    lang:", "    weg: null\n    lang:")]);
    assert!(Catalogue::parse("one.yaml", &one).is_ok());
}

#[test]
fn anchors_and_merge_keys_work() {
    let text = office_text(&[
        ("catalogue:", "x-hours: &hours {monday: 08:00-09:00}\ncatalogue:"),
        ("{monday: 08:00-09:00}", "{<<: *hours, tuesday: 10:00-11:00}"),
    ])
    .replacen("{<<: *hours, tuesday: 10:00-11:00}", "{monday: 08:00-09:00}", 1);
    let catalogue = Catalogue::parse("amt.yaml", &text).unwrap();
    let (id, _) = catalogue.locations().next().unwrap();
    let open = |date: &str| !catalogue.day_plan(id, date.parse().unwrap()).unwrap().is_closed();
    assert!(open("2027-01-04") && open("2027-01-05") && !open("2027-01-06"));
}
