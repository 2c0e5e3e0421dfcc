//! Addresses that persons stated and have not proven.

use ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, TryInsertResult,
    sea_query::{Expr, ExprTrait as _},
};

use super::{StoreResult, time};

/// What a person stated, sealed, and the code that went there.
#[derive(Debug, Clone)]
pub(crate) struct EmailClaim {
    pub(crate) sealed_email: Option<Vec<u8>>,
    /// The keyed hash of the newest code; none if none was sent.
    pub(crate) code_mac: Option<String>,
    pub(crate) expires_at: Timestamp,
    /// How often a code was tried since it was sent.
    pub(crate) tries: i64,
    /// How many codes were sent since `window_began_at`.
    pub(crate) sent: i64,
    pub(crate) sent_at: Timestamp,
    pub(crate) window_began_at: Timestamp,
}

pub(crate) async fn find(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Option<EmailClaim>> {
    let row = row::Entity::find_by_id(person.to_string()).one(db).await?;
    row.map(EmailClaim::try_from).transpose()
}

/// Replaces the claim `before`. `false` if another request was faster: its code is sent and counted, and
/// parallel requests get no more of them.
pub(crate) async fn replace(
    db: &impl ConnectionTrait,
    person: PersonId,
    before: Option<&EmailClaim>,
    claim: &EmailClaim,
) -> StoreResult<bool> {
    let row = claim.to_row(person);
    let changed = match before {
        None => {
            let insert = row::Entity::insert(row).on_conflict_do_nothing();
            matches!(insert.exec_without_returning(db).await?, TryInsertResult::Inserted(1))
        }
        Some(before) => {
            let same = row::Column::Sent
                .eq(before.sent)
                .and(row::Column::SentAt.eq(before.sent_at.as_millisecond()));
            let update = row::Entity::update_many().set(row).filter(same);
            let own = row::Column::Person.eq(person.to_string());
            update.filter(own).exec(db).await?.rows_affected == 1
        }
    };
    Ok(changed)
}

/// Counts a try before the code is looked at, so that guesses made at the same time count too.
/// `false` if there is nothing (any more) to try.
pub(crate) async fn count_try(
    db: &impl ConnectionTrait,
    person: PersonId,
    most: i64,
    now: Timestamp,
) -> StoreResult<bool> {
    let counted = row::Entity::update_many()
        .col_expr(row::Column::Tries, Expr::col(row::Column::Tries).add(1))
        .filter(row::Column::Person.eq(person.to_string()))
        .filter(row::Column::CodeMac.is_not_null())
        .filter(row::Column::Tries.lt(most))
        .filter(row::Column::ExpiresAt.gt(now.as_millisecond()))
        .exec(db)
        .await?;
    Ok(counted.rows_affected == 1)
}

/// Forgets address and code, but not how many codes were sent.
pub(crate) async fn settle(db: &impl ConnectionTrait, person: PersonId) -> StoreResult<()> {
    row::Entity::update_many()
        .col_expr(row::Column::SealedEmail, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(row::Column::CodeMac, Expr::value(Option::<String>::None))
        .filter(row::Column::Person.eq(person.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes claims with a code that expired long ago.
pub(crate) async fn delete_older(db: &impl ConnectionTrait, than: Timestamp) -> StoreResult<u64> {
    let old = row::Column::WindowBeganAt.lte(than.as_millisecond());
    let over = row::Column::ExpiresAt.lte(than.as_millisecond());
    Ok(row::Entity::delete_many().filter(old).filter(over).exec(db).await?.rows_affected)
}

impl EmailClaim {
    fn to_row(&self, person: PersonId) -> row::ActiveModel {
        row::ActiveModel {
            person: Set(person.to_string()),
            sealed_email: Set(self.sealed_email.clone()),
            code_mac: Set(self.code_mac.clone()),
            expires_at: Set(self.expires_at.as_millisecond()),
            tries: Set(self.tries),
            sent: Set(self.sent),
            sent_at: Set(self.sent_at.as_millisecond()),
            window_began_at: Set(self.window_began_at.as_millisecond()),
        }
    }
}

impl TryFrom<row::Model> for EmailClaim {
    type Error = ::store::StoreError;

    fn try_from(row: row::Model) -> StoreResult<Self> {
        Ok(Self {
            sealed_email: row.sealed_email,
            code_mac: row.code_mac,
            expires_at: time("email_claims.expires_at", row.expires_at)?,
            tries: row.tries,
            sent: row.sent,
            sent_at: time("email_claims.sent_at", row.sent_at)?,
            window_began_at: time("email_claims.window_began_at", row.window_began_at)?,
        })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "email_claims")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        pub sealed_email: Option<Vec<u8>>,
        pub code_mac: Option<String>,
        pub expires_at: i64,
        pub tries: i64,
        pub sent: i64,
        pub sent_at: i64,
        pub window_began_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
