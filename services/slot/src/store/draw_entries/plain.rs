//! Entries with nothing in their way, several in one transaction.
//!
//! Most people enter a draw once, and nothing else is known of them: no merge, no appointment in the group,
//! no seat that is kept for them, nothing that a rule would count. So it is not read before. The statement that
//! adds the entries leaves out those for whom one of these is there, and breaks none of the others; what was
//! left out is decided by itself, with everything that is known, and refused with the true reason.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ::store::insert_rows;
use ambient::Clock;
use ids::ServiceId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::NotSet, ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _,
    QueryFilter as _, Statement, Value,
};

use super::{Column, Entity, row::ActiveModel};
use crate::{
    domain::draw::DrawEntry,
    store::{
        StoreResult, Transaction, audit, gate,
        idempotency::{self, Answered},
        value::active_statuses,
    },
};

/// An entry that was made as if nothing else was known of its person, with all that is written together with
/// it.
#[derive(Debug, Clone)]
pub struct PlainEntry {
    /// The entry.
    pub entry: DrawEntry,
    /// The service of the draw, as it was read.
    pub service: ServiceId,
    /// The secrets of the draw, as they were read: the entry's receipt names what was announced with them.
    pub secrets: Vec<u8>,
    /// Since when a rule counts what the person did, if one does.
    pub history_since: Option<Timestamp>,
    /// The request, so that a repeat is known.
    pub answered: Answered,
    /// What the audit log says.
    pub audit: audit::Entry,
}

impl PlainEntry {
    /// Adds those with nothing in their way, and returns for each, in their order, whether it was added.
    /// Until the transaction ends, their lists cannot be closed, nor their people merged.
    ///
    /// Several are written by six statements however many they are, if they are of one draw and nothing is in
    /// the way of any. On PostgreSQL
    /// alone: SQLite has one writer at a time, and adds none here.
    ///
    /// # Errors
    /// A statement fails: then none is added.
    pub async fn insert_all(
        transaction: &Transaction,
        all: &[&Self],
        clock: &dyn Clock,
    ) -> StoreResult<Vec<bool>> {
        let nothing = vec![false; all.len()];
        if transaction.get_database_backend() != DbBackend::Postgres {
            return Ok(nothing);
        }
        // Those whose gate is shut at the moment wait for it by themselves.
        let people = all.iter().map(|one| one.entry.person).collect();
        let passed = gate::try_pass_persons(transaction, people).await?;
        let mut keys = HashSet::new();
        let mut members: Vec<&Self> = all.to_vec();
        members.retain(|one| passed.contains(&one.entry.person) && keys.insert(one.key()));
        keep_open(transaction, &mut members).await?;
        // As whoever is decided by themselves: the key, then the entry. So no two transactions wait for each
        // other crosswise. Each statement sees what was committed before the gates were passed.
        with_free_keys(transaction, &mut members).await?;
        if members.is_empty() {
            return Ok(nothing);
        }
        members.sort_by_cached_key(|one| one.entry.person.to_string());
        let mut added = add(transaction, &members, clock.now()).await?;
        take_out_ended(transaction, &members, &mut added).await?;
        let is_added = |one: &&Self| added.contains(&one.entry.id.to_string());
        let (members, others): (Vec<&Self>, Vec<&Self>) = members.into_iter().partition(is_added);
        let unused: Vec<_> = others.iter().map(|one| &one.answered).collect();
        idempotency::take_back(transaction, &unused).await?;
        if !members.is_empty() {
            let entries: Vec<_> = members.iter().map(|one| &one.audit).collect();
            audit::insert(transaction, entries).await?;
        }
        Ok(all.iter().map(|one| added.contains(&one.entry.id.to_string())).collect())
    }

    fn key(&self) -> (&str, &str) {
        (&self.answered.caller, &self.answered.key)
    }
}

/// Keeps the lists of their draws from being closed until the transaction ends, and leaves out the members
/// of those that are being closed at the moment: so many gates of people are kept meanwhile that nobody
/// may wait here. And lets each look-up of this transaction go by an index: a plan that was made while a
/// table was small is kept, and would go through all of it, until somebody analyses it.
async fn keep_open(transaction: &Transaction, members: &mut Vec<&PlainEntry>) -> StoreResult<()> {
    if members.is_empty() {
        return Ok(());
    }
    let sql = "SELECT draw, set_config('enable_seqscan', 'off', true) \
         FROM unnest($1::text[]) AS gates (draw) \
         WHERE pg_try_advisory_xact_lock_shared(hashtextextended('draw/' || draw, 0))";
    let draws: BTreeSet<String> = members.iter().map(|one| one.entry.draw.to_string()).collect();
    let values = [Value::from(draws.into_iter().collect::<Vec<_>>())];
    let locks = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    let mut open = HashSet::<String>::new();
    for row in transaction.query_all_raw(locks).await? {
        open.insert(row.try_get_by_index(0)?);
    }
    members.retain(|one| open.contains(&one.entry.draw.to_string()));
    Ok(())
}

