//! Rate limits per caller, so that one program cannot exhaust the service for the others.
//!
//! Counted per process and per caller: an agency's program (whether in its own name or for whichever
//! person), a person, a member of staff. Requests without a token are counted by address, in
//! `libs/service`. An answer says in `RateLimit-Policy` and `RateLimit`
//! (draft-ietf-httpapi-ratelimit-headers) what is allowed and what remains.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
};
use ambient::Clock;
use problem::{Problem, types};
use rate_limit::{Allowance, RateLimit};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{AccessClaims, concurrency::ConcurrencyLimit};

/// Requests per minute and at once; `null` for no limit. All of a minute may come one after the
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// For each agency's program, over all persons that it acts for. 6000 by default.
    pub agency_per_minute: Option<NonZeroU32>,
    /// For each person and each member of staff. 600 by default.
    pub person_per_minute: Option<NonZeroU32>,
    /// Of each caller that are answered at the same time; 2 by default. Others wait up to five
    /// seconds, then get 429.
    pub at_once: Option<NonZeroUsize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            agency_per_minute: NonZeroU32::new(6_000),
            person_per_minute: NonZeroU32::new(600),
            at_once: NonZeroUsize::new(2),
        }
    }
}

impl Limits {
    /// No limit at all.
    #[must_use]
    pub const fn none() -> Self {
        Self { agency_per_minute: None, person_per_minute: None, at_once: None }
    }
}

/// The rate limit of each caller. Belongs into the application's data as `web::Data`; the extractors
/// of this crate count.
///
/// Counts per process: with three replicas a caller may do up to three times as much. After a
/// restart every quota is full.
#[derive(Debug)]
pub struct Quotas {
    agencies: Option<Counter>,
    persons: Option<Counter>,
    concurrency: Option<ConcurrencyLimit>,
}

impl Quotas {
    /// Fresh quotas for every caller.
    #[must_use]
    pub fn new(limits: Limits, clock: &Arc<dyn Clock>) -> Self {
        let counter = |per_minute: Option<NonZeroU32>| {
            per_minute.map(|per_minute| Counter::new(per_minute, Arc::clone(clock)))
        };
        Self {
            agencies: counter(limits.agency_per_minute),
            persons: counter(limits.person_per_minute),
            concurrency: limits.at_once.map(ConcurrencyLimit::new),
        }
    }

    /// Counts a request and waits for a permit. Rate-limit state and permit stay with the request.
    ///
    /// Which counter: a token of a program, in its own name or with an actor (`act`), counts for
    /// the program; any other for its subject.
    ///
    /// # Errors
    /// The quota is spent, or no permit is free in time.
    pub(crate) async fn admit(
        &self,
        claims: &AccessClaims,
        request: &HttpRequest,
    ) -> Result<(), Problem> {
        let is_agency = claims.act.is_some() || claims.sub == claims.client_id.as_str();
        let (counter, caller) = if is_agency {
            (&self.agencies, claims.client_id.as_str())
        } else {
            (&self.persons, claims.sub.as_str())
        };
        if let Some(state) = counter.as_ref().map(|counter| counter.count(caller)) {
            request.extensions_mut().insert(state);
            state.check()?;
        }
        if let Some(limit) = &self.concurrency {
            let permit = limit.acquire(caller).await?;
            request.extensions_mut().insert(permit);
        }
        Ok(())
    }
}

/// The callers of one kind, who all have the same quota.
#[derive(Debug)]
struct Counter {
    per_minute: NonZeroU32,
    limit: RateLimit<String>,
}

impl Counter {
    /// Every caller begins with a full quota.
    fn new(per_minute: NonZeroU32, clock: Arc<dyn Clock>) -> Self {
        Self { per_minute, limit: RateLimit::new(rate_limit::per_minute(per_minute), clock) }
    }

    /// Counts one request, and says what is left after it.
    fn count(&self, caller: &str) -> RateLimitState {
        let per_minute = self.per_minute;
        match self.limit.count(&caller.to_owned()) {
            Allowance::Remaining(requests) => RateLimitState { per_minute, requests, wait: None },
            Allowance::After(wait) => RateLimitState { per_minute, requests: 0, wait: Some(wait) },
        }
    }
}

/// The rate-limit state of a caller after a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RateLimitState {
    per_minute: NonZeroU32,
    /// How many more are allowed at once.
    requests: u32,
    /// How long until the next request is allowed; `None` if this one was.
    wait: Option<Duration>,
}

impl RateLimitState {
    /// Refuses the request that was one too many.
    pub(crate) fn check(self) -> Result<(), Problem> {
        match self.wait {
            None => Ok(()),
            Some(_) => Err(Problem::new(&types::RATE_LIMITED)
                .detail(format!("At most {} requests per minute.", self.per_minute))
                .retry_after(self.seconds())),
        }
    }

    /// Until the next request is allowed, or else until all of them are again.
    ///
    /// At least 1 when refused, since `Retry-After: 0` would invite a loop.
    fn seconds(self) -> u64 {
        let spent = u64::from(self.per_minute.get().saturating_sub(self.requests));
        let refilled = (spent * 60).div_ceil(u64::from(self.per_minute.get()));
        self.wait.map_or(refilled, |wait| wait.as_secs().max(1))
    }

    /// Two headers, `RateLimit-Policy: "caller";q=600;w=60` and `RateLimit: "caller";r=599;t=1`.
    fn write(self, headers: &mut HeaderMap) {
        let policy = format!("\"caller\";q={};w=60", self.per_minute);
        let remaining = format!("\"caller\";r={};t={}", self.requests, self.seconds());
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", remaining)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

/// Adds the `RateLimit` headers; for `actix_web::middleware::from_fn` around an API.
///
/// Answers to callers without a token, or with one that was refused before it was counted, carry
/// none.
///
/// # Errors
/// Whatever the service inside fails with.
pub async fn rate_limit_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let state = response.request().extensions().get::<RateLimitState>().copied();
    if let Some(state) = state {
        state.write(response.headers_mut());
    }
    Ok(response)
}
