//! Confirmed appointments and everything that becomes of them.

use booking::{
    Seat,
    state::{Action, BookingStatus},
};
use calendar::{Channel, Desk};
use ids::{BookingCode, BookingId, GroupId, HoldId, LocationId, Pseudonym, ServiceId};
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, UpdateMany, sea_query::Expr,
};

use super::{Corrupt, StoreResult, value::Columns};
use row::{Column, Entity};

/// One appointment of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Its identifier.
    pub id: BookingId,
    /// What the citizen reads aloud at the desk.
    pub code: BookingCode,
    /// The hold that it was made from.
    pub hold: HoldId,
    /// Whose it is.
    pub person: Pseudonym,
    /// The group in which a person has at most one active booking.
    pub group: GroupId,
    /// Where it stands.
    pub status: BookingStatus,
    /// Desk and units.
    pub seat: Seat,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// What it is about.
    pub services: Vec<ServiceId>,
    /// How many people come.
    pub people: u16,
    /// By which way it was booked.
    pub channel: Channel,
    /// BCP 47 tag of the language in which the person wants to be written to.
    pub language: String,
    /// Counts the changes that a calendar entry must follow (iCalendar `SEQUENCE`).
    pub sequence: u32,
    /// The booking that it took the place of.
    pub replaces: Option<BookingId>,
    /// The first booking of the chain of rebookings: one entry in the person's calendar.
    pub series: BookingId,
    /// Name and date of birth, encrypted.
    pub attendee: Vec<u8>,
    /// When it was confirmed.
    pub created_at: Timestamp,
    /// When its state changed last.
    pub changed_at: Timestamp,
}

/// Which bookings a list shows. All conditions must hold.
#[derive(Debug, Clone, Default)]
pub struct BookingFilter {
    person: Option<Pseudonym>,
    code: Option<BookingCode>,
    day: Option<(LocationId, Date)>,
    ends_after: Option<Timestamp>,
    ended_before: Option<Timestamp>,
    statuses: Option<Vec<BookingStatus>>,
}

impl BookingFilter {
    /// Only those of this person.
    #[must_use]
    pub fn of(mut self, person: Pseudonym) -> Self {
        self.person = Some(person);
        self
    }

    /// Only the one with this code.
    #[must_use]
    pub fn with_code(mut self, code: BookingCode) -> Self {
        self.code = Some(code);
        self
    }

    /// Only those at this location on this day.
    #[must_use]
    pub fn on(mut self, location: LocationId, date: Date) -> Self {
        self.day = Some((location, date));
        self
    }

    /// Only those that ended before this instant.
    #[must_use]
    pub fn ended_before(mut self, instant: Timestamp) -> Self {
        self.ended_before = Some(instant);
        self
    }

    /// Only those that end after this instant.
    #[must_use]
    pub fn ending_after(mut self, instant: Timestamp) -> Self {
        self.ends_after = Some(instant);
        self
    }

    /// Only those in one of these states.
    #[must_use]
    pub fn in_status(mut self, statuses: impl IntoIterator<Item = BookingStatus>) -> Self {
        self.statuses = Some(statuses.into_iter().collect());
        self
    }

    fn condition(&self) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add_option(self.person.map(|person| Column::Person.eq(person.to_string())))
            .add_option(self.code.map(|code| Column::Code.eq(code.to_string())))
            .add_option(self.day.as_ref().map(|(at, _)| Column::Location.eq(at.as_str())))
            .add_option(self.day.as_ref().map(|(_, date)| Column::Date.eq(date.to_string())))
            .add_option(self.ended_before.map(|at| Column::EndsAt.lt(at.as_millisecond())))
            .add_option(self.ends_after.map(|instant| Column::EndsAt.gt(instant.as_millisecond())))
            .add_option(
                self.statuses
                    .as_ref()
                    .map(|statuses| Column::Status.is_in(statuses.iter().map(|s| s.as_str()))),
            )
    }
}

