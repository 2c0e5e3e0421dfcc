//! Every event of a booking may interest an agency.

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};

use crate::app::webhooks::record::record;

#[derive(Debug, Clone)]
pub(super) struct OnEvery;

#[async_trait]
impl Handler<()> for OnEvery {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        (): (),
    ) -> Result<(), HandlerError> {
        record(unit.transaction(), event).await
    }
}
