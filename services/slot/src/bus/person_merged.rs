//! `PersonMerged`: two persons turned out to be the same human.
//!
//! Believed because identity signed it, not because it came over the broker: it moves bookings.

use std::sync::Arc;

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::person::v1::PersonMerged;

use super::is_temporary;
use crate::app::{AppError, Engine, merge_persons::merge_persons};

pub(super) struct OnPersonMerged(pub(super) Arc<Engine>);

#[async_trait]
impl Handler<PersonMerged> for OnPersonMerged {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: PersonMerged,
    ) -> Result<(), HandlerError> {
        // The queue gets this kind of event of every authority.
        if event.authority != self.0.catalogue().authority.id {
            return Ok(());
        }
        let merged = self.0.verifier.verify_merge(&message.proof).await.map_err(|error| {
            if is_temporary(&error) {
                return HandlerError::Retry(error.into());
            }
            tracing::error!(event = %event.id, %error, "a merge of persons that identity did not sign is refused: somebody else published it at the broker");
            HandlerError::Poison(error.into())
        })?;
        merge_persons(&self.0, unit, merged.kept, merged.dissolved, merged.iat)
            .await
            .map_err(|error: AppError| HandlerError::Retry(error.into()))
    }
}
