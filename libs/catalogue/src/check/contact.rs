//! How people reach the authority, in forms that a telephone, a mail program and a browser take.

use booking::rules::Finding;

use crate::Catalogue;

/// The fewest digits of a number that can be dialled: 115.
const MIN_DIGITS: usize = 3;

/// Telephone, e-mail and web page of the authority: people are sent there when a page cannot help.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let Some(contact) = &catalogue.authority.contact else { return Vec::new() };
    let wrong = |key: &str, text: &Option<String>, is_right: fn(&str) -> bool, remedy: &str| {
        let text = text.as_deref().filter(|text| !is_right(text))?;
        let path = format!("catalogue.authority.contact.{key}");
        Some(Finding::new(path, format!("`{text}` reaches nobody"), remedy))
    };
    let phone = "write it as people dial it: \"030 115\"";
    let web = "write the whole address: https://www.berlin.de/amt";
    let parts = [
        wrong("phone", &contact.phone, is_phone, phone),
        wrong("email", &contact.email, is_email, "write it like amt@berlin.de"),
        wrong("web", &contact.web, is_web, web),
    ];
    parts.into_iter().flatten().collect()
}

/// Digits and what stands between them.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let between =
        |letter: char| letter.is_ascii_digit() || " +-/().\u{a0}\u{2013}".contains(letter);
    digits >= MIN_DIGITS && text.chars().all(between)
}

/// Rough on purpose: what passes is tried by a mail server, and what fails can reach no mailbox.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_plain = !text.contains([' ', '<', '>', ':', ',', ';', '/']) && !host.contains('@');
    is_plain && !name.is_empty() && is_host(host)
}

/// Whether the portal may link to it.
fn is_web(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#', ':']).next());
    host.is_some_and(is_host) && !text.contains(char::is_whitespace)
}

/// With a dot between two words.
fn is_host(text: &str) -> bool {
    text.contains('.') && text.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_forms_are_right_and_slips_are_not() {
        for phone in ["115", "030 115", "+49 (30) 90269-4000", "030/90269–0"] {
            assert!(is_phone(phone), "{phone}");
        }
        for phone in ["", "030 / XXX", "ruf mich an", "11"] {
            assert!(!is_phone(phone), "{phone}");
        }
        assert!(is_email("post.amt@lea.berlin.de"));
        for email in ["termine(at)amt.de", "a@b", "Amt <a@b.de>", "a@b.de, c@d.de", "mailto:a@b.de"]
        {
            assert!(!is_email(email), "{email}");
        }
        assert!(is_web("https://www.berlin.de/einwanderung?x=1") && is_web("http://amt.de"));
        for web in ["www.amt.de", "htps://www.amt.de", "javascript:alert(1)", "https://amt"] {
            assert!(!is_web(web), "{web}");
        }
    }
}
