//! `PersonMerged`: two persons turned out to be the same human.

use std::sync::Arc;

use async_trait::async_trait;
use ids::{InvalidId, Pseudonym};
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::person::v1::PersonMerged;

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
        let (kept, dissolved) = pseudonyms(&message)?;
        merge_persons(&self.0, unit, kept, dissolved)
            .await
            .map_err(|error: AppError| HandlerError::Retry(error.into()))
    }
}

fn pseudonyms(message: &PersonMerged) -> Result<(Pseudonym, Pseudonym), HandlerError> {
    let id = |text: &str| -> Result<Pseudonym, HandlerError> {
        text.parse().map_err(|error: InvalidId| HandlerError::Poison(error.into()))
    };
    Ok((id(&message.kept)?, id(&message.dissolved)?))
}
