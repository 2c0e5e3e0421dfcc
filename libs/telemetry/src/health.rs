//! Whether a service lives and whether it can serve.
//!
//! `/livez` says that the process answers; failing it means a restart. `/readyz` says that it can
//! do its work; failing it means no traffic (Kubernetes, "Liveness, Readiness, and Startup
//! Probes"). A database that is away is therefore a matter of readiness alone: restarting does not
//! help.
//!
//! Parts report their state when it changes; a probe reads what was reported and costs nothing.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use actix_web::{HttpResponse, web};
use problem::resource;
use serde_json::{Map, Value};

use crate::{Metrics, ending::Ending};

/// The parts a service depends on, each ready or not. Clones share the state.
///
/// A service is ready when it has no part that is not. One without any part is ready at once. It
/// also carries the service's [`Metrics`], as both are asked by the same operator.
///
/// ```
/// let readiness = telemetry::Readiness::default();
/// let bus = readiness.part("bus");
/// assert_eq!(readiness.missing()["bus"], "starting");
/// bus.ready();
/// assert!(readiness.missing().is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Readiness {
    /// Per part why it is not ready; `None` if it is.
    parts: Arc<Mutex<BTreeMap<&'static str, Option<String>>>>,
    metrics: Metrics,
    /// Whether the server is about to end: see [`drain`](crate::drain).
    ending: Ending,
}

/// One part of a [`Readiness`], held by the code that knows its state.
///
/// Clones speak for the same part; the last word counts.
#[derive(Debug, Clone)]
pub struct Part {
    name: &'static str,
    readiness: Readiness,
}

impl Readiness {
    /// Adds a part, for example `database`. It is not ready until it was set so.
    ///
    /// Name it as an operator would look for it, in lower case. It is `starting` until its holder
    /// says more; the same name twice is one part. The name is a label of the gauge
    /// `fairtermin_part_ready`.
    #[must_use]
    pub fn part(&self, name: &'static str) -> Part {
        self.set(name, Some("starting".to_owned()));
        Part { name, readiness: self.clone() }
    }

    /// The parts that are not ready, with the reason.
    ///
    /// In order of names.
    #[must_use]
    pub fn missing(&self) -> BTreeMap<&'static str, String> {
        self.lock().iter().filter_map(|(name, state)| Some((*name, state.clone()?))).collect()
    }

    /// The service's numbers, to add more to.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// For the middleware and the drain.
    pub(crate) fn ending(&self) -> &Ending {
        &self.ending
    }

    /// Gauge and state together, so that an alert and a probe agree.
    fn set(&self, part: &'static str, problem: Option<String>) {
        self.metrics.part(part, problem.is_none());
        self.lock().insert(part, problem);
    }

    /// A thread that panicked cannot have left the map half changed: each change is one insert.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, Option<String>>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Part {
    /// The part works.
    ///
    /// Cheap enough to say at each success.
    pub fn ready(&self) {
        self.readiness.set(self.name, None);
    }

    /// The part does not work; `reason` is for the operator and holds no secrets.
    ///
    /// The reason is public to all who reach `/readyz`: name the part and the fault, and no address
    /// with a password.
    pub fn not_ready(&self, reason: impl Into<String>) {
        self.readiness.set(self.name, Some(reason.into()));
    }
}

/// Adds `/livez` (the process answers) and `/readyz` (it can do its work; 503 and the reasons if
/// not), as Kubernetes probes ask for them.
///
/// Call it once per application. The answer of `/readyz` is `ok` or an object of part and reason,
/// `{"database":"connection refused"}`.
pub fn health_routes(config: &mut web::ServiceConfig, readiness: Readiness) {
    // Where the request's log finds it.
    config.app_data(web::Data::new(readiness.clone()));
    let live = web::get().to(async || fine());
    config.service(resource("/livez", "GET").route(live)).service(
        resource("/readyz", "GET").route(web::get().to(move || {
            let missing = readiness.missing();
            async move {
                if missing.is_empty() {
                    return fine();
                }
                let reasons: Map<String, Value> = missing
                    .into_iter()
                    .map(|(name, reason)| (name.to_owned(), reason.into()))
                    .collect();
                HttpResponse::ServiceUnavailable().json(reasons)
            }
        })),
    );
}

fn fine() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Adds `/metrics` for Prometheus.
///
/// On a port of its own in production: see `libs/service`.
pub fn metrics_route(config: &mut web::ServiceConfig, metrics: Metrics) {
    let answer = move || {
        let answer = metrics.answer();
        async move { answer }
    };
    config.route("/metrics", web::get().to(answer));
}

#[cfg(test)]
mod tests {
    use actix_web::{App, test};

    use super::*;

    #[actix_web::test]
    async fn a_service_is_ready_when_all_its_parts_are() {
        let readiness = Readiness::default();
        let (database, bus) = (readiness.part("database"), readiness.part("bus"));
        let app = App::new().configure(|config| health_routes(config, readiness.clone()));
        let app = test::init_service(app).await;
        let status = async || {
            test::call_service(&app, test::TestRequest::get().uri("/readyz").to_request())
                .await
                .status()
        };
        database.ready();
        assert_eq!(status().await, 503);
        bus.ready();
        assert_eq!(status().await, 200);
        bus.not_ready("connection refused");
        assert_eq!(status().await, 503);
        assert_eq!(readiness.missing()["bus"], "connection refused");
    }
}
