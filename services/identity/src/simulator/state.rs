//! What a simulated provider remembers: log-ins in progress and codes, for ten minutes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ambient::{Clock, Entropy};
use auth::SigningKey;
use jiff::{SignedDuration, Timestamp};
use settings::Secret;

use super::{Citizen, Kind, Means, StaffMember};
use crate::{Runtime, secrets::Opaque};

/// The `client_id` of our identity service.
pub(super) const CLIENT_ID: &str = "fairtermin-identity";
const TTL: SignedDuration = SignedDuration::from_mins(10);

#[derive(Debug)]
pub(super) struct State {
    pub(super) kind: Kind,
    pub(super) issuer: String,
    pub(super) client_secret: Secret,
    pub(super) key: SigningKey,
    pub(super) clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    requests: TtlMap<Request>,
    codes: TtlMap<Granted>,
}

/// An authorization request.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) redirect_uri: url::Url,
    pub(super) state: String,
    pub(super) nonce: Option<String>,
    pub(super) challenge: String,
}

/// The invented person who logs in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Chosen {
    Citizen(&'static Citizen, Means),
    Staff(&'static StaffMember),
}

/// What a code stands for.
#[derive(Debug, Clone)]
pub(super) struct Granted {
    pub(super) request: Request,
    pub(super) who: Chosen,
    pub(super) auth_time: i64,
}

impl State {
    pub(super) fn new(
        kind: Kind,
        issuer: String,
        client_secret: Secret,
        key: SigningKey,
        runtime: &Runtime,
    ) -> Self {
        Self {
            kind,
            issuer,
            client_secret,
            key,
            clock: Arc::clone(&runtime.clock),
            entropy: Arc::clone(&runtime.entropy),
            requests: TtlMap::default(),
            codes: TtlMap::default(),
        }
    }

    pub(super) fn keep_request(&self, request: Request) -> String {
        self.requests.keep(request, self)
    }

    pub(super) fn request(&self, id: &str) -> Option<Request> {
        self.requests.lock().get(id).map(|kept| kept.value.clone())
    }

    pub(super) fn keep_code(&self, granted: Granted) -> String {
        self.codes.keep(granted, self)
    }

    /// A code works once.
    pub(super) fn take_code(&self, code: &str) -> Option<Granted> {
        self.codes.lock().remove(code).map(|kept| kept.value)
    }
}

#[derive(Debug)]
struct Expiring<T> {
    value: T,
    until: Timestamp,
}

#[derive(Debug)]
struct TtlMap<T>(Mutex<HashMap<String, Expiring<T>>>);

impl<T> Default for TtlMap<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> TtlMap<T> {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Expiring<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, value: T, state: &State) -> String {
        let now = state.clock.now();
        let id = Opaque::mint(&*state.entropy).as_str().to_owned();
        let mut kept_values = self.lock();
        kept_values.retain(|_, kept| kept.until > now);
        kept_values
            .insert(id.clone(), Expiring { value, until: now.saturating_add(TTL).unwrap_or(now) });
        id
    }
}
