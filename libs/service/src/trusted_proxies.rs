//! From which address a request comes, behind proxies.
//!
//! A proxy adds the address of its peer, in `X-Forwarded-For` or in `Forwarded` (RFC 7239). Every caller
//! can send such a header, so only a trusted proxy is believed: the list is read from its end, which the
//! nearest proxy wrote, up to the first address that is no trusted proxy. Only one of the two headers is
//! read. A proxy that writes the one hands the other on as it came: with both each caller could name
//! their own address.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv6Addr},
};

use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName};
use ipnet::IpNet;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A list of addresses that has no specification; each proxy adds its peer at the end.
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What connects from inside: the machine itself (RFC 1122, RFC 4291) and private networks
/// (RFC 1918, RFC 4193).
const INSIDE: [&str; 6] =
    ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/// A list with a shorter prefix trusts nearly all addresses. 7 bits are `fc00::/7`, the shortest of the
/// defaults.
const SHORTEST_PREFIX: u8 = 7;

/// Most addresses of one list that are read, from its end: a request with thousands of them costs
/// no more.
const LONGEST_LIST: usize = 32;

/// The proxies whose word counts; by default whatever connects from inside.
///
/// In settings: a list of networks in CIDR notation (RFC 4632). An empty list trusts nobody: every
/// peer counts as itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// The header in which the proxies in front write a caller's address. The other one is ignored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClientAddressHeader {
    /// What ingress controllers, gateways and load balancers write unless told otherwise.
    #[default]
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

/// An IPv4 address, or the /64 network of an IPv6 address, which is what one household or office
/// gets (RFC 6177).
///
/// Rates are kept by it. It never appears in logs or metrics: an address is personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClientAddress(IpAddr);

impl Default for TrustedProxies {
    fn default() -> Self {
        let networks = INSIDE.iter().map(|network| network.parse().expect("a network"));
        Self(networks.collect())
    }
}

impl<'de> Deserialize<'de> for TrustedProxies {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let networks = Vec::<String>::deserialize(deserializer)?.into_iter().map(|text| {
            let wrong = || D::Error::custom(format!("{text} is no network like 10.2.0.0/16"));
            let network: IpNet = text.parse().map_err(|_| wrong())?;
            if network.prefix_len() < SHORTEST_PREFIX {
                let why = format!("{text} would trust everybody, and nobody would be limited");
                return Err(D::Error::custom(why));
            }
            Ok(network)
        });
        networks.collect::<Result<_, _>>().map(Self)
    }
}

impl JsonSchema for TrustedProxies {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "TrustedProxies".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "items": { "type": "string", "pattern": "^[0-9a-fA-F.:]+/[0-9]{1,3}$", "examples": ["10.2.0.0/16"] },
            "examples": [["10.2.0.0/16"]],
        })
    }
}

impl TrustedProxies {
    /// Whom a request is from; `None` for a trusted program that speaks for itself.
    ///
    /// The walk goes from the nearest proxy outwards and stops at the first address that is no
    /// trusted proxy: that one connected to a proxy of ours, so it is real. If all are trusted, it
    /// is a program of the installation, which is not limited here.
    pub(crate) fn client(
        &self,
        peer: IpAddr,
        headers: &HeaderMap,
        header: ClientAddressHeader,
    ) -> Option<ClientAddress> {
        let mut nearest = peer.to_canonical();
        if !self.trusts(nearest) {
            return Some(ClientAddress::of(nearest));
        }
        let hops = match header {
            ClientAddressHeader::XForwardedFor => listed(headers, X_FORWARDED_FOR, Some),
            ClientAddressHeader::Forwarded => {
                listed(headers, FORWARDED, |element| element.split(';').find_map(forwarded_for))
            }
        };
        for hop in hops {
            // Nothing before what cannot be read is believed; the proxy that passed it on is
            // limited in its place.
            let Some(address) = hop.and_then(address) else {
                return Some(ClientAddress::of(nearest));
            };
            nearest = address;
            if !self.trusts(address) {
                return Some(ClientAddress::of(address));
            }
        }
        None
    }

    /// Whether the address is within one of the networks.
    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl ClientAddress {
    /// Cuts an IPv6 address to its /64; an IPv4 address stays whole.
    fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self(address),
            IpAddr::V6(six) => {
                let network = six.to_bits() & !u128::from(u64::MAX);
                Self(IpAddr::V6(Ipv6Addr::from_bits(network)))
            }
        }
    }
}

/// The elements of a list header, from the last to the first.
///
/// Several headers of one name are one list (RFC 9110 section 5.3). `None` stands for an element
/// without an address.
fn listed<'a>(
    headers: &'a HeaderMap,
    name: HeaderName,
    read: impl Fn(&'a str) -> Option<&'a str>,
) -> Vec<Option<&'a str>> {
    let values: Vec<_> = headers.get_all(name).map(|value| value.to_str().unwrap_or("")).collect();
    let elements = values.into_iter().rev().flat_map(|value| value.rsplit(','));
    elements.take(LONGEST_LIST).map(read).collect()
}

