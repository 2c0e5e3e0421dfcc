//! A scope that is refused, as the program reads it.

use std::fmt;

/// The longest scope that is repeated, in letters. None of ours is as long.
const LONGEST: usize = 64;

/// What a program asked for and may not have: letters that a scope may have (RFC 6749 section 3.3), so that an
/// answer never repeats anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScopeName(String);

impl ScopeName {
    /// One scope as it was sent.
    pub(crate) fn of(asked: &str) -> Self {
        let may_stand = |letter: &char| letter.is_ascii_graphic() && !['"', '\\'].contains(letter);
        Self(asked.chars().filter(may_stand).take(LONGEST).collect())
    }
}

impl fmt::Display for ScopeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_repeated_that_is_no_scope() {
        for (asked, shown) in [
            ("slots:read", "`slots:read`"),
            ("a\"b\\c\nü", "`abc`"),
            (&"x".repeat(70), &format!("`{}`", "x".repeat(64))),
        ] {
            assert_eq!(ScopeName::of(asked).to_string(), shown);
        }
    }
}
