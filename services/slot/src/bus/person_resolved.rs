//! `PersonResolved`: staff found that a provisional person is no known one.
//!
//! Believed because identity signed it, as a merge is.

use std::sync::Arc;

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::person::v1::PersonResolved;

use super::is_temporary;
use crate::app::{AppError, Engine, resolve_person::resolve_person};

pub(super) struct OnPersonResolved(pub(super) Arc<Engine>);

#[async_trait]
impl Handler<PersonResolved> for OnPersonResolved {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: PersonResolved,
    ) -> Result<(), HandlerError> {
        // The queue gets this kind of event of every authority.
        if event.authority != self.0.catalogue().authority.id {
            return Ok(());
        }
        let proof = self.0.verifier.verify_resolution(&message.proof).await;
        let resolved = proof.map_err(|error| {
            if is_temporary(&error) {
                return HandlerError::Retry(error.into());
            }
            tracing::error!(event = %event.id, %error, "a resolved identity that identity did not sign is refused: somebody else published it at the broker");
            HandlerError::Poison(error.into())
        })?;
        resolve_person(&self.0, unit, resolved.person)
            .await
            .map_err(|error: AppError| HandlerError::Retry(error.into()))
    }
}
