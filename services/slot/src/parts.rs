//! From settings to the parts of the service.

use std::sync::Arc;

use ::store::{Database, StoreError};
use actix_web::web;
use ambient::Clock;
use arc_swap::ArcSwap;
use auth::{DpopVerifier, Quotas, Verifier};
use cluster::{Cluster, ClusterError};
use ids::{AuthorityId, LocationId};
use jiff::civil::Date;
use messaging::{Bus, Relay, Wake};
use service::{
    BusSettings, Host, ListenError, Mode, Runtime, TrustedIssuerSettings, travels_in_the_clear,
};
use settings::Secret;
use tokio::sync::mpsc::UnboundedReceiver;
use vocabulary::urn_of;

use crate::{
    app::{
        Asks, CatalogueFile, CatalogueState, Change, ClaimTally, ConfirmQueue, ConfirmWorker,
        DayCounting, DrawParts, Engine, FirstCatalogue, NoCatalogue, Repairs, apply_catalogue,
        draws::{AnnouncedDraws, DrawKeys, EntryQueue, EntryWorker},
        first_catalogue,
        log::PublicLog,
        write_workers,
    },
    availability::Availability,
    beacon::{Auditor, BeaconSettings, BeaconSource, Drand, Fixed},
    draw_tickets::{IdentityTickets, TicketSettings},
    holds::{HoldTokens, Holds, HoldsError},
    person_data::{KeyTooShort, PersonData},
    settings::{ClusterSettings, EscrowSettings, Settings},
    store::migrations::Migrator,
};

