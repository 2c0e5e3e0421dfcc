//! What persons hold (names, accounts, cards), given and taken by the resolutions of cases.

use std::collections::BTreeSet;

use ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::Expr,
};

use super::{
    StoreResult,
    person_rows::{claim_row, key_row},
};
use crate::person::case::StoredClaim;

/// The names that `person` claims.
pub(crate) async fn claims_of(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Vec<StoredClaim>> {
    let rows = claim_row::Entity::find()
        .filter(claim_row::Column::Person.eq(person.to_string()))
        .all(db)
        .await?;
    let claim = |row: claim_row::Model| StoredClaim {
        fingerprint: row.fingerprint,
        form: row.form,
        level: row.level,
    };
    Ok(rows.into_iter().map(claim).collect())
}

/// The accounts and cards of `person`, as provider and hash.
pub(crate) async fn keys_of(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Vec<(String, String)>> {
    let rows = key_row::Entity::find()
        .filter(key_row::Column::Person.eq(person.to_string()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.provider, row.login_key)).collect())
}

/// Gives the accounts and cards `keys` to `person`.
pub(crate) async fn give_keys(
    db: &impl ConnectionTrait,
    keys: &[(String, String)],
    person: PersonId,
) -> StoreResult<()> {
    for (provider, hash) in keys {
        key_row::Entity::update_many()
            .col_expr(key_row::Column::Person, Expr::value(person.to_string()))
            .filter(key_row::Column::Provider.eq(provider.as_str()))
            .filter(key_row::Column::LoginKey.eq(hash.as_str()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Forgets the accounts and cards `keys`.
pub(crate) async fn delete_keys(
    db: &impl ConnectionTrait,
    keys: &[(String, String)],
) -> StoreResult<()> {
    for (provider, hash) in keys {
        key_row::Entity::delete_by_id((provider.clone(), hash.clone())).exec(db).await?;
    }
    Ok(())
}

/// Adds name claims to `person`, except those that they have. Returns the added ones.
pub(crate) async fn give_claims(
    db: &impl ConnectionTrait,
    claims: &[StoredClaim],
    person: PersonId,
    now: Timestamp,
) -> StoreResult<Vec<StoredClaim>> {
    let present: BTreeSet<String> =
        claims_of(db, person).await?.into_iter().map(|claim| claim.fingerprint).collect();
    let added: Vec<StoredClaim> =
        claims.iter().filter(|claim| !present.contains(&claim.fingerprint)).cloned().collect();
    if added.is_empty() {
        return Ok(added);
    }
    let rows = added.iter().map(|claim| claim_row::ActiveModel {
        fingerprint: Set(claim.fingerprint.clone()),
        person: Set(person.to_string()),
        form: Set(claim.form.clone()),
        level: Set(claim.level.clone()),
        created_at: Set(now.as_millisecond()),
    });
    claim_row::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(added)
}

/// Takes name claims from `person`.
pub(crate) async fn take_claims(
    db: &impl ConnectionTrait,
    claims: &[StoredClaim],
    person: PersonId,
) -> StoreResult<()> {
    let prints = claims.iter().map(|claim| claim.fingerprint.as_str());
    claim_row::Entity::delete_many()
        .filter(claim_row::Column::Person.eq(person.to_string()))
        .filter(claim_row::Column::Fingerprint.is_in(prints))
        .exec(db)
        .await?;
    Ok(())
}
