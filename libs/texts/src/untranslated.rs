//! What a translation still lacks, for whoever goes on with it.

use std::fmt::Write as _;

use crate::source::{messages, split};

/// The messages of the `english` sources that a translation lacks, as a Fluent source to go on with. Of a
/// message that it has in parts, what is missing is a comment: a name may not come twice.
#[must_use]
pub fn untranslated(english: &[&str], translated: &str) -> String {
    let there = messages(&[translated]);
    let mut text = String::new();
    for (name, message) in messages(english) {
        let Some(known) = there.get(&name) else {
            text.push_str(&message.written(&name));
            continue;
        };
        let known = known.names(&name);
        for id in message.names(&name).iter().filter(|id| !known.contains(id)) {
            let part = message.part(split(id).1).unwrap_or_default().trim();
            // Writing to a text does not fail.
            let _ = writeln!(text, "# `{id}` is missing: {}", part.replace('\n', "\n# "));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_put_behind_what_is_there() {
        let english = "one = One\ntwo = Two\n    .short = 2\nthree =\n    Three\n    lines\n";
        let polish = "two = Dwa\n";
        let rest = untranslated(&[english], polish);
        assert_eq!(rest, "one = One\nthree = Three\n        lines\n# `two.short` is missing: 2\n");
        assert_eq!(
            untranslated(&[english], &format!("{polish}{rest}")),
            "# `two.short` is missing: 2\n"
        );
        assert_eq!(untranslated(&[english], english), "");
    }
}
