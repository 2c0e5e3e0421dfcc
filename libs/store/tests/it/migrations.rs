//! A database that is not the one that the program takes it for.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, MigratorTrait, SchemaManager};
use store::{Database, StoreError};

struct Step(&'static str);

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.0
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}

struct Slot;

impl MigratorTrait for Slot {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Step("slot_1")), Box::new(Step("slot_2"))]
    }
}

struct Identity;

impl MigratorTrait for Identity {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Step("identity_1"))]
    }
}

#[tokio::test]
async fn a_database_of_another_service_is_told_in_one_sentence_and_a_new_one_from_both() {
    let database = Database::connect("sqlite::memory:").await.unwrap();
    assert!(!database.has_migrations().await.unwrap());
    database.migrate::<Slot>().await.unwrap();
    assert!(database.has_migrations().await.unwrap());
    for error in [
        database.pending_migrations::<Identity>().await.unwrap_err(),
        database.migrate::<Identity>().await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::UnknownMigrations), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}
