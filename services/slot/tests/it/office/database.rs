//! The databases of offices: copies of one that was migrated once.

use std::sync::Arc;

use slot::{Application, holds::HoldSettings};
use store::StoreError;
use tempfile::TempDir;
use testkit::Template;

use super::{CATALOGUE, Office, TestClock};

static TEMPLATE: Template = Template::new();

/// The address of a database on SQLite in `files`.
pub(super) async fn in_file(files: &TempDir) -> String {
    TEMPLATE.sqlite_url(&files.path().join("slot.sqlite"), migrate).await
}

/// The address of one on PostgreSQL, if this run has it.
pub(super) async fn on_postgres() -> Option<String> {
    TEMPLATE.postgres_url(migrate).await
}

async fn migrate(url: String) -> Result<(), StoreError> {
    let files = Arc::new(tempfile::tempdir().unwrap());
    let office = Office::stopped(CATALOGUE, TestClock::System, url, HoldSettings::Memory, files);
    Application::migrate(&office.settings).await
}
