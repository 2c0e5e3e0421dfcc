//! What is for tests only does not start in production.

use url::{Host, Url};

/// Whether what goes to this address can be read on the way: plain http, unless it stays on this
/// machine. Over plain http a browser's cookie loses `Secure` and its `__Host-` prefix.
#[must_use]
pub fn travels_in_the_clear(url: &Url) -> bool {
    url.scheme() == "http" && !is_own_machine(url)
}

fn is_own_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_the_machine_itself() {
        for (url, is_clear) in [
            ("https://termin.example.org/", false),
            ("http://127.0.0.1:8000/", false),
            ("http://[::1]/", false),
            ("http://localhost/", false),
            ("http://termin.example.org/", true),
            ("http://localhost.example.org/", true),
            ("http://10.0.0.1/", true),
        ] {
            assert_eq!(travels_in_the_clear(&url.parse().unwrap()), is_clear, "{url}");
        }
    }
}
