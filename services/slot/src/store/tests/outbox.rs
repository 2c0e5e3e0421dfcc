//! Events that wait are found by their lane.

use sea_orm::{DbBackend, Statement};

use crate::store::queries::plan::plan_on_postgres;

#[tokio::test]
async fn lanes_with_something_to_do_are_found_by_an_index() {
    let sql = "SELECT lane FROM outbox_lanes \
         WHERE EXISTS (SELECT 1 FROM outbox WHERE outbox.lane = outbox_lanes.lane)";
    let Some(plan) = plan_on_postgres(Statement::from_string(DbBackend::Postgres, sql)).await
    else {
        return;
    };
    assert!(plan.contains("outbox_lane "), "{plan}");
}
