//! What it takes to let agencies follow along.

use std::{sync::Arc, time::Duration};

use actix_web::web;
use auth::{DatabaseJtiStore, DpopVerifier, Quotas, Revocations, Verifier};
use messaging::Bus;
use store::Database;
use url::Url;
use vocabulary::urn_of;

use crate::{
    app::webhooks::{
        deliver::Deliverer,
        dispatch::Dispatcher,
        manage::{Wakes, Webhooks},
        notify::Notifier,
        numbers::Numbers,
        plan::Planner,
        ready::Ready,
    },
    bus::Dependencies,
    http::{AgencyRoutes, webhooks::Audience},
    mail::{Composer, delivery::Delivery},
    settings::WebhookSettings,
    webhook::guard::Reach,
};

/// Subscriptions, the verifiers of their callers' tokens, and the jobs that deliver.
#[derive(Debug)]
pub(crate) struct Agencies {
    webhooks: Webhooks,
    audiences: Vec<Audience>,
    quotas: web::Data<Quotas>,
    dpop: web::Data<DpopVerifier>,
    pub(crate) jobs: AgencyJobs,
}

/// The jobs that deliver to agencies.
#[derive(Debug)]
pub(crate) struct AgencyJobs {
    pub(crate) planner: Planner,
    pub(crate) dispatcher: Dispatcher,
    pub(crate) notifier: Notifier,
    /// What wakes them.
    pub(crate) wakes: Wakes,
}

/// What a service has besides its settings for agencies.
#[derive(Debug)]
pub(crate) struct Surroundings<'a> {
    /// Under which agencies' programs reach this service.
    pub(crate) address: Url,
    pub(crate) database: &'a Database,
    pub(crate) dependencies: &'a Dependencies,
    pub(crate) composer: Composer,
    pub(crate) delivery: Arc<dyn Delivery>,
    pub(crate) numbers: Numbers,
    /// How often a job looks for work without being woken.
    pub(crate) poll: Duration,
}

impl Agencies {
    pub(crate) fn new(
        settings: &WebhookSettings,
        surroundings: Surroundings<'_>,
    ) -> Result<Self, reqwest::Error> {
        let Surroundings { address, database, dependencies, .. } = &surroundings;
        let reach = match settings.allow_private_addresses {
            true => Reach::Anywhere,
            false => Reach::Public(settings.private_networks.clone()),
        };
        let webhooks = Webhooks {
            database: Database::clone(database),
            person_data: Arc::clone(&dependencies.person_data),
            clock: Arc::clone(&dependencies.clock),
            entropy: Arc::clone(&dependencies.entropy),
            reach,
            wakes: Wakes::default(),
        };
        let audience = |authority: &ids::AuthorityId| {
            let identity = &settings.identity;
            let clock = Arc::clone(&dependencies.clock);
            let urn = urn_of(authority);
            let verifier = Verifier::new(&identity.issuer, urn, identity.jwks_url.clone(), clock);
            Audience { authority: authority.clone(), verifier }
        };
        let used = Arc::new(DatabaseJtiStore(Database::clone(database)));
        let dpop = DpopVerifier::new(address.clone(), used, Arc::clone(&dependencies.clock));
        Ok(Self {
            dpop: web::Data::new(dpop),
            quotas: web::Data::new(Quotas::new(settings.limits, &dependencies.clock)),
            audiences: settings.authorities.iter().map(audience).collect(),
            jobs: AgencyJobs::new(settings, &webhooks, &surroundings)?,
            webhooks,
        })
    }

    /// What ended log-ins and withdrawn programs may no longer use.
    pub(crate) fn revocations(&self, bus: Arc<dyn Bus>) -> Revocations {
        Revocations::of(self.audiences.iter().map(|it| it.verifier.clone()), bus)
    }

    pub(crate) fn routes(&self) -> AgencyRoutes {
        AgencyRoutes {
            webhooks: self.webhooks.clone(),
            audiences: self.audiences.clone(),
            quotas: self.quotas.clone(),
            dpop: self.dpop.clone(),
        }
    }
}

impl AgencyJobs {
    fn new(
        settings: &WebhookSettings,
        webhooks: &Webhooks,
        surroundings: &Surroundings<'_>,
    ) -> Result<Self, reqwest::Error> {
        let (ready, numbers) = (Ready::default(), surroundings.numbers.clone());
        let deliverer = Deliverer::new(webhooks.clone(), &settings.delivery, numbers)?;
        Ok(Self {
            planner: Planner::new(webhooks.clone(), ready.clone()),
            dispatcher: Dispatcher::new(deliverer, ready, surroundings.poll),
            notifier: Notifier {
                webhooks: webhooks.clone(),
                composer: surroundings.composer.clone(),
                delivery: Arc::clone(&surroundings.delivery),
            },
            wakes: webhooks.wakes.clone(),
        })
    }
}
