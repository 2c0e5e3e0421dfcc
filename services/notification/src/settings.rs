//! What an operator sets for the notification service.

use std::num::{NonZeroU8, NonZeroU16};

use auth::Limits;
use ids::AuthorityId;
use schemars::JsonSchema;
use serde::Deserialize;
use service::{BusSettings, DatabaseSettings, PublicHttpSettings, TrustedIssuerSettings};
use settings::Secret;
use texts::{FurtherTexts, OwnTexts, TextMistake};

use crate::{text, webhook::networks::PrivateNetworks};

/// The settings of the notification service.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where it listens, and the address under which agencies' programs reach it: their proofs name it
    /// (RFC 9449).
    pub http: PublicHttpSettings,
    /// Where its messages are.
    pub database: DatabaseSettings,
    /// Where events come from.
    #[serde(default)]
    pub bus: BusSettings,
    /// How e-mail leaves.
    pub mail: MailSettings,
    /// Opens contact data in events: the key that the identity service seals with.
    pub contact_seal: KeySettings,
    /// Encrypts contact data in the database.
    pub person_data: KeySettings,
    /// Webhooks and the event feed for agencies. Absent: no agency can subscribe.
    #[serde(default)]
    pub webhooks: Option<WebhookSettings>,
    /// Sentences of e-mails in the place of ours.
    #[serde(default)]
    pub texts: OwnTexts,
    /// Languages of e-mails that are not shipped: by language, all sentences in Fluent.
    #[serde(default)]
    pub languages: FurtherTexts,
}

impl Settings {
    /// What is wrong with the sentences in `texts` and `languages`.
    #[must_use]
    pub fn text_mistakes(&self) -> Vec<TextMistake> {
        text::mistakes(&self.texts, &self.languages)
    }
}

/// How e-mail leaves: by `smtp`, or into a `mailbox` that this service shows on a page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// The sender, for example `Terminservice Berlin <termine@example.org>`. Its domain is also
    /// the one in message identifiers.
    pub from: String,
    /// Where answers go; to the sender if absent.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// The server that takes the e-mail.
    #[serde(default)]
    pub smtp: Option<SmtpSettings>,
    /// Shows every message at `/mailbox` instead of sending it: for a demo.
    #[serde(default)]
    pub mailbox: bool,
}

/// A server that takes e-mail.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// Its name, which must be in its certificate.
    pub host: String,
    /// Its port; 465 for `implicit`, 587 for `starttls`, 25 for `none` if absent.
    #[serde(default)]
    pub port: Option<u16>,
    /// Whether and how the connection is encrypted.
    #[serde(default)]
    pub tls: Tls,
    /// The user, if it asks for one.
    #[serde(default)]
    pub username: Option<String>,
    /// The user's password.
    #[serde(default)]
    pub password: Option<Secret>,
}

/// Whether and how a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// TLS from the first byte (RFC 8314).
    #[default]
    Implicit,
    /// TLS after `STARTTLS`, which is required.
    Starttls,
    /// None: only for a server on the same machine.
    None,
}

/// Subscriptions of agencies to events.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookSettings {
    /// The identity service whose tokens are accepted.
    pub identity: TrustedIssuerSettings,
    /// The authorities whose events can be subscribed to.
    pub authorities: Vec<AuthorityId>,
    /// Networks of your own in which endpoints of agencies may be, over HTTPS. All other private addresses are
    /// refused.
    #[serde(default)]
    pub private_networks: PrivateNetworks,
    /// Also deliver to every private address and without TLS: for tests. An office names its networks at
    /// `private_networks`.
    #[serde(default)]
    pub allow_private_addresses: bool,
    /// How much one agency may ask of this process.
    #[serde(default)]
    pub limits: Limits,
    /// How long a receiver may take, and when it is paused.
    #[serde(default)]
    pub delivery: DeliverySettings,
}

/// How long a receiver may take, and when it is paused. What one takes costs no other.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DeliverySettings {
    /// Within which it must be connected to, in seconds. 5 by default.
    pub connect_timeout_seconds: NonZeroU8,
    /// Within which an attempt must be over, in seconds: name, connection and answer. 15 by default. An
    /// attempt of a process that was killed is made again 5 seconds after that.
    pub timeout_seconds: NonZeroU8,
    /// A receiver that took nothing for so long is paused until its agency resumes it; its events are
    /// kept. 6 hours by default.
    pub pause_after_hours: NonZeroU16,
}

impl Default for DeliverySettings {
    fn default() -> Self {
        let seconds = |seconds| NonZeroU8::new(seconds).unwrap_or(NonZeroU8::MAX);
        Self {
            connect_timeout_seconds: seconds(5),
            timeout_seconds: seconds(15),
            pause_after_hours: NonZeroU16::new(6).unwrap_or(NonZeroU16::MIN),
        }
    }
}

/// A secret key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeySettings {
    /// 32 bytes in base 64 (`openssl rand -base64 32`).
    pub key: Secret,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_a_demo_and_of_production_are_understood() {
        let common = "
http: {listen: '127.0.0.1:0'}
database: {url: {value: 'sqlite::memory:'}}
contact_seal: {key: {value: AAAA}}
person_data: {key: {value: AAAA}}
";
        let demo = format!("{common}mail: {{from: a@example.org, mailbox: true}}");
        assert!(settings::parse_yaml::<Settings>("n.yaml", &demo).unwrap().mail.mailbox);
        let production = format!(
            "{common}mail: {{from: a@example.org, smtp: {{host: mail.example.org, tls: starttls}}}}"
        );
        let smtp = settings::parse_yaml::<Settings>("n.yaml", &production).unwrap().mail.smtp;
        assert_eq!(smtp.unwrap().tls, Tls::Starttls);
        let webhooks = format!(
            "{demo}
webhooks:
  identity: {{issuer: 'https://id.example.org', jwks_url: 'https://id.example.org/jwks'}}
  authorities: [lea]
  delivery: {{timeout_seconds: 10}}"
        );
        let parsed = settings::parse_yaml::<Settings>("n.yaml", &webhooks).unwrap().webhooks;
        let delivery = parsed.unwrap().delivery;
        assert_eq!((delivery.timeout_seconds.get(), delivery.pause_after_hours.get()), (10, 6));
        let never = webhooks.replace("timeout_seconds: 10", "timeout_seconds: 0");
        assert!(settings::parse_yaml::<Settings>("n.yaml", &never).is_err());
        let wrong = production.replace("starttls", "ssl");
        let error = settings::parse_yaml::<Settings>("n.yaml", &wrong).unwrap_err().to_string();
        assert!(error.contains("mail.smtp.tls") && error.contains("`implicit`"), "{error}");
    }
}
