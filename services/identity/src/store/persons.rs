//! Persons, their names as fingerprints, and the accounts and cards they log in with.

use std::collections::BTreeSet;

use ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use vocabulary::TrustLevel;

use super::{
    StoreResult, parse,
    person_rows::{claim_row, key_row, lock_row, person_row},
};
use crate::{
    person::{
        claim::{Form, Likeness},
        fingerprint::{Fingerprint, Fingerprints},
        matching::{Known, KnownKey},
    },
    settings::ProviderId,
};

/// An account or card, by the keyed hash of its name at the provider.
#[derive(Debug, Clone)]
pub(crate) struct LoginKey {
    pub(crate) provider: ProviderId,
    pub(crate) hash: String,
}

/// Locks log-ins that could be the same human until this transaction ends, so that two concurrent
/// first log-ins cannot both add a person.
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
        Some(key) => known_key(db, key, prints).await?,
        None => None,
    };
    let form = claim_row::Column::Form;
    let print = claim_row::Column::Fingerprint;
    let whole = prints.whole().map(Fingerprint::as_str);
    let less = prints.less().map(Fingerprint::as_str);
    let concerning = Condition::any()
        .add(print.is_in(whole).and(form.ne(Form::Constant.as_str())))
        .add(print.is_in(less).and(form.is_in([Form::Full, Form::Alike].map(Form::as_str))));
    let rows = claim_row::Entity::find().filter(concerning).all(db).await?;
    let (mut same, mut similar) = (BTreeSet::new(), BTreeSet::new());
    for row in &rows {
        let person: PersonId = parse("name_claims.person", &row.person)?;
        match prints.likeness(&row.fingerprint, parse("name_claims.form", &row.form)?) {
            Some(Likeness::Same) => drop(same.insert(person)),
            Some(Likeness::Similar) => drop(similar.insert(person)),
            None => {}
        }
    }
    let similar = similar.difference(&same).copied().collect();
    Ok(Known { key, same: same.into_iter().collect(), similar })
}

/// Persons who proved one of these full fingerprints.
pub(crate) async fn claiming(
    db: &impl ConnectionTrait,
    full: &BTreeSet<Fingerprint>,
) -> StoreResult<Vec<PersonId>> {
    let rows = claim_row::Entity::find()
        .filter(claim_row::Column::Fingerprint.is_in(full.iter().map(Fingerprint::as_str)))
        .filter(claim_row::Column::Form.eq(Form::Full.as_str()))
        .all(db)
        .await?;
    let persons: StoreResult<BTreeSet<PersonId>> =
        rows.iter().map(|row| parse("name_claims.person", &row.person)).collect();
    Ok(persons?.into_iter().collect())
}

/// The owner of an account or card.
pub(crate) async fn owner(
    db: &impl ConnectionTrait,
    key: &LoginKey,
) -> StoreResult<Option<PersonId>> {
    let id = (key.provider.to_string(), key.hash.clone());
    let row = key_row::Entity::find_by_id(id).one(db).await?;
    row.map(|row| parse("login_keys.person", &row.person)).transpose()
}

async fn known_key(
    db: &impl ConnectionTrait,
    key: &LoginKey,
    prints: &Fingerprints,
) -> StoreResult<Option<KnownKey>> {
    let id = (key.provider.to_string(), key.hash.clone());
    let Some(row) = key_row::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let claims = claim_row::Entity::find()
        .filter(claim_row::Column::Person.eq(row.person.as_str()))
        .all(db)
        .await?;
    Ok(Some(KnownKey {
        person: parse("login_keys.person", &row.person)?,
        is_proven: !claims.is_empty(),
        fits: claims.iter().any(|claim| prints.mention(&claim.fingerprint)),
    }))
}

/// Adds a person.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: PersonId,
    now: Timestamp,
) -> StoreResult<()> {
    let row = person_row::ActiveModel {
        id: Set(id.to_string()),
        created_at: Set(now.as_millisecond()),
        dissolved_in: Set(None),
        changes: Set(0),
    };
    person_row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Notes that `person` claims these names, proven at `level`. A better proof replaces a weaker.
pub(crate) async fn claim(
    db: &impl ConnectionTrait,
    person: PersonId,
    prints: &Fingerprints,
    level: TrustLevel,
    now: Timestamp,
) -> StoreResult<()> {
    let mut forms = prints.claims();
    let present = claim_row::Entity::find()
        .filter(claim_row::Column::Person.eq(person.to_string()))
        .filter(claim_row::Column::Fingerprint.is_in(forms.keys().copied()))
        .all(db)
        .await?;
    for row in &present {
        let stored: TrustLevel = parse("name_claims.level", &row.level)?;
        let before: Form = parse("name_claims.form", &row.form)?;
        let now = forms.get(row.fingerprint.as_str()).copied().unwrap_or(Form::Weaker);
        // An earlier whole claim stays whole.
        let form = if before.is_whole() { before } else { now };
        if stored < level || before != form {
            claim_row::Entity::update_many()
                .col_expr(claim_row::Column::Level, Expr::value(stored.max(level).as_str()))
                .col_expr(claim_row::Column::Form, Expr::value(form.as_str()))
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
        form: Set(form.as_str().to_owned()),
        level: Set(level.as_str().to_owned()),
        created_at: Set(now.as_millisecond()),
    });
    claim_row::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Notes that `key` is `person`'s, and that it was used now.
pub(crate) async fn remember_key(
    db: &impl ConnectionTrait,
    key: &LoginKey,
    person: PersonId,
    level: TrustLevel,
    now: Timestamp,
) -> StoreResult<()> {
    let row = key_row::ActiveModel {
        provider: Set(key.provider.to_string()),
        login_key: Set(key.hash.clone()),
        person: Set(person.to_string()),
        level: Set(level.as_str().to_owned()),
        created_at: Set(now.as_millisecond()),
        last_used_at: Set(now.as_millisecond()),
    };
    let conflict = OnConflict::columns([key_row::Column::Provider, key_row::Column::LoginKey])
        .update_columns([
            key_row::Column::Person,
            key_row::Column::Level,
            key_row::Column::LastUsedAt,
        ])
        .to_owned();
    key_row::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}
