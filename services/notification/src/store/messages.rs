//! Messages to persons, and their delivery.

use std::collections::BTreeMap;

use ambient::{Clock, Entropy};
use ids::{AuthorityId, BookingId, MessageId, Pseudonym};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ConnectionTrait, DbErr, QueryOrder as _, QuerySelect as _, Set, Statement, entity::prelude::*,
};
use store::{Backend, Database, StoreError, insert_rows};
use telemetry::TraceContext;

use crate::notice::{Kind, NewMessage, REMINDER, Undelivered, Urgency};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "messages")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub event_id: String,
        pub authority: String,
        pub kind: String,
        pub pseudonym: String,
        /// Empty if it is about none.
        pub booking_id: String,
        pub state: String,
        pub priority: i16,
        /// When the next attempt may begin.
        pub due_at: i64,
        pub attempts: i32,
        pub failure: Option<String>,
        pub created_at: i64,
        pub data: Vec<u8>,
        pub traceparent: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const WAITING: &str = "waiting";
/// The `due_at` of what is due now, even if the clock is set back a moment later.
const AT_ONCE: i64 = 0;
/// The newest messages of a person that are looked through for their present appointments.
const MAX_TOLD: u64 = 200;
/// How long a process may take to send a claimed message; then another may claim it.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// A claimed due message.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub(crate) id: MessageId,
    pub(crate) kind: Kind,
    pub(crate) person: Pseudonym,
    /// How often it was tried, this time included.
    pub(crate) attempts: u32,
    pub(crate) created_at: Timestamp,
    pub(crate) data: Vec<u8>,
    /// The trace of the request that led to it.
    pub(crate) trace: Option<TraceContext>,
}

/// How a message ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It was handed over.
    Sent,
    /// It can never be delivered.
    Failed,
    /// It is of no use any more.
    Dropped,
}

impl End {
    const fn state(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// Stores a message to be sent when it is due. An event that was stored before is not stored again.
pub(crate) async fn add<C: ConnectionTrait>(
    connection: &C,
    message: &NewMessage<'_>,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
) -> Result<(), StoreError> {
    add_all(connection, std::slice::from_ref(message), clock, entropy).await
}

/// The same for any number of messages, with one statement.
pub(crate) async fn add_all<C: ConnectionTrait>(
    connection: &C,
    messages: &[NewMessage<'_>],
    clock: &dyn Clock,
    entropy: &dyn Entropy,
) -> Result<(), StoreError> {
    if messages.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = messages.iter().map(|message| to_row(message, clock, entropy)).collect();
    let backend = connection.get_database_backend();
    match insert_rows(backend, &rows, "ON CONFLICT (event_id, kind) DO NOTHING") {
        Some(insert) => {
            connection.execute_raw(insert).await?;
        }
        None => {
            row::Entity::insert_many(rows)
                .on_conflict_do_nothing_on([row::Column::EventId, row::Column::Kind])
                .exec_without_returning(connection)
                .await?;
        }
    }
    Ok(())
}

fn to_row(message: &NewMessage<'_>, clock: &dyn Clock, entropy: &dyn Entropy) -> row::ActiveModel {
    row::ActiveModel {
        id: Set(MessageId::mint(clock, entropy).to_string()),
        event_id: Set(message.event.id.to_string()),
        authority: Set(message.event.authority.to_string()),
        kind: Set(message.kind.name()),
        pseudonym: Set(message.person.to_string()),
        booking_id: Set(message.booking.map(|id| id.to_string()).unwrap_or_default()),
        state: Set(WAITING.to_owned()),
        priority: Set(message.kind.urgency().priority()),
        due_at: Set(message.due_at.map_or(AT_ONCE, Timestamp::as_millisecond)),
        attempts: Set(0),
        failure: Set(None),
        created_at: Set(clock.now().as_millisecond()),
        data: Set(message.data.to_vec()),
        traceparent: Set(message.event.traceparent.map(|trace| trace.to_string())),
    }
}

/// What was sent last of each of a person's bookings, or could not be; nothing of one of which a message waits.
/// `had_address`: whether there was one to which a message may be on its way.
pub(crate) async fn told_last<C: ConnectionTrait>(
    connection: &C,
    person: Pseudonym,
    had_address: bool,
) -> Result<Vec<(Kind, Vec<u8>)>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::Pseudonym.eq(person.to_string()))
        .filter(row::Column::BookingId.ne(""))
        .filter(row::Column::Priority.eq(Urgency::Immediate.priority()))
        .order_by_desc(row::Column::CreatedAt)
        .order_by_desc(row::Column::Id)
        .limit(MAX_TOLD)
        .all(connection)
        .await?;
    let mut last = BTreeMap::new();
    for row in rows {
        last.entry(row.booking_id.clone()).or_insert(row);
    }
    // What waits goes to where the person can be reached then. What is being sent may go to the former address; if
    // there was none, it comes to this one, or waits for it.
    let is_on_its_way = |row: &row::Model| had_address && row.attempts > 0 && row.failure.is_none();
    let waits = |row: &row::Model| row.state == WAITING && !is_on_its_way(row);
    let told = last.into_values().filter(|row| !waits(row));
    Ok(told.filter_map(|row| Some((Kind::named(&row.kind)?, row.data))).collect())
}

/// Makes messages due that wait for the person's contact.
pub(crate) async fn make_due<C: ConnectionTrait>(
    connection: &C,
    person: Pseudonym,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::DueAt, Expr::value(AT_ONCE))
        .filter(row::Column::Pseudonym.eq(person.to_string()))
        .filter(row::Column::State.eq(WAITING))
        .filter(row::Column::Failure.eq(CONTACT_UNKNOWN))
        .exec(connection)
        .await?;
    Ok(())
}

