//! Results of draws: people who got nothing get a message. (Winners get the one of their booking.)

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::draw::v1::EntryNotDrawn;

use super::Dependencies;
use crate::{not_drawn::NotDrawn, notice::Kind};

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
        self.0.notify(unit, event, Kind::NotDrawn, not_drawn.person).await
    }
}
