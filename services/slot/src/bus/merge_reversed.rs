//! `MergeReversed`: two persons who had been taken for one human are two.
//!
//! Believed because identity signed it, as a merge is.

use std::sync::Arc;

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::person::v1::MergeReversed;

use super::is_temporary;
use crate::app::{AppError, Engine, split_persons::split_persons};

pub(super) struct OnMergeReversed(pub(super) Arc<Engine>);

#[async_trait]
impl Handler<MergeReversed> for OnMergeReversed {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: MergeReversed,
    ) -> Result<(), HandlerError> {
        // The queue gets this kind of event of every authority.
        if event.authority != self.0.catalogue().authority.id {
            return Ok(());
        }
        let proof = self.0.verifier.verify_merge_reversal(&message.proof).await;
        let reversed = proof.map_err(|error| {
            if is_temporary(&error) {
                return HandlerError::Retry(error.into());
            }
            tracing::error!(event = %event.id, %error, "a reversal of a merge that identity did not sign is refused: somebody else published it at the broker");
            HandlerError::Poison(error.into())
        })?;
        split_persons(&self.0, unit, reversed.restored, reversed.iat)
            .await
            .map_err(|error: AppError| HandlerError::Retry(error.into()))
    }
}
