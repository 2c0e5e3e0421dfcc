//! The tables of people, log-ins and cases.
//!
//! One file per migration. Never change a migration that was released: add the next file.

mod columns;
mod m0001_create;
mod m0002_email_claims;
mod m0003_lighten_attempts;
mod m0004_proven_only;
mod m0005_endings_and_desks;
mod m0006_provisional_persons;
mod m0007_pushed_requests;
mod m0008_standing;
mod m0009_ended_tokens;
mod m0010_draw_tickets;

use messaging::CreateOutbox;
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

/// All migrations of this service, in order.
pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(CreateOutbox),
            Box::new(m0001_create::Migration),
            Box::new(m0002_email_claims::Migration),
            Box::new(m0003_lighten_attempts::Migration),
            Box::new(m0004_proven_only::Migration),
            Box::new(m0005_endings_and_desks::Migration),
            Box::new(messaging::IndexOutbox),
            Box::new(m0006_provisional_persons::Migration),
            Box::new(m0007_pushed_requests::Migration),
            Box::new(m0008_standing::Migration),
            Box::new(m0009_ended_tokens::Migration),
            Box::new(messaging::CreatePublishedEvents),
            Box::new(m0010_draw_tickets::Migration),
        ]
    }
}
