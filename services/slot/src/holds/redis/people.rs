//! What a person holds.

use std::sync::LazyLock;

use ids::{GroupId, Pseudonym};

use super::{
    RedisHolds,
    record::hold_of,
    script::{Script, script},
};
use crate::holds::{Hold, HoldState, HoldsError};

/// * KEYS epoch, then per group: what the person has
/// * ARGV epoch record
/// * Replies `done`, the time, and what there is for each group.
static PEOPLE: LazyLock<Script> = script!("people.lua");

impl RedisHolds {
    pub(in crate::holds) async fn state_of(&self, hold: &Hold) -> Result<HoldState, HoldsError> {
        let (epoch, held) = self.held_in(hold.person, std::slice::from_ref(&hold.group)).await?;
        let held = held.into_iter().find(|held| held.id == hold.id);
        Ok(match held {
            _ if epoch != hold.epoch => HoldState::Unknown,
            Some(held) => HoldState::InForce(held),
            None => HoldState::Over,
        })
    }

    pub(in crate::holds) async fn of_person(
        &self,
        person: Pseudonym,
        groups: &[GroupId],
    ) -> Result<Vec<Hold>, HoldsError> {
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.held_in(person, groups).await?.1)
    }

    async fn held_in(
        &self,
        person: Pseudonym,
        groups: &[GroupId],
    ) -> Result<(u64, Vec<Hold>), HoldsError> {
        let run = self.run(|keys| {
            let mut names = vec![keys.epoch_key.clone().into_bytes()];
            names.extend(groups.iter().map(|group| keys.who(person, group)));
            PEOPLE.call(&names).arg(&keys.record)
        });
        let (keys, reply) = run.await?;
        let mut reply = reply.done()?;
        let (now, mut has) = (reply.instant()?, reply.list()?);
        let mut held = Vec::new();
        for group in groups {
            let has = has.maybe_bytes()?;
            held.extend(has.and_then(|has| hold_of(&has, person, group, keys.epoch, now)));
        }
        Ok((keys.epoch, held))
    }
}
