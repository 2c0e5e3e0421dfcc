//! Dates that an office gave to an application on file, once they end.

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::waiting::v1::AssignedDateEnded;

use super::Dependencies;
use crate::{
    date_ended::DateEnded,
    notice::{Kind, NewMessage},
    store::messages,
};

#[derive(Debug, Clone)]
pub(super) struct OnDateEnded(pub(super) Dependencies);

#[async_trait]
impl Handler<AssignedDateEnded> for OnDateEnded {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        _: AssignedDateEnded,
    ) -> Result<(), HandlerError> {
        let ended = DateEnded::read(&event.data)?;
        let message = NewMessage {
            event,
            kind: Kind::DateEnded,
            person: ended.person,
            booking: None,
            data: &event.data,
            due_at: None,
        };
        messages::add(unit.transaction(), &message, &*self.0.clock, &*self.0.entropy).await?;
        Ok(())
    }
}
