//! Sections of settings files that several services share.
//!
//! One struct per section, with `deny_unknown_fields`: a misspelt setting stops the start and names
//! its path (`libs/settings`).

use std::net::SocketAddr;

use messaging::Retention;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error as _};
use settings::Secret;
use url::Url;

use crate::{ClientAddressHeader, TrustedProxies};

/// Where a service listens that only programs call.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    /// Address and port; port 0 takes a free one.
    #[schemars(schema_with = "settings::schema::socket")]
    pub listen: SocketAddr,
    /// Threads that answer requests; one per core if absent.
    #[serde(default)]
    pub workers: Option<usize>,
    /// Where Prometheus reads the service's numbers, for example `0.0.0.0:9464`; nowhere if absent.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::socket")]
    pub metrics: Option<SocketAddr>,
    /// The proxies in front, as networks; whatever connects from inside if absent.
    #[serde(default)]
    pub trusted_proxies: TrustedProxies,
    /// In which header they write a caller's address: `x-forwarded-for` if absent, or `forwarded`.
    #[serde(default)]
    pub client_address_header: ClientAddressHeader,
}

impl HttpSettings {
    /// Listens there and nowhere else.
    #[must_use]
    pub fn at(listen: SocketAddr, workers: Option<usize>) -> Self {
        Self {
            listen,
            workers,
            metrics: None,
            trusted_proxies: TrustedProxies::default(),
            client_address_header: ClientAddressHeader::default(),
        }
    }
}

/// Where a service listens that browsers or other authorities' programs call, and how they reach it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicHttpSettings {
    /// Address and port; port 0 takes a free one.
    #[schemars(schema_with = "settings::schema::socket")]
    pub listen: SocketAddr,
    /// The address under which they reach it; the one it listens on if absent.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::url")]
    pub public_url: Option<Url>,
    /// Threads that answer requests; the service's default if absent.
    #[serde(default)]
    pub workers: Option<usize>,
    /// Where Prometheus reads the service's numbers, for example `0.0.0.0:9464`; nowhere if absent.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::socket")]
    pub metrics: Option<SocketAddr>,
    /// The proxies in front, as networks; whatever connects from inside if absent.
    #[serde(default)]
    pub trusted_proxies: TrustedProxies,
    /// In which header they write a caller's address: `x-forwarded-for` if absent, or `forwarded`.
    #[serde(default)]
    pub client_address_header: ClientAddressHeader,
}

impl PublicHttpSettings {
    /// The address under which the service is reached that listens on `bound`.
    ///
    /// # Panics
    /// Never: an address and port make a URL.
    #[must_use]
    pub fn public_url(&self, bound: SocketAddr) -> Url {
        self.public_url.clone().unwrap_or_else(|| {
            format!("http://{bound}").parse().expect("an address and port make a URL")
        })
    }
}

impl From<HttpSettings> for PublicHttpSettings {
    /// Reached where it listens.
    fn from(settings: HttpSettings) -> Self {
        let HttpSettings { listen, workers, metrics, trusted_proxies, client_address_header } =
            settings;
        Self { listen, public_url: None, workers, metrics, trusted_proxies, client_address_header }
    }
}

impl From<&PublicHttpSettings> for HttpSettings {
    fn from(settings: &PublicHttpSettings) -> Self {
        Self {
            listen: settings.listen,
            workers: settings.workers,
            metrics: settings.metrics,
            trusted_proxies: settings.trusted_proxies.clone(),
            client_address_header: settings.client_address_header,
        }
    }
}

/// Where a service keeps what it knows.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatabaseSettings {
    /// `postgres://...`, `sqlite://file?mode=rwc` or `sqlite::memory:`. A secret, as it holds the
    /// password.
    pub url: Secret,
}

/// Where events come from and go to.
///
/// Services of one installation that name the same broker and namespace hear each other.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BusSettings {
    /// RabbitMQ, `amqp://...`; events stay in the process if absent.
    pub url: Option<Secret>,
    /// What exchange and queues are called: other than the default if several installations share
    /// a broker. The same in all services of one installation.
    pub namespace: String,
    /// Whether this process publishes what waits in its outbox. Off, events wait until a process
    /// with it on runs: for maintenance of the broker.
    pub relay: bool,
    /// For so many days events are kept that the broker took over, at most 60: so far back
    /// `fairtermin events republish` can publish them again after the broker lost some. 0 keeps none.
    #[serde(deserialize_with = "retention")]
    #[schemars(with = "u8", range(max = 60))]
    pub keep_published_days: Retention,
}

impl Default for BusSettings {
    fn default() -> Self {
        Self {
            url: None,
            namespace: "fairtermin".to_owned(),
            relay: true,
            keep_published_days: Retention::DEFAULT,
        }
    }
}

/// 0 to 60 days; anything else is refused with the range.
fn retention<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Retention, D::Error> {
    let days = u8::deserialize(deserializer)?;
    Retention::days(days).ok_or_else(|| D::Error::custom("write 0 to 60 days"))
}

/// Whose tokens are accepted.
///
/// Two addresses, since a cluster often reaches identity by another one than the public address in
/// its tokens.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrustedIssuerSettings {
    /// The identity service's issuer, exactly as it stands in its tokens.
    pub issuer: String,
    /// Where its public keys are.
    #[schemars(schema_with = "settings::schema::url")]
    pub jwks_url: Url,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_reached_where_it_listens_unless_the_settings_say_otherwise() {
        let read = |text| settings::parse_yaml::<PublicHttpSettings>("s.yaml", text).unwrap();
        let bound = "127.0.0.1:4711".parse().unwrap();
        let url = |text| read(text).public_url(bound).to_string();
        assert_eq!(url("listen: '127.0.0.1:0'"), "http://127.0.0.1:4711/");
        assert_eq!(
            url("{listen: '127.0.0.1:0', public_url: 'https://termin.example/'}"),
            "https://termin.example/"
        );
    }

    #[test]
    fn a_bus_has_the_usual_namespace_unless_the_settings_say_otherwise() {
        let read = |text| settings::parse_yaml::<BusSettings>("s.yaml", text).unwrap();
        assert_eq!(read("").namespace, "fairtermin");
        assert_eq!(read("namespace: second").namespace, "second");
    }

    #[test]
    fn events_are_kept_for_a_week_unless_the_settings_say_otherwise() {
        let read = |text| settings::parse_yaml::<BusSettings>("s.yaml", text);
        assert_eq!(read("").unwrap().keep_published_days, Retention::DEFAULT);
        let longest = read("keep_published_days: 60").unwrap().keep_published_days;
        assert_eq!(Some(longest), Retention::days(60));
        // The receivers know an event for 90 days; later it would have its effect twice.
        let refused = read("keep_published_days: 61").unwrap_err().to_string();
        assert!(refused.contains("0 to 60 days"), "{refused}");
    }
}
