//! Where a log-in leads to.

use url::form_urlencoded;

use super::{
    in_language::language_of,
    link::{Links, own_path},
};
use crate::text::Language;

/// How many pages of the log-in may name each other before the start page is taken.
const DEEPEST: usize = 4;

/// The page to go to after a log-in that is wanted at `path`. A page of the log-in or log-out itself is
/// no place to come back to: then it is the page that this one names, else the start page.
pub(crate) fn after_login(path: &str, links: Links) -> String {
    let mut path = own_path(path, links);
    for _ in 0..DEEPEST {
        if !is_of_the_login(&path) {
            return path;
        }
        let links = language_of(&path).map_or(links, Links);
        path = own_path(&named_by(&path), links);
    }
    links.start()
}

fn is_of_the_login(path: &str) -> bool {
    let page = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let page = match page.split_once('/') {
        Some((language, page)) if language.parse::<Language>().is_ok() => page,
        _ => page,
    };
    matches!(page, "login" | "login/start" | "login/callback" | "logout" | "goodbye")
}

/// The `back` of an address; empty if it has none.
fn named_by(path: &str) -> String {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "back").map(|(_, back)| back.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_in_never_leads_to_a_page_of_the_log_in() {
        let choice = "/de/lea/choice?service=1&slot=mitte%402027-01-05T08:00:00Z";
        let nested = |page: &str, back: &str| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            let query = query.append_pair("back", back).finish();
            format!("/de/{page}?{query}&level=high&ended=cancelled")
        };
        for (path, leads_to) in [
            (choice.to_owned(), choice),
            ("/tr/goodbye".to_owned(), "/tr"),
            ("/tr/logout".to_owned(), "/tr"),
            ("/login/callback?state=x&code=y".to_owned(), "/en"),
            (nested("login", choice), choice),
            (nested("login/start", &nested("login", choice)), choice),
            (nested("login", "/de/goodbye"), "/de"),
            (nested("login", "https://evil.example"), "/de"),
            ("/en/my-data".to_owned(), "/en/my-data"),
        ] {
            assert_eq!(after_login(&path, Links(Language::English)), leads_to, "{path}");
        }
        let mut deep = choice.to_owned();
        for _ in 0..DEEPEST {
            deep = nested("login", &deep);
        }
        assert_eq!(after_login(&deep, Links(Language::English)), "/en");
    }
}
