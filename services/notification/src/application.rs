//! The whole service: built once, then run until it is told to stop.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn};
use ambient::{Clock, Entropy};
use auth::tell_quota;
use lettre::message::Mailbox as Address;
use messaging::{Bus, InProcessBus, RabbitMq, SealError, SealingKey, Wake};
use store::{Database, StoreError};
use telemetry::{Readiness, RequestLog, Shutdown};

use crate::{
    agencies::Agencies,
    app::{send::Sender, write::Writer},
    bus::{self, Needs},
    http::Routes,
    jobs,
    mail::{
        Composer,
        delivery::{Delivery, mailbox::Mailbox, smtp::Smtp},
    },
    settings::{HttpSettings, MailSettings, Settings},
    store::Migrations,
};

/// What the service shares with the process that it runs in.
#[derive(Debug, Clone)]
pub struct Runtime {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// Tells the service to stop.
    pub shutdown: Shutdown,
    /// The bus of the process; used if the settings name no broker.
    pub in_process_bus: Option<InProcessBus>,
}

/// Why the service cannot start.
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
    /// The client for webhooks cannot be set up.
    #[error("webhooks: {0}")]
    Webhooks(#[from] reqwest::Error),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        cause: std::io::Error,
    },
}

/// Why the service ended before it was told to.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The HTTP server failed.
    #[error("the HTTP server failed: {0}")]
    Http(#[from] std::io::Error),
}

/// The notification service, ready to run.
#[derive(Debug)]
pub struct Application {
    listener: TcpListener,
    address: SocketAddr,
    http: HttpSettings,
    runtime: Runtime,
    readiness: Readiness,
    database: Database,
    bus: Arc<dyn Bus>,
    needs: Needs,
    sender: Sender,
    mailbox: Option<Mailbox>,
    agencies: Option<Agencies>,
}

impl Application {
    /// Connects to the database, brings its schema up to date and binds the address. The broker
    /// and the mail server may be away.
    ///
    /// # Errors
    /// The database cannot be used, a setting is not usable, or the address is taken.
    pub async fn build(settings: Settings, runtime: Runtime) -> Result<Self, BuildError> {
        let needs = needs(&settings, &runtime)?;
        let composer = Composer { from: sender_address(&settings.mail)? };
        let database = open(&settings).await?;

        let mailbox = settings.mail.mailbox.then(|| Mailbox {
            database: database.clone(),
            person_data: Arc::clone(&needs.person_data),
            clock: Arc::clone(&runtime.clock),
            entropy: Arc::clone(&runtime.entropy),
        });
        let delivery = delivery(&settings.mail, &composer, mailbox.as_ref())?;
        let sender = Sender {
            database: database.clone(),
            writer: Writer {
                database: database.clone(),
                person_data: Arc::clone(&needs.person_data),
                contact_seal: Arc::clone(&needs.contact_seal),
                composer,
                clock: Arc::clone(&runtime.clock),
            },
            delivery,
            clock: Arc::clone(&runtime.clock),
        };
        let agencies = settings
            .webhooks
            .as_ref()
            .map(|webhooks| Agencies::new(webhooks, &database, &needs))
            .transpose()?;
        let bus: Arc<dyn Bus> = match &settings.bus.url {
            Some(url) => Arc::new(RabbitMq::new(url.expose(), "notification")),
            None => Arc::new(runtime.in_process_bus.clone().unwrap_or_default()),
        };
        let readiness = Readiness::default();
        readiness.part("database").ready();
        let (listener, address) = bind(settings.http.listen)?;
        let http = settings.http;
        Ok(Self {
            listener,
            address,
            http,
            runtime,
            readiness,
            database,
            bus,
            needs,
            sender,
            mailbox,
            agencies,
        })
    }

    /// Brings the database up to date and does nothing else.
    ///
    /// # Errors
    /// The database cannot be reached or a migration fails.
    pub async fn migrate(settings: &Settings) -> Result<(), StoreError> {
        open(settings).await.map(drop)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers, consumes and sends until the shutdown is triggered.
    ///
    /// # Errors
    /// The HTTP server fails.
    pub async fn run(self) -> Result<(), RunError> {
        let routes = Routes {
            readiness: self.readiness.clone(),
            mailbox: self.mailbox,
            webhooks: self.agencies.as_ref().map(Agencies::routes),
        };
        let server = serve(self.listener, &self.http, &self.runtime, routes)?;
        let handle = server.handle();
        let wake = Wake::default();
        let deliverer = self.agencies.as_ref().map(|agencies| agencies.deliverer.clone());
        let deliver = deliverer.as_ref().map(|deliverer| deliverer.wake().clone());
        let bus = Arc::clone(&self.bus);
        let consumer = bus::consumer(&self.database, bus, &self.needs, wake.clone(), deliver);
        let bus_part = self.readiness.part("bus");
        let jobs = async {
            tokio::join!(
                consumer.run(),
                jobs::send::run(self.sender, wake),
                jobs::watch_bus::run(self.bus, bus_part),
                jobs::deliver_webhooks::run(deliverer),
            );
        };
        let stop = async {
            tokio::select! {
                () = self.runtime.shutdown.triggered() => {}
                () = jobs => {}
            }
            telemetry::drain(&self.readiness).await;
            handle.stop(true).await;
        };
        let (outcome, ()) = tokio::join!(server, stop);
        Ok(outcome?)
    }
}

fn serve(
    listener: TcpListener,
    settings: &HttpSettings,
    runtime: &Runtime,
    routes: Routes,
) -> std::io::Result<Server> {
    let log = RequestLog::new(Arc::clone(&runtime.clock), &*runtime.entropy);
    let mut server = HttpServer::new(move || {
        let routes = routes.clone();
        App::new()
            .wrap(from_fn(tell_quota))
            .wrap(log.clone())
            .configure(move |config| routes.add_to(config))
    })
    // The process decides when to stop, not each of its servers.
    .disable_signals()
    // Longer than a client's pool keeps a connection, so that it never writes into a closing one.
    .keep_alive(Duration::from_secs(75))
    .shutdown_timeout(5);
    if let Some(workers) = settings.workers {
        server = server.workers(workers);
    }
    Ok(server.listen(listener)?.run())
}

fn needs(settings: &Settings, runtime: &Runtime) -> Result<Needs, BuildError> {
    let key = |setting, secret: &settings::Secret| {
        let key = SealingKey::from_base64(secret.expose());
        key.map(Arc::new).map_err(|cause| BuildError::Key { setting, cause })
    };
    Ok(Needs {
        clock: Arc::clone(&runtime.clock),
        entropy: Arc::clone(&runtime.entropy),
        contact_seal: key("contact_seal.key", &settings.contact_seal.key)?,
        person_data: key("person_data.key", &settings.person_data.key)?,
    })
}

fn sender_address(mail: &MailSettings) -> Result<Address, BuildError> {
    address("mail.from", &mail.from)
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

fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), BuildError> {
    let failed = |cause| BuildError::Listen { address, cause };
    let listener = TcpListener::bind(address).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

async fn open(settings: &Settings) -> Result<Database, StoreError> {
    let database = Database::connect(settings.database.url.expose()).await?;
    database.migrate::<Migrations>().await?;
    Ok(database)
}
