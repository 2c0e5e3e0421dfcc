//! What Prometheus reads from a service.
//!
//! Few numbers, each with a fixed set of labels: methods are a closed list, routes are patterns,
//! parts are names in the code. A label from outside would let a caller fill the memory of
//! Prometheus. The format is OpenMetrics 1.0.
//!
//! Numbers are of this process; Prometheus adds up the processes of a service.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::HttpResponse;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

/// The format that `encode` writes, as the content type of OpenMetrics 1.0.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The numbers of one service. Clones share them. No personal data: no label holds anything that
/// a caller sent.
#[derive(Clone)]
pub struct Metrics(Arc<Numbers>);

/// What the clones of a service's metrics share.
struct Numbers {
    /// What there is, locked while metrics are added or read and not while they change.
    registry: Mutex<Registry>,
    /// Counts and durations in seconds, by method, route and status.
    requests: Family<Request, Histogram, fn() -> Histogram>,
    /// 1 or 0 per part of [`Readiness`](crate::Readiness).
    parts: Family<PartOf, Gauge>,
}

/// The labels of an answered request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

/// The label of a part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PartOf {
    part: &'static str,
}

impl Metrics {
    /// A number that goes up and down. Its name is `fairtermin_` and `name`.
    ///
    /// Keep the returned handle and set it; register a name once. `help` is a short phrase for
    /// people; the library adds its full stop.
    #[must_use]
    pub fn gauge(&self, name: &str, help: &str) -> Gauge {
        let gauge = Gauge::default();
        self.register(name, help, gauge.clone());
        gauge
    }

    /// A number that only grows. Its name is `fairtermin_`, `name` and `_total`.
    ///
    /// For what is counted since the start; Prometheus makes rates of it. Name it in the plural,
    /// without `_total`.
    #[must_use]
    pub fn counter(&self, name: &str, help: &str) -> Counter {
        let counter = Counter::default();
        self.register(name, help, counter.clone());
        counter
    }

    /// Counts an answered request. `method` is a [`known`] one, `route` the pattern, not the path.
    ///
    /// `seconds` as Prometheus wants them; buckets double from 1 ms to 2 s.
    pub(crate) fn answered(&self, method: &'static str, route: String, status: u16, seconds: f64) {
        let request = Request { method, route, status };
        self.0.requests.get_or_create(&request).observe(seconds);
    }

    /// Says whether a part that the service depends on works.
    pub(crate) fn part(&self, part: &'static str, works: bool) {
        self.0.parts.get_or_create(&PartOf { part }).set(works.into());
    }

    /// All numbers as text. Writing to a string fails only if a metric refuses to encode, which is
    /// ours to mend.
    pub(crate) fn answer(&self) -> HttpResponse {
        let mut text = String::new();
        let registry = self.0.registry.lock().unwrap_or_else(PoisonError::into_inner);
        match encode(&mut text, &registry) {
            Ok(()) => HttpResponse::Ok().content_type(OPEN_METRICS).body(text),
            Err(fmt::Error) => HttpResponse::InternalServerError().finish(),
        }
    }

    /// The registry adds the prefix `fairtermin_`. Register before the service answers: what is
    /// added later appears from then on.
    fn register(&self, name: &str, help: &str, metric: impl prometheus_client::registry::Metric) {
        let mut registry = self.0.registry.lock().unwrap_or_else(PoisonError::into_inner);
        registry.register(name, help, metric);
    }
}

impl Default for Metrics {
    fn default() -> Self {
        // From 1 ms to 2 s; what takes longer is broken.
        let durations = || Histogram::new(exponential_buckets(0.001, 2.0, 12));
        let metrics = Self(Arc::new(Numbers {
            registry: Mutex::new(Registry::with_prefix("fairtermin")),
            requests: Family::new_with_constructor(durations),
            parts: Family::default(),
        }));
        let (requests, parts) = (metrics.0.requests.clone(), metrics.0.parts.clone());
        metrics.register("http_request_duration_seconds", "Answered requests", requests);
        metrics.register("part_ready", "1 if this part of the service works, else 0", parts);
        metrics
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

/// Callers may send any word as method; only these become labels.
///
/// Methods of RFC 9110 section 9 and RFC 5789 that our APIs use; anything else is `other`.
pub(crate) fn known(method: &str) -> &'static str {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    methods.into_iter().find(|known| *known == method).unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use actix_web::{App, body::MessageBody as _, test, web};

    use super::*;
    use crate::{Readiness, RequestLog, health_routes, metrics_route};
    use ambient::{SeededEntropy, SystemClock};

    #[actix_web::test]
    async fn prometheus_reads_requests_by_pattern_and_what_works() {
        let readiness = Readiness::default();
        readiness.part("database").ready();
        readiness.part("bus").not_ready("away");
        readiness.metrics().gauge("answer", "Of all questions").set(42);
        let log = RequestLog::new(Arc::new(SystemClock), &SeededEntropy::new(1));
        let app = App::new()
            .wrap(log)
            .configure(|config| health_routes(config, readiness.clone()))
            .configure(|config| metrics_route(config, readiness.metrics().clone()))
            .route("/bookings/{id}", web::get().to(async || HttpResponse::Ok().finish()));
        let app = test::init_service(app).await;
        let get = |uri: &str| test::TestRequest::get().uri(uri);
        test::call_service(&app, get("/bookings/secret").to_request()).await;

        let answer = test::call_service(&app, get("/metrics").to_request()).await;
        let text = answer.into_body().try_into_bytes().unwrap();
        let text = std::str::from_utf8(&text).unwrap();
        for line in [
            r#"fairtermin_part_ready{part="database"} 1"#,
            r#"fairtermin_part_ready{part="bus"} 0"#,
            "fairtermin_answer 42",
            r#"fairtermin_http_request_duration_seconds_count{method="GET",route="/bookings/{id}",status="200"} 1"#,
        ] {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
        assert!(!text.contains("secret"), "{text}");
    }
}
