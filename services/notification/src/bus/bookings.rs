//! Events of appointments: stores the message for now and the reminders.

use async_trait::async_trait;
use ids::BookingId;
use messaging::{Event, Handler, HandlerError, Transaction, UnitOfWork};
use prost::Message as _;
use proto::booking::v1::{
    self as wire, BookingCancelled, BookingChanged, BookingConfirmed, BookingRebooked,
};

use super::Dependencies;
use crate::{
    app::remind::reminder_at,
    appointment::{Appointment, InvalidField},
    notice::{Kind, NewMessage, Notice},
    store::{ended, messages},
};

#[derive(Debug, Clone)]
pub(super) struct OnBooking(pub(super) Dependencies);

impl OnBooking {
    /// Stores the notice of the event itself, due at once.
    async fn store_notice(
        &self,
        transaction: &Transaction,
        event: &Event,
        kind: Kind,
    ) -> Result<Notice, HandlerError> {
        let notice = Notice::read(kind, &event.data)?;
        let appointment = notice.appointment();
        let message = NewMessage {
            event,
            kind,
            person: appointment.person,
            booking: Some(appointment.booking),
            data: &event.data,
            due_at: None,
        };
        messages::add(transaction, &message, &*self.0.clock, &*self.0.entropy).await?;
        Ok(notice)
    }

    /// Plans the reminders, unless the end of the booking was heard of before its beginning.
    async fn plan_reminders(
        &self,
        transaction: &Transaction,
        event: &Event,
        appointment: &Appointment,
        wire: Option<wire::Appointment>,
    ) -> Result<(), HandlerError> {
        if ended::has(transaction, appointment.booking).await? {
            return Ok(());
        }
        let data = BookingConfirmed { appointment: wire }.encode_to_vec();
        for &minutes_before in &appointment.reminders_minutes_before {
            let now = self.0.clock.now();
            let Some(due_at) = reminder_at(appointment.starts_at, minutes_before, now) else {
                continue;
            };
            let kind = Kind::Reminder { minutes_before };
            let message = NewMessage {
                event,
                kind,
                person: appointment.person,
                booking: Some(appointment.booking),
                data: &data,
                due_at: Some(due_at),
            };
            messages::add(transaction, &message, &*self.0.clock, &*self.0.entropy).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Handler<BookingConfirmed> for OnBooking {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: BookingConfirmed,
    ) -> Result<(), HandlerError> {
        let transaction = unit.transaction();
        let notice = self.store_notice(transaction, event, Kind::Confirmed).await?;
        self.plan_reminders(transaction, event, notice.appointment(), message.appointment).await
    }
}

#[async_trait]
impl Handler<BookingRebooked> for OnBooking {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: BookingRebooked,
    ) -> Result<(), HandlerError> {
        let transaction = unit.transaction();
        let replaced: BookingId =
            message.replaced_booking_id.parse().map_err(|_| InvalidField("replaced_booking_id"))?;
        ended::note(transaction, replaced, self.0.clock.now()).await?;
        let notice = self.store_notice(transaction, event, Kind::Rebooked).await?;
        self.plan_reminders(transaction, event, notice.appointment(), message.appointment).await
    }
}

#[async_trait]
impl Handler<BookingChanged> for OnBooking {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: BookingChanged,
    ) -> Result<(), HandlerError> {
        let transaction = unit.transaction();
        let notice = self.store_notice(transaction, event, Kind::Changed).await?;
        // What is planned to remind of it must not lead to the old address.
        let data = BookingConfirmed { appointment: message.appointment }.encode_to_vec();
        messages::rewrite_reminders(transaction, notice.appointment().booking, &data).await?;
        Ok(())
    }
}

#[async_trait]
impl Handler<BookingCancelled> for OnBooking {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        _: BookingCancelled,
    ) -> Result<(), HandlerError> {
        let transaction = unit.transaction();
        let notice = self.store_notice(transaction, event, Kind::Cancelled).await?;
        let booking = notice.appointment().booking;
        Ok(ended::note(transaction, booking, self.0.clock.now()).await?)
    }
}

impl From<InvalidField> for HandlerError {
    fn from(error: InvalidField) -> Self {
        Self::Poison(Box::new(error))
    }
}
