//! What this service consumes: one file per event or family of events.

mod bookings;
mod contacts;
mod dates;
mod draws;
mod persons;
mod waiting;
mod webhooks;

use std::sync::Arc;

use ambient::{Clock, Entropy};
use ids::Pseudonym;
use messaging::{Bus, Consumer, Event, HandlerError, Queue, SealingKey, UnitOfWork, Wake};
use proto::{
    booking::v1::{BookingCancelled, BookingChanged, BookingConfirmed, BookingRebooked},
    draw::v1::EntryNotDrawn,
    person::v1::{ContactBound, ContactChanged, ContactReplaced, ContactStated, PersonErased},
    waiting::v1::{AssignedDateEnded, OfferLapsed, PlaceLost, SlotOffered},
};
use store::Database;

use self::{
    bookings::OnBooking, contacts::OnContact, dates::OnDateEnded, draws::OnDraw,
    persons::OnPersonErased, waiting::OnWaiting, webhooks::OnEvery,
};
use crate::{
    notice::{Kind, NewMessage},
    store::messages,
};

/// What the handlers need.
#[derive(Debug, Clone)]
pub(crate) struct Dependencies {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// Opens contact data in events.
    pub(crate) contact_seal: Arc<SealingKey>,
    /// Seals contact data in the database.
    pub(crate) person_data: Arc<SealingKey>,
}

impl Dependencies {
    /// Stores a message of this kind, which is written from the event and sent at once.
    async fn notify(
        &self,
        unit: &mut UnitOfWork<'_>,
        event: &Event,
        kind: Kind,
        person: Pseudonym,
    ) -> Result<(), HandlerError> {
        let data = event.data.as_slice();
        let message = NewMessage { event, kind, person, booking: None, data, due_at: None };
        messages::add(unit.transaction(), &message, &*self.clock, &*self.entropy).await?;
        Ok(())
    }
}

/// The consumer of all events that this service knows. It wakes the sending job and, where
/// agencies can subscribe, the one that plans deliveries.
pub(crate) fn consumer(
    database: &Database,
    bus: Arc<dyn Bus>,
    dependencies: &Dependencies,
    send: Wake,
    recorded: Option<Wake>,
) -> Consumer {
    let booking = OnBooking(dependencies.clone());
    let waiting = OnWaiting(dependencies.clone());
    let contact = OnContact(dependencies.clone());
    let clock = Arc::clone(&dependencies.clock);
    let consumer = Consumer::new(Queue::notification(), database.clone(), bus, clock)
        .on_runs::<BookingConfirmed>(booking.clone())
        .on::<BookingRebooked>(booking.clone())
        .on::<BookingChanged>(booking.clone())
        .on::<BookingCancelled>(booking)
        .on::<EntryNotDrawn>(OnDraw(dependencies.clone()))
        .on::<SlotOffered>(waiting.clone())
        .on::<OfferLapsed>(waiting.clone())
        .on::<PlaceLost>(waiting)
        .on::<AssignedDateEnded>(OnDateEnded(dependencies.clone()))
        .on::<ContactBound>(contact.clone())
        .on::<ContactChanged>(contact.clone())
        .on::<ContactStated>(contact.clone())
        .on::<ContactReplaced>(contact)
        .on::<PersonErased>(OnPersonErased)
        .waking(send);
    match recorded {
        Some(recorded) => consumer.on_every(OnEvery).waking(recorded),
        None => consumer,
    }
}
