//! What an operator sets for the notification service.

use auth::Limits;
use ids::AuthorityId;
use schemars::JsonSchema;
use serde::Deserialize;
use service::{BusSettings, DatabaseSettings, PublicHttpSettings, TrustedIssuerSettings};
use settings::Secret;

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
    /// Tells agencies what happens to bookings; nobody can subscribe if absent.
    #[serde(default)]
    pub webhooks: Option<WebhookSettings>,
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
    /// Instead of sending, show every message to everybody who asks `/mailbox`: for a demo.
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

/// Who may subscribe to events.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookSettings {
    /// Whose tokens it accepts.
    pub identity: TrustedIssuerSettings,
    /// The authorities whose events can be subscribed to.
    pub authorities: Vec<AuthorityId>,
    /// Also deliver to private addresses and without TLS: for agencies in the same network.
    #[serde(default)]
    pub allow_private_addresses: bool,
    /// How much one agency may ask of this process.
    #[serde(default)]
    pub limits: Limits,
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
        let wrong = production.replace("starttls", "ssl");
        let error = settings::parse_yaml::<Settings>("n.yaml", &wrong).unwrap_err().to_string();
        assert!(error.contains("mail.smtp.tls") && error.contains("`implicit`"), "{error}");
    }
}
