//! Entries of persons who turn out to be one human.

use draw::EndReason;
use ids::{BookingId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, EntityTrait as _, Statement, Value};

use super::{COLUMNS, DrawEntry, Entity, StoreResult, Transaction, delete, pass_open_draws, row};
use crate::store::{
    draw_ends,
    merge_ended::{self, Ended, Kind},
};

/// Gives the entries of one person to another. Where both are in an open draw, or in two of a group,
/// one ticket is left; the other entry ends `now`. What was made online stays before what staff made, so
/// that a merge hands no entry to the desk; else that of the person who stays. A list that was
/// closed stays as it is; a dissolved person cannot be booked for.
///
/// # Errors
/// A statement fails, or a list is being closed and that does not end in time.
pub async fn change_person(
    transaction: &Transaction,
    from: Pseudonym,
    to: Pseudonym,
    now: Timestamp,
) -> StoreResult<()> {
    pass_open_draws(transaction, from).await?;
    pass_open_draws(transaction, to).await?;
    let backend = transaction.get_database_backend();
    let values = |of: Pseudonym, beside: Pseudonym| -> [Value; 2] {
        [of.to_string().into(), beside.to_string().into()]
    };
    let made_at_desk = "binding <> 'online' AND ";
    let seconds = [
        (to, from, format!("{made_at_desk}{}", beside(" AND other.binding = 'online'"))),
        (from, to, beside("")),
    ];
    for (of, other, both) in seconds {
        let second = format!(
            "SELECT id FROM draw_entries WHERE person = $1 AND {both} \
             AND draw_id IN (SELECT id FROM draws WHERE status = 'announced')"
        );
        let second = Statement::from_sql_and_values(backend, second, values(of, other));
        for row in transaction.query_all_raw(second).await? {
            end_merged(transaction, from, row.try_get_by_index(0)?, now).await?;
        }
    }
    let sql = format!(
        "UPDATE draw_entries SET person = $2, doubt = NULL WHERE person = $1 AND NOT {}",
        beside("")
    );
    transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values(from, to))).await?;
    Ok(())
}

/// Entries that would have replaced `ended` replace `stays` from now on: a merge left the person that appointment.
///
/// # Errors
/// The statement fails.
pub async fn name_instead(
    transaction: &Transaction,
    ended: BookingId,
    stays: BookingId,
) -> StoreResult<()> {
    let sql = "UPDATE draw_entries SET replaces = $2 WHERE replaces = $1 AND status = 'entered'";
    let values: [Value; 2] = [ended.to_string().into(), stays.to_string().into()];
    let backend = transaction.get_database_backend();
    transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(())
}

/// Whether the other person (`$2`) has an entry in the same draw, or an open one in the same group.
fn beside(and: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM draw_entries AS other WHERE other.person = $2{and} \
         AND (other.draw_id = draw_entries.draw_id OR (other.status = 'entered' \
         AND draw_entries.status = 'entered' \
         AND other.service_group = draw_entries.service_group)))"
    )
}

/// Ends one of two entries of the same human; a reversal of the merge of `dissolved` may bring it back.
async fn end_merged(
    transaction: &Transaction,
    dissolved: Pseudonym,
    id: String,
    now: Timestamp,
) -> StoreResult<()> {
    let Some(found) = Entity::find_by_id(id).one(transaction).await? else { return Ok(()) };
    // Nobody phones for an entry that ended. One that comes back states its number again, or has an e-mail.
    let found = row::Model { phoned_by: None, phone: None, ..found };
    let ended = Ended {
        kind: Kind::Entry,
        id: &found.id,
        of: &found.draw_id,
        person: &found.person,
        row: &found,
    };
    merge_ended::keep(transaction, dissolved, ended, now).await?;
    let entry = DrawEntry::try_from(found)?;
    draw_ends::note(transaction, entry.draw, &entry.end(EndReason::Merged, now)).await?;
    delete(transaction, entry.id).await?;
    Ok(())
}

/// The entries that the merge of `dissolved` ended, as they were.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn ended_by_merge(
    db: &impl ConnectionTrait,
    dissolved: Pseudonym,
) -> StoreResult<Vec<DrawEntry>> {
    let mut all = Vec::new();
    for text in merge_ended::contents(db, dissolved, Kind::Entry).await? {
        let row: row::Model = COLUMNS.json("content", &text)?;
        all.push(DrawEntry::try_from(row)?);
    }
    Ok(all)
}
