//! Peers of network policies: a network, or pods and namespaces, and never both.

use std::net::IpAddr;

use serde_json::Value as Json;

use super::{Remarks, Service, entries, items, text};

/// Wherever a network policy names peers.
pub(super) fn check(service: &Service<'_>, said: &mut Remarks<'_>) {
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
    fn networks_have_an_address_and_a_length_that_fits() {
        for text in ["10.0.0.0/8", "0.0.0.0/0", "192.0.2.7/32", "2001:db8::/32"] {
            assert!(is_network(text), "{text}");
        }
        for text in ["10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/-1", "amt.de/8", "::/129"] {
            assert!(!is_network(text), "{text}");
        }
    }
}
