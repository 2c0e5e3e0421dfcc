//! Confirmed appointments and everything that becomes of them.

use std::collections::HashSet;

use ::store::insert_rows;
use booking::state::{Action, BookingStatus};
use ids::{BookingId, DoubtId, HoldId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbBackend, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, UpdateMany,
    sea_query::{Expr, OnConflict, Query},
};

use super::{StoreResult, Transaction, gate};
use crate::domain::Booking;
use row::{Column, Entity};

mod filter;
mod row;

pub use filter::BookingFilter;

/// Where a list of bookings goes on.
pub type Cursor = super::cursor::Cursor<BookingId>;

/// Adds those bookings that no constraint refuses, in one statement, and returns which.
///
/// Until the transaction ends, it holds the gates of their days, their people and the catalogue open
/// (see `gate.rs`).
///
/// # Errors
/// The statement fails.
pub(super) async fn insert_free(
    db: &impl ConnectionTrait,
    bookings: &[&Booking],
) -> StoreResult<HashSet<String>> {
    let rows: Vec<_> = bookings.iter().map(|one| row::ActiveModel::from(*one)).collect();
    let gates: &[&str] = match db.get_database_backend() {
        DbBackend::Postgres => &[gate::PASS_DAY, gate::PASS_PERSON, gate::PASS_CATALOGUE],
        _ => &[],
    };
    let returning: Vec<_> = std::iter::once(&"id").chain(gates).copied().collect();
    let then = format!("ON CONFLICT DO NOTHING RETURNING {}", returning.join(", "));
    let added = match insert_rows(db.get_database_backend(), &rows, &then) {
        Some(insert) => db.query_all_raw(insert).await?,
        None => {
            let mut insert = Entity::insert_many(rows)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .into_query();
            let id = std::iter::once(Expr::col(Column::Id));
            let all = id.chain(gates.iter().map(|gate| Expr::cust(*gate)));
            insert.returning(Query::returning().exprs(all));
            db.query_all(&insert).await?
        }
    };
    added.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Removes bookings that were added in the same transaction.
///
/// # Errors
/// The statement fails.
pub(super) async fn take_back(
    db: &impl ConnectionTrait,
    bookings: &[BookingId],
) -> StoreResult<()> {
    let ids = bookings.iter().map(ToString::to_string);
    Entity::delete_many().filter(Column::Id.is_in(ids)).exec(db).await?;
    Ok(())
}

/// The booking with this id.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(db: &impl ConnectionTrait, id: BookingId) -> StoreResult<Option<Booking>> {
    read_one(Entity::find_by_id(id.to_string()).one(db).await?)
}

/// The booking that was made from this hold.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find_by_hold(db: &impl ConnectionTrait, hold: HoldId) -> StoreResult<Option<Booking>> {
    read_one(Entity::find().filter(Column::HoldId.eq(hold.to_string())).one(db).await?)
}

/// The language that the person, or who booked for them, chose last: the tag that stands on their newest booking.
///
/// # Errors
/// The statement fails.
pub async fn last_language(
    db: &impl ConnectionTrait,
    person: Pseudonym,
) -> StoreResult<Option<String>> {
    let newest = Entity::find()
        .filter(Column::Person.eq(person.to_string()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    Ok(newest.map(|booking| booking.language))
}

/// The bookings that `filter` lets through, earliest appointment first, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &BookingFilter,
    limit: u64,
) -> StoreResult<Vec<Booking>> {
    let rows = Entity::find()
        .filter(filter.condition())
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Does `action` to the booking if it is still in the state in which `booking` was read, and
/// raises its sequence by `sequence_step`. `false`: a concurrent change came first, nothing changed.
///
/// # Errors
/// The statement fails, or the new state breaks "one active booking per person and group".
pub async fn act(
    db: &impl ConnectionTrait,
    booking: &Booking,
    action: Action,
    sequence_step: u32,
    now: Timestamp,
) -> StoreResult<bool> {
    Ok(change(booking, action, sequence_step, now).exec(db).await?.rows_affected == 1)
}

/// A compare-and-set: safe against concurrent actions on the booking.
fn change(
    booking: &Booking,
    action: Action,
    sequence_step: u32,
    now: Timestamp,
) -> UpdateMany<Entity> {
    let sequence = booking.sequence.saturating_add(sequence_step);
    let sequence = i32::try_from(sequence).unwrap_or(i32::MAX);
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(action.to().as_str()))
        .col_expr(Column::Sequence, Expr::value(sequence))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millisecond()))
        .filter(Column::Id.eq(booking.id.to_string()))
        .filter(Column::Status.eq(booking.status.as_str()))
        .filter(Column::Status.is_in(action.from().iter().map(|status| status.as_str())))
}

