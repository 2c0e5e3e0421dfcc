//! Events of appointments: stores the message for now and the reminders.

use std::collections::BTreeSet;

use async_trait::async_trait;
use ids::BookingId;
use jiff::Timestamp;
use messaging::{Event, Handler, HandlerError, RunHandler, Transaction, UnitOfWork};
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

/// A booking that was confirmed.
struct Confirmed<'a> {
    event: &'a Event,
    appointment: Appointment,
    /// What its reminders say; empty if there are none.
    reminder: Vec<u8>,
}

impl Confirmed<'_> {
    fn has_reminders(&self) -> bool {
        !self.appointment.reminders_minutes_before.is_empty()
    }

    fn message(&self, kind: Kind) -> NewMessage<'_> {
        NewMessage {
            event: self.event,
            kind,
            person: self.appointment.person,
            booking: Some(self.appointment.booking),
            data: &self.event.data,
            due_at: None,
        }
    }

    /// One for now, and the reminders unless it has ended.
    fn messages(&self, has_ended: bool, now: Timestamp) -> Vec<NewMessage<'_>> {
        let mut messages = vec![self.message(Kind::Confirmed)];
        if has_ended {
            return messages;
        }
        for &minutes_before in &self.appointment.reminders_minutes_before {
            if let Some(due_at) = reminder_at(self.appointment.starts_at, minutes_before, now) {
                let reminder = self.message(Kind::Reminder { minutes_before });
                let data = &self.reminder;
                messages.push(NewMessage { data, due_at: Some(due_at), ..reminder });
            }
        }
        messages
    }
}

/// Most events are of this kind: what many of them lead to is stored together.
#[async_trait]
impl RunHandler<BookingConfirmed> for OnBooking {
    async fn handle_run<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        run: &[(&Event, BookingConfirmed)],
    ) -> Result<(), HandlerError> {
        let mut confirmed = Vec::with_capacity(run.len());
        for (event, message) in run {
            let appointment = Appointment::try_from(message.appointment.clone())?;
            let mut booking = Confirmed { event, appointment, reminder: Vec::new() };
            if booking.has_reminders() {
                booking.reminder = message.encode_to_vec();
            }
            confirmed.push(booking);
        }
        let transaction = unit.transaction();
        let reminded = confirmed.iter().filter(|booking| booking.has_reminders());
        let reminded: BTreeSet<_> = reminded.map(|booking| booking.appointment.booking).collect();
        // Their end may have been heard of before their beginning.
        let ended = ended::among(transaction, &reminded).await?;
        let now = self.0.clock.now();
        let mut all = Vec::with_capacity(confirmed.len());
        for booking in &confirmed {
            all.extend(booking.messages(ended.contains(&booking.appointment.booking), now));
        }
        messages::add_all(transaction, &all, &*self.0.clock, &*self.0.entropy).await?;
        Ok(())
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
