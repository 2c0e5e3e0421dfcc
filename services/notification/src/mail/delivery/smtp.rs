//! Handing over to a mail server.

use std::time::Duration;

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        Error, PoolConfig,
        authentication::Credentials,
        client::{Tls as ClientTls, TlsParameters},
    },
};

use super::{Delivery, DeliveryError};
use crate::{
    mail::{Composer, Mail, mime},
    settings::{SmtpSettings, Tls},
};

const TIMEOUT: Duration = Duration::from_secs(20);
/// Connections to the server; also the number of messages that are sent at once. Each message
/// waits 40 ms for nothing on its connection, since lettre 0.11.23 leaves Nagle's algorithm on
/// (lettre pull request 1159), so there are more than a server that answers at once would need;
/// fewer than the 50 that Postfix allows a client.
pub(crate) const CONNECTIONS: u32 = 16;

/// A mail server.
#[derive(Debug)]
pub(crate) struct Smtp {
    composer: Composer,
    reply_to: Option<Mailbox>,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    /// Connects when there is something to send.
    pub(crate) fn new(
        settings: &SmtpSettings,
        composer: Composer,
        reply_to: Option<Mailbox>,
    ) -> Result<Self, Error> {
        let host = settings.host.as_str();
        let (tls, port) = match settings.tls {
            Tls::Implicit => (ClientTls::Wrapper(TlsParameters::new(host.to_owned())?), 465),
            Tls::Starttls => (ClientTls::Required(TlsParameters::new(host.to_owned())?), 587),
            Tls::None => (ClientTls::None, 25),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(settings.port.unwrap_or(port))
            .tls(tls)
            .timeout(Some(TIMEOUT))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        if let Some(username) = &settings.username {
            let password = settings.password.as_ref().map_or("", |secret| secret.expose());
            builder = builder.credentials(Credentials::new(username.clone(), password.to_owned()));
        }
        Ok(Self { composer, reply_to, transport: builder.build() })
    }
}

#[async_trait]
impl Delivery for Smtp {
    async fn deliver(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let message = mime::message(&self.composer, self.reply_to.as_ref(), mail)
            .map_err(|error| DeliveryError::Never(error.to_string()))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(DeliveryError::Never(reason(&error))),
            Err(error) => Err(DeliveryError::Later(reason(&error))),
        }
    }
}

/// A server's words often repeat the address; its code does not.
fn reason(error: &Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None => "the mail server cannot be reached".to_owned(),
    }
}