/// Puts the names that the catalogue has now into a booking that is still as it was read, and
/// counts that up for its calendar entry. Time, desk and person stay. `false`: something else
/// happened to it meanwhile.
///
/// # Errors
/// The statement fails, or the person has another active booking in the group.
pub async fn rename(
    db: &impl ConnectionTrait,
    before: &Booking,
    after: &Booking,
) -> StoreResult<bool> {
    let row = row::ActiveModel::from(after);
    let result = Entity::update_many()
        .set(row::ActiveModel {
            location: row.location,
            services: row.services,
            service_group: row.service_group,
            texts: row.texts,
            sequence: row.sequence,
            changed_at: row.changed_at,
            ..Default::default()
        })
        .filter(Column::Id.eq(before.id.to_string()))
        .filter(Column::Sequence.eq(i32::try_from(before.sequence).unwrap_or(i32::MAX)))
        .filter(Column::Status.eq(before.status.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Whether the person, or one in the same doubt, has an active booking other than `except`.
///
/// # Errors
/// The statement fails.
pub async fn is_booked_in_doubt(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    doubt: DoubtId,
    except: Option<BookingId>,
) -> StoreResult<bool> {
    let active = BookingStatus::ACTIVE.iter().map(|status| status.as_str());
    let mut found = Entity::find().filter(Column::Status.is_in(active)).filter(
        Condition::any()
            .add(Column::Person.eq(person.to_string()))
            .add(Column::Doubt.eq(doubt.to_string())),
    );
    if let Some(except) = except {
        found = found.filter(Column::Id.ne(except.to_string()));
    }
    Ok(found.one(db).await?.is_some())
}

/// The person's bookings need no check any more: the doubt was resolved. How many bookings that
/// were. Waits for the confirms that are under way.
///
/// # Errors
/// A statement fails, or confirms that are under way do not end in time.
pub async fn resolve_doubt(transaction: &Transaction, person: Pseudonym) -> StoreResult<u64> {
    gate::shut_person(transaction, person).await?;
    let resolved = Entity::update_many()
        .col_expr(Column::Doubt, Expr::value(None::<String>))
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::Doubt.is_not_null())
        .exec(transaction)
        .await?;
    Ok(resolved.rows_affected)
}

/// Gives all bookings of one person to another, and removes their doubt.
///
/// # Errors
/// The statement fails, or both have an active booking in the same group.
pub async fn change_person(
    db: &impl ConnectionTrait,
    from: Pseudonym,
    to: Pseudonym,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Person, Expr::value(to.to_string()))
        .col_expr(Column::Doubt, Expr::value(None::<String>))
        .filter(Column::Person.eq(from.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// Ties a booking by phone to the person whose document was compared: pseudonym, name and level become
/// theirs. `false`: it is no longer as it was read.
///
/// # Errors
/// The statement fails, or the person has another active booking in the group.
pub async fn bind(
    db: &impl ConnectionTrait,
    before: &Booking,
    after: &Booking,
) -> StoreResult<bool> {
    let row = row::ActiveModel::from(after);
    let result = Entity::update_many()
        .set(row::ActiveModel {
            person: row.person,
            level: row.level,
            binding: row.binding,
            attendee: row.attendee,
            ..Default::default()
        })
        .filter(Column::Id.eq(before.id.to_string()))
        .filter(Column::Status.eq(before.status.as_str()))
        .filter(Column::Binding.eq(before.binding.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

fn read_one(row: Option<row::Model>) -> StoreResult<Option<Booking>> {
    Ok(row.map(Booking::try_from).transpose()?)
}

#[cfg(test)]
mod tests {
    use booking::{Seat, TrustLevel};
    use calendar::{Channel, Desk};
    use sea_orm::{DbBackend, QueryTrait as _};

    use super::*;
    use crate::{
        domain::{Binding, BookedBy, BookedTexts},
        store::{Corrupt, queries::plan::plan_on_postgres},
    };

    #[tokio::test]
    async fn every_list_that_people_wait_for_uses_an_index() {
        let filter = BookingFilter::default;
        let day = filter().on("mitte".parse().unwrap(), "2027-01-04".parse().unwrap());
        let code = "K7QD-3XHM".parse().unwrap();
        let lists = [
            (
                filter().of(Pseudonym::from_bits(1)).ending_after(Timestamp::UNIX_EPOCH),
                "bookings_person",
            ),
            (filter().with_code(code), "bookings_code"),
            (day.in_status(BookingStatus::ACTIVE), "bookings_day"),
            (
                filter().in_status(BookingStatus::ACTIVE).ended_before(Timestamp::UNIX_EPOCH),
                "bookings_ending",
            ),
        ];
        for (filter, index) in lists {
            let statement = Entity::find().filter(filter.condition()).build(DbBackend::Postgres);
            let Some(plan) = plan_on_postgres(statement).await else { return };
            assert!(plan.contains(index), "{plan}");
        }
    }

    fn example() -> Booking {
        let id = BookingId::from_bits(1);
        let seat = Seat {
            location: "mitte".parse().unwrap(),
            desk: Desk::new(3).unwrap(),
            start: "2027-01-04T08:00:00Z".parse().unwrap(),
            end: "2027-01-04T08:10:00Z".parse().unwrap(),
        };
        Booking {
            id,
            code: "K7QD-3XHM".parse().unwrap(),
            hold: HoldId::from_bits(2),
            person: Pseudonym::from_bits(3),
            group: "papers".parse().unwrap(),
            status: BookingStatus::Confirmed,
            seat,
            services: vec!["passport".parse().unwrap()],
            people: 1,
            texts: BookedTexts::default(),
            channel: Channel::Public,
            level: TrustLevel::High,
            booked_by: Some(BookedBy::Desk),
            doubt: Some(DoubtId::from_bits(4)),
            binding: Binding::Vouched,
            language: "de".to_owned(),
            sequence: 0,
            replaces: None,
            series: id,
            attendee: vec![1, 2, 3],
            held_at: "2027-01-01T07:58:00Z".parse().unwrap(),
            created_at: "2027-01-01T08:00:00Z".parse().unwrap(),
            changed_at: "2027-01-01T08:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_booking_reads_back_from_its_row() {
        use sea_orm::TryIntoModel as _;
        let row: row::Model = row::ActiveModel::from(&example()).try_into_model().unwrap();
        assert_eq!(Booking::try_from(row.clone()), Ok(example()));
        let status = row::Model { status: "lost".to_owned(), ..row };
        let corrupt = Corrupt { table: "bookings", column: "status" };
        assert_eq!(Booking::try_from(status), Err(corrupt));
    }

    #[test]
    fn a_change_of_state_names_the_state_it_expects() {
        let statement = change(&example(), Action::Cancel, 1, Timestamp::UNIX_EPOCH);
        let sql = statement.build(DbBackend::Postgres).sql;
        insta::assert_snapshot!(sql, @r#"UPDATE "bookings" SET "status" = $1, "sequence" = $2, "changed_at" = $3 WHERE "bookings"."id" = $4 AND "bookings"."status" = $5 AND "bookings"."status" IN ($6)"#);
    }
}
