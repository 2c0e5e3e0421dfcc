//! What a person holds.

use std::sync::LazyLock;

use ids::{GroupId, Pseudonym};

use super::{
    RedisHolds,
    record::hold_of,
    script::{Script, script},
};
use crate::holds::{Hold, HoldState, HoldsError};

/// * KEYS epoch, then per group: what the person has, then what exists while they have a history
/// * ARGV epoch record
/// * Replies `done`, the time, and what there is for each group and of the history.
static PEOPLE: LazyLock<Script> = script!("people.lua");

impl RedisHolds {
    pub(in crate::holds) async fn state_of(&self, hold: &Hold) -> Result<HoldState, HoldsError> {
        let present = self.present(hold.person, std::slice::from_ref(&hold.group)).await?;
        let Present { epoch, held, has_history } = present;
        let held = held.into_iter().find(|held| held.id == hold.id);
        Ok(match held {
            _ if epoch != hold.epoch => HoldState::Unknown,
            Some(hold) => HoldState::InForce { hold, has_history },
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
        Ok(self.present(person, groups).await?.held)
    }

    async fn present(&self, person: Pseudonym, groups: &[GroupId]) -> Result<Present, HoldsError> {
        let run = self.run(|keys| {
            let mut names = vec![keys.epoch_key.clone().into_bytes()];
            names.extend(groups.iter().map(|group| keys.who(person, group)));
            names.push(keys.history(person));
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
        let has_history = has.maybe_bytes()?.is_some();
        Ok(Present { epoch: keys.epoch, held, has_history })
    }
}

/// What a person has at present.
struct Present {
    epoch: u64,
    held: Vec<Hold>,
    has_history: bool,
}
