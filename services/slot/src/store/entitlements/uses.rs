//! Which bookings stand on an entitlement, and how many more it is good for.
//!
//! A use is given back by what becomes of its booking (`booking::entitlement::spends`): no caller
//! does it. So no count is kept; it is read from the bookings.

use std::fmt::Write as _;

use booking::{
    entitlement::{Spends, spends},
    state::BookingStatus,
};
use ids::{BookingId, EntitlementId, Pseudonym, ServiceId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, UpdateMany,
    sea_query::{Expr, SelectStatement},
};

use super::{COLUMNS, holds_at, row as entitlement};
use crate::{
    domain::{Booking, HeldEntitlement},
    store::{StoreResult, bookings, value::Columns},
};

/// Of `services`, those for which `person` has an entitlement that holds at `now` and has a use left,
/// or whose use the booking has that is to be replaced: for each the one that holds longest.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn held_by(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    services: &[ServiceId],
    replaced: Option<BookingId>,
    now: Timestamp,
) -> StoreResult<Vec<HeldEntitlement>> {
    let rows = usable_by(person, services, replaced, now).all(db).await?;
    let mut held: Vec<HeldEntitlement> = Vec::new();
    for row in rows {
        let service = COLUMNS.parse("service", &row.service)?;
        if held.iter().all(|it| it.service != service) {
            let id = COLUMNS.parse("id", &row.id)?;
            let valid_until = COLUMNS.time("valid_until", row.valid_until)?;
            held.push(HeldEntitlement { id, service, valid_until });
        }
    }
    Ok(held)
}

fn usable_by(
    person: Pseudonym,
    services: &[ServiceId],
    replaced: Option<BookingId>,
    now: Timestamp,
) -> Select<entitlement::Entity> {
    let mut usable = Condition::any().add(has_uses_left());
    if let Some(replaced) = replaced {
        usable = usable.add(entitlement::Column::Id.in_subquery(used_by(&[replaced])));
    }
    entitlement::Entity::find()
        .filter(entitlement::Column::Person.eq(person.to_string()))
        .filter(entitlement::Column::Service.is_in(services.iter().map(ServiceId::as_str)))
        .filter(holds_at(now))
        .filter(usable)
        .order_by_desc(entitlement::Column::ValidUntil)
        .order_by_asc(entitlement::Column::Id)
}

/// Entitled persons at `now`, with services and ends, in the order of the entitlements: at most
/// `limit` that follow `after`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn people(
    db: &impl ConnectionTrait,
    now: Timestamp,
    after: Option<EntitlementId>,
    limit: u64,
) -> StoreResult<Vec<(EntitlementId, Pseudonym, ServiceId, Timestamp)>> {
    let rows = entitlement::Entity::find()
        .filter(entitlement::Column::Person.is_not_null())
        .filter(holds_at(now))
        .filter(has_uses_left())
        .filter(entitlement::Column::Id.gt(after.map(|id| id.to_string()).unwrap_or_default()))
        .order_by_asc(entitlement::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok((
                COLUMNS.parse("id", &row.id)?,
                COLUMNS.parse("person", &row.person.unwrap_or_default())?,
                COLUMNS.parse("service", &row.service)?,
                COLUMNS.time("valid_until", row.valid_until)?,
            ))
        })
        .collect()
}

/// The appointments that stand on it and are not over at `now`.
///
/// # Errors
/// A statement fails or a row makes no sense.
pub async fn upcoming(
    db: &impl ConnectionTrait,
    id: EntitlementId,
    now: Timestamp,
) -> StoreResult<Vec<Booking>> {
    let rows =
        row::Entity::find().filter(row::Column::EntitlementId.eq(id.to_string())).all(db).await?;
    let columns = Columns("entitlement_uses");
    let mut upcoming = Vec::new();
    for row in rows {
        let booking = columns.parse("booking_id", &row.booking_id)?;
        let booking = bookings::find(db, booking).await?;
        let is_to_come = |it: &Booking| it.status == BookingStatus::Confirmed && now < it.seat.end;
        upcoming.extend(booking.filter(is_to_come));
    }
    Ok(upcoming)
}

