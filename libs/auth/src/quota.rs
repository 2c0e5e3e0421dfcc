//! Rate limits per caller, so that one program cannot exhaust the service for the others.
//!
//! Counted per process and per caller: an agency's program (whether in its own name or for whichever
//! person), a person, a member of staff. Requests without a token are not counted here: the gateway limits them by
//! address. An answer says in `RateLimit-Policy` and `RateLimit`
//! (draft-ietf-httpapi-ratelimit-headers) what is allowed and what remains.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
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
use governor::{
    Quota, RateLimiter, clock::Clock as _, middleware::StateInformationMiddleware, nanos::Nanos,
    state::keyed::HashMapStateStore,
};
use jiff::Timestamp;
use problem::{Problem, types};
use serde::Deserialize;

use crate::{AccessClaims, concurrency::ConcurrencyLimit};

/// How often callers with a full quota are evicted. Not at each request: an eviction scans all callers.
const EVICTION_INTERVAL: Duration = Duration::from_secs(60);

/// Requests per minute and at once; `null` for no limit. All of a minute may come one after the
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// For each agency's program.
    pub agency_per_minute: Option<NonZeroU32>,
    /// For each person and each member of staff.
    pub person_per_minute: Option<NonZeroU32>,
    /// Of each caller that are answered at the same time. Others wait.
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

type Limiter =
    RateLimiter<String, HashMapStateStore<String>, MonotonicClock, StateInformationMiddleware>;

#[derive(Debug)]
struct Counter {
    per_minute: NonZeroU32,
    limiter: Limiter,
    /// When callers are evicted next, in seconds of the limiter's clock.
    evict_at: AtomicU64,
}

impl Counter {
    fn new(per_minute: NonZeroU32, clock: Arc<dyn Clock>) -> Self {
        let start = clock.now();
        let clock = MonotonicClock { clock, start };
        let store = HashMapStateStore::default();
        let limiter: Limiter = RateLimiter::new(Quota::per_minute(per_minute), store, clock);
        Self { per_minute, limiter, evict_at: AtomicU64::new(EVICTION_INTERVAL.as_secs()) }
    }

    fn count(&self, caller: &str) -> RateLimitState {
        self.evict_idle();
        match self.limiter.check_key(&caller.to_owned()) {
            Ok(state) => RateLimitState {
                per_minute: self.per_minute,
                requests: state.remaining_burst_capacity(),
                wait: None,
            },
            Err(until) => {
                let wait = until.wait_time_from(self.limiter.clock().now());
                RateLimitState { per_minute: self.per_minute, requests: 0, wait: Some(wait) }
            }
        }
    }
}

impl Counter {
    fn evict_idle(&self) {
        let now = self.limiter.clock().now().as_u64() / 1_000_000_000;
        let due = self.evict_at.load(Ordering::Relaxed);
        let next = now + EVICTION_INTERVAL.as_secs();
        // The compare-and-set elects one request to evict.
        if now >= due
            && self
                .evict_at
                .compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        {
            self.limiter.retain_recent();
        }
    }
}

/// Our clock as `governor` expects it: time elapsed since the start.
#[derive(Debug, Clone)]
struct MonotonicClock {
    clock: Arc<dyn Clock>,
    start: Timestamp,
}

impl governor::clock::Clock for MonotonicClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let elapsed = self.clock.now().duration_since(self.start);
        Duration::try_from(elapsed).unwrap_or_default().into()
    }
}

/// The rate-limit state of a caller after a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RateLimitState {
    per_minute: NonZeroU32,
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
    fn seconds(self) -> u64 {
        let spent = u64::from(self.per_minute.get().saturating_sub(self.requests));
        let refilled = (spent * 60).div_ceil(u64::from(self.per_minute.get()));
        self.wait.map_or(refilled, |wait| wait.as_secs().max(1))
    }

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
