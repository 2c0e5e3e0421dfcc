//! Every event of a booking may interest an agency.

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, Transaction};

use crate::app::webhooks::record::record;

#[derive(Debug, Clone)]
pub(super) struct OnEvery;

#[async_trait]
impl Handler<()> for OnEvery {
    async fn handle(
        &self,
        transaction: &Transaction,
        event: &Event,
        (): (),
    ) -> Result<(), HandlerError> {
        record(transaction, event).await
    }
}
