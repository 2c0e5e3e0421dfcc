//! What the store promises, on SQLite and on PostgreSQL.

mod catalogues;
mod closings;
mod confirmations;
mod draw_entries;
mod exports;
mod history;
mod merges;
mod migration;
mod outbox;
mod overlaps;
mod personal;
mod sequences;
mod silence;
mod staff_counts;
mod waiting_declines;
mod waiting_entries;

use std::sync::LazyLock;

use ::store::{Database, StoreError};
use ambient::{SeededEntropy, SystemClock};
use booking::{Seat, TrustLevel, state::BookingStatus};
use calendar::{Channel, Desk};
use ids::{BookingCode, BookingId, HoldId, Pseudonym, ReservationId};
use jiff::{SignedDuration, Timestamp};
use messaging::{Event, UnitOfWork, Wake};
use sea_orm_migration::MigratorTrait;
use serde_json::json;
use testkit::Template;

use super::{
    StoreResult, audit,
    idempotency::Answered,
    migrations::Migrator,
    queries::{Confirmation, Obstacle},
    reservations::{KeptSeat, Purpose},
};
use crate::domain::{Binding, BookedTexts, Booking};

/// Fresh databases of both kinds; one of them if this run has no PostgreSQL.
pub(super) async fn databases() -> Vec<Database> {
    let mut databases = vec![Database::open::<Migrator>("sqlite::memory:").await.unwrap()];
    if let Some(url) = postgres_url().await {
        databases.push(Database::connect(&url).await.unwrap());
    }
    databases
}

/// The address of a database with this service's schema on PostgreSQL, if this run has it.
pub(super) async fn postgres_url() -> Option<String> {
    static TEMPLATE: Template = Template::new();
    TEMPLATE.postgres_url(migrate).await
}

async fn migrate(url: String) -> Result<(), StoreError> {
    Database::open::<Migrator>(&url).await.map(drop)
}

/// Fresh databases of both kinds with the schema of other migrations, which they went through.
async fn databases_of<M: MigratorTrait>() -> Vec<Database> {
    let mut urls = vec!["sqlite::memory:".to_owned()];
    urls.extend(testkit::postgres_url().await);
    let mut databases = Vec::new();
    for url in urls {
        let database = Database::connect(&url).await.unwrap();
        database.migrate::<M>().await.unwrap();
        databases.push(database);
    }
    databases
}

/// The first minute of 11 January 2027 in Berlin.
pub(crate) fn at(minute: i64) -> Timestamp {
    let midnight: Timestamp = "2027-01-10T23:00:00Z".parse().unwrap();
    midnight + SignedDuration::from_mins(minute)
}

pub(crate) fn seat(desk: u8, from: i64, until: i64) -> Seat {
    Seat {
        location: "mitte".parse().unwrap(),
        desk: Desk::new(desk).unwrap(),
        start: at(from),
        end: at(until),
    }
}

/// A confirmation number `number` with nothing in common with others but what a test gives it.
pub(crate) fn confirmation(number: u128, seat: Seat) -> Confirmation {
    let entropy = SeededEntropy::new(u64::try_from(number).unwrap());
    let id = BookingId::from_bits(number);
    let booking = Booking {
        id,
        code: BookingCode::mint(&entropy),
        hold: HoldId::from_bits(number),
        person: Pseudonym::from_bits(number),
        group: "papers".parse().unwrap(),
        status: BookingStatus::Confirmed,
        seat,
        services: vec!["passport".parse().unwrap()],
        people: 1,
        texts: BookedTexts::default(),
        channel: Channel::Public,
        level: TrustLevel::Basic,
        booked_by: None,
        doubt: None,
        binding: Binding::Online,
        language: "de".to_owned(),
        sequence: 0,
        replaces: None,
        series: id,
        attendee: vec![1, 2, 3],
        held_at: at(-60),
        created_at: at(-50),
        changed_at: at(-50),
    };
    Confirmation {
        audit: audit::Entry {
            id: ids::AuditId::mint(&SystemClock, &entropy),
            at: at(-50),
            actor: "system".to_owned(),
            action: "booking.confirmed".to_owned(),
            subject: id.to_string(),
            details: json!({}),
        },
        event: Event {
            id: ids::EventId::mint(&SystemClock, &entropy),
            authority: "amt".parse().unwrap(),
            kind: "test".to_owned(),
            subject: id.to_string(),
            time: at(-50),
            traceparent: None,
            data: Vec::new(),
        },
        answered: Answered {
            caller: booking.person.to_string(),
            key: number.to_string(),
            request: vec![1],
            at: at(-50),
        },
        decided_by: Timestamp::UNIX_EPOCH,
        entitlements: Vec::new(),
        booking,
    }
}

fn kept(number: u128, seat: Seat, purpose: Purpose) -> KeptSeat {
    KeptSeat { id: ReservationId::from_bits(number), seat, purpose, created_at: at(-50) }
}

/// Confirms in a transaction of its own.
async fn confirm(
    database: &Database,
    all: &[&Confirmation],
) -> StoreResult<Vec<Result<(), Obstacle>>> {
    let mut unit = begin(database).await;
    let outcomes = Confirmation::insert_all(&mut unit, all).await?;
    unit.commit().await?;
    Ok(outcomes)
}

/// Begins a change whose relay is not running.
async fn begin(database: &Database) -> UnitOfWork<'static> {
    static NOBODY: LazyLock<Wake> = LazyLock::new(Wake::default);
    UnitOfWork::begin(database, &NOBODY).await.unwrap()
}

async fn count(database: &Database, table: &str) -> i64 {
    use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
    let backend: DbBackend = database.backend().into();
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    let row = database.connection().query_one_raw(Statement::from_string(backend, sql)).await;
    row.unwrap().unwrap().try_get("", "n").unwrap()
}
