//! From settings to the parts of the service.

use std::sync::Arc;

use lettre::message::Mailbox as Address;
use messaging::{Bus, SealError, SealingKey};
use service::{Host, ListenError, Mode};
use settings::Secret;
use store::{Database, StoreError};
use texts::TextMistake;

use crate::{
    agencies::{Agencies, Surroundings},
    app::{send::Sender, webhooks::numbers::Numbers, write::Writer},
    bus::Dependencies,
    jobs,
    mail::{
        Composer,
        delivery::{Delivery, mailbox::Mailbox, smtp::Smtp},
    },
    settings::{MailSettings, Settings},
    store::Migrations,
    text,
};

/// The service cannot start. Meant for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] StoreError),
    /// A key in the settings is malformed.
    #[error("{setting}: {cause}")]
    Key {
        /// Which key.
        setting: &'static str,
        /// What is wrong with it.
        cause: SealError,
    },
    /// A setting for mail is not usable.
    #[error("{setting}: {reason}")]
    Mail {
        /// Which setting.
        setting: &'static str,
        /// What is wrong with it, and what would be right.
        reason: String,
    },
    /// A sentence of the operator's cannot take the place of ours.
    #[error(transparent)]
    Text(#[from] TextMistake),
    /// The client for webhooks cannot be set up.
    #[error("webhooks: {0}")]
    Webhooks(#[from] reqwest::Error),
    /// The port cannot be opened.
    #[error(transparent)]
    Listen(#[from] ListenError),
}

/// What routes, the consumer and jobs work with.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) database: Database,
    pub(crate) bus: Arc<dyn Bus>,
    pub(crate) dependencies: Dependencies,
    pub(crate) sender: Sender,
    /// Exists only where messages go into it.
    pub(crate) mailbox: Option<Mailbox>,
    /// Absent if agencies cannot subscribe.
    pub(crate) agencies: Option<Agencies>,
}

impl Parts {
    pub(crate) async fn build(settings: &Settings, host: &Host) -> Result<Self, BuildError> {
        let runtime = host.runtime();
        if runtime.mode == Mode::Production && settings.mail.mailbox {
            return Err(BuildError::Mail {
                setting: "mail.mailbox",
                reason: "it shows every message to everybody, so only a demo may have it: write `smtp: {host: ...}`, or `process: {demo: true}` beside this section".to_owned(),
            });
        }
        let dependencies = Dependencies {
            clock: Arc::clone(&runtime.clock),
            entropy: Arc::clone(&runtime.entropy),
            contact_seal: key("contact_seal.key", &settings.contact_seal.key)?,
            person_data: key("person_data.key", &settings.person_data.key)?,
        };
        text::replace(&settings.texts, &settings.languages)?;
        let composer = Composer { from: address("mail.from", &settings.mail.from)? };
        let database = Database::open::<Migrations>(settings.database.url.expose()).await?;

        let mailbox = settings.mail.mailbox.then(|| Mailbox {
            database: database.clone(),
            person_data: Arc::clone(&dependencies.person_data),
            clock: Arc::clone(&runtime.clock),
            entropy: Arc::clone(&runtime.entropy),
        });
        let sender = Sender {
            delivery: delivery(&settings.mail, &composer, mailbox.as_ref())?,
            database: database.clone(),
            writer: Writer {
                database: database.clone(),
                person_data: Arc::clone(&dependencies.person_data),
                contact_seal: Arc::clone(&dependencies.contact_seal),
                composer,
                clock: Arc::clone(&runtime.clock),
            },
            clock: Arc::clone(&runtime.clock),
        };
        let surroundings = Surroundings {
            address: settings.http.public_url(host.address()),
            database: &database,
            dependencies: &dependencies,
            composer: sender.writer.composer.clone(),
            delivery: Arc::clone(&sender.delivery),
            // Alerts read them also where there are no webhooks.
            numbers: Numbers::of(host.readiness().metrics()),
            poll: jobs::poll(runtime.mode),
        };
        let webhooks = settings.webhooks.as_ref();
        let agencies =
            webhooks.map(|webhooks| Agencies::new(webhooks, surroundings)).transpose()?;
        let bus = runtime.bus(&settings.bus, "notification");
        Ok(Self { database, bus, dependencies, sender, mailbox, agencies })
    }
}

fn key(setting: &'static str, secret: &Secret) -> Result<Arc<SealingKey>, BuildError> {
    let key = SealingKey::from_base64(secret.expose());
    key.map(Arc::new).map_err(|cause| BuildError::Key { setting, cause })
}

fn address(setting: &'static str, text: &str) -> Result<Address, BuildError> {
    text.parse().map_err(|_| BuildError::Mail {
        setting,
        reason: "not an e-mail address; write it like `Terminservice <termine@example.org>`"
            .to_owned(),
    })
}

fn delivery(
    mail: &MailSettings,
    composer: &Composer,
    mailbox: Option<&Mailbox>,
) -> Result<Arc<dyn Delivery>, BuildError> {
    let wrong = |setting, reason: String| BuildError::Mail { setting, reason };
    match (&mail.smtp, mailbox) {
        (None, Some(mailbox)) => Ok(Arc::new(mailbox.clone())),
        (Some(smtp), None) => {
            let reply_to = mail.reply_to.as_deref();
            let reply_to = reply_to.map(|text| address("mail.reply_to", text)).transpose()?;
            let smtp = Smtp::new(smtp, composer.clone(), reply_to)
                .map_err(|error| wrong("mail.smtp", error.to_string()))?;
            Ok(Arc::new(smtp))
        }
        (None, None) | (Some(_), Some(_)) => Err(wrong(
            "mail",
            "write either `smtp: {host: ...}` or, for a demo, `mailbox: true`".to_owned(),
        )),
    }
}