/// Notes that `booking` stands on `entitlements`, if all of them are its person's, hold and have a use
/// left. Otherwise nothing is noted and the answer is `false`.
///
/// The rows stay locked until the transaction ends: so a release or withdrawal of one of them comes
/// before or after, and only their own person can use them meanwhile, who has one active booking in
/// the group.
///
/// # Errors
/// The statement fails.
pub(in crate::store) async fn take(
    db: &impl ConnectionTrait,
    booking: &Booking,
    entitlements: &[EntitlementId],
) -> StoreResult<bool> {
    let locked = lock(booking, entitlements).exec(db).await?.rows_affected;
    if usize::try_from(locked) != Ok(entitlements.len()) {
        return Ok(false);
    }
    let rows = entitlements.iter().map(|id| row::ActiveModel {
        entitlement_id: Set(id.to_string()),
        booking_id: Set(booking.id.to_string()),
    });
    row::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(true)
}

/// Writes what is there already: on both databases that locks the row.
fn lock(booking: &Booking, entitlements: &[EntitlementId]) -> UpdateMany<entitlement::Entity> {
    let person = booking.person.to_string();
    entitlement::Entity::update_many()
        .col_expr(entitlement::Column::Person, Expr::value(person.clone()))
        .filter(entitlement::Column::Id.is_in(entitlements.iter().map(ToString::to_string)))
        .filter(entitlement::Column::Person.eq(person))
        .filter(holds_at(booking.created_at))
        .filter(has_uses_left())
}

/// Forgets what bookings stand on that were added in the same transaction.
///
/// # Errors
/// The statement fails.
pub(in crate::store) async fn take_back(
    db: &impl ConnectionTrait,
    bookings: &[BookingId],
) -> StoreResult<()> {
    let ids = bookings.iter().map(ToString::to_string);
    row::Entity::delete_many().filter(row::Column::BookingId.is_in(ids)).exec(db).await?;
    Ok(())
}

fn used_by(bookings: &[BookingId]) -> SelectStatement {
    row::Entity::find()
        .select_only()
        .column(row::Column::EntitlementId)
        .filter(row::Column::BookingId.is_in(bookings.iter().map(ToString::to_string)))
        .into_query()
}

/// Whether it is good for one more appointment. A missed one counts from the second on, so the number
/// of uses must exceed both what always counts and all but one of what counts.
fn has_uses_left() -> Expr {
    let always = statuses(&[Spends::Always]);
    let some = statuses(&[Spends::Always, Spends::AfterTheFirst]);
    let mut sql = String::new();
    for (step, statuses) in [(0, always), (1, some)] {
        let and = if sql.is_empty() { "" } else { " AND " };
        let _ = write!(
            sql,
            "{and}entitlements.uses + {step} > (SELECT COUNT(*) FROM entitlement_uses \
             JOIN bookings ON bookings.id = entitlement_uses.booking_id \
             WHERE entitlement_uses.entitlement_id = entitlements.id \
             AND bookings.status IN ({statuses}))"
        );
    }
    Expr::cust(format!("({sql})"))
}

fn statuses(which: &[Spends]) -> String {
    let all = BookingStatus::ALL.iter().filter(|status| which.contains(&spends(**status)));
    all.map(|status| format!("'{status}'")).collect::<Vec<_>>().join(", ")
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entitlement_uses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub entitlement_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub booking_id: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;

    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[tokio::test]
    async fn what_a_person_may_book_with_is_found_by_indexes() {
        let services = ["title".parse().unwrap()];
        let replaced = Some(BookingId::from_bits(1));
        let person = Pseudonym::from_bits(1);
        let usable = usable_by(person, &services, replaced, Timestamp::UNIX_EPOCH);
        let Some(plan) = plan_on_postgres(usable.build(DbBackend::Postgres)).await else { return };
        // Of the bookings an empty table says nothing: it has as few by status as by id.
        for index in ["entitlements_person", "entitlement_uses_pkey"] {
            assert!(plan.contains(index), "{plan}");
        }
        assert!(!plan.contains("Seq Scan"), "{plan}");
    }

    #[test]
    fn what_counts_is_as_reviewed() {
        assert_eq!(
            statuses(&[Spends::Always]),
            "'confirmed', 'checked_in', 'called', 'parked', 'served'"
        );
        assert_eq!(statuses(&[Spends::AfterTheFirst]), "'missed'");
    }
}
