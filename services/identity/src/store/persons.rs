//! Persons, their names as fingerprints, and the accounts and cards they log in with.

use std::collections::{BTreeMap, BTreeSet};

use auth::Level;
use ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

use super::{
    StoreResult, parse,
    person_rows::{claim_row, key_row, lock_row, person_row},
};
use crate::{
    person::{
        fingerprint::{Fingerprint, Fingerprints},
        matching::{Claim, Known, KnownKey},
    },
    settings::ProviderId,
};

pub(super) const FULL: &str = "full";
const WEAKER: &str = "weaker";

/// An account or card, by the keyed hash of its name at the provider.
#[derive(Debug, Clone)]
pub(crate) struct LoginKey {
    pub(crate) provider: ProviderId,
    pub(crate) hash: String,
}

/// Makes everyone who could be the same human wait until this transaction ends, so that two
/// first log-ins at once cannot both find nobody.
pub(crate) async fn lock(
    db: &impl ConnectionTrait,
    coarsest: &Fingerprint,
    now: Timestamp,
) -> StoreResult<()> {
    let row = lock_row::ActiveModel {
        fingerprint: Set(coarsest.as_str().to_owned()),
        touched_at: Set(now.as_millisecond()),
    };
    // The update takes the row's lock on PostgreSQL; SQLite has one writer anyway.
    let conflict = OnConflict::column(lock_row::Column::Fingerprint)
        .update_column(lock_row::Column::TouchedAt)
        .to_owned();
    lock_row::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}

/// Everything that could concern a log-in with these fingerprints.
pub(crate) async fn known(
    db: &impl ConnectionTrait,
    key: Option<&LoginKey>,
    prints: &Fingerprints,
) -> StoreResult<Known> {
    let key = match key {
        Some(key) => known_key(db, key).await?,
        None => None,
    };
    let full = prints.full.as_str();
    let mine_less = prints.weaker.iter().map(Fingerprint::as_str);
    let concerning = Condition::any().add(claim_row::Column::Fingerprint.eq(full)).add(
        Condition::all()
            .add(claim_row::Column::Fingerprint.is_in(mine_less))
            .add(claim_row::Column::Form.eq(FULL)),
    );
    let rows = claim_row::Entity::find().filter(concerning).all(db).await?;
    let persons: BTreeSet<&str> = rows.iter().map(|row| row.person.as_str()).collect();
    let proven = proven_among(db, persons).await?;

    let mut known = Known { key, ..Known::default() };
    for row in &rows {
        let claim = Claim {
            person: parse("name_claims.person", &row.person)?,
            level: parse("name_claims.level", &row.level)?,
            person_is_proven: proven.contains(&row.person),
        };
        let same = row.form == FULL && row.fingerprint == full;
        if same { known.same.push(claim) } else { known.similar.push(claim) }
    }
    let same: BTreeSet<PersonId> = known.same.iter().map(|claim| claim.person).collect();
    known.similar.retain(|claim| !same.contains(&claim.person));
    Ok(known)
}

async fn known_key(db: &impl ConnectionTrait, key: &LoginKey) -> StoreResult<Option<KnownKey>> {
    let id = (key.provider.to_string(), key.hash.clone());
    let row = key_row::Entity::find_by_id(id).one(db).await?;
    row.map(|row| {
        let person = parse("login_keys.person", &row.person)?;
        Ok(KnownKey { person, suspended: row.suspended })
    })
    .transpose()
}

async fn proven_among(
    db: &impl ConnectionTrait,
    persons: BTreeSet<&str>,
) -> StoreResult<BTreeSet<String>> {
    let rows = claim_row::Entity::find()
        .filter(claim_row::Column::Person.is_in(persons))
        .filter(claim_row::Column::Level.ne(Level::Basic.as_str()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.person).collect())
}

