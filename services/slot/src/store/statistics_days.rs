//! What was counted of days that are over: a row per day and location. `statistics/` says what the
//! counts are.

use std::collections::{BTreeMap, BTreeSet};

use ids::LocationId;
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Alias, Expr, ExprTrait as _, OnConflict},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{StoreResult, value::Columns};
use row::{Column, Entity};

/// The form of the counts that this program writes: of the waiting times it has what is needed. The first form had the
/// times themselves, and reads as the same.
const FORM: i32 = 2;
/// The forms that this program reads. Rows of another form are counted again.
const READABLE: [i32; 2] = [1, FORM];

/// When each of these days was counted; those that never were are left out.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn counted(
    db: &impl ConnectionTrait,
    from: Date,
    to: Date,
) -> StoreResult<BTreeMap<Date, Timestamp>> {
    let rows: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Date)
        .column_as(Column::CountedAt.min(), "counted_at")
        .filter(Column::Date.between(from.to_string(), to.to_string()))
        .filter(Column::Form.is_in(READABLE))
        .group_by(Column::Date)
        .into_tuple()
        .all(db)
        .await?;
    let columns = Columns("statistics_days");
    rows.iter()
        .map(|(date, at)| Ok((columns.parse("date", date)?, columns.time("counted_at", *at)?)))
        .collect()
}

/// The days at these locations, or at all if none is named, by date and then by location.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn list<C: DeserializeOwned>(
    db: &impl ConnectionTrait,
    from: Date,
    to: Date,
    locations: &BTreeSet<LocationId>,
) -> StoreResult<Vec<(Date, LocationId, C)>> {
    let mut days = Entity::find()
        .select_only()
        .columns([Column::Date, Column::Location, Column::Counts])
        .filter(Column::Date.between(from.to_string(), to.to_string()))
        .filter(Column::Form.is_in(READABLE));
    if !locations.is_empty() {
        days = days.filter(Column::Location.is_in(locations.iter().map(LocationId::as_str)));
    }
    let rows: Vec<(String, String, String)> = days.into_tuple().all(db).await?;
    let columns = Columns("statistics_days");
    let read = |(date, location, counts): &(String, String, String)| {
        let (date, location) = (columns.parse("date", date)?, columns.parse("location", location)?);
        Ok((date, location, columns.json("counts", counts)?))
    };
    let mut days = rows.iter().map(read).collect::<StoreResult<Vec<(Date, LocationId, C)>>>()?;
    // Databases order texts by languages.
    days.sort_by(|(date, location, _), (later, other, _)| (date, location).cmp(&(later, other)));
    Ok(days)
}

/// Keeps what was counted at an instant of a day, unless it was counted later meanwhile.
///
/// # Errors
/// The statement fails.
pub async fn keep<C: Serialize>(
    db: &impl ConnectionTrait,
    date: Date,
    counted_at: Timestamp,
    locations: &[(LocationId, C)],
) -> StoreResult<()> {
    if locations.is_empty() {
        return Ok(());
    }
    let rows = locations.iter().map(|(location, counts)| row::ActiveModel {
        date: Set(date.to_string()),
        location: Set(location.to_string()),
        form: Set(FORM),
        counted_at: Set(counted_at.as_millisecond()),
        counts: Set(serde_json::to_string(counts).expect("counts can be written as JSON")),
    });
    let known_at = Expr::col((Alias::new("statistics_days"), Column::CountedAt));
    let mut known = OnConflict::columns([Column::Date, Column::Location]);
    known.update_columns([Column::Form, Column::CountedAt, Column::Counts]);
    known.action_and_where(known_at.lte(counted_at.as_millisecond()));
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// Deletes the days before `date`.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, date: Date) -> StoreResult<()> {
    Entity::delete_many().filter(Column::Date.lt(date.to_string())).exec(db).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "statistics_days")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub date: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub location: String,
        pub form: i32,
        pub counted_at: i64,
        pub counts: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::databases;

    #[tokio::test]
    async fn a_day_is_replaced_by_a_later_count_and_not_by_an_earlier_one() {
        for database in databases().await {
            let db = database.connection();
            let (date, at) =
                (jiff::civil::date(2027, 1, 4), |s| Timestamp::from_second(s).unwrap());
            let place: LocationId = "small".parse().unwrap();
            let counts = |minutes: u64| vec![(place.clone(), minutes)];
            for (instant, minutes) in [(20, 2), (30, 3), (10, 1)] {
                keep(db, date, at(instant), &counts(minutes)).await.unwrap();
            }
            assert_eq!(counted(db, date, date).await.unwrap(), [(date, at(30))].into());
            let all = list::<u64>(db, date, date, &BTreeSet::new()).await.unwrap();
            assert_eq!(all[0].2, 3);
            let of_form = async |form: i32| {
                let set = Entity::update_many().col_expr(Column::Form, Expr::value(form));
                set.exec(db).await.unwrap();
                counted(db, date, date).await.unwrap().len()
            };
            assert_eq!([of_form(3).await, of_form(1).await, of_form(2).await], [0, 1, 1]);
            let elsewhere = BTreeSet::from(["large".parse().unwrap()]);
            assert!(list::<u64>(db, date, date, &elsewhere).await.unwrap().is_empty());
            delete_before(db, date.tomorrow().unwrap()).await.unwrap();
            assert!(counted(db, date, date).await.unwrap().is_empty());
        }
    }
}
