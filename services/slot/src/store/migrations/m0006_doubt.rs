//! Bookings of people whose identity is in doubt.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0006_doubt"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // Without a value, who it is for is certain.
    "ALTER TABLE bookings ADD COLUMN doubt TEXT",
    // Persons who may be one human have one booking.
    "CREATE UNIQUE INDEX bookings_one_in_doubt ON bookings (doubt)
        WHERE doubt IS NOT NULL AND status IN ('confirmed', 'checked_in', 'called', 'parked')",
];
