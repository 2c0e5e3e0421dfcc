//! One id per request, and a line for how it ended.
//!
//! The middleware is outermost (see `libs/service`), so that what the guard refuses is logged and
//! counted too. Ids are counted up from a random start.

use std::{
    future::{Future, Ready, ready},
    pin::Pin,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ResponseHead, Service, ServiceRequest, ServiceResponse, Transform, forward_ready},
    error::InternalError,
    http::{
        ConnectionType,
        header::{HeaderName, HeaderValue},
    },
    web,
};
use ambient::{Clock, Entropy};

use crate::{
    Readiness, TRACEPARENT, TraceContext,
    current::{Current, Request},
    metrics::known,
};

/// A de facto standard, not one of the IETF. Callers may choose the id, so that their log and ours
/// name a request alike.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// [`TRACEPARENT`] as a name: a text would be made one for each request.
const TRACEPARENT_NAME: HeaderName = HeaderName::from_static(TRACEPARENT);

/// Stands for the route of a request that reached none.
const NO_ROUTE: &str = "unknown";

/// Middleware: gives each request an id, which is in all that is logged until it is answered, and
/// logs how it ended with route pattern, status and duration: failures as errors, refusals as
/// information, but conflicts (409), limits (429) and all others only at the level `debug`. The raw
/// path and query stay out of the log: they may name a person's booking. An id is taken from the
/// caller's `x-request-id` if it is 1 to 64 letters, digits or hyphens, else made here. The request
/// continues the trace of the caller's
/// `traceparent`, else begins one.
///
/// The answer carries the id in `x-request-id`, which people state to the operator. Metrics are
/// counted here as well, in the [`Metrics`](crate::Metrics) of the [`Readiness`] that
/// [`health_routes`](crate::health_routes) put into the application.
#[derive(Debug, Clone)]
pub struct RequestLog {
    /// Durations are differences of this clock, in whole milliseconds; a test's clock makes them
    /// exact.
    clock: Arc<dyn Clock>,
    /// Shared by all threads of the server.
    ids: Arc<Ids>,
}

/// Numbers that no other process makes: from a random one on. They are no secret, so asking the
/// operating system for each would be dear for nothing.
///
/// 128 bits: two processes meet with a chance that is no concern. One id lets the next be guessed;
/// nothing is authorised by them.
#[derive(Debug)]
struct Ids {
    /// The random start, made once.
    first: u128,
    /// How many since.
    made: AtomicU64,
}

impl Ids {
    /// The next number. It wraps around rather than overflow.
    fn next(&self) -> u128 {
        let made = self.made.fetch_add(1, Ordering::Relaxed);
        self.first.wrapping_add(made.into())
    }
}

impl RequestLog {
    /// The middleware.
    ///
    /// `entropy` is asked once, for the start of the ids.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, entropy: &dyn Entropy) -> Self {
        let first = u128::from_be_bytes(entropy.bytes());
        Self { clock, ids: Arc::new(Ids { first, made: AtomicU64::new(0) }) }
    }
}

impl<S, B> Transform<S, ServiceRequest> for RequestLog
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Transform = Logged<S>;
    type InitError = ();
    type Future = Ready<Result<Logged<S>, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(Logged { service: Rc::new(service), outer: Rc::new(self.clone()) }))
    }
}

/// The service that [`RequestLog`] wraps around another.
#[derive(Debug)]
pub struct Logged<S> {
    /// What the middleware is around: guard and routes.
    service: Rc<S>,
    /// Counted per thread: requests of other threads count their own.
    outer: Rc<RequestLog>,
}

impl<S, B> Service<ServiceRequest> for Logged<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>>>>;

    forward_ready!(service);

    /// Everything that the service does for this request, but for tasks that it spawns, runs within
    /// its `Current`, so that each log line names it.
    ///
    /// A handler's error has become an answer here; that of a middleware inside has not:
    /// `End::refused` sees to that one.
    fn call(&self, request: ServiceRequest) -> Self::Future {
        let number = self.outer.ids.next();
        let id = request_id(&request, number);
        let method = known(request.method().as_str());
        let current = Current {
            request: Some(Request { id: id.clone(), method }),
            trace: TraceContext::step(given_trace(&request), number),
        };
        let outer = Rc::clone(&self.outer);
        let started = outer.clock.now();
        let readiness = request.app_data::<web::Data<Readiness>>().cloned();
        let answer = self.service.call(request);
        Box::pin(current.scope(async move {
            let answered = answer.await;
            let duration_ms = outer.clock.now().as_millisecond() - started.as_millisecond();
            let end = End { readiness, method, duration_ms, id };
            match answered {
                Ok(mut response) => {
                    end.answered(&mut response);
                    Ok(response)
                }
                Err(error) => Err(end.refused(error)),
            }
        }))
    }
}

/// How a request ended.
struct End {
    /// Absent where no [`health_routes`](crate::health_routes) are, as in a bare test: then nothing
    /// is counted.
    readiness: Option<web::Data<Readiness>>,
    /// One of [`known`]: a label of the metrics.
    method: &'static str,
    /// From the first byte of the head to the end of the handler; the body may still be on its way.
    duration_ms: i64,
    /// For `x-request-id`.
    id: HeaderValue,
}

