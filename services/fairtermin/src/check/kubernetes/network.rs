//! Networks: of proxies in front, and as peers of network policies, which are a network, or pods and namespaces,
//! and never both.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::Value as Json;

use super::{Remarks, Service, entries, items, text};

/// Wherever a network policy names peers, and a service its proxies.
pub(super) fn check(service: &Service<'_>, said: &mut Remarks<'_>) {
    let path = format!("{}.http.trusted_proxies", service.path("settings"));
    for (index, proxy) in items(&service.values["settings"]["http"]["trusted_proxies"]) {
        whole_network(&format!("{path}[{index}]"), proxy, said);
    }
    let policy = &service.values["networkPolicy"];
    let path = service.path("networkPolicy");
    peers(&format!("{path}.allowFrom"), &policy["allowFrom"], said);
    peers(&format!("{path}.dns.to"), &policy["dns"]["to"], said);
    for (way, rule) in entries(&policy["egress"]) {
        peers(&format!("{path}.egress.{way}.to"), &rule["to"], said);
    }
}

fn peers(path: &str, peers: &Json, said: &mut Remarks<'_>) {
    for (index, peer) in items(peers) {
        let path = format!("{path}[{index}]");
        let block = &peer["ipBlock"];
        if block.is_null() {
            continue;
        }
        if ["namespaceSelector", "podSelector"].iter().any(|key| !peer[*key].is_null()) {
            let problem = "names a network and pods, which Kubernetes takes in two peers only";
            said.error(&path, problem, "write `ipBlock` as a peer of its own");
        }
        network(&format!("{path}.ipBlock.cidr"), &block["cidr"], said);
        for (number, except) in items(&block["except"]) {
            network(&format!("{path}.ipBlock.except[{number}]"), except, said);
        }
    }
}

fn network(path: &str, value: &Json, said: &mut Remarks<'_>) {
    if !text(value).is_some_and(is_network) {
        said.error(path, "is no network", "write address and length, for example `10.0.0.0/8`");
    }
    whole_network(path, value, said);
}

/// Whoever writes one address of a network may mean that address alone, and gets all of them.
fn whole_network(path: &str, value: &Json, said: &mut Remarks<'_>) {
    let Some((address, network)) = text(value).and_then(with_host_bits) else { return };
    let alone = if address.is_ipv4() { 32 } else { 128 };
    let problem = format!("{value} is all of `{network}`");
    said.warn(path, problem, format!("write that, or `{address}/{alone}` for the one address"));
}

/// The address and the network that it is in, if bits are set that are not the network's.
fn with_host_bits(text: &str) -> Option<(IpAddr, String)> {
    let (address, bits) = text.split_once('/')?;
    let (address, bits): (IpAddr, u32) = (address.parse().ok()?, bits.parse().ok()?);
    let first = match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(u32::BITS.checked_sub(bits)?).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(u128::BITS.checked_sub(bits)?).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
        }
    };
    (first != address).then(|| (address, format!("{first}/{bits}")))
}

/// An address and how many of its bits are the network's (RFC 4632).
fn is_network(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_of_a_network_is_the_whole_of_it() {
        for (text, network) in [
            ("10.2.3.4/16", "10.2.0.0/16"),
            ("192.0.2.7/0", "0.0.0.0/0"),
            ("2001:db8::1/32", "2001:db8::/32"),
        ] {
            let found = with_host_bits(text).map(|(_, network)| network);
            assert_eq!(found.as_deref(), Some(network));
        }
        for text in ["10.2.0.0/16", "10.2.3.4/32", "0.0.0.0/0", "::1/128", "10.2.3.4/33", "amt.de"]
        {
            assert_eq!(with_host_bits(text), None, "{text}");
        }
    }

    #[test]
    fn networks_have_an_address_and_a_length_that_fits() {
        for text in ["10.0.0.0/8", "0.0.0.0/0", "192.0.2.7/32", "2001:db8::/32"] {
            assert!(is_network(text), "{text}");
        }
        for text in ["10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/-1", "amt.de/8", "::/129"] {
            assert!(!is_network(text), "{text}");
        }
    }
}
