//! How often limits were lifted and numbers called before earlier ones, per location and day. Without
//! who did it.

use ids::{LocationId, ServiceId};
use jiff::civil::Date;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Alias, Expr, ExprTrait as _, OnConflict},
};

use super::{StoreResult, value::Columns};
use crate::domain::CountedAct;
use row::{Column, Entity};

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActCount {
    /// The location.
    pub location: LocationId,
    /// What was done.
    pub act: CountedAct,
    /// What about; `None` for a person's limits.
    pub service: Option<ServiceId>,
    /// How often.
    pub number: u32,
}

/// Counts one more on a local day, for each of `services`.
///
/// # Errors
/// The statement fails.
pub async fn count(
    db: &impl ConnectionTrait,
    location: &LocationId,
    date: Date,
    act: CountedAct,
    services: &[ServiceId],
) -> StoreResult<()> {
    let mut services: Vec<_> = services.iter().map(ServiceId::as_str).collect();
    // One that is wanted twice would be two rows with one key.
    services.sort_unstable();
    services.dedup();
    if services.is_empty() {
        services.push("");
    }
    let rows = services.into_iter().map(|service| row::ActiveModel {
        location: Set(location.to_string()),
        date: Set(date.to_string()),
        act: Set(act.to_string()),
        service: Set(service.to_owned()),
        number: Set(1),
    });
    let one_more = Expr::col((Alias::new("desk_acts"), Column::Number)).add(1);
    let key = [Column::Location, Column::Date, Column::Act, Column::Service];
    let known = OnConflict::columns(key).value(Column::Number, one_more).to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// The counts of the days from `from` to `to` at these locations.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn list(
    db: &impl ConnectionTrait,
    locations: &[LocationId],
    from: Date,
    to: Date,
) -> StoreResult<Vec<ActCount>> {
    let rows = Entity::find()
        .filter(Column::Location.is_in(locations.iter().map(LocationId::as_str)))
        .filter(Column::Date.between(from.to_string(), to.to_string()))
        .all(db)
        .await?;
    let columns = Columns("desk_acts");
    rows.into_iter()
        .map(|row| {
            let service = Some(row.service).filter(|service| !service.is_empty());
            Ok(ActCount {
                location: columns.parse("location", &row.location)?,
                act: columns.parse("act", &row.act)?,
                service: service.map(|id| columns.parse("service", &id)).transpose()?,
                number: columns.number("number", row.number)?,
            })
        })
        .collect()
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "desk_acts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub location: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub date: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub act: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub service: String,
        pub number: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
