//! Entitlements are bound to a name, have a number of uses, and can be withdrawn.
//!
//! What is on file stays valid as it was until its `valid_until`: it is claimed by reference and date of
//! birth, or is its person's already. It is good for one more appointment. An agency binds it to a
//! name by posting it again with `names`. The version before runs beside this one: what this one
//! posts it cannot find by a claim.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0007_entitlements"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    // What must be proven besides the reference. `proof` is a keyed hash of the reference, but for
    // `former`: there it is one of reference and date of birth.
    "ALTER TABLE entitlements ADD COLUMN bound_to TEXT NOT NULL DEFAULT 'former'
        CHECK (bound_to IN ('name', 'birth_date', 'bearer', 'former'))",
    // By which key the hashes were made; unknown for those of the version before.
    "ALTER TABLE entitlements ADD COLUMN key_id TEXT",
    "ALTER TABLE entitlements ADD COLUMN uses INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE entitlements ADD COLUMN withdrawn_at BIGINT",
    // One keyed hash for each spelling and reading of the date of birth.
    "CREATE TABLE entitlement_holders (
        entitlement_id TEXT NOT NULL,
        proof {bytes} NOT NULL,
        key_id TEXT NOT NULL,
        PRIMARY KEY (entitlement_id, proof)
    )",
    // Which bookings stand on which entitlement. What has become of the booking says whether it
    // still counts.
    "CREATE TABLE entitlement_uses (
        entitlement_id TEXT NOT NULL,
        booking_id TEXT NOT NULL,
        PRIMARY KEY (entitlement_id, booking_id)
    )",
    "CREATE INDEX entitlement_uses_booking ON entitlement_uses (booking_id)",
];