/// Adds those with nothing in their way, by one statement for each draw, and returns which.
async fn add(
    transaction: &Transaction,
    members: &[&PlainEntry],
    now: Timestamp,
) -> StoreResult<HashSet<String>> {
    let mut draws: BTreeMap<_, Vec<&PlainEntry>> = BTreeMap::new();
    for one in members {
        let draw = (one.entry.draw.to_string(), one.service.as_str(), one.secrets.as_slice());
        draws.entry(draw).or_default().push(one);
    }
    let mut added = HashSet::new();
    for of_draw in draws.values() {
        let Some(insert) = statement(of_draw, now) else { continue };
        for row in transaction.query_all_raw(insert).await? {
            added.insert(row.try_get_by_index(0)?);
        }
    }
    Ok(added)
}

/// Adds entries of one draw, if it is open and still the one that was read. `None` without any.
///
/// `OFFSET 0`: each is looked up by its keys. Without it PostgreSQL may join whole tables.
fn statement(of_draw: &[&PlainEntry], now: Timestamp) -> Option<Statement> {
    let first = of_draw.first()?;
    // What no new entry has, and no array can hold.
    let plain = |one: &&PlainEntry| ActiveModel {
        turn: NotSet,
        answer_by: NotSet,
        phone: NotSet,
        ..ActiveModel::from(&one.entry)
    };
    let rows: Vec<_> = of_draw.iter().map(plain).collect();
    let then = format!(
        "WHERE EXISTS (SELECT 1 FROM draws WHERE draws.id = new_rows.draw_id \
         AND draws.status = 'announced' AND draws.opens <= {{now}} AND {{now}} < draws.closes \
         AND draws.service = {{service}} AND draws.service_group = new_rows.service_group \
         AND draws.secrets = {{secrets}} OFFSET 0) \
         AND NOT EXISTS (SELECT 1 FROM merged_persons \
         WHERE merged_persons.dissolved = new_rows.person OFFSET 0) \
         AND NOT EXISTS (SELECT 1 FROM draw_entries AS kept WHERE kept.person = new_rows.person \
         AND kept.status = 'offered' OFFSET 0) \
         AND NOT EXISTS (SELECT 1 FROM draw_ends WHERE draw_ends.draw_id = new_rows.draw_id \
         AND draw_ends.serial = new_rows.serial OFFSET 0) \
         AND NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.person = new_rows.person \
         AND bookings.service_group = new_rows.service_group AND bookings.status IN ({}) OFFSET 0) \
         AND NOT EXISTS (SELECT 1 FROM history WHERE history.person = new_rows.person \
         AND history.at >= {{since}} OFFSET 0) \
         ON CONFLICT DO NOTHING RETURNING id",
        active_statuses()
    );
    let since = of_draw.iter().filter_map(|one| one.history_since).min();
    let since = since.map_or(i64::MAX, Timestamp::as_millisecond);
    let Statement { mut sql, values, db_backend } = insert_rows(DbBackend::Postgres, &rows, &then)?;
    let mut values: Vec<Value> = values.map(|values| values.0).unwrap_or_default();
    let further: [(&str, Value); 4] = [
        ("{now}", now.as_millisecond().into()),
        ("{service}", first.service.as_str().into()),
        ("{secrets}", first.secrets.clone().into()),
        ("{since}", since.into()),
    ];
    for (name, value) in further {
        values.push(value);
        sql = sql.replace(name, &format!("${}", values.len()));
    }
    Some(Statement::from_sql_and_values(db_backend, sql, values))
}

/// Leaves those whose idempotency keys were free, which they have now.
async fn with_free_keys(
    transaction: &Transaction,
    members: &mut Vec<&PlainEntry>,
) -> StoreResult<()> {
    if members.is_empty() {
        return Ok(());
    }
    members.sort_by(|one, other| one.key().cmp(&other.key()));
    let answers: Vec<_> = members.iter().map(|one| &one.answered).collect();
    let free = idempotency::insert_free(transaction, &answers).await?;
    members.retain(|one| free.contains(&(one.answered.caller.clone(), one.answered.key.clone())));
    Ok(())
}

/// Takes out what was added with a ticket that ended meanwhile: a statement that waits for an entry which is
/// being withdrawn adds its own after that, and does not look for ends again.
async fn take_out_ended(
    transaction: &Transaction,
    members: &[&PlainEntry],
    added: &mut HashSet<String>,
) -> StoreResult<()> {
    if added.is_empty() {
        return Ok(());
    }
    let mut new = members.to_vec();
    new.retain(|one| added.contains(&one.entry.id.to_string()));
    let texts = |text: fn(&PlainEntry) -> String| -> Value {
        Value::from(new.iter().map(|one| text(one)).collect::<Vec<String>>())
    };
    let values = [
        texts(|one| one.entry.id.to_string()),
        texts(|one| one.entry.draw.to_string()),
        texts(|one| one.entry.public.serial.to_string()),
    ];
    let sql = "SELECT id FROM unnest($1::text[], $2::text[], $3::text[]) AS fresh (id, draw, serial) \
         WHERE EXISTS (SELECT 1 FROM draw_ends WHERE draw_ends.draw_id = fresh.draw \
         AND draw_ends.serial = fresh.serial OFFSET 0)";
    let found = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    let mut ended = Vec::<String>::new();
    for row in transaction.query_all_raw(found).await? {
        ended.push(row.try_get_by_index(0)?);
    }
    if ended.is_empty() {
        return Ok(());
    }
    added.retain(|id| !ended.contains(id));
    Entity::delete_many().filter(Column::Id.is_in(ended)).exec(transaction).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