impl End {
    /// Logs and counts an answer, and gives it its id.
    fn answered<B>(self, response: &mut ServiceResponse<B>) {
        let status = response.status().as_u16();
        self.log(response.response().error(), status, || route(response));
        let route = route(response);
        self.count(status, route, response.response_mut().head_mut());
        response.headers_mut().insert(REQUEST_ID, self.id);
    }

    /// The same for what a middleware inside refused, before any route was found: such an error
    /// becomes an answer only outside of this middleware, so it takes id and connection along.
    fn refused(self, error: Error) -> Error {
        let mut response = error.error_response();
        let status = response.status().as_u16();
        self.log(Some(&error), status, || NO_ROUTE.to_owned());
        self.count(status, NO_ROUTE.to_owned(), response.head_mut());
        response.headers_mut().insert(REQUEST_ID, self.id);
        InternalError::from_response(error, response).into()
    }

    /// One line per request at most. Levels: an error with 5xx is ours and is an `error`; a refusal
    /// is `info`; conflicts and limits are `debug`, as is success. The cause is in the line, and
    /// its text holds no personal data (`libs/problem`).
    fn log(&self, error: Option<&Error>, status: u16, route: impl FnOnce() -> String) {
        let duration_ms = self.duration_ms;
        match error {
            Some(error) if status >= 500 => {
                tracing::error!(route = route(), status, duration_ms, %error, "request failed");
            }
            // A rush is made of conflicts and limits: a line for each would be a load of its own,
            // and the metrics count them.
            Some(error) if matches!(status, 409 | 429) => {
                tracing::debug!(route = route(), status, duration_ms, %error, "request refused");
            }
            Some(error) => {
                tracing::info!(route = route(), status, duration_ms, %error, "request refused");
            }
            None => tracing::debug!(route = route(), status, duration_ms, "request done"),
        }
    }

    /// Counts the answer, and ends its connection if the service is about to end: see
    /// [`drain`](crate::drain).
    fn count(&self, status: u16, route: String, answer: &mut ResponseHead) {
        let Some(readiness) = &self.readiness else { return };
        let seconds = Duration::from_millis(self.duration_ms.unsigned_abs()).as_secs_f64();
        readiness.metrics().answered(self.method, route, status, seconds);
        if readiness.ending().answered() {
            answer.set_connection_type(ConnectionType::Close);
        }
    }
}

/// The pattern, `/v1/bookings/{id}`; `unknown` for a path that no route matches, so that scanners
/// make no new label.
fn route<B>(response: &ServiceResponse<B>) -> String {
    response.request().match_pattern().unwrap_or_else(|| NO_ROUTE.to_owned())
}

/// The caller's id if it is harmless in logs and headers, else `number` as 32 hexadecimal digits.
fn request_id(request: &ServiceRequest, number: u128) -> HeaderValue {
    let acceptable = |id: &&HeaderValue| {
        (1..=64).contains(&id.len())
            && id.as_bytes().iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    let made = || {
        HeaderValue::try_from(format!("{number:032x}"))
            .expect("hexadecimal digits are visible ASCII")
    };
    request.headers().get(REQUEST_ID).filter(acceptable).cloned().unwrap_or_else(made)
}

/// The caller's trace, if its header follows the specification; a malformed one is ignored, as the
/// specification demands.
fn given_trace(request: &ServiceRequest) -> Option<TraceContext> {
    request.headers().get(TRACEPARENT_NAME)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use actix_web::{App, HttpResponse, test, web};
    use ambient::{SeededEntropy, SystemClock};

    use super::*;

    #[actix_web::test]
    async fn a_proper_request_id_is_kept_and_another_replaced() {
        let log = RequestLog::new(Arc::new(SystemClock), &SeededEntropy::new(1));
        let route = web::get().to(async || HttpResponse::Ok().finish());
        let app = test::init_service(App::new().wrap(log).route("/", route)).await;
        for (given, kept) in
            [("abc-1", true), ("a b", false), ("", false), (&*"x".repeat(65), false)]
        {
            let request = test::TestRequest::get().uri("/").insert_header(("x-request-id", given));
            let response = test::call_service(&app, request.to_request()).await;
            let id = response.headers().get("x-request-id").unwrap();
            assert_eq!(id == given, kept, "{given:?} became {id:?}");
        }
        let made = async || {
            let request = test::TestRequest::get().uri("/").to_request();
            let response = test::call_service(&app, request).await;
            response.headers().get("x-request-id").unwrap().clone()
        };
        assert_ne!(made().await, made().await);
    }

    #[actix_web::test]
    async fn a_request_continues_the_trace_of_its_caller_or_begins_one() {
        let log = RequestLog::new(Arc::new(SystemClock), &SeededEntropy::new(1));
        let route = web::get().to(async || {
            let current = TraceContext::current().expect("a request has a trace");
            HttpResponse::Ok().body(current.to_string())
        });
        let app = test::init_service(App::new().wrap(log).route("/", route)).await;
        let trace_for = async |given: &str| {
            let request = test::TestRequest::get().uri("/").insert_header((TRACEPARENT, given));
            let body = test::call_and_read_body(&app, request.to_request()).await;
            let trace: TraceContext = std::str::from_utf8(&body).unwrap().parse().unwrap();
            trace
        };
        let given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let continued = trace_for(given).await;
        assert_eq!(continued.trace_id(), given[3..35]);
        assert_ne!(continued.to_string(), given, "a step of its own");
        assert_ne!(trace_for("nonsense").await.trace_id(), trace_for("").await.trace_id());
    }
}