/// Adds bookings in one statement.
///
/// # Errors
/// One of them breaks a unique index (see [`super::Failure::unique_index`]): then none is added.
pub async fn insert<'a>(
    db: &impl ConnectionTrait,
    bookings: impl IntoIterator<Item = &'a Booking>,
) -> StoreResult<()> {
    Entity::insert_many(bookings.into_iter().map(row::ActiveModel::from))
        .exec_without_returning(db)
        .await?;
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
/// raises its sequence by `sequence_step`. `false`: somebody else was faster, nothing changed.
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

/// A compare-and-set: safe against everybody who does something to the booking at the same time.
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

/// Gives all bookings of one person to another.
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
        .filter(Column::Person.eq(from.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

fn read_one(row: Option<row::Model>) -> StoreResult<Option<Booking>> {
    Ok(row.map(Booking::try_from).transpose()?)
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bookings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub code: String,
        pub hold_id: String,
        pub person: String,
        pub service_group: String,
        pub status: String,
        pub location: String,
        pub date: String,
        pub start_unit: i32,
        pub units: i32,
        pub desk: i32,
        pub starts_at: i64,
        pub ends_at: i64,
        pub services: String,
        pub people: i32,
        pub channel: String,
        pub language: String,
        pub sequence: i32,
        pub replaces: Option<String>,
        pub series: String,
        pub attendee: Vec<u8>,
        pub created_at: i64,
        pub changed_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl From<&Booking> for row::ActiveModel {
    fn from(booking: &Booking) -> Self {
        let services: Vec<_> = booking.services.iter().map(ServiceId::as_str).collect();
        Self {
            id: Set(booking.id.to_string()),
            code: Set(booking.code.to_string()),
            hold_id: Set(booking.hold.to_string()),
            person: Set(booking.person.to_string()),
            service_group: Set(booking.group.to_string()),
            status: Set(booking.status.to_string()),
            location: Set(booking.seat.location.to_string()),
            date: Set(booking.seat.date.to_string()),
            start_unit: Set(i32::from(booking.seat.start)),
            units: Set(i32::from(booking.seat.units)),
            desk: Set(i32::from(booking.seat.desk.index())),
            starts_at: Set(booking.starts_at.as_millisecond()),
            ends_at: Set(booking.ends_at.as_millisecond()),
            services: Set(serde_json::json!(services).to_string()),
            people: Set(i32::from(booking.people)),
            channel: Set(booking.channel.to_string()),
            language: Set(booking.language.clone()),
            sequence: Set(i32::try_from(booking.sequence).unwrap_or(i32::MAX)),
            replaces: Set(booking.replaces.map(|id| id.to_string())),
            series: Set(booking.series.to_string()),
            attendee: Set(booking.attendee.clone()),
            created_at: Set(booking.created_at.as_millisecond()),
            changed_at: Set(booking.changed_at.as_millisecond()),
        }
    }
}

impl TryFrom<row::Model> for Booking {
    type Error = Corrupt;

    fn try_from(row: row::Model) -> Result<Self, Corrupt> {
        let columns = Columns("bookings");
        Ok(Self {
            id: columns.parse("id", &row.id)?,
            code: columns.parse("code", &row.code)?,
            hold: columns.parse("hold_id", &row.hold_id)?,
            person: columns.parse("person", &row.person)?,
            group: columns.parse("service_group", &row.service_group)?,
            status: columns.parse("status", &row.status)?,
            seat: Seat {
                location: columns.parse("location", &row.location)?,
                date: columns.parse("date", &row.date)?,
                start: columns.number("start_unit", row.start_unit)?,
                units: columns.number("units", row.units)?,
                desk: columns.desk("desk", row.desk)?,
            },
            starts_at: columns.time("starts_at", row.starts_at)?,
            ends_at: columns.time("ends_at", row.ends_at)?,
            services: columns.json("services", &row.services)?,
            people: columns.number("people", row.people)?,
            channel: columns.channel("channel", &row.channel)?,
            language: row.language,
            sequence: columns.number("sequence", row.sequence)?,
            replaces: row.replaces.map(|id| columns.parse("replaces", &id)).transpose()?,
            series: columns.parse("series", &row.series)?,
            attendee: row.attendee,
            created_at: columns.time("created_at", row.created_at)?,
            changed_at: columns.time("changed_at", row.changed_at)?,
        })
    }
}

impl Columns {
    pub(super) fn desk(self, column: &'static str, index: i32) -> Result<Desk, Corrupt> {
        u8::try_from(index).ok().and_then(Desk::new).ok_or(self.corrupt(column))
    }

    fn channel(self, column: &'static str, text: &str) -> Result<Channel, Corrupt> {
        [Channel::Public, Channel::Phone, Channel::Staff]
            .into_iter()
            .find(|channel| channel.to_string() == text)
            .ok_or(self.corrupt(column))
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait as _};

    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

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
            date: "2027-01-04".parse().unwrap(),
            start: 108,
            units: 2,
            desk: Desk::new(3).unwrap(),
        };
        Booking {
            id,
            code: "K7QD-3XHM".parse().unwrap(),
            hold: HoldId::from_bits(2),
            person: Pseudonym::from_bits(3),
            group: "papers".parse().unwrap(),
            status: BookingStatus::Confirmed,
            seat,
            starts_at: "2027-01-04T08:00:00Z".parse().unwrap(),
            ends_at: "2027-01-04T08:10:00Z".parse().unwrap(),
            services: vec!["passport".parse().unwrap()],
            people: 1,
            channel: Channel::Public,
            language: "de".to_owned(),
            sequence: 0,
            replaces: None,
            series: id,
            attendee: vec![1, 2, 3],
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
