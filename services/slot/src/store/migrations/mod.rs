//! The tables of one authority's bookings.
//!
//! A migration is a list of plain SQL statements that run on both databases, or one list for each
//! where they differ; the type of bytes is written `{bytes}`. Never change a migration that was released: add the next file.

mod m0001_bookings;
mod m0002_reigns_and_good_catalogue;
mod m0003_booked_by;
mod m0004_reservations;
mod m0005_claim_tries;
mod m0006_doubt;
mod m0007_entitlements;
mod m0008_honest_desks;
mod m0009_draws;
mod m0010_waiting_list;
mod m0011_merge_moves;
mod m0012_called_numbers;
mod m0013_statistics;
mod m0014_audit_actor;
mod m0015_desk_entries;
mod m0016_draw_misses;
mod m0017_stand_by;
mod m0018_log;
mod m0019_draw_ends;
mod m0020_draw_receipts;
mod m0021_merge_ended;
mod m0022_assigned_dates;
mod m0023_winners_confirm;
mod m0024_kept_seats_of_person;
mod m0025_declined_seats;
mod m0026_entry_replaces;
mod m0027_winners_phoned;
mod m0028_reissued_references;
mod m0029_phoned_entries;
mod m0030_waiting_declines;

use sea_orm::{ConnectionTrait as _, DbBackend};
use sea_orm_migration::{
    MigrationTrait, MigratorTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

/// Brings the slot service's database up to date.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_bookings::Migration),
            Box::new(messaging::CreateOutbox),
            Box::new(messaging::CreateInbox),
            Box::new(m0002_reigns_and_good_catalogue::Migration),
            Box::new(m0003_booked_by::Migration),
            Box::new(m0004_reservations::Migration),
            Box::new(messaging::IndexOutbox),
            Box::new(m0005_claim_tries::Migration),
            Box::new(m0006_doubt::Migration),
            Box::new(m0007_entitlements::Migration),
            Box::new(m0008_honest_desks::Migration),
            Box::new(m0009_draws::Migration),
            Box::new(m0010_waiting_list::Migration),
            Box::new(m0011_merge_moves::Migration),
            Box::new(m0012_called_numbers::Migration),
            Box::new(m0013_statistics::Migration),
            Box::new(m0014_audit_actor::Migration),
            Box::new(messaging::CreatePublishedEvents),
            Box::new(m0015_desk_entries::Migration),
            Box::new(m0016_draw_misses::Migration),
            Box::new(m0017_stand_by::Migration),
            Box::new(m0018_log::Migration),
            Box::new(m0019_draw_ends::Migration),
            Box::new(m0020_draw_receipts::Migration),
            Box::new(m0021_merge_ended::Migration),
            Box::new(m0022_assigned_dates::Migration),
            Box::new(m0023_winners_confirm::Migration),
            Box::new(m0024_kept_seats_of_person::Migration),
            Box::new(m0025_declined_seats::Migration),
            Box::new(m0026_entry_replaces::Migration),
            Box::new(m0027_winners_phoned::Migration),
            Box::new(m0028_reissued_references::Migration),
            Box::new(m0029_phoned_entries::Migration),
            Box::new(m0030_waiting_declines::Migration),
        ]
    }
}

/// Runs `statements` one after the other.
async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let bytes = match manager.get_database_backend() {
        DbBackend::Postgres => "BYTEA",
        _ => "BLOB",
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(&statement.replace("{bytes}", bytes)).await?;
    }
    Ok(())
}
