//! News of waiting lists.

use async_trait::async_trait;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::waiting::v1::{OfferLapsed, PlaceLost, SlotOffered};

use super::Dependencies;
use crate::{notice::Kind, waiting::WaitingNews};

#[derive(Debug, Clone)]
pub(super) struct OnWaiting(pub(super) Dependencies);

impl OnWaiting {
    async fn tell(
        &self,
        unit: &mut UnitOfWork<'_>,
        event: &Event,
        kind: Kind,
    ) -> Result<(), HandlerError> {
        let news = WaitingNews::read(kind, &event.data)?;
        self.0.notify(unit, event, kind, news.person).await
    }
}

#[async_trait]
impl Handler<SlotOffered> for OnWaiting {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        _: SlotOffered,
    ) -> Result<(), HandlerError> {
        self.tell(unit, event, Kind::SlotOffered).await
    }
}

#[async_trait]
impl Handler<OfferLapsed> for OnWaiting {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        _: OfferLapsed,
    ) -> Result<(), HandlerError> {
        self.tell(unit, event, Kind::OfferLapsed).await
    }
}

#[async_trait]
impl Handler<PlaceLost> for OnWaiting {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        _: PlaceLost,
    ) -> Result<(), HandlerError> {
        self.tell(unit, event, Kind::PlaceLost).await
    }
}
