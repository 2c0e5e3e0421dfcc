//! For tests: whether counts have all the plural forms of their language.

use std::collections::BTreeSet;

use crate::{
    Language,
    content::Content,
    plural_forms::{PLURAL_FORMS, whole_forms},
    source::{messages, split},
};

/// The plural category of every number that has no form of its own (CLDR).
const DEFAULT: &str = "other";
/// Few counts can be nothing, and those that can mostly say so by `[0]`.
const NOTHING: &str = "zero";

/// The plural forms that a text of a language lacks, one line for each text and value; none if all are there.
///
/// A text that tells one number from others has a form for each whole number of its language: in Arabic not
/// only for one and two. A service's test asserts that none is missing.
#[must_use]
pub fn missing_forms<S: AsRef<[&'static str]>>(sources: impl Fn(Language) -> S) -> Vec<String> {
    let mut found = Vec::new();
    for language in Language::SHIPPED {
        let mut needed = whole_forms(*language);
        needed.remove(NOTHING);
        for (name, message) in messages(sources(*language).as_ref()) {
            for id in message.names(&name) {
                let text = message.part(split(&id).1).unwrap_or_default();
                let Some(content) = Content::read(&id, text) else { continue };
                for (value, forms) in &content.forms {
                    found.extend(lacks(forms, &needed).map(|missing| {
                        format!("{language} {id}: by {{ ${value} }} there is no [{missing}]")
                    }));
                }
            }
        }
    }
    found
}

/// The missing forms in one word; `None` if nothing is counted or nothing is missing.
fn lacks(forms: &BTreeSet<String>, needed: &BTreeSet<&'static str>) -> Option<String> {
    let counts = |form: &String| form.as_str() != DEFAULT && PLURAL_FORMS.contains(&form.as_str());
    if !forms.iter().any(counts) {
        return None;
    }
    let missing: Vec<&str> = needed.iter().copied().filter(|form| !forms.contains(*form)).collect();
    (!missing.is_empty()).then(|| missing.join("], ["))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tag: &str, text: &'static str) -> Vec<String> {
        let language: Language = tag.parse().unwrap();
        let source: &'static [&'static str] = Vec::leak(vec![text]);
        missing_forms(|it| if it == language { source } else { &[] })
    }

    #[test]
    fn who_tells_one_from_others_tells_all() {
        let two = "days =\n    { $count ->\n        [one] a\n       *[other] b\n    }\n";
        assert!(of("de", two).is_empty() && of("tr", two).is_empty());
        assert_eq!(of("uk", two), ["uk days: by { $count } there is no [few], [many]"]);
        assert_eq!(of("ar", two), ["ar days: by { $count } there is no [few], [many], [two]"]);
        let slavic =
            "days = { $count ->\n        [one] a\n        [few] b\n       *[many] c\n    }\n";
        assert!(of("uk", slavic).is_empty());
    }

    #[test]
    fn what_tells_no_number_from_another_lacks_none() {
        for text in [
            "days = { $count } d.\n",
            "days = { $count ->\n        [0] none\n       *[other] { $count }\n    }\n",
            "step = { $step ->\n        [1] a\n        [2] b\n       *[other] c\n    }\n",
        ] {
            assert!(of("ar", text).is_empty(), "{text}");
        }
    }
}
