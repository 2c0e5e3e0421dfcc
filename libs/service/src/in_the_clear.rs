//! Whether an address is safe to send secrets to.
//!
//! Cookies, codes and tokens must not travel over plain http. A developer's own machine is the
//! exception: its traffic crosses no network, and certificates for `localhost` are a nuisance.
//! Services ask when they read their settings.

use url::{Host, Url};

/// Whether what goes to this address can be read on the way: plain http, unless it stays on this
/// machine. Over plain http a browser's cookie loses `Secure` and its `__Host-` prefix.
///
/// Names other than `localhost` count as other machines, wherever they resolve to: a resolver is
/// not to be trusted for this.
#[must_use]
pub fn travels_in_the_clear(url: &Url) -> bool {
    url.scheme() == "http" && !is_own_machine(url)
}

/// The loopback addresses of RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3, and the name of
/// RFC 6761 section 6.3.
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
