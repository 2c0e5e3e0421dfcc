//! A browser that follows links and keeps cookies, and stops where the portal would answer.

use std::collections::HashMap;

use reqwest::{Client, StatusCode, header, redirect::Policy};
use url::Url;

/// Where the portal would be: nothing listens there, the browser stops.
pub(crate) const PORTAL: &str = "http://portal.test";

pub(crate) struct Browser {
    client: Client,
    /// Cookies by host and port.
    cookies: HashMap<String, HashMap<String, String>>,
}

/// Where the browser ended up.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { client, cookies: HashMap::new() }
    }

    /// Opens `url` and follows redirects up to a page, or to the portal's address.
    pub(crate) async fn open(&mut self, url: &str) -> Page {
        let mut url: Url = url.parse().unwrap();
        for _ in 0..10 {
            if url.as_str().starts_with(PORTAL) {
                return Page { url, status: StatusCode::OK, text: String::new() };
            }
            let jar = self.cookies.entry(url.authority().to_owned()).or_default();
            let cookies: Vec<_> =
                jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let request = self.client.get(url.clone()).header(header::COOKIE, cookies.join("; "));
            let response = request.send().await.unwrap();
            for cookie in response.headers().get_all(header::SET_COOKIE) {
                let pair = cookie.to_str().unwrap().split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                jar.insert(name.to_owned(), value.to_owned());
            }
            match response.headers().get(header::LOCATION) {
                Some(next) => url = url.join(next.to_str().unwrap()).unwrap(),
                None => {
                    let status = response.status();
                    return Page { url, status, text: response.text().await.unwrap() };
                }
            }
        }
        panic!("redirected in circles");
    }

    /// Follows the first link on `page` whose address contains all of `parts`.
    pub(crate) async fn follow(&mut self, page: &Page, parts: &[&str]) -> Page {
        let link = page.link(parts);
        self.open(&link).await
    }
}

impl Page {
    /// The first link whose address contains all of `parts`.
    pub(crate) fn link(&self, parts: &[&str]) -> String {
        let links = self.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let links: Vec<String> =
            links.map(|link| link.replace("&#38;", "&").replace("&amp;", "&")).collect();
        let found = links.iter().find(|link| parts.iter().all(|part| link.contains(part)));
        let found = found
            .unwrap_or_else(|| panic!("no link with {parts:?} at {}: {links:?}", self.url.path()));
        self.url.join(found).unwrap().into()
    }

    /// A parameter of the address.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}
