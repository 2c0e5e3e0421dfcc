//! Limits of every request to every service.
//!
//! * Each address has a number of requests a second. People behind one address share it: a library
//!   or a carrier's network books at ten a second at most, a program that floods is cut. Programs
//!   of the installation itself (see [`TrustedProxies`](crate::TrustedProxies)) are not limited
//!   here.
//! * An address (URI) has a bounded length.
//! * It is answered in time, body included: who sends slowly is cut, and told that it was their delay (408).

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use actix_web::{
    Error, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::header::{ACCEPT, ACCEPT_LANGUAGE},
    middleware::Next,
    web,
};
use ambient::Clock;
use problem::{Problem, types};
use rate_limit::{Allowance, RateLimit, per_second};

use crate::{
    awaited_body::AwaitedBody,
    trusted_proxies::{ClientAddress, ClientAddressHeader, TrustedProxies},
};

/// Requests a second of one address, for long.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(100).expect("not zero");
/// Requests of one address at once.
const BURST: NonZeroU32 = NonZeroU32::new(300).expect("not zero");
/// Bytes of path and query. The longest that we send, an authorization request, has under 2,000;
/// common proxies allow 8 KiB.
const LONGEST_URI: usize = 8_192;
/// Every request is answered within this time. A little less than the ten seconds that PostgreSQL
/// lets a transaction be idle (`libs/store`), so that a caller knows before its locks go.
const REQUEST_TIMEOUT: Duration = Duration::from_millis(9_500);

/// How problems are written at some addresses of a service, in its application's data: what is refused
/// here never reaches the routes, which would write it so. `None`: as problem documents.
#[derive(Debug, Clone, Copy)]
pub struct RefusalForm(
    /// Writes a problem for a request, if that is to one of these addresses.
    pub fn(&RefusedRequest, &Problem) -> Option<HttpResponse>,
);

/// What is remembered of a request, which is gone by the time it is late.
#[derive(Debug, Clone)]
pub struct RefusedRequest {
    /// Its path.
    pub path: String,
    /// What the caller reads: `Accept`.
    pub accept: Option<String>,
    /// Which languages they read: `Accept-Language`.
    pub accept_language: Option<String>,
}

impl RefusedRequest {
    fn of(request: &ServiceRequest) -> Self {
        let text = |name| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
        Self {
            path: request.path().to_owned(),
            accept: text(ACCEPT),
            accept_language: text(ACCEPT_LANGUAGE),
        }
    }
}

/// The form of one request.
struct Refusals(Option<(RefusalForm, RefusedRequest)>);

impl Refusals {
    /// Remembers the form and the request before the request is moved into the handlers.
    fn of(request: &ServiceRequest) -> Self {
        let form = request.app_data::<RefusalForm>();
        Self(form.map(|form| (*form, RefusedRequest::of(request))))
    }

    /// As the service writes problems at this address, for example FHIR's `OperationOutcome`, or a page.
    fn write(self, problem: Problem) -> Error {
        match self.0.and_then(|(RefusalForm(write), request)| write(&request, &problem)) {
            Some(response) => InternalError::from_response(problem, response).into(),
            None => problem.into(),
        }
    }
}

/// The requests of each address. One for all threads of a service.
#[derive(Debug)]
pub(crate) struct Guard {
    proxies: TrustedProxies,
    header: ClientAddressHeader,
    limit: RateLimit<ClientAddress>,
}

impl Guard {
    /// `clock` refills the rates.
    pub(crate) fn new(
        proxies: TrustedProxies,
        header: ClientAddressHeader,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { proxies, header, limit: RateLimit::new(per_second(PER_SECOND, BURST), clock) }
    }

    /// The length first, since it needs no table; then the rate of the address.
    ///
    /// # Errors
    /// `invalid-request` if the URI is too long, `rate-limited` with the seconds to wait.
    fn admit(&self, request: &ServiceRequest) -> Result<(), Problem> {
        let length = request.uri().path_and_query().map_or(0, |uri| uri.as_str().len());
        if length > LONGEST_URI {
            let most = format!("An address may have {LONGEST_URI} bytes.");
            return Err(Problem::new(&types::INVALID_REQUEST).detail(most));
        }
        let peer = request.peer_addr().map(|peer| peer.ip());
        let client =
            peer.and_then(|peer| self.proxies.client(peer, request.headers(), self.header));
        match client.map(|client| self.limit.count(&client)) {
            Some(Allowance::After(wait)) => Err(Problem::new(&types::RATE_LIMITED)
                .detail(format!("At most {PER_SECOND} requests a second from one address."))
                .retry_after(wait.as_secs().max(1))),
            Some(Allowance::Remaining(_)) | None => Ok(()),
        }
    }
}

/// Refuses what does not keep to the above, and answers within [`REQUEST_TIMEOUT`] whatever
/// database, holds or the sender do. A use case that must not stop half way runs on by itself;
/// repeating the request finds what became of it.
///
/// The future of the request is dropped at the deadline. Without a [`Guard`] in the application's
/// data it answers 500: a service that forgot it must not be open.
pub(crate) async fn guard(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let guard = request.app_data::<web::Data<Guard>>().ok_or_else(|| {
        Problem::new(&types::INTERNAL).caused_by("no Guard in the application's data")
    })?;
    let refusals = Refusals::of(&request);
    if let Err(refused) = guard.admit(&request) {
        return Err(refusals.write(refused));
    }
    let body = AwaitedBody::of(&mut request);
    match tokio::time::timeout(REQUEST_TIMEOUT, next.call(request)).await {
        Ok(answer) => answer,
        Err(_) if body.is_missing() => {
            let seconds = REQUEST_TIMEOUT.as_secs_f32();
            let detail = format!("The body was not complete after {seconds} seconds.");
            Err(refusals.write(Problem::new(&types::REQUEST_TOO_SLOW).detail(detail)))
        }
        Err(elapsed) => {
            let cause = format!(
                "no answer within {REQUEST_TIMEOUT:?}: {elapsed}; what was begun may still be done, a repeat finds out"
            );
            let late = Problem::new(&types::UNAVAILABLE).retry_after(5).caused_by(cause);
            Err(refusals.write(late))
        }
    }
}
