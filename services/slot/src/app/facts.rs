//! What the rules must know of a person, gathered once for all services of a visit.
//!
//! Each rule declares its needs; what no rule needs is not looked up.

use booking::{
    TrustLevel,
    rules::{BirthDate, Cause, History, HistoryEvent, HistoryKind, Needs, Person},
};
use catalogue::Service;
use ids::{GroupId, Pseudonym, ServiceId};
use jiff::SignedDuration;

use super::{AppError, Engine};
use crate::store::{entitlements, misses};

/// Whose facts are wanted, and what for.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    /// The person.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// The birth date, if it is known already: it comes with the attendee token.
    pub birth_date: Option<BirthDate>,
    /// The group of the visit.
    pub group: &'a GroupId,
    /// What is to be done.
    pub services: &'a [(&'a ServiceId, &'a Service)],
}

impl Subject<'_> {
    /// Finds out what the rules of the services need to know, and nothing else.
    ///
    /// Another active booking is not looked for here: the hold does it in the step that takes the
    /// seat, and the database has the last word.
    ///
    /// # Errors
    /// The database does not answer.
    pub(super) async fn gather(&self, engine: &Engine) -> Result<Person, AppError> {
        let needs = self
            .services
            .iter()
            .map(|(_, service)| service.rules.needs())
            .fold(Needs::NOTHING, Needs::and);
        Ok(Person {
            level: self.level,
            other_active_booking: None,
            entitled: needs.entitlement && self.is_entitled(engine).await?,
            entitled_only_date: false,
            birth_date: self.birth_date.filter(|_| needs.birth_date),
            history: match needs.history {
                Some(window) => self.history(engine, window).await?,
                None => History::default(),
            },
        })
    }

    /// Whether the person is entitled to every service that asks for it.
    async fn is_entitled(&self, engine: &Engine) -> Result<bool, AppError> {
        let demanding: Vec<_> = self
            .services
            .iter()
            .filter(|(_, service)| service.requires_entitlement())
            .map(|(id, _)| (*id).clone())
            .collect();
        let connection = engine.database.connection();
        let held = entitlements::held_by(connection, self.person, &demanding, engine.now()).await?;
        Ok(held.len() == demanding.len())
    }

    /// What the person did in the last `window`. Only the last miss in the group is on file.
    async fn history(&self, engine: &Engine, window: SignedDuration) -> Result<History, AppError> {
        let missed = misses::find(engine.database.connection(), self.person, self.group).await?;
        let recent = missed.filter(|at| engine.now().duration_since(*at) <= window);
        Ok(History::new(recent.map(|at| HistoryEvent {
            kind: HistoryKind::Missed,
            at,
            group: self.group.clone(),
            starts_at: at,
            seat_minutes: 0,
            returned_by: at,
            cause: Cause::Person,
            lifted: false,
        })))
    }
}