/// Drops the reminders of a booking that have not been sent.
pub(super) async fn drop_reminders<C: ConnectionTrait>(
    connection: &C,
    booking: BookingId,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(End::Dropped.state()))
        .filter(row::Column::BookingId.eq(booking.to_string()))
        .filter(row::Column::State.eq(WAITING))
        .filter(row::Column::Priority.eq(Urgency::Reminder.priority()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Deletes the person's messages, sent or not.
pub(crate) async fn erase<C: ConnectionTrait>(
    connection: &C,
    person: Pseudonym,
) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::Pseudonym.eq(person.to_string()))
        .exec(connection)
        .await?;
    super::mailbox::erase(connection, person).await
}

/// Puts `data` in the place of what the reminders of a booking say that are not sent yet.
pub(crate) async fn rewrite_reminders<C: ConnectionTrait>(
    connection: &C,
    booking: BookingId,
    data: &[u8],
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::Data, Expr::value(data.to_vec()))
        .filter(row::Column::BookingId.eq(booking.to_string()))
        .filter(row::Column::State.eq(WAITING))
        .filter(row::Column::Kind.starts_with(REMINDER))
        .exec(connection)
        .await?;
    Ok(())
}

/// Takes up to `limit` due messages. One statement: two processes never take the same message.
pub(crate) async fn take_due(
    database: &Database,
    now: Timestamp,
    urgency: Urgency,
    limit: usize,
) -> Result<Vec<Due>, StoreError> {
    let skip_locked = match database.backend() {
        Backend::Postgres => "FOR UPDATE SKIP LOCKED",
        // One writer: nothing can be locked.
        Backend::Sqlite => "",
    };
    let sql = format!(
        "UPDATE messages SET due_at = $1, attempts = attempts + 1 WHERE id IN ( \
         SELECT id FROM messages WHERE state = 'waiting' AND due_at <= $2 AND priority = $3 \
         ORDER BY due_at, id LIMIT {limit} {skip_locked}) RETURNING *"
    );
    let lease_ends = now.saturating_add(LEASE).unwrap_or(now).as_millisecond();
    let values = [lease_ends.into(), now.as_millisecond().into(), urgency.priority().into()];
    let statement = Statement::from_sql_and_values(database.backend().into(), sql, values);
    let rows = row::Entity::find().from_raw_sql(statement).all(database.connection()).await?;
    let mut due = rows.into_iter().map(Due::try_from).collect::<Result<Vec<_>, _>>()?;
    due.sort_by_key(|due| due.id);
    Ok(due)
}

