//! Other people: most of the next days are booked when somebody comes, and they go on to book, to give
//! up and to come to their appointments while one looks. And the offices, as far as test citizens wait for them:
//! applications on file, dates, a person to be phoned. All use the public API, as everybody does.

mod application;
mod attend;
mod competitor;
mod fill;
mod phoned;
mod plan;
mod register;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ambient::SeededEntropy;
use auth::KeyError;
use client::{ClientError, Confirmation, FreeSlot, HoldRequest, Http, SlotApi, Timeouts};
use ids::{AuthorityId, BookingId, LocationId};
use jiff::Timestamp;
use reqwest::StatusCode;
use tokio::{
    task::JoinSet,
    time::{Duration, Instant, sleep},
};
use url::Url;

use self::{
    plan::{PLANS, Plan},
    register::Person,
};
use super::places::{Places, url};

pub use application::{APPLICATIONS, Application};
pub use register::Register;

/// The same people do the same at each start, as far as the clock lets them.
const SEED: u64 = 20;

/// How long the slot services may take until they know what is free.
const READY: Duration = Duration::from_secs(30);

/// How long one call may take.
const CALL: Duration = Duration::from_secs(5);

/// Everybody else.
pub struct Crowd {
    register: Register,
    choices: SeededEntropy,
    offices: Vec<Office>,
    /// For what our own client of the APIs does not do.
    http: reqwest::Client,
}

/// One authority, and who has an appointment there.
struct Office {
    authority: AuthorityId,
    api: SlotApi,
    booked: Mutex<Vec<Booked>>,
}

struct Booked {
    person: Person,
    id: BookingId,
    location: LocationId,
    start: Timestamp,
    end: Timestamp,
}

/// Why other people cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum CrowdError {
    #[error(transparent)]
    Call(#[from] ClientError),
    #[error("cannot sign for an invented person: {0}")]
    Sign(#[from] KeyError),
    #[error("the slot service of {0} is not ready in time")]
    NotReady(AuthorityId),
    #[error("the application cannot be put on file: {0}")]
    NotOnFile(StatusCode),
    #[error("the office has no date to give: {0}")]
    NoDate(StatusCode),
    #[error("no answer: {0}")]
    NoAnswer(#[from] reqwest::Error),
}

impl Crowd {
    pub fn new(places: &Places, register: Register) -> Result<Arc<Self>, CrowdError> {
        let api = Http::new(Timeouts::default())?;
        // The services are reached directly, whatever the machine is set up for.
        let http = reqwest::Client::builder().no_proxy().timeout(CALL).build()?;
        let offices = places.authorities().map(|(authority, _, port)| Office {
            authority,
            api: SlotApi::new(api.clone(), url(port)),
            booked: Mutex::default(),
        });
        let choices = SeededEntropy::new(SEED);
        Ok(Arc::new(Self { register, choices, offices: offices.collect(), http }))
    }

    /// Fills the next days at all authorities at once.
    pub async fn arrive(self: &Arc<Self>) -> Result<(), CrowdError> {
        let mut arriving = JoinSet::new();
        for place in 0..self.offices.len() {
            let crowd = Arc::clone(self);
            arriving.spawn(async move { crowd.fill(&crowd.offices[place]).await });
        }
        while let Some(outcome) = arriving.join_next().await {
            // A panic has been printed; the demo is of use without this authority's crowd.
            if let Ok(outcome) = outcome {
                outcome?;
            }
        }
        Ok(())
    }

    /// Waits until a service knows what is free, and whose tokens to believe.
    async fn get_ready(&self, office: &Office) -> Result<(), CrowdError> {
        let until = Instant::now() + READY;
        loop {
            let answer = self.http.get(office.address("readyz")).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(CrowdError::NotReady(office.authority.clone()));
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Somebody books this time. `false` if they are refused, for example because somebody else was
    /// faster.
    async fn book(
        &self,
        office: &Office,
        plan: &Plan,
        slot: &FreeSlot,
        people: u16,
    ) -> Result<bool, CrowdError> {
        let person = self.register.somebody(&self.choices);
        let papers = self.register.papers(&person, &office.authority)?;
        let wanted = HoldRequest {
            location: slot.location.clone(),
            start: slot.start,
            services: plan.services(),
            people: Some(people),
            replaces: None,
        };
        let Some(hold) = unless_refused(office.api.hold(&papers.token, &wanted).await)? else {
            return Ok(false);
        };
        let key = hold.hold_id.to_string().replace('_', "-");
        let confirmation = Confirmation {
            hold_token: hold.hold_token,
            attendee: papers.attendee,
            language: "de".to_owned(),
        };
        let booking = office.api.confirm(&papers.token, &key, &confirmation).await;
        let Some(booking) = unless_refused(booking)? else { return Ok(false) };
        office.booked().push(Booked {
            person,
            id: booking.id,
            location: booking.location,
            start: booking.start,
            end: booking.end,
        });
        Ok(true)
    }
}

impl Office {
    fn booked(&self) -> MutexGuard<'_, Vec<Booked>> {
        // A panic elsewhere cannot leave the list half written.
        self.booked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn plans(&self) -> Vec<&'static Plan> {
        PLANS.iter().filter(|plan| plan.authority == self.authority.as_str()).collect()
    }

    /// The address of something at its slot service.
    fn address(&self, path: &str) -> Url {
        self.api.base().join(path).expect("these paths are parts of an address")
    }
}

/// `None` for a refusal, which is part of the game.
fn unless_refused<T>(answer: Result<T, ClientError>) -> Result<Option<T>, ClientError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => match error.code() {
            Some(code) => {
                tracing::info!(code, "somebody else in the demo is refused");
                Ok(None)
            }
            None => Err(error),
        },
    }
}
