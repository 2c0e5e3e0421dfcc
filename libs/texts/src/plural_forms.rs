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

/// Whole numbers that meet each rule: of languages with forms for hundreds and for a million, too.
fn whole_numbers() -> impl Iterator<Item = f64> {
    (0_i32..=200).map(f64::from).chain([1_000.0, 1_000_000.0])
}

/// The forms that a number can have in `language`.
pub(crate) fn plural_forms(language: Language) -> BTreeSet<&'static str> {
    forms_of(language, whole_numbers().chain([0.1, 0.5, 1.5, 2.5]))
}

/// The forms that a whole number can have in `language`.
pub(crate) fn whole_forms(language: Language) -> BTreeSet<&'static str> {
    forms_of(language, whole_numbers())
}

/// Fluent does not list the forms, so it is asked for that of enough numbers.
fn forms_of(language: Language, numbers: impl Iterator<Item = f64>) -> BTreeSet<&'static str> {
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
    numbers.filter_map(form).collect()
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

    #[test]
    fn a_form_for_fractions_alone_is_none_of_whole_numbers() {
        for (tag, forms) in [("de", "one other"), ("uk", "few many one"), ("pl", "few many one")] {
            let found = Vec::from_iter(whole_forms(tag.parse().unwrap()));
            assert_eq!(found.join(" "), forms, "{tag}");
        }
    }
}
