//! The authority that is measured: LEA's preset as it is shipped, with all its rules, at as many
//! places as a measurement wants.

use ids::AuthorityId;

/// The service that people book: one slot long, for everybody whose log-in is substantial. All rules
/// of the preset but `entitlement` apply to it.
pub const SERVICE: &str = "fiktionsbescheinigung";
/// The preset.
pub const PRESET: &str = include_str!("../../../charts/fairtermin/values-lea.yaml");
/// How many of the preset's desks at a place are open to the public.
pub const PUBLIC_DESKS: usize = 16;

/// The values of `authority` with `places` in the place of the preset's own, each with the preset's
/// hours, open desks and window. `None` if the preset is not laid out as this expects.
pub fn catalogue(preset: &str, authority: &AuthorityId, places: usize) -> Option<String> {
    let (before, _) = preset.split_once("\n  locations:\n")?;
    let before = before.replacen("\n    id: lea\n", &format!("\n    id: {authority}\n"), 1);
    let mut text = before + "\n  locations:\n";
    for number in 0..places {
        text += &format!(
            r#"    {}:
      name: {{de: Amt}}
      address: {{street: Gasse 1, postalCode: "10178"}}
      desks: 24
      bookable: *bookable
      services: {{{SERVICE}: {{}}}}
      opening: {{week: {{hours: *week, slotMinutes: 15, desks: *desks}}}}
"#,
            place(number)
        );
    }
    Some(text)
}

/// The name of a place.
pub fn place(number: usize) -> String {
    format!("place-{number}")
}
