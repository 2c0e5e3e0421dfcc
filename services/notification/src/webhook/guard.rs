//! No request of ours reaches into a private network (SSRF), unless the operator names that network.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::networks::PrivateNetworks;

/// How long a name is looked up when an agency subscribes. It is looked up again at every delivery.
const LOOK_UP: Duration = Duration::from_secs(2);

/// Which addresses a webhook may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Public ones, and those of these networks, over HTTPS.
    Public(PrivateNetworks),
    /// All, over HTTP too: for tests.
    Anywhere,
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    #[error(
        "must be an absolute https address without user name and fragment, at most 2000 characters long"
    )]
    Form,
    #[error("must not lead into a private network that the operator of this service does not name")]
    Private,
}

impl Reach {
    /// The address, if a webhook may have it. A host name is looked at again when it is resolved,
    /// at every delivery: what it means can change.
    pub(crate) fn accept(&self, text: &str) -> Result<Url, Refused> {
        let url = Url::parse(text).map_err(|_| Refused::Form)?;
        let scheme_fits = match self {
            Self::Public(_) => url.scheme() == "https",
            Self::Anywhere => matches!(url.scheme(), "https" | "http"),
        };
        // What stands behind `#` is never sent (RFC 9110 section 4.2.5): who writes it means something else.
        let plain =
            url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
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

    /// Refuses a name that means private addresses alone by now, so that an agency hears of it at once. A name
    /// that means nothing yet is accepted.
    pub(crate) async fn look_up(&self, url: &Url) -> Result<(), Refused> {
        let Some(Host::Domain(name)) = url.host() else { return Ok(()) };
        if *self == Self::Anywhere {
            return Ok(());
        }
        match tokio::time::timeout(LOOK_UP, self.addresses(name)).await {
            Ok(Ok(None)) => Err(Refused::Private),
            Ok(Ok(Some(_)) | Err(_)) | Err(_) => Ok(()),
        }
    }

    /// What a name means, as far as a webhook may have it. `None`: it means other addresses alone.
    async fn addresses(&self, name: &str) -> io::Result<Option<Vec<SocketAddr>>> {
        let found = tokio::net::lookup_host((name, 0)).await?;
        let allowed: Vec<SocketAddr> = found.filter(|at| self.allows(at.ip())).collect();
        Ok((!allowed.is_empty()).then_some(allowed))
    }

    fn allows(&self, address: IpAddr) -> bool {
        let address = meant(address);
        match self {
            Self::Public(networks) => is_public(address) || networks.contain(address),
            Self::Anywhere => true,
        }
    }
}

impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.clone();
        Box::pin(async move {
            let Some(allowed) = reach.addresses(name.as_str()).await? else {
                return Err(Refused::Private.into());
            };
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// The address at which a connection arrives: IPv4 within IPv6 (RFC 4291 section 2.5.5.2) is IPv4, also where a
/// gateway translates it (NAT64, RFC 6052 section 2.1).
fn meant(address: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = address.to_canonical() else { return address.to_canonical() };
    let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = six.segments() else { return IpAddr::V6(six) };
    let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
    IpAddr::V4(Ipv4Addr::new(a, b, c, d))
}

/// Whether the address belongs to the public Internet (IANA special-purpose registries).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
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
    // Global unicast is 2000::/3. Within it protocol assignments (2001::/23, with Teredo and ORCHID), documentation
    // (2001:db8::/32, 3fff::/20) and 6to4 lead elsewhere.
    let special = (first == 0x2001 && (second < 0x200 || second == 0xdb8))
        || first == 0x2002
        || (first == 0x3fff && second < 0x1000);
    (first & 0xe000) == 0x2000 && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public() -> Reach {
        Reach::Public(PrivateNetworks::default())
    }

    #[test]
    fn only_public_addresses_are_accepted() {
        for good in [
            "https://hooks.example.org/a?b=c",
            "https://93.184.216.34/",
            "https://[2a00:1450::1]:8443/x",
            // Public IPv4, as clusters with IPv6 alone see it.
            "https://[64:ff9b::5db8:d822]/",
        ] {
            assert!(public().accept(good).is_ok(), "{good}");
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
            "https://255.255.255.255/",
            "https://0.1.2.3/",
            "https://100.127.255.255/",
            "https://198.18.0.1/",
            "https://192.0.0.8/",
            "https://[::]/",
            "https://[::127.0.0.1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://[64:ff9b::a9fe:a9fe]/",
            "https://[64:ff9b:1::a00:1]/",
            "https://[2001::1]/",
            "https://[2001:20::1]/",
            "https://[2001:db8::1]/",
            "https://[3fff::1]/",
            "https://[ff02::1]/",
            "https://[fd00:ec2::254]/",
        ];
        for bad in private {
            assert_eq!(public().accept(bad), Err(Refused::Private), "{bad}");
        }
        let long = format!("https://a.example/{}", "x".repeat(2000));
        for bad in [
            "http://example.org/",
            "ftp://example.org/",
            "https://u:p@example.org/",
            "https://example.org/hook#agency",
            "/x",
            "",
            &long,
        ] {
            assert_eq!(public().accept(bad), Err(Refused::Form), "{bad}");
        }
        assert!(Reach::Anywhere.accept("http://127.0.0.1:8080/hook").is_ok());
    }

    #[tokio::test]
    async fn a_name_that_means_a_private_address_is_not_resolved() {
        let resolved = public().resolve("localhost".parse().unwrap()).await;
        assert!(resolved.is_err_and(|error| error.is::<Refused>()));
        assert!(Reach::Anywhere.resolve("localhost".parse().unwrap()).await.is_ok());
    }

    #[tokio::test]
    async fn an_agency_hears_at_once_of_a_name_that_means_a_private_address() {
        let url = |text: &str| public().accept(text).unwrap();
        let said = public().look_up(&url("https://localhost/hook")).await;
        assert_eq!(said, Err(Refused::Private));
        // Looked at by `accept`, and not again.
        assert_eq!(public().look_up(&url("https://93.184.216.34/")).await, Ok(()));
        let local = Reach::Anywhere.accept("http://localhost/hook").unwrap();
        assert_eq!(Reach::Anywhere.look_up(&local).await, Ok(()));
    }

    #[test]
    fn a_network_that_the_operator_names_is_reached_over_https_and_no_other() {
        let networks = serde_json::from_value(serde_json::json!(["10.2.0.0/16"])).unwrap();
        let reach = Reach::Public(networks);
        for good in ["https://10.2.3.4/", "https://[::ffff:10.2.3.4]/", "https://93.184.216.34/"] {
            assert!(reach.accept(good).is_ok(), "{good}");
        }
        for bad in ["https://10.3.0.1/", "https://127.0.0.1/", "https://[fd00::1]/"] {
            assert_eq!(reach.accept(bad), Err(Refused::Private), "{bad}");
        }
        assert_eq!(reach.accept("http://10.2.3.4/"), Err(Refused::Form));
    }
}