/// Adds a person.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: PersonId,
    now: Timestamp,
) -> StoreResult<()> {
    let row =
        person_row::ActiveModel { id: Set(id.to_string()), created_at: Set(now.as_millisecond()) };
    person_row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Notes that `person` claims these names, proven at `level`. A better proof replaces a weaker.
pub(crate) async fn claim(
    db: &impl ConnectionTrait,
    person: PersonId,
    prints: &Fingerprints,
    level: Level,
    now: Timestamp,
) -> StoreResult<()> {
    let mut forms: BTreeMap<&str, &str> =
        prints.weaker.iter().map(|print| (print.as_str(), WEAKER)).collect();
    forms.insert(prints.full.as_str(), FULL);
    let present = claim_row::Entity::find()
        .filter(claim_row::Column::Person.eq(person.to_string()))
        .filter(claim_row::Column::Fingerprint.is_in(forms.keys().copied()))
        .all(db)
        .await?;
    for row in &present {
        let stored: Level = parse("name_claims.level", &row.level)?;
        let is_full = row.form == FULL || forms.get(row.fingerprint.as_str()) == Some(&FULL);
        let form = if is_full { FULL } else { WEAKER };
        if stored < level || row.form != form {
            claim_row::Entity::update_many()
                .col_expr(claim_row::Column::Level, Expr::value(stored.max(level).as_str()))
                .col_expr(claim_row::Column::Form, Expr::value(form))
                .filter(claim_row::Column::Person.eq(row.person.clone()))
                .filter(claim_row::Column::Fingerprint.eq(row.fingerprint.clone()))
                .exec(db)
                .await?;
        }
        forms.remove(row.fingerprint.as_str());
    }
    if forms.is_empty() {
        return Ok(());
    }
    let rows = forms.into_iter().map(|(fingerprint, form)| claim_row::ActiveModel {
        fingerprint: Set(fingerprint.to_owned()),
        person: Set(person.to_string()),
        form: Set(form.to_owned()),
        level: Set(level.as_str().to_owned()),
        created_at: Set(now.as_millisecond()),
    });
    claim_row::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Takes the names from everyone who only said that they have them, and suspends the
/// self-declared accounts of those persons until they prove who they are.
pub(crate) async fn strip_unproven(
    db: &impl ConnectionTrait,
    prints: &Fingerprints,
) -> StoreResult<()> {
    let unproven = Condition::all()
        .add(claim_row::Column::Fingerprint.eq(prints.full.as_str()))
        .add(claim_row::Column::Level.eq(Level::Basic.as_str()));
    let rows = claim_row::Entity::find().filter(unproven).all(db).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let persons: Vec<String> = rows.into_iter().map(|row| row.person).collect();
    claim_row::Entity::delete_many()
        .filter(claim_row::Column::Person.is_in(persons.clone()))
        .filter(claim_row::Column::Level.eq(Level::Basic.as_str()))
        .exec(db)
        .await?;
    key_row::Entity::update_many()
        .col_expr(key_row::Column::Suspended, Expr::value(true))
        .filter(key_row::Column::Person.is_in(persons))
        .filter(key_row::Column::Level.eq(Level::Basic.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that `key` is `person`'s, and that it was used now.
pub(crate) async fn remember_key(
    db: &impl ConnectionTrait,
    key: &LoginKey,
    person: PersonId,
    level: Level,
    now: Timestamp,
) -> StoreResult<()> {
    let row = key_row::ActiveModel {
        provider: Set(key.provider.to_string()),
        login_key: Set(key.hash.clone()),
        person: Set(person.to_string()),
        level: Set(level.as_str().to_owned()),
        suspended: Set(false),
        created_at: Set(now.as_millisecond()),
        last_used_at: Set(now.as_millisecond()),
    };
    let conflict = OnConflict::columns([key_row::Column::Provider, key_row::Column::LoginKey])
        .update_columns([
            key_row::Column::Person,
            key_row::Column::Level,
            key_row::Column::Suspended,
            key_row::Column::LastUsedAt,
        ])
        .to_owned();
    key_row::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}
