//! Whether a service lives and whether it can serve.
//!
//! `/livez` says that the process answers; failing it means a restart. `/readyz` says that it can
//! do its work; failing it means no traffic (Kubernetes, "Liveness, Readiness, and Startup
//! Probes"). A database that is away is therefore a matter of readiness alone: restarting does not
//! help.
//!
//! Some work may go on without a part: public answers without the identity service. Such an optional
//! part is said in the body of `/readyz` and in the metrics, and takes no traffic away.
//!
//! Parts report their state when it changes; a probe reads what was reported and costs nothing.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use actix_web::{HttpResponse, web};
use problem::resource;
use serde_json::{Map, Value};

use crate::{Metrics, ending::Ending};

/// The parts a service depends on, each ready or not. Clones share the state.
///
/// A service is ready when all its required parts are. One without any part is ready at once. It also
/// carries the service's [`Metrics`], as both are asked by the same operator.
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
    parts: Arc<Mutex<BTreeMap<&'static str, State>>>,
    metrics: Metrics,
    /// Whether the server is about to end: see [`drain`](crate::drain).
    ending: Ending,
}

/// The last report about a part.
#[derive(Debug)]
struct State {
    necessity: Necessity,
    /// Why it is not ready; `None` if it is.
    problem: Option<String>,
}

/// What a service does without a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Necessity {
    /// Nothing: it takes no traffic.
    Required,
    /// Some of its work.
    Optional,
}

/// One part of a [`Readiness`], held by the code that knows its state.
///
/// Clones speak for the same part; the last word counts.
#[derive(Debug, Clone)]
pub struct Part {
    name: &'static str,
    necessity: Necessity,
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
        self.add(name, Necessity::Required)
    }

    /// Adds a part without which some of the work goes on, for example `identity`. The service is ready
    /// without it, and says so.
    #[must_use]
    pub fn optional_part(&self, name: &'static str) -> Part {
        self.add(name, Necessity::Optional)
    }

    /// The required parts that are not ready, with the reason.
    ///
    /// In order of names.
    #[must_use]
    pub fn missing(&self) -> BTreeMap<&'static str, String> {
        self.not_ready(Necessity::Required)
    }

    /// The optional parts that are not ready, with the reason.
    ///
    /// In order of names.
    #[must_use]
    pub fn going_without(&self) -> BTreeMap<&'static str, String> {
        self.not_ready(Necessity::Optional)
    }

    /// A part begins as not ready ("starting"), so a service is not ready before each part has said
    /// that it works.
    fn add(&self, name: &'static str, necessity: Necessity) -> Part {
        let part = Part { name, necessity, readiness: self.clone() };
        part.not_ready("starting");
        part
    }

    /// The parts of one necessity that do not work, each with its reason.
    fn not_ready(&self, necessity: Necessity) -> BTreeMap<&'static str, String> {
        let parts = self.lock();
        let those = parts.iter().filter(|(_, state)| state.necessity == necessity);
        those.filter_map(|(name, state)| Some((*name, state.problem.clone()?))).collect()
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
    fn set(&self, part: &'static str, state: State) {
        self.metrics.part(part, state.problem.is_none());
        self.lock().insert(part, state);
    }

    /// A thread that panicked cannot have left the map half changed: each change is one insert.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, State>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Part {
    /// The part works.
    ///
    /// Cheap enough to say at each success.
    pub fn ready(&self) {
        self.say(None);
    }

    /// The part does not work; `reason` is for the operator and holds no secrets.
    ///
    /// The reason is public to all who reach `/readyz`: name the part and the fault, and no address
    /// with a password.
    pub fn not_ready(&self, reason: impl Into<String>) {
        self.say(Some(reason.into()));
    }

    /// `None`: it works.
    fn say(&self, problem: Option<String>) {
        self.readiness.set(self.name, State { necessity: self.necessity, problem });
    }
}

/// Adds `/livez` (the process answers) and `/readyz` (it can do its work; 503 and the reasons if
/// not), as Kubernetes probes ask for them.
///
/// Call it once per application. The answer of `/readyz` is `ok`, with a line `without PART: REASON` for
/// each optional part that is away, or an object of part and reason, `{"database":"connection refused"}`.
pub fn health_routes(config: &mut web::ServiceConfig, readiness: Readiness) {
    // Where the request's log finds it.
    config.app_data(web::Data::new(readiness.clone()));
    let live = web::get().to(async || fine(BTreeMap::new()));
    config.service(resource("/livez", "GET").route(live)).service(
        resource("/readyz", "GET").route(web::get().to(move || {
            let (missing, without) = (readiness.missing(), readiness.going_without());
            async move {
                if missing.is_empty() {
                    return fine(without);
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

/// The answer to a probe that all necessary parts work; optional parts that do not are named in it,
/// and the probe passes.
fn fine(without: BTreeMap<&'static str, String>) -> HttpResponse {
    let mut text = "ok\n".to_owned();
    for (part, reason) in without {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "without {part}: {reason}");
    }
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
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
    use actix_web::{App, body::MessageBody as _, test};

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
    #[actix_web::test]
    async fn a_service_is_ready_without_an_optional_part_and_says_so() {
        let readiness = Readiness::default();
        let identity = readiness.optional_part("identity");
        identity.not_ready("its keys were never fetched");
        let app = App::new().configure(|config| health_routes(config, readiness.clone()));
        let app = test::init_service(app).await;
        let ask = async || {
            let request = test::TestRequest::get().uri("/readyz").to_request();
            let answer = test::call_service(&app, request).await;
            (answer.status(), answer.into_body().try_into_bytes().unwrap())
        };
        let (status, body) = ask().await;
        assert_eq!(status, 200);
        assert_eq!(body, "ok\nwithout identity: its keys were never fetched\n");
        identity.ready();
        assert_eq!(ask().await.1, "ok\n");
    }
}
