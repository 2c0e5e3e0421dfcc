//! What is never printed: user and password in an address.

use std::borrow::Cow;

/// Stands where something is not shown.
const HIDDEN: char = '…';

/// The text without user and password of each address in it (`scheme://user:password@host`).
///
/// Hides all up to the last `@` before a space: a password that was not percent-encoded may hold any
/// other character.
pub fn without_users(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        let (address, behind) = after.split_at(end);
        shown.push_str(before);
        shown.push_str("://");
        match address.rsplit_once('@') {
            Some((_, host)) => {
                shown.push(HIDDEN);
                shown.push('@');
                shown.push_str(host);
            }
            None => shown.push_str(address),
        }
        rest = behind;
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_and_passwords_of_addresses_are_left_out() {
        for (text, shown) in [
            ("`http://u:Pw@p:3128` is wrong", "`http://…@p:3128` is wrong"),
            ("http://u:P/w#@p and https://t@h/x", "http://…@p and https://…@h/x"),
            ("termine@amt.de, https://amt.de/a", "termine@amt.de, https://amt.de/a"),
            ("no address", "no address"),
        ] {
            assert_eq!(without_users(text), shown);
        }
    }
}
