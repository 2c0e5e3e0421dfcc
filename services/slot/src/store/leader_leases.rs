//! The leader lease and its fence against earlier leaders: see [`Term`]. (The table is `reigns`.)
//!
//! In Kubernetes a Lease elects and the row is only the fence. Elsewhere the row elects as well.

use cluster::Term;
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{StoreResult, Transaction};
use row::{Column, Entity};

/// The jobs of this service. The migration makes the row.
const JOBS: &str = "jobs";

/// Whether `term` may still act in this transaction. The row stays locked until the commit, so
/// that an earlier leader has either committed before a later one starts or is refused.
///
/// # Errors
/// The statement fails.
pub async fn may_act(transaction: &Transaction, term: Term) -> StoreResult<bool> {
    let fenced = Entity::update_many()
        .col_expr(Column::Term, Expr::value(term.number()))
        .filter(Column::Name.eq(JOBS))
        .filter(Column::Term.lte(term.number()))
        .exec(transaction)
        .await?;
    Ok(fenced.rows_affected == 1)
}

/// Acquires or renews the lease until `until` if it is free or `candidate`'s own; returns its term.
///
/// # Errors
/// A statement fails.
pub async fn claim(
    transaction: &Transaction,
    candidate: &str,
    now: Timestamp,
    until: Timestamp,
) -> StoreResult<Option<Term>> {
    let own = Column::Holder.eq(candidate);
    let free = Column::Until.lte(now.as_millisecond());
    // A renewal keeps the term.
    let term = Expr::case(own.clone(), Expr::col(Column::Term))
        .finally(Expr::col(Column::Term).add(1_i64));
    Entity::update_many()
        .col_expr(Column::Term, term.into())
        .col_expr(Column::Holder, Expr::value(candidate))
        .col_expr(Column::Until, Expr::value(until.as_millisecond()))
        .filter(Column::Name.eq(JOBS))
        .filter(own.clone().or(free))
        .exec(transaction)
        .await?;
    let row = Entity::find_by_id(JOBS).filter(own).one(transaction).await?;
    Ok(row.map(|row| Term::numbered(row.term)))
}

/// Releases the lease of `candidate`, if it holds it.
///
/// # Errors
/// The statement fails.
pub async fn release(db: &impl ConnectionTrait, candidate: &str) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Holder, Expr::value(""))
        .col_expr(Column::Until, Expr::value(0_i64))
        .filter(Column::Name.eq(JOBS))
        .filter(Column::Holder.eq(candidate))
        .exec(db)
        .await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reigns")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub term: i64,
        pub holder: String,
        pub until: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use ::store::Database;

    use super::*;
    use crate::store::tests::databases;

    fn second(number: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + number).unwrap()
    }

    /// `candidate` claims at `now`, for 15 s.
    async fn claim_at(database: &Database, candidate: &str, now: i64) -> Option<Term> {
        let transaction = database.begin().await.unwrap();
        let term = claim(&transaction, candidate, second(now), second(now + 15)).await.unwrap();
        transaction.commit().await.unwrap();
        term
    }

    async fn acts(database: &Database, term: Term) -> bool {
        let transaction = database.begin().await.unwrap();
        let may = may_act(&transaction, term).await.unwrap();
        transaction.commit().await.unwrap();
        may
    }

    #[tokio::test]
    async fn a_paused_leader_is_replaced_and_refused() {
        for database in databases().await {
            let first = claim_at(&database, "a", 0).await.expect("nobody leads yet");
            assert_eq!(claim_at(&database, "b", 14).await, None);
            assert_eq!(claim_at(&database, "a", 10).await, Some(first), "it goes on");
            assert!(acts(&database, first).await);
            assert_eq!(claim_at(&database, "b", 24).await, None);

            let second = claim_at(&database, "b", 25).await.expect("a was silent for 15 s");
            assert!(second > first);
            assert!(acts(&database, second).await);
            assert!(!acts(&database, first).await, "a believes that it leads");
            assert_eq!(claim_at(&database, "a", 30).await, None);
        }
    }

    #[tokio::test]
    async fn a_lease_of_kubernetes_fences_off_what_the_row_elected() {
        for database in databases().await {
            let by_row = claim_at(&database, "a", 0).await.unwrap();
            assert!(acts(&database, Term::numbered(1 << 50)).await);
            assert!(!acts(&database, by_row).await);
        }
    }

    #[tokio::test]
    async fn a_lease_is_given_back_only_by_its_holder() {
        for database in databases().await {
            let first = claim_at(&database, "a", 0).await.unwrap();
            release(database.connection(), "b").await.unwrap();
            assert_eq!(claim_at(&database, "b", 1).await, None);
            release(database.connection(), "a").await.unwrap();
            assert!(claim_at(&database, "b", 1).await > Some(first));
        }
    }
}
