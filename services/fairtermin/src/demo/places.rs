//! Where everything listens.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
};

use ids::AuthorityId;
use url::Url;

/// The authorities of the demo, with the presets that an admin would edit.
pub const PRESETS: [(&str, &str); 3] = [
    ("lea", include_str!("../../../../charts/fairtermin/values-lea.yaml")),
    ("buergeramt", include_str!("../../../../charts/fairtermin/values-buergeramt.yaml")),
    ("kfz", include_str!("../../../../charts/fairtermin/values-kfz.yaml")),
];

/// The ports of one demo. Browsers and services reach all of them on the loopback address.
#[derive(Debug, Clone)]
pub struct Places {
    /// Where everything listens.
    pub listen: IpAddr,
    pub portal: u16,
    pub identity: u16,
    pub notification: u16,
    pub bundid: u16,
    pub eid: u16,
    pub staff: u16,
    /// One per authority, in the order of [`PRESETS`].
    pub slots: [u16; PRESETS.len()],
}

impl Places {
    /// Free ports for everything but the portal. Between finding a port and using it another
    /// program may take it; then the service that wanted it says so.
    pub fn find(portal: u16) -> io::Result<Self> {
        // All are held until all are found, so that none is found twice.
        let held = (0..5 + PRESETS.len())
            .map(|_| TcpListener::bind(("127.0.0.1", 0)))
            .collect::<io::Result<Vec<_>>>()?;
        let ports =
            held.iter().map(|one| Ok(one.local_addr()?.port())).collect::<io::Result<Vec<_>>>()?;
        Ok(Self::new(portal, &ports))
    }

    /// The ports after the portal's, free or not. `None` if there are not so many.
    pub fn in_a_row(portal: u16) -> Option<Self> {
        let count = u16::try_from(5 + PRESETS.len()).ok()?;
        let ports: Vec<_> = (portal.checked_add(1)?..=portal.checked_add(count)?).collect();
        Some(Self::new(portal, &ports))
    }

    fn new(portal: u16, ports: &[u16]) -> Self {
        Self {
            listen: Ipv4Addr::LOCALHOST.into(),
            portal,
            identity: ports[0],
            notification: ports[1],
            bundid: ports[2],
            eid: ports[3],
            staff: ports[4],
            slots: std::array::from_fn(|index| ports[5 + index]),
        }
    }

    /// Where the one with this port listens.
    pub fn address(&self, port: u16) -> SocketAddr {
        (self.listen, port).into()
    }

    /// Free ports for everything.
    pub fn find_all() -> io::Result<Self> {
        let portal = TcpListener::bind(("127.0.0.1", 0))?;
        Self::find(portal.local_addr()?.port())
    }

    /// The authorities with their presets and ports.
    pub fn authorities(&self) -> impl Iterator<Item = (AuthorityId, &'static str, u16)> {
        PRESETS.iter().zip(self.slots).map(|((id, preset), port)| {
            (id.parse().expect("the names above are authority ids"), *preset, port)
        })
    }
}

/// The address of a loopback port.
pub fn url(port: u16) -> Url {
    format!("http://127.0.0.1:{port}/").parse().expect("this is an address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_in_a_row_are_those_that_the_chart_forwards() {
        let places = Places::in_a_row(8080).unwrap();
        assert_eq!((places.identity, places.slots), (8081, [8086, 8087, 8088]));
        let preset = include_str!("../../../../charts/fairtermin/values-all-in-one.yaml");
        assert!(preset.contains("8080 8081 8082 8083 8084 8085 8086 8087 8088\n"));
        assert!(Places::in_a_row(u16::MAX - 1).is_none());
    }
}
