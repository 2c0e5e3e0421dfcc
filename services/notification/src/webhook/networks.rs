//! Private networks into which webhooks may lead, because the operator says so.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

use ipnet::IpNet;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error as _};

/// This machine and its link. No agency is there, and most clouds tell their machines secrets at an address of the
/// link (169.254.169.254).
const NEVER: [&str; 5] = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "::/127", "fe80::/10"];

/// Where clouds tell their machines secrets outside of the link: Amazon and Google in IPv6, Alibaba. No agency is
/// there, although networks hold them that an operator may name.
const SECRETS_OF_CLOUDS: [IpAddr; 3] = [
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
];

/// A network with a shorter prefix is nearly everything. 7 bits are `fc00::/7`, the whole private part of IPv6.
const SHORTEST_PREFIX: u8 = 7;

/// Networks in one list, at most.
const MOST: usize = 64;

/// Networks of the operator's own in which endpoints of agencies may be; none by default.
///
/// In settings: a list of networks in CIDR notation (RFC 4632).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrivateNetworks(Arc<[IpNet]>);

impl PrivateNetworks {
    /// Whether the address is within one of them, and can be one of an agency.
    pub(crate) fn contain(&self, address: IpAddr) -> bool {
        !SECRETS_OF_CLOUDS.contains(&address)
            && self.0.iter().any(|network| network.contains(&address))
    }
}

impl<'de> Deserialize<'de> for PrivateNetworks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        if texts.len() > MOST {
            return Err(D::Error::custom(format!(
                "{} networks; write {MOST} at most",
                texts.len()
            )));
        }
        let networks = texts.iter().map(|text| network(text).map_err(D::Error::custom));
        networks.collect::<Result<_, _>>().map(Self)
    }
}

/// One network, or what is wrong with it.
fn network(text: &str) -> Result<IpNet, String> {
    let network: IpNet =
        text.parse().map_err(|_| format!("{text} is no network like 10.2.0.0/16"))?;
    if network.prefix_len() < SHORTEST_PREFIX {
        return Err(format!("{text} is nearly every address; write the networks of the agencies"));
    }
    let mut never = NEVER.iter().filter_map(|text| text.parse::<IpNet>().ok());
    if never.any(|it| it.contains(&network) || network.contains(&it)) {
        return Err(format!("{text} holds this machine or its link, where no agency is"));
    }
    Ok(network)
}

impl JsonSchema for PrivateNetworks {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "PrivateNetworks".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "maxItems": MOST,
            "items": { "type": "string", "pattern": "^[0-9a-fA-F.:]+/[0-9]{1,3}$", "examples": ["10.2.0.0/16"] },
            "examples": [["10.2.0.0/16"]],
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(networks: &[&str]) -> Result<PrivateNetworks, String> {
        serde_json::from_value(json!(networks)).map_err(|error| error.to_string())
    }

    #[test]
    fn addresses_of_the_networks_are_within_and_no_others() {
        let networks = read(&["10.2.0.0/16", "fd12:3456::/32"]).unwrap();
        for (address, is_within) in [
            ("10.2.3.4", true),
            ("fd12:3456::1", true),
            ("10.3.0.1", false),
            ("fd12:3457::1", false),
        ] {
            assert_eq!(networks.contain(address.parse().unwrap()), is_within, "{address}");
        }
        assert_eq!(read(&[]), Ok(PrivateNetworks::default()));
    }

    #[test]
    fn where_a_cloud_keeps_secrets_is_within_no_network() {
        let networks = read(&["fc00::/7", "100.64.0.0/10"]).unwrap();
        for secret in ["fd00:ec2::254", "fd20:ce::254", "100.100.100.200"] {
            assert!(!networks.contain(secret.parse().unwrap()), "{secret}");
        }
        for beside in ["fd00:ec2::253", "100.100.100.201"] {
            assert!(networks.contain(beside.parse().unwrap()), "{beside}");
        }
    }

    #[test]
    fn this_machine_its_link_and_nearly_everything_are_refused() {
        for (text, why) in [
            ("127.0.0.1/32", "this machine or its link"),
            ("169.254.169.254/32", "this machine or its link"),
            ("168.0.0.0/7", "this machine or its link"),
            ("::1/128", "this machine or its link"),
            ("fe80::/64", "this machine or its link"),
            ("0.0.0.0/0", "nearly every address"),
            ("::/0", "nearly every address"),
            ("10.2.0.0", "no network"),
        ] {
            let refused = read(&[text]).unwrap_err();
            assert!(refused.contains(why), "{text}: {refused}");
        }
        let many = ["10.2.0.0/16"; MOST + 1];
        assert!(read(&many).unwrap_err().contains("64 at most"));
    }
}
