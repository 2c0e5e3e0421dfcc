//! Results of draws: people who got nothing get a message. (Winners get the one of their booking.)

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::draw::v1::EntryNotDrawn;

use super::Dependencies;
use crate::{
    not_drawn::NotDrawn,
    notice::{Kind, NewMessage},
    store::messages,
};

#[derive(Debug, Clone)]
pub(super) struct OnDraw(pub(super) Dependencies);

#[async_trait]
impl Handler<EntryNotDrawn> for OnDraw {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        _: EntryNotDrawn,
    ) -> Result<(), HandlerError> {
        let not_drawn = NotDrawn::read(&event.data)?;
        let message = NewMessage {
            event,
            kind: Kind::NotDrawn,
            person: not_drawn.person,
            booking: None,
            data: &event.data,
            due_at: None,
        };
        messages::add(unit.transaction(), &message, &*self.0.clock, &*self.0.entropy).await?;
        Ok(())
    }
}
