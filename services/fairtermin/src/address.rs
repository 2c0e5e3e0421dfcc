//! Addresses of services, as typed on the command line.
//!
//! The parser of arguments would repeat one that it refuses, with the password in it.

use url::Url;

use crate::{command_error::CommandError, files::UNREADABLE};

/// An address at which a service can be asked.
///
/// # Errors
/// It is none; says which one only if it can be read, and then without its password.
pub fn web_address(text: &str) -> Result<Url, CommandError> {
    let advice = "Write it like https://id.example.org, or with http:// inside a cluster.";
    let refused = |problem: String| CommandError::new(problem).advice(advice).exit(UNREADABLE);
    let url =
        text.parse::<Url>().map_err(|error| refused(format!("this is no address: {error}")))?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        return Ok(url);
    }
    Err(if text.contains("://") {
        refused(format!("no service is asked by {}://", url.scheme()))
    } else {
        refused("an address lacks its http:// or https://".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_address_of_a_service_is_refused_without_repeating_it() {
        assert!(web_address("https://id.example.org").is_ok());
        for text in ["u:Geheim@h", "ftp://u:Geheim@h", "http://u:Geheim@h:99999", "Geheim"] {
            let told = web_address(text).unwrap_err().to_string();
            assert!(told.contains("https://id.example.org") && !told.contains("Geheim"), "{told}");
        }
    }
}
