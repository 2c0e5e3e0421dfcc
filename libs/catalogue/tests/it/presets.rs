//! The presets of the chart.

use catalogue::Catalogue;

const AUTHORITIES: [&str; 3] = ["lea", "buergeramt", "kfz"];

fn preset(authority: &str) -> Catalogue {
    read(&format!("values-{authority}.yaml"))
}

fn read(file: &str) -> Catalogue {
    let path = format!("{}/../../charts/fairtermin/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    Catalogue::parse(file, &text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn each_preset_parses_and_is_open_on_working_days_and_closed_on_holidays() {
    for authority in AUTHORITIES {
        let catalogue = preset(authority);
        assert_eq!(catalogue.authority.id.as_str(), authority);
        for (id, location) in catalogue.locations() {
            let on = |date: &str| catalogue.day_plan(id, date.parse().unwrap()).unwrap();
            assert!(!on("2027-01-04").is_closed(), "{authority} {id}");
            assert!(on("2027-01-01").is_closed() && on("2027-12-24").is_closed());
            assert!(on("2027-01-03").is_closed(), "Sunday");
            for service in location.services.keys() {
                let visit = catalogue.visit(id, std::slice::from_ref(service), 1).unwrap();
                assert!(!visit.desks.is_empty());
            }
        }
    }
}

#[test]
fn no_preset_has_a_finding() {
    let presets = AUTHORITIES.map(|authority| format!("values-{authority}.yaml"));
    for file in presets.iter().map(String::as_str).chain(["examples/small-office.yaml"]) {
        let findings: Vec<String> =
            catalogue::check(&read(file)).iter().map(catalogue::line).collect();
        assert!(findings.is_empty(), "{file}:\n{}", findings.join("\n"));
    }
}

#[test]
fn the_charts_schema_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../charts/fairtermin/values.schema.json");
    let stored: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(stored == catalogue::values_schema(), "values.schema.json is stale: run `make schema`");
}
