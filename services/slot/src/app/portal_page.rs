//! The pages of the portal to which messages lead, in the language of the person.

use ids::{AuthorityId, BookingId, DrawId, ServiceId};
use url::Url;
use vocabulary::Language;

/// The page with a person's appointments. `manage_url` is that page, with a language in its address or
/// without.
#[must_use]
pub fn appointments(manage_url: Option<&Url>, language: &str) -> String {
    page(manage_url, language, &["appointments"]).map(String::from).unwrap_or_default()
}

/// What a service is for: the way to its free times, its draws and its waiting list.
#[must_use]
pub fn service(
    manage_url: Option<&Url>,
    language: &str,
    authority: &AuthorityId,
    service: &ServiceId,
) -> String {
    let parts = [authority.as_str(), "services", service.as_str()];
    page(manage_url, language, &parts).map(String::from).unwrap_or_default()
}

/// The page of one appointment.
#[must_use]
pub fn appointment(
    manage_url: Option<&Url>,
    language: &str,
    authority: &AuthorityId,
    booking: BookingId,
) -> String {
    let booking = booking.to_string();
    let parts = [authority.as_str(), "appointments", booking.as_str()];
    page(manage_url, language, &parts).map(String::from).unwrap_or_default()
}

/// The page on which the message with this token is answered. To open it changes nothing: its button
/// does.
#[must_use]
pub fn answer(
    manage_url: Option<&Url>,
    language: &str,
    authority: &AuthorityId,
    token: &str,
) -> String {
    let parts = [authority.as_str(), "waiting-list", "answer"];
    let Some(mut url) = page(manage_url, language, &parts) else { return String::new() };
    url.set_query(Some(&format!("token={token}")));
    url.into()
}

/// The page of a person's own entry in a draw, where a winner who must confirm answers.
#[must_use]
pub fn draw_entry(
    manage_url: Option<&Url>,
    language: &str,
    authority: &AuthorityId,
    draw: DrawId,
) -> String {
    let draw = draw.to_string();
    let parts = [authority.as_str(), "draws", draw.as_str(), "entry"];
    page(manage_url, language, &parts).map(String::from).unwrap_or_default()
}

/// A page beside that of the appointments; `None` if the service knows of no portal.
fn page(manage_url: Option<&Url>, language: &str, parts: &[&str]) -> Option<Url> {
    let mut url = manage_url?.clone();
    url.set_query(None);
    let above = url.path().trim_end_matches('/').rsplit('/').nth(1);
    // Of languages that we do not ship, many have tags that may as well be folders: `it`, `so`.
    let is_language = |part: &str| Language::SHIPPED.iter().any(|known| known.tag() == part);
    let has_language = above.is_some_and(is_language);
    let language: Language = language.parse().unwrap_or(Language::German);
    let mut path = url.path_segments_mut().ok()?;
    path.pop_if_empty().pop();
    if has_language {
        path.pop();
    }
    path.push(language.tag()).extend(parts);
    drop(path);
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_into_the_language_of_the_person() {
        for (set, prefix) in [
            ("https://termine.test/appointments", "https://termine.test"),
            ("https://termine.test/de/appointments", "https://termine.test"),
            ("https://stadt.test/portal/de-easy/appointments/", "https://stadt.test/portal"),
            ("https://stadt.test/it/appointments", "https://stadt.test/it"),
        ] {
            let url: Url = set.parse().unwrap();
            assert_eq!(appointments(Some(&url), "uk"), format!("{prefix}/uk/appointments"));
            let lea: AuthorityId = "lea".parse().unwrap();
            assert_eq!(
                answer(Some(&url), "ar", &lea, "5f0c"),
                format!("{prefix}/ar/lea/waiting-list/answer?token=5f0c")
            );
            let booking = BookingId::from_bits(1);
            assert_eq!(
                appointment(Some(&url), "ar", &lea, booking),
                format!("{prefix}/ar/lea/appointments/{booking}")
            );
            let permit: ServiceId = "permit".parse().unwrap();
            assert_eq!(
                service(Some(&url), "en", &lea, &permit),
                format!("{prefix}/en/lea/services/permit")
            );
            let draw = DrawId::from_bits(1);
            assert_eq!(
                draw_entry(Some(&url), "tr", &lea, draw),
                format!("{prefix}/tr/lea/draws/{draw}/entry")
            );
            assert_eq!(appointments(Some(&url), "tlh"), format!("{prefix}/de/appointments"));
        }
        assert_eq!(appointments(None, "de"), "");
    }
}
