//! The next free slot of single services, remembered for a moment.
//!
//! Search results and service pages say when something is free. Many people look at the same few
//! services, and a look at the authority for each would cost more than the page.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use client::{ClientError, FreeSlot, SlotApi, Visit};
use ids::ServiceId;
use jiff::{SignedDuration, Timestamp};

/// How old an answer may be. What is shown may be gone in any case; only a hold decides.
const LIFETIME: SignedDuration = SignedDuration::from_secs(10);

/// Answers of one authority, by service.
#[derive(Debug, Default)]
pub(crate) struct NextFree(Mutex<HashMap<ServiceId, Answer>>);

#[derive(Debug)]
struct Answer {
    at: Timestamp,
    slot: Option<FreeSlot>,
}

impl NextFree {
    /// The first free slot of `service`, at the locations of `visit`; `None` if nothing is free.
    ///
    /// # Errors
    /// Those of the authority; they are not remembered.
    pub(crate) async fn of(
        &self,
        api: &SlotApi,
        service: &ServiceId,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<Option<FreeSlot>, ClientError> {
        if let Some(slot) = self.known(service, now) {
            return Ok(slot);
        }
        let slot = api.earliest(visit).await?.slot;
        let answer = Answer { at: now, slot: slot.clone() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(service.clone(), answer);
        Ok(slot)
    }

    fn known(&self, service: &ServiceId, now: Timestamp) -> Option<Option<FreeSlot>> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = answers.get(service)?;
        (now.duration_since(answer.at) < LIFETIME).then(|| answer.slot.clone())
    }
}
