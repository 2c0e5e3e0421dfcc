//! What this service answers: what agencies and staff ask, and in a demo the mailbox.

pub(crate) mod events;
mod mailbox;
mod openapi;
mod problem;
mod undelivered;
mod webhook_requests;
pub(crate) mod webhooks;

use std::sync::Arc;

use ::problem::{Problem, body::LONGEST, types};
use actix_web::{dev::HttpServiceFactory, middleware::from_fn, web};
use auth::{DpopVerifier, Quotas, rate_limit_headers};
use reference::Served;

pub use self::openapi::document as openapi_document;
pub(crate) use self::openapi::reference_at;
use self::webhooks::Audience;
use crate::{app::webhooks::manage::Webhooks, mail::delivery::mailbox::Mailbox};

/// What there is to answer with.
#[derive(Debug, Clone)]
pub(crate) struct Routes {
    /// Exists only where messages go into it.
    pub(crate) mailbox: Option<Mailbox>,
    /// Absent if agencies cannot subscribe.
    pub(crate) agencies: Option<AgencyRoutes>,
    /// What is said about all this.
    pub(crate) pages: Arc<Served>,
}

/// What it takes to answer agencies.
#[derive(Debug, Clone)]
pub(crate) struct AgencyRoutes {
    pub(crate) webhooks: Webhooks,
    pub(crate) audiences: Vec<Audience>,
    pub(crate) quotas: web::Data<Quotas>,
    pub(crate) dpop: web::Data<DpopVerifier>,
}

impl Routes {
    pub(crate) fn add_to(self, config: &mut web::ServiceConfig) {
        config.app_data(web::PayloadConfig::new(LONGEST));
        config.app_data(web::QueryConfig::default().error_handler(|error, _| {
            Problem::new(&types::INVALID_REQUEST).detail(error.to_string()).into()
        }));
        reference::routes(config, &self.pages);
        if let Some(mailbox) = self.mailbox {
            config.app_data(web::Data::new(mailbox)).configure(mailbox::routes);
        }
        if let Some(AgencyRoutes { webhooks, audiences, quotas, dpop }) = self.agencies {
            config.app_data(quotas).app_data(dpop);
            let webhooks = web::Data::new(webhooks);
            for audience in audiences {
                config.service(of_authority(audience, webhooks.clone()));
            }
        }
        config.default_service(web::to(async || Err::<&str, _>(Problem::new(&types::NOT_FOUND))));
    }
}

/// Everything about one authority, which accepts only tokens for itself.
fn of_authority(audience: Audience, webhooks: web::Data<Webhooks>) -> impl HttpServiceFactory {
    let Audience { authority, verifier } = audience;
    web::scope(&format!("/v1/{authority}"))
        .app_data(web::Data::new(verifier))
        .app_data(web::Data::new(authority))
        .app_data(webhooks)
        .configure(webhooks::routes)
        .configure(events::routes)
        .configure(undelivered::routes)
        .wrap(from_fn(rate_limit_headers))
}