/// The value of a `for` pair (RFC 7239 section 5.2); names are compared without regard to case.
fn forwarded_for(pair: &str) -> Option<&str> {
    let (name, value) = pair.split_once('=')?;
    name.trim().eq_ignore_ascii_case("for").then_some(value)
}

/// `192.0.2.1`, `192.0.2.1:4711`, `"[2001:db8::1]:4711"` and the like.
///
/// A port is cut off. `None` for what is no address: `unknown`, `_hidden` (RFC 7239 section 6).
fn address(node: &str) -> Option<IpAddr> {
    let node = node.trim().trim_matches('"');
    let bare = match node.strip_prefix('[') {
        Some(six) => six.split_once(']')?.0,
        None if node.matches(':').count() == 1 => node.split_once(':')?.0,
        None => node,
    };
    bare.parse().ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn headers(name: HeaderName, values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name.clone(), HeaderValue::from_static(value));
        }
        headers
    }

    fn client(peer: &str, headers: &HeaderMap, header: ClientAddressHeader) -> Option<String> {
        let client = TrustedProxies::default().client(peer.parse().unwrap(), headers, header);
        client.map(|ClientAddress(address)| address.to_string())
    }

    #[test]
    fn only_the_word_of_a_trusted_proxy_counts() {
        let claims = |peer: &str, values: &[&'static str]| {
            let headers = headers(X_FORWARDED_FOR, values);
            client(peer, &headers, ClientAddressHeader::XForwardedFor)
        };
        assert_eq!(claims("203.0.113.7", &["198.51.100.1"]).unwrap(), "203.0.113.7");
        assert_eq!(claims("10.1.2.3", &["198.51.100.1"]).unwrap(), "198.51.100.1");
        assert_eq!(claims("::ffff:10.1.2.3", &["198.51.100.1"]).unwrap(), "198.51.100.1");
        // What a caller put in front of the list is not believed.
        assert_eq!(claims("10.1.2.3", &["192.0.2.9, 198.51.100.1"]).unwrap(), "198.51.100.1");
        assert_eq!(claims("10.1.2.3", &["192.0.2.9", "198.51.100.1"]).unwrap(), "198.51.100.1");
        assert_eq!(claims("10.1.2.3", &["198.51.100.1, 10.9.9.9"]).unwrap(), "198.51.100.1");
        assert_eq!(claims("10.1.2.3", &["unknown"]).unwrap(), "10.1.2.3");
        assert_eq!(claims("10.1.2.3", &["198.51.100.1, x, 10.9.9.9"]).unwrap(), "10.9.9.9");
        assert_eq!(claims("10.1.2.3", &["10.9.9.9"]), None, "one of ours");
        assert_eq!(claims("127.0.0.1", &[]), None);
    }

    #[test]
    fn the_standard_header_is_read_in_all_its_forms() {
        let said = |value| {
            client("127.0.0.1", &headers(FORWARDED, &[value]), ClientAddressHeader::Forwarded)
        };
        for value in [
            "for=192.0.2.60;proto=http;by=203.0.113.43",
            "proto=https; For=\"192.0.2.60:47011\"",
            "for=198.51.100.17, for=192.0.2.60",
        ] {
            assert_eq!(said(value).as_deref(), Some("192.0.2.60"), "{value}");
        }
        assert_eq!(said("for=\"[2001:db8:cafe:1:a::17]:4711\"").unwrap(), "2001:db8:cafe:1::");
        assert_eq!(said("for=_hidden").unwrap(), "127.0.0.1");
        assert_eq!(said("").unwrap(), "127.0.0.1");
    }

    /// Fault: behind a proxy that writes one header, a caller named another address in the other.
    #[test]
    fn the_header_that_the_proxies_do_not_write_is_ignored() {
        let mut both = headers(X_FORWARDED_FOR, &["192.0.2.9"]);
        both.insert(FORWARDED, HeaderValue::from_static("for=198.51.100.1"));
        let said = |header| client("10.1.2.3", &both, header).unwrap();
        assert_eq!(said(ClientAddressHeader::XForwardedFor), "192.0.2.9");
        assert_eq!(said(ClientAddressHeader::Forwarded), "198.51.100.1");
        let one = headers(FORWARDED, &["for=198.51.100.1"]);
        assert_eq!(client("10.1.2.3", &one, ClientAddressHeader::XForwardedFor), None);
    }

    #[test]
    fn a_household_is_one_address() {
        let of = |text: &str| ClientAddress::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }

    #[test]
    fn a_list_that_trusts_everybody_is_refused() {
        let read = |text: &str| settings::parse_yaml::<TrustedProxies>("s.yaml", text);
        assert!(read("[192.0.2.0/24, '2001:db8::/32']").is_ok());
        for (text, says) in [
            ("[0.0.0.0/0]", "everybody"),
            ("['::/0']", "everybody"),
            ("[proxy]", "like 10.2.0.0/16"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
