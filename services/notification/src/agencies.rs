//! What it takes to let agencies follow along.

use std::sync::Arc;

use actix_web::web;
use auth::{DatabaseJtiStore, DpopVerifier, Quotas, Revocations, Verifier};
use messaging::{Bus, Wake};
use store::Database;
use url::Url;
use vocabulary::urn_of;

use crate::{
    app::webhooks::{deliver::Deliverer, manage::Webhooks},
    bus::Dependencies,
    http::{AgencyRoutes, webhooks::Audience},
    settings::WebhookSettings,
    webhook::guard::Reach,
};

/// Subscriptions, the verifiers of their callers' tokens, and the deliverer.
#[derive(Debug)]
pub(crate) struct Agencies {
    webhooks: Webhooks,
    audiences: Vec<Audience>,
    quotas: web::Data<Quotas>,
    dpop: web::Data<DpopVerifier>,
    pub(crate) deliverer: Deliverer,
}

impl Agencies {
    pub(crate) fn new(
        settings: &WebhookSettings,
        address: Url,
        database: &Database,
        dependencies: &Dependencies,
    ) -> Result<Self, reqwest::Error> {
        let reach = match settings.allow_private_addresses {
            true => Reach::Anywhere,
            false => Reach::Public,
        };
        let webhooks = Webhooks {
            database: database.clone(),
            person_data: Arc::clone(&dependencies.person_data),
            clock: Arc::clone(&dependencies.clock),
            entropy: Arc::clone(&dependencies.entropy),
            reach,
            wake: Wake::default(),
        };
        let audience = |authority: &ids::AuthorityId| {
            let identity = &settings.identity;
            let clock = Arc::clone(&dependencies.clock);
            let urn = urn_of(authority);
            let verifier = Verifier::new(&identity.issuer, urn, identity.jwks_url.clone(), clock);
            Audience { authority: authority.clone(), verifier }
        };
        let used = Arc::new(DatabaseJtiStore(database.clone()));
        let dpop = DpopVerifier::new(address, used, Arc::clone(&dependencies.clock));
        Ok(Self {
            dpop: web::Data::new(dpop),
            quotas: web::Data::new(Quotas::new(settings.limits, &dependencies.clock)),
            audiences: settings.authorities.iter().map(audience).collect(),
            deliverer: Deliverer::new(webhooks.clone())?,
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
