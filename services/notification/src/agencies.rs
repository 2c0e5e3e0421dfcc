//! What it takes to let agencies follow along.

use std::sync::Arc;

use auth::{Verifier, urn_of};
use messaging::Wake;
use store::Database;

use crate::{
    app::webhooks::{deliver::Deliverer, manage::Webhooks},
    bus::Needs,
    http::webhooks::Audience,
    settings::WebhookSettings,
    webhook::guard::Reach,
};

/// Subscriptions, who may make them, and who delivers.
#[derive(Debug)]
pub(crate) struct Agencies {
    webhooks: Webhooks,
    audiences: Vec<Audience>,
    pub(crate) deliverer: Deliverer,
}

impl Agencies {
    pub(crate) fn new(
        settings: &WebhookSettings,
        database: &Database,
        needs: &Needs,
    ) -> Result<Self, reqwest::Error> {
        let reach = match settings.allow_private_addresses {
            true => Reach::Anywhere,
            false => Reach::Public,
        };
        let webhooks = Webhooks {
            database: database.clone(),
            person_data: Arc::clone(&needs.person_data),
            clock: Arc::clone(&needs.clock),
            entropy: Arc::clone(&needs.entropy),
            reach,
            wake: Wake::default(),
        };
        let audience = |authority: &ids::AuthorityId| {
            let identity = &settings.identity;
            let clock = Arc::clone(&needs.clock);
            let urn = urn_of(authority);
            let verifier = Verifier::new(&identity.issuer, urn, identity.jwks_url.clone(), clock);
            Audience { authority: authority.clone(), verifier }
        };
        Ok(Self {
            audiences: settings.authorities.iter().map(audience).collect(),
            deliverer: Deliverer::new(webhooks.clone())?,
            webhooks,
        })
    }

    pub(crate) fn routes(&self) -> (Webhooks, Vec<Audience>) {
        (self.webhooks.clone(), self.audiences.clone())
    }
}
