//! At the visit, the document of a person who booked by phone is compared with what was said.

use auth::Attendee;
use messaging::UnitOfWork;

use super::{
    AppError, DeskRefusal, Engine,
    act_at_desk::active_again,
    required_level::require_level,
    two_staff::{Permit, Wanted, permit},
};
use crate::{
    domain::{Actor, Binding, Booking, CountedAct},
    person_data::Visitor,
    store::{bookings, merged_persons},
};

/// A booking by phone, and the person who came.
pub(super) struct Compared {
    attendee: Attendee,
    /// If the names are others than those that were said.
    permit: Option<Permit>,
}

/// Compares identity's statement about the document with what was said by phone: name and birth date,
/// by the rules by which identity compares them. Other ones take a second member of staff: a letter was
/// misheard, or a person came for another one's appointment.
///
/// # Errors
/// No document was looked at; it proves too little for the service; it takes a second member of staff.
pub(super) async fn compare_document(
    engine: &Engine,
    actor: &Actor,
    booking: &Booking,
    attendee_token: Option<&str>,
) -> Result<Compared, AppError> {
    let token = attendee_token.ok_or(DeskRefusal::DocumentNeeded)?;
    let attendee = engine.attendee(token).await?;
    if Binding::at_desk(&attendee).is_provisional() {
        return Err(DeskRefusal::DocumentNeeded.into());
    }
    require_level(engine, booking, attendee.level)?;
    let Actor::Staff(staff) = actor else { return Err(AppError::BookingNotFound) };
    let permit = if attendee.by_phone == Some(booking.person) {
        None
    } else {
        let wanted = Wanted {
            staff: *staff,
            act: CountedAct::AcceptedName,
            // Another person is another question.
            subject: format!("{}/{}", booking.id, attendee.pseudonym),
            location: booking.seat.location.clone(),
            services: booking.services.clone(),
            start: Some(booking.seat.start),
            reason: None,
            attendee: Some((Visitor::from(&attendee).into(), booking.hold)),
        };
        Some(permit(engine, wanted).await?)
    };
    Ok(Compared { attendee, permit })
}

impl Compared {
    /// The booking is this person's from now on, within the transaction that checks them in. Returns it
    /// as it is then.
    ///
    /// # Errors
    /// The person has another active booking in the group; the booking changed meanwhile; the database
    /// does not answer.
    pub(super) async fn bind(
        &self,
        engine: &Engine,
        unit: &mut UnitOfWork<'_>,
        booking: &Booking,
    ) -> Result<Booking, AppError> {
        let person = merged_persons::present(unit.transaction(), self.attendee.pseudonym).await?;
        let visitor = Visitor::from(&self.attendee);
        let bound = Booking {
            person,
            level: self.attendee.level,
            binding: Binding::PhoneCompared,
            attendee: engine.person_data.seal(&visitor, booking.hold, &*engine.entropy),
            ..booking.clone()
        };
        let written = bookings::bind(unit.transaction(), booking, &bound).await;
        if !written.map_err(active_again)? {
            return Err(AppError::BookingNotActive(booking.status));
        }
        if let Some(permit) = &self.permit {
            permit.used(engine, unit).await?;
        }
        Ok(bound)
    }

    /// The colleague who agreed to another name, for the audit log.
    pub(super) fn agreed(&self) -> Option<serde_json::Value> {
        self.permit.as_ref().map(Permit::details)
    }
}
