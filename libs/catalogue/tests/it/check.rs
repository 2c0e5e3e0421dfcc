//! Catalogues that work and are probably not meant so.

use catalogue::{check, check_files, line};

use crate::{office, office_text};

fn findings(replacements: &[(&str, &str)]) -> Vec<String> {
    check(&office(replacements)).iter().map(line).collect()
}

#[test]
fn an_ordinary_office_has_no_finding() {
    assert_eq!(findings(&[]), [""; 0]);
}

#[test]
fn each_finding_says_where_what_and_what_instead() {
    let second = |rule: &str| format!("desks: {{public: 3}}}}\n        zwei: {{{rule}}}\n#");
    let cases: Vec<(&str, String)> = vec![
        ("desks: {public: 3}}", second("hours: {monday: 08:30-10:00}")),
        ("desks: {public: 3}}", second("hours: {monday: 08:30-10:00}, desks: {only: [4]}")),
        ("desks: {public: 3}}", second("hours: {monday: 08:30-10:00}, weeksOfMonth: [5]")),
        ("08:00-09:00", "08:00-09:05".to_owned()),
        ("slotMinutes: 10", "slotMinutes: 40".to_owned()),
        ("{monday: 08:00-09:00}", "{}".to_owned()),
        ("desks: {public: 3}", "validFrom: 2027-01-05, validTo: 2027-01-10".to_owned()),
        ("opening:\n        frueh: {hours: {monday: 08:00-09:00}, slotMinutes: 10, desks: {public: 3}}", "opening: {}".to_owned()),
        ("desks: {public: 3}", "desks: {only: [1, 2]}".to_owned()),
        ("slots: 2, combinable", "slots: 7, combinable".to_owned()),
        ("{kurz: {}, lang: {}", "{kurz: {}".to_owned()),
        ("groups: {pass", "groups: {leer: {name: {de: Leer}}, pass".to_owned()),
        ("languages: [de]", "languages: [de, en]".to_owned()),
        ("slots: 2, combinable", "rules: {leadTime: {minutes: 99999}}, combinable".to_owned()),
        ("desks: 4", "desks: 4\n      exceptions: {x: {dates: [2027-01-05], hours: 08:00-09:00}}\n      closures: {y: {date: 2027-01-05}}".to_owned()),
    ];
    let mut report = String::new();
    for (from, to) in cases {
        report += &format!("{from:?} -> {to:?}\n");
        for finding in findings(&[(from, &to)]) {
            report += &format!("    {finding}\n");
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn rules_that_never_meet_do_not_overlap() {
    let seasons = "validTo: 2027-05-31}\n        sommer: {hours: {monday: 08:00-12:00}, validFrom: 2027-06-01}\n#";
    assert_eq!(findings(&[("desks: {public: 3}}", seasons)]), [""; 0]);
    let weeks = "weeksOfMonth: [1, 3]}\n        sonst: {hours: {monday: 08:00-12:00}, weeksOfMonth: [2]}\n#";
    assert_eq!(findings(&[("desks: {public: 3}}", weeks)]), [""; 0]);
}

#[test]
fn files_are_laid_over_each_other_and_another_authority_begins_anew() {
    let (base, other) = (office_text(&[]), office_text(&[("id: amt", "id: anderes")]));
    let close = "catalogue: {locations: {mitte: {opening: {frueh: null}}}}";
    let rename = "catalogue: {authority: {contact: {phone: \"115\"}}}\nslot: {enabled: true}";
    let check = |files: &[(&str, &str)]| -> Vec<String> {
        check_files(files)
            .iter()
            .map(|(source, found)| format!("{source}: {}", line(found)))
            .collect()
    };
    assert_eq!(check(&[("a.yaml", &base), ("b.yaml", rename)]), [""; 0]);
    assert_eq!(check(&[("a.yaml", &base), ("c.yaml", &other)]), [""; 0]);
    let closed = check(&[("a.yaml", &base), ("b.yaml", close), ("c.yaml", &other)]);
    assert_eq!(closed.len(), 1, "{closed:?}");
    assert!(
        closed[0]
            .starts_with("a.yaml + b.yaml: catalogue.locations.mitte.opening: the location never")
    );
    assert!(check(&[("b.yaml", close)])[0].contains("missing field"));
    assert!(check(&[("b.yaml", "- a")])[0].contains("not a values file"));
}
