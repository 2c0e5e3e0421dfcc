//! The plural forms of a language (Unicode CLDR), as Fluent chooses them.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentValue};

use crate::{Language, bundle::bundle};

/// Every plural form that some language has.
pub(crate) const PLURAL_FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Says the form of a number.
const FORM: &str = "
form =
    { $count ->
        [zero] zero
        [one] one
        [two] two
        [few] few
        [many] many
       *[other] other
    }
";

/// Counts that meet each rule: of languages with forms for hundreds, for a million and for fractions.
fn counts() -> impl Iterator<Item = f64> {
    (0_i32..=200).map(f64::from).chain([1_000.0, 1_000_000.0, 0.1, 0.5, 1.5, 2.5])
}

/// The forms that a number can have in `language`.
///
/// Fluent does not list them, so it is asked for the form of enough numbers.
pub(crate) fn plural_forms(language: Language) -> BTreeSet<&'static str> {
    let bundle = bundle(language, &[FORM]);
    let Some(pattern) = bundle.get_message("form").and_then(|message| message.value()) else {
        return BTreeSet::new();
    };
    let form = |count: f64| {
        let mut args = FluentArgs::new();
        args.set("count", FluentValue::from(count));
        let said = bundle.format_pattern(pattern, Some(&args), &mut Vec::new());
        PLURAL_FORMS.into_iter().find(|form| said == *form)
    };
    counts().filter_map(form).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_forms() {
        for (tag, forms) in [
            ("de", "one other"),
            ("pl", "few many one other"),
            ("vi", "other"),
            ("ar", "few many one other two zero"),
            ("uk", "few many one other"),
        ] {
            let found = Vec::from_iter(plural_forms(tag.parse().unwrap()));
            assert_eq!(found.join(" "), forms, "{tag}");
        }
    }
}
