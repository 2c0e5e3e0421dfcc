//! Tests of the catalogue against the files that admins edit.

mod beyond;
mod changes;
mod check;
mod draw_confirming;
mod draw_days;
mod draw_entrants;
mod draw_quotas;
mod impact;
mod junk;
mod parse;
mod presets;
mod preview;
mod starts;
mod visits;
mod world;

use catalogue::Catalogue;

/// A small office, open every Monday morning: 4 desks, 3 of them for the public; one service of one
/// slot, one of two, and one of two slots that only desks 3 and 4 do. Replacements turn it into the
/// office of a test.
const OFFICE: &str = r#"
catalogue:
  authority: {id: amt, name: {de: Amt}, languages: [de]}
  groups: {pass: {name: {de: Pass}}}
  services:
    kurz: {name: {de: Kurz}, group: pass, combinable: true}
    lang: {name: {de: Lang}, group: pass, slots: 2, combinable: true}
    selten: {name: {de: Selten}, group: pass, slots: 2}
  locations:
    mitte:
      name: {de: Mitte}
      address: {street: Weg 1, postalCode: "10115"}
      desks: 4
      bookable: {fromDays: 0, toDays: 60}
      services: {kurz: {}, lang: {}, selten: {desks: ["3-4"]}}
      opening:
        frueh: {hours: {monday: 08:00-09:00}, slotMinutes: 10, desks: {public: 3}}
"#;

/// [`OFFICE`] with each text replaced by another; each must be there.
fn office_text(replacements: &[(&str, &str)]) -> String {
    let replace = |text: String, (from, to): &(&str, &str)| {
        assert!(text.contains(from), "the office does not contain `{from}`");
        text.replace(from, to)
    };
    replacements.iter().fold(OFFICE.to_owned(), replace)
}

fn office(replacements: &[(&str, &str)]) -> Catalogue {
    Catalogue::parse("amt.yaml", &office_text(replacements)).unwrap_or_else(|e| panic!("{e}"))
}
