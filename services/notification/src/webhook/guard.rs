//! No request of ours reaches into a private network (SSRF).

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Which addresses a webhook may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Public ones, over HTTPS.
    Public,
    /// All, over HTTP too: for agencies in the same network, and for tests.
    Anywhere,
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    #[error("must be an absolute https address without user name, at most 2000 characters long")]
    Form,
    #[error("must not lead into a private network")]
    Private,
}

impl Reach {
    /// The address, if a webhook may have it. A host name is looked at again when it is resolved,
    /// at every delivery: what it means can change.
    pub(crate) fn accept(self, text: &str) -> Result<Url, Refused> {
        let url = Url::parse(text).map_err(|_| Refused::Form)?;
        let scheme_fits = match self {
            Self::Public => url.scheme() == "https",
            Self::Anywhere => matches!(url.scheme(), "https" | "http"),
        };
        let plain = url.username().is_empty() && url.password().is_none();
        if !scheme_fits || !plain || text.len() > 2000 {
            return Err(Refused::Form);
        }
        let address = match url.host().ok_or(Refused::Form)? {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        };
        match address {
            Some(address) if !self.allows(address) => Err(Refused::Private),
            Some(_) | None => Ok(url),
        }
    }

    fn allows(self, address: IpAddr) -> bool {
        self == Self::Anywhere || is_public(address)
    }
}

impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|at| reach.allows(at.ip())).collect();
            if allowed.is_empty() {
                return Err(io::Error::other("leads into a private network").into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether the address belongs to the public Internet (IANA special-purpose registries).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => is_public_v4(address),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        // Carrier-grade NAT, protocol assignments, 6to4 relays, benchmarking.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Global unicast is 2000::/3; within it Teredo, documentation and 6to4 lead elsewhere.
    let special = (first == 0x2001 && (second == 0 || second == 0xdb8)) || first == 0x2002;
    (first & 0xe000) == 0x2000 && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_accepted() {
        for good in [
            "https://hooks.example.org/a?b=c",
            "https://93.184.216.34/",
            "https://[2a00:1450::1]:8443/x",
        ] {
            assert!(Reach::Public.accept(good).is_ok(), "{good}");
        }
        let private = [
            "https://127.0.0.1/",
            "https://10.1.2.3/",
            "https://169.254.169.254/latest",
            "https://192.168.0.1/",
            "https://172.16.0.1/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[2002:7f00:1::]/",
            "https://[64:ff9b::7f00:1]/",
            "https://224.0.0.1/",
        ];
        for bad in private {
            assert_eq!(Reach::Public.accept(bad), Err(Refused::Private), "{bad}");
        }
        let long = format!("https://a.example/{}", "x".repeat(2000));
        for bad in [
            "http://example.org/",
            "ftp://example.org/",
            "https://u:p@example.org/",
            "/x",
            "",
            &long,
        ] {
            assert_eq!(Reach::Public.accept(bad), Err(Refused::Form), "{bad}");
        }
        assert!(Reach::Anywhere.accept("http://127.0.0.1:8080/hook").is_ok());
    }

    #[tokio::test]
    async fn a_name_that_means_a_private_address_is_not_resolved() {
        let resolved = Reach::Public.resolve("localhost".parse().unwrap()).await;
        assert!(resolved.is_err());
        assert!(Reach::Anywhere.resolve("localhost".parse().unwrap()).await.is_ok());
    }
}
