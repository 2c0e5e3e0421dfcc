//! A merge is undone: a place that it ended, since one human has one in a group, is in line again.

use ids::Pseudonym;
use messaging::UnitOfWork;
use serde_json::json;

use crate::{
    app::{AppError, Engine, seat_request::later_than},
    domain::{
        Actor,
        waiting::{WaitingEntry, WaitingStatus},
    },
    store::waiting_entries,
};

/// Puts what the merge of `restored` ended where it stood in line; what was theirs is theirs, what belonged
/// to the other one is `from`'s. Within the reversal's transaction, after the places that moved have gone
/// back. The places that cannot come back: the service has no list any more, or the person has another
/// place in the group by now.
///
/// # Errors
/// A statement fails.
pub async fn restore_places(
    engine: &Engine,
    unit: &mut UnitOfWork<'_>,
    from: Pseudonym,
    restored: Pseudonym,
) -> Result<Vec<WaitingEntry>, AppError> {
    let (catalogue, now) = (engine.catalogue(), engine.now());
    let mut lost = Vec::new();
    for ended in waiting_entries::ended_by_merge(unit.transaction(), restored).await? {
        let person = if ended.person == restored { restored } else { from };
        let list = catalogue.service(&ended.service).and_then(|service| service.waiting_list);
        let other = waiting_entries::in_group(unit.transaction(), person, &ended.group).await?;
        if list.is_none() || other.is_some() {
            lost.push(WaitingEntry { person, ..ended });
            continue;
        }
        let today = engine.local_date(now);
        let entry = WaitingEntry {
            person,
            doubt: None,
            // An offer went to the next in line, and a question was not theirs to answer meanwhile.
            status: WaitingStatus::Waiting,
            answer_by: None,
            stand_by: ended.stand_by.filter(|day| today <= *day),
            changed_at: later_than(ended.changed_at, now),
            ..ended
        };
        waiting_entries::insert(unit.transaction(), &entry).await?;
        let details = json!({ "service": entry.service });
        engine.record(unit, &Actor::System, "waiting.restored", entry.id, details).await?;
    }
    Ok(lost)
}
