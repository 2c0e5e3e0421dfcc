//! Whose places are, while something is written for their people.

use std::collections::HashSet;

use ids::{Pseudonym, WaitingId};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::{
    COLUMNS,
    row::{Column, Entity},
};
use crate::{
    domain::waiting::WaitingEntry,
    store::{StoreResult, Transaction, gate},
};

/// Those of `entries` that still belong to the person with whom they were read, and do until the transaction
/// ends: no merge and no reversal gives them to another one meanwhile. A person who is being merged at this
/// moment is left out.
///
/// # Errors
/// A statement fails or a row makes no sense.
pub async fn keep_persons(
    transaction: &Transaction,
    entries: &[&WaitingEntry],
) -> StoreResult<HashSet<WaitingId>> {
    let people = entries.iter().map(|entry| entry.person).collect();
    let passed = gate::try_pass_persons(transaction, people).await?;
    // A statement of its own: it began after the gates were passed, and sees each merge before them.
    let found = Entity::find()
        .filter(Column::Id.is_in(entries.iter().map(|entry| entry.id.to_string())))
        .select_only()
        .column(Column::Id)
        .column(Column::Person);
    let mut now: HashSet<(WaitingId, Pseudonym)> = HashSet::new();
    for (id, person) in found.into_tuple::<(String, String)>().all(transaction).await? {
        now.insert((COLUMNS.parse("id", &id)?, COLUMNS.parse("person", &person)?));
    }
    let are_theirs = entries
        .iter()
        .filter(|entry| passed.contains(&entry.person) && now.contains(&(entry.id, entry.person)));
    Ok(are_theirs.map(|entry| entry.id).collect())
}