/// When the next message that waits is due.
pub(crate) async fn next_due(
    database: &Database,
    urgency: Urgency,
) -> Result<Option<Timestamp>, StoreError> {
    let first = row::Entity::find()
        .filter(row::Column::State.eq(WAITING))
        .filter(row::Column::Priority.eq(urgency.priority()))
        .select_only()
        .column(row::Column::DueAt)
        .order_by_asc(row::Column::DueAt)
        .limit(1)
        .into_tuple::<i64>()
        .one(database.connection())
        .await?;
    Ok(first.and_then(|due_at| Timestamp::from_millisecond(due_at).ok()))
}

/// When the oldest message was stored that is due by `now`; `None` if none is.
pub(crate) async fn oldest_due(
    database: &Database,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let oldest = row::Entity::find()
        .filter(row::Column::State.eq(WAITING))
        .filter(row::Column::DueAt.lte(now.as_millisecond()))
        .select_only()
        .column(row::Column::CreatedAt)
        .order_by_asc(row::Column::CreatedAt)
        .limit(1)
        .into_tuple::<i64>()
        .one(database.connection())
        .await?;
    Ok(oldest.and_then(|created_at| Timestamp::from_millisecond(created_at).ok()))
}

/// What [`postpone`] notes for a message whose person has no known contact yet.
pub(crate) const CONTACT_UNKNOWN: &str = "contact unknown";

/// Puts a message off. `reason` is for staff and holds no personal data.
pub(crate) async fn postpone(
    database: &Database,
    id: MessageId,
    until: Timestamp,
    reason: &str,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::DueAt, Expr::value(until.as_millisecond()))
        .col_expr(row::Column::Failure, Expr::value(reason))
        .filter(row::Column::Id.eq(id.to_string()))
        .filter(row::Column::State.eq(WAITING))
        .exec(database.connection())
        .await?;
    Ok(())
}

/// Ends a message.
pub(crate) async fn end(
    database: &Database,
    id: MessageId,
    end: End,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(end.state()))
        .col_expr(row::Column::Failure, Expr::value(reason))
        .filter(row::Column::Id.eq(id.to_string()))
        .filter(row::Column::State.eq(WAITING))
        .exec(database.connection())
        .await?;
    Ok(())
}

/// Most messages that staff get at once, newest first.
const MAX_UNDELIVERED: u64 = 200;

/// What failed, and what waits because an attempt failed.
pub(crate) async fn undelivered(
    database: &Database,
    authority: &AuthorityId,
) -> Result<Vec<Undelivered>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::Authority.eq(authority.to_string()))
        .filter(row::Column::State.is_in([WAITING, End::Failed.state()]))
        .filter(row::Column::Failure.is_not_null())
        .order_by_desc(row::Column::CreatedAt)
        .limit(MAX_UNDELIVERED)
        .all(database.connection())
        .await?;
    let listed = rows.into_iter().map(|row| Undelivered {
        created_at: Timestamp::from_millisecond(row.created_at).unwrap_or_default(),
        id: row.id,
        kind: row.kind,
        booking_id: row.booking_id,
        state: row.state,
        reason: row.failure.unwrap_or_default(),
        attempts: row.attempts,
    });
    Ok(listed.collect())
}

impl TryFrom<row::Model> for Due {
    type Error = DbErr;

    fn try_from(row: row::Model) -> Result<Self, DbErr> {
        let corrupt = |column: &str| DbErr::Type(format!("messages.{column} of {}", row.id));
        Ok(Self {
            id: row.id.parse().map_err(|_| corrupt("id"))?,
            kind: Kind::named(&row.kind).ok_or_else(|| corrupt("kind"))?,
            person: row.pseudonym.parse().map_err(|_| corrupt("pseudonym"))?,
            attempts: u32::try_from(row.attempts).map_err(|_| corrupt("attempts"))?,
            created_at: Timestamp::from_millisecond(row.created_at)
                .map_err(|_| corrupt("created_at"))?,
            data: row.data,
            trace: row.traceparent.and_then(|text| text.parse().ok()),
        })
    }
}
