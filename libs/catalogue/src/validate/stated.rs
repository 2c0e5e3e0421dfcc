//! Addresses of pages.
//!
//! They become links on the portal, so nothing but a web page is allowed: an address that runs a script
//! must not get there.

use booking::rules::Finding;

use super::Found;
use crate::{Service, Source};

/// The longest address, in bytes.
const LONGEST: usize = 500;

/// `path` is that of the service.
pub(super) fn validate(service: &Service, path: &str, found: &mut Found) {
    let online = service.online.as_ref();
    page(online.map(|online| &online.url), &format!("{path}.online.url"), found);
    for (key, source) in [
        ("documentsFrom", service.documents_from.as_ref()),
        ("fee.source", service.fee.as_ref().map(|fee| &fee.source)),
        ("duration.source", service.duration.as_ref().map(|duration| &duration.source)),
        ("online.source", online.map(|online| &online.source)),
        ("link", service.link.as_ref()),
    ] {
        let url = source.map(|Source { url, .. }| url);
        page(url, &format!("{path}.{key}.url"), found);
    }
    for (index, form) in service.forms.iter().enumerate() {
        page(Some(&form.url), &format!("{path}.forms[{index}].url"), found);
    }
    if service.documents_from.is_some() && service.documents.is_empty() {
        let remedy = "write the documents, or leave their source out";
        let problem = "names a source of documents, but no document";
        found.push(Finding::new(format!("{path}.documentsFrom"), problem, remedy));
    }
}

/// Only `https`, only visible ASCII, and none of the characters that no address may have (RFC 3986,
/// section 2).
fn page(url: Option<&String>, path: &str, found: &mut Found) {
    let is_page = |url: &String| {
        url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
            && url.len() <= LONGEST
            && url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
    };
    if url.is_some_and(|url| !is_page(url)) {
        let remedy =
            format!("write an address that begins with https://, at most {LONGEST} letters");
        found.push(Finding::new(path, "is no address of a web page", remedy));
    }
}