/// The service cannot start. Meant for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There is no catalogue to start with.
    #[error(transparent)]
    Catalogue(#[from] NoCatalogue),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The settings of the holds have a mistake.
    #[error("holds: {0}")]
    Holds(#[from] HoldsError),
    /// `person_data.key` is too short.
    #[error("person_data.key: {0}")]
    PersonDataKey(#[from] KeyTooShort),
    /// `hold_token.key` is too short.
    #[error("hold_token.key: the key must have at least {} characters", Secret::SHORTEST_KEY)]
    HoldTokenKey,
    /// The second source of chance of draws cannot be used.
    #[error("beacon: {0}")]
    Beacon(String),
    /// The public log cannot be kept as it is set.
    #[error("log: {0}")]
    Log(String),
    /// Identity cannot be asked for tickets like this.
    #[error("tickets.identity: {0}")]
    Tickets(&'static str),
    /// The auditor's key is none.
    #[error("escrow.auditor: this is no key; take what `fairtermin auditor key` prints")]
    EscrowKey,
    /// There are no credentials for Kubernetes.
    #[error("cluster: {0}")]
    Cluster(#[from] ClusterError),
    /// The port cannot be opened.
    #[error(transparent)]
    Listen(#[from] ListenError),
}

/// What routes, consumers and jobs work with.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) engine: Arc<Engine>,
    pub(crate) quotas: web::Data<Quotas>,
    pub(crate) dpop: web::Data<DpopVerifier>,
    pub(crate) bus: Arc<dyn Bus>,
    /// Absent if another process publishes.
    pub(crate) relay: Option<Relay>,
    pub(crate) confirm_workers: Vec<ConfirmWorker>,
    pub(crate) entry_workers: Vec<EntryWorker>,
    /// Days whose holds must be compared with the database.
    pub(crate) repairs: UnboundedReceiver<(LocationId, Date)>,
    pub(crate) catalogue_file: Option<CatalogueFile>,
    pub(crate) cluster: Option<(Cluster, ClusterSettings)>,
}

impl Parts {
    pub(crate) async fn build(settings: Settings, host: &Host) -> Result<Self, BuildError> {
        let Opened { database, person_data, catalogue_state, first, cluster, holds } =
            Opened::open(&settings, host).await?;
        let FirstCatalogue { catalogue, change, file: mut catalogue_file } = first;
        let runtime = host.runtime();
        let (clock, entropy) = (|| Arc::clone(&runtime.clock), || Arc::clone(&runtime.entropy));
        let authority = catalogue.authority.id.clone();
        let catalogue = Arc::new(ArcSwap::from_pointee(catalogue));
        let wake = Wake::default();
        let (bus, relay) = bus_and_relay(&settings.bus, &authority, &database, &wake, runtime);
        let (confirms, confirm_worker) = ConfirmQueue::new(database.clone(), wake.clone());
        let (entries, entry_worker) = EntryQueue::new(database.clone(), wake.clone(), clock());
        let workers = write_workers(&database);
        let (repair_list, repairs) = Repairs::new();
        let address = settings.http.public_url(host.address());
        let dpop = DpopVerifier::new(address, holds.jti_store(clock()), clock());

        let engine = Engine {
            availability: Availability::new(Arc::clone(&catalogue), holds.clone(), clock()),
            catalogue,
            catalogue_state,
            claim_tally: ClaimTally::new(host.readiness().metrics()),
            hold_tokens: HoldTokens::new(&settings.hold_token.key, clock()),
            database,
            holds,
            statistics: DayCounting::default(),
            verifier: verifier(settings.identity, &authority, clock()),
            draws: draw_parts(
                &settings.person_data.key,
                (settings.beacon, settings.tickets, settings.escrow),
                &authority,
                runtime,
                entries,
            )?,
            log: PublicLog::new(&settings.person_data.key, settings.log, &authority)
                .map_err(|error| BuildError::Log(error.to_string()))?,
            person_data,
            confirms,
            returning: settings.returning,
            asks: Asks::default(),
            repairs: repair_list,
            wake,
            manage_url: settings.manage_url,
            clock: clock(),
            entropy: entropy(),
            berlin: ambient::berlin(),
        };
        apply_first(&engine, change, catalogue_file.as_mut()).await;
        Ok(Self {
            engine: Arc::new(engine),
            quotas: web::Data::new(Quotas::new(settings.limits, &runtime.clock)),
            dpop: web::Data::new(dpop),
            bus,
            relay,
            confirm_workers: vec![confirm_worker; workers],
            entry_workers: vec![entry_worker; workers],
            repairs,
            catalogue_file,
            cluster,
        })
    }

    /// Where processes elect their leader, if it is not a row of the database.
    pub(crate) fn lease(&self) -> Option<(&Cluster, &str)> {
        let (cluster, settings) = self.cluster.as_ref()?;
        Some((cluster, settings.lease.as_deref()?))
    }
}

/// The bus, and what publishes the outbox by it, unless another process does.
fn bus_and_relay(
    settings: &BusSettings,
    authority: &AuthorityId,
    database: &Database,
    wake: &Wake,
    runtime: &Runtime,
) -> (Arc<dyn Bus>, Option<Relay>) {
    let bus = runtime.bus(settings, &format!("slot {authority}"));
    let relay = Relay::new(database.clone(), Arc::clone(&bus), wake.clone())
        .keeping(settings.keep_published_days, Arc::clone(&runtime.clock));
    (bus, settings.relay.then_some(relay))
}

/// Verifies tokens of identity that are for this authority.
fn verifier(
    identity: TrustedIssuerSettings,
    authority: &AuthorityId,
    clock: Arc<dyn Clock>,
) -> Verifier {
    Verifier::new(identity.issuer, urn_of(authority), identity.jwks_url, clock)
}

/// Applies the file's catalogue if it is not in force yet. A refusal is noted, so that the job that
/// watches the file reports it.
async fn apply_first(engine: &Engine, change: Option<Change>, file: Option<&mut CatalogueFile>) {
    if let Some(Change { name, text }) = change
        && apply_catalogue(engine, &name, &text).await.is_err()
        && let Some(file) = file
    {
        file.accepted = false;
    }
}

/// What can be wrong outside of the program, opened before the parts are put together.
struct Opened {
    database: Database,
    person_data: PersonData,
    catalogue_state: CatalogueState,
    first: FirstCatalogue,
    cluster: Option<(Cluster, ClusterSettings)>,
    holds: Holds,
}

impl Opened {
    async fn open(settings: &Settings, host: &Host) -> Result<Self, BuildError> {
        if settings.hold_token.key.expose().len() < Secret::SHORTEST_KEY {
            return Err(BuildError::HoldTokenKey);
        }
        let person_data = PersonData::new(&settings.person_data.key)?;
        let database = Database::open::<Migrator>(settings.database.url.expose()).await?;
        let runtime = host.runtime();
        let clock = || Arc::clone(&runtime.clock);
        let catalogue_state = CatalogueState::new(host.readiness().metrics());
        let now = runtime.clock.now();
        let first = first_catalogue(&settings.catalogue, &database, now, &catalogue_state).await?;
        let cluster = match settings.cluster.clone() {
            Some(settings) => Some((Cluster::connect("fairtermin-slot", clock()).await?, settings)),
            None => None,
        };
        let authority = &first.catalogue.authority.id;
        let entropy = Arc::clone(&runtime.entropy);
        let holds = Holds::open(&settings.holds, authority, clock(), entropy)?;
        Ok(Self { database, person_data, catalogue_state, first, cluster, holds })
    }
}

/// The keys follow from the one that seals person data: what they seal is of the same kind.
fn draw_parts(
    secret: &Secret,
    (beacon, tickets, escrow): (BeaconSettings, TicketSettings, Option<EscrowSettings>),
    authority: &AuthorityId,
    runtime: &Runtime,
    entries: EntryQueue,
) -> Result<DrawParts, BuildError> {
    let unusable = |error: &dyn std::fmt::Display| BuildError::Beacon(error.to_string());
    let keys = DrawKeys::new(secret, authority).map_err(|error| unusable(&error))?;
    let beacon: Box<dyn BeaconSource> = match beacon {
        BeaconSettings::Drand { relays } if relays.is_empty() => {
            return Err(unusable(&"name at least one relay under `relays`"));
        }
        BeaconSettings::Drand { relays } => {
            Box::new(Drand::new(relays).map_err(|error| unusable(&error))?)
        }
        BeaconSettings::Auditor { url, .. } if url.cannot_be_a_base() => {
            return Err(unusable(&"`url` must be where the auditor's seeds are"));
        }
        BeaconSettings::Auditor { url, .. }
            if runtime.mode == Mode::Production && travels_in_the_clear(&url) =>
        {
            return Err(unusable(&"plain http is for tests only; use https"));
        }
        BeaconSettings::Auditor { name, url } => {
            Box::new(Auditor::new(name, url).map_err(|error| unusable(&error))?)
        }
        BeaconSettings::Fixed { .. } if runtime.mode != Mode::Demo => {
            let why = "`fixed` is for demonstrations and tests; use `drand` or `auditor`";
            return Err(unusable(&why));
        }
        BeaconSettings::Fixed { seed, .. } if seed.expose().len() < Secret::SHORTEST_KEY => {
            return Err(unusable(&format!(
                "`seed` must have at least {} characters",
                Secret::SHORTEST_KEY
            )));
        }
        BeaconSettings::Fixed { name, seed } => Box::new(Fixed::new(name, seed)),
    };
    let identity = match tickets {
        TicketSettings::Own => None,
        TicketSettings::Identity { url, .. } if url.cannot_be_a_base() => {
            return Err(BuildError::Tickets("`url` must be where identity's API begins"));
        }
        TicketSettings::Identity { url, .. }
            if runtime.mode == Mode::Production && travels_in_the_clear(&url) =>
        {
            return Err(BuildError::Tickets("plain http is for tests only; use https"));
        }
        TicketSettings::Identity { url, client, secret } => {
            let identity = IdentityTickets::new(url, client, secret);
            Some(identity.map_err(|error| unusable(&error))?)
        }
    };
    let (auditor, opened) = match escrow {
        Some(escrow) if !escrow.is_usable(&*runtime.entropy) => return Err(BuildError::EscrowKey),
        Some(escrow) => (Some(escrow.auditor), escrow.opened),
        None => (None, Vec::new()),
    };
    let announced = AnnouncedDraws::default();
    Ok(DrawParts { keys, beacon, identity, auditor, opened, announced, entries })
}
