//! Writes of agencies that come again with their `Idempotency-Key`, because an answer was lost.

use booking::entitlement::Reference;
use ids::ClientId;

use super::{AppError, Engine};
use crate::{
    domain::Actor,
    store::{
        Transaction,
        idempotency::{self, Answered},
    },
};

/// A request that is known when it comes again.
///
/// A random reference is told in the answer and kept as a hash only. So it is made from the request
/// and our key, and a repeat makes the same.
#[derive(Debug)]
pub struct Repeatable(Answered);

impl Repeatable {
    /// What `client` asks for with this key. `request` says what that is; it may name a person, and
    /// only its keyed hash is kept.
    pub fn new(engine: &Engine, client: &ClientId, key: String, request: &str) -> Self {
        Self(Answered {
            caller: Actor::Agency(client.clone()).to_string(),
            key,
            request: engine.person_data.request_hash(request),
            at: engine.now(),
        })
    }

    /// Notes the request in the transaction that does what it asks. `true` if it came before.
    ///
    /// # Errors
    /// The key was used for something else, or the database does not answer.
    pub async fn came_before(&self, db: &Transaction) -> Result<bool, AppError> {
        if idempotency::note_answer(db, &self.0).await? {
            return Ok(false);
        }
        match idempotency::find(db, &self.0.caller, &self.0.key).await? {
            Some(before) if before.request == self.0.request => Ok(true),
            Some(_) | None => Err(AppError::IdempotencyMismatch),
        }
    }

    /// The random reference of the entitlement at `place` of the request.
    pub fn reference(&self, engine: &Engine, place: usize) -> Reference {
        let Answered { caller, key, request, .. } = &self.0;
        let label = format!("reference\n{caller}\n{key}\n{place}\n{request:?}");
        Reference::mint(&engine.person_data.derived(&label))
    }
}
