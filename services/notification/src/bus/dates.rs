//! Dates that an office gave to an application on file, once they end.

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::waiting::v1::AssignedDateEnded;

use super::Dependencies;
use crate::{date_ended::DateEnded, notice::Kind};

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
        self.0.notify(unit, event, Kind::DateEnded, ended.person).await
    }
}
