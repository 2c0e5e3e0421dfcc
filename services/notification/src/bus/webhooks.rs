//! Every event of a booking may interest an agency.

use async_trait::async_trait;
use messaging::{Event, EveryHandler, HandlerError, UnitOfWork};

use crate::app::webhooks::record::record;

#[derive(Debug, Clone)]
pub(super) struct OnEvery;

#[async_trait]
impl EveryHandler for OnEvery {
    async fn handle_all<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        events: &[&Event],
    ) -> Result<(), HandlerError> {
        record(unit.transaction(), events).await
    }
}
