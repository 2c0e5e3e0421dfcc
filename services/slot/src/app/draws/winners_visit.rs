//! The appointment of a winner, by the same constraints as any confirm, whether it is booked at once or
//! accepted later.

use aws_lc_rs::digest;
use booking::{Seat, rules, state::BookingStatus};
use calendar::Channel;
use catalogue::Catalogue;
use ids::{BookingCode, BookingId, EntitlementId, ServiceId};
use serde_json::json;

use super::{earlier, lost_secrets::is_given_up};
use crate::{
    app::{
        AppError, Engine, Visit, VisitDetails, claim_entitlement::require_own,
        confirmation::DecidedBy, events, facts,
    },
    domain::{
        Actor, BookedTexts, Booking,
        draw::{Draw, DrawEntry},
    },
    holds::Hold,
    person_data::Visitor,
    store::{idempotency::Answered, queries::Confirmation},
};

/// Who won which seat.
pub(super) struct WinnersVisit<'a> {
    pub engine: &'a Engine,
    pub draw: &'a Draw,
    pub entry: &'a DrawEntry,
    pub seat: Seat,
    /// In which turn.
    pub turn: u32,
}

/// What the rules found.
pub(super) struct Allowed {
    /// On which the booking will stand.
    pub entitlements: Vec<EntitlementId>,
    /// The services that ask for one.
    pub entitled_to: Vec<ServiceId>,
    /// The appointment that is given back, in a draw of earlier ones.
    pub old: Option<Booking>,
}

impl WinnersVisit<'_> {
    /// What it is for, as it is called in this catalogue.
    pub(super) fn service(&self, catalogue: &Catalogue) -> ServiceId {
        catalogue.service_now(&self.draw.service).unwrap_or(&self.draw.service).clone()
    }

    /// Whether the rules still allow it: an entitlement may have been withdrawn since.
    pub(super) async fn allowed(&self, (_, catalogue): &DecidedBy) -> Result<Allowed, AppError> {
        let (engine, entry) = (self.engine, self.entry);
        let old = earlier::replaced_by(engine, self.draw, entry, &self.seat).await?;
        let replaced = old.as_ref().map(|old| old.id);
        let hold = Hold {
            id: entry.hold,
            person: entry.person,
            group: entry.group.clone(),
            replaces: replaced,
            seat: self.seat.clone(),
            held_at: entry.entered_at,
            expires_at: entry.entered_at,
            is_extended: false,
            epoch: 0,
            details: Vec::new(),
        };
        let details = VisitDetails {
            services: vec![self.service(catalogue)],
            people: entry.people,
            channel: Channel::Public,
            level: entry.level,
        };
        let visit = Visit::drawn(engine, catalogue, &hold, &details)?;
        let known =
            facts::at_confirm(engine, &visit, entry.person, entry.level, replaced, true).await?;
        visit.allowed(engine, &known.person)?;
        if !known.entitlements.is_empty() {
            require_own(engine, &known.entitlements, &self.visitor()?).await?;
        }
        let entitled_to = visit.demanding_entitlement();
        Ok(Allowed { entitlements: known.entitlements, entitled_to, old })
    }

    /// Who won. Without their name they cannot be compared with their application on file. A name that could not be
    /// opened for too long counts as another one, but not while the winner can still accept: they would read that
    /// their application is missing.
    fn visitor(&self) -> Result<Visitor, AppError> {
        let (engine, entry) = (self.engine, self.entry);
        match engine.person_data.open(&entry.attendee, entry.hold) {
            Ok(visitor) => Ok(visitor),
            Err(_)
                if is_given_up(engine, self.draw) && entry.open_offer(engine.now()).is_none() =>
            {
                Err(rules::not_entitled().into())
            }
            Err(error) => Err(AppError::Internal(error.into())),
        }
    }

    /// Everything that is written with the booking; the audit log calls it `action`, by `actor`.
    pub(super) fn confirmation(
        &self,
        decided_by: &DecidedBy,
        entitlements: Vec<EntitlementId>,
        actor: &Actor,
        action: &str,
    ) -> Confirmation {
        let (engine, draw, entry) = (self.engine, self.draw, self.entry);
        let booking = self.booking(&decided_by.1);
        let details = json!({
            "draw": draw.id,
            "entry": entry.id,
            "turn": self.turn,
            "location": booking.seat.location,
            "start": booking.seat.start,
            "services": booking.services,
        });
        Confirmation {
            audit: engine.audit(actor, action, booking.id, details),
            event: events::confirmed(engine, &decided_by.1, &booking),
            answered: Answered {
                caller: actor.to_string(),
                key: entry.id.to_string(),
                request: digest::digest(&digest::SHA256, entry.id.to_string().as_bytes())
                    .as_ref()
                    .to_vec(),
                at: engine.now(),
            },
            decided_by: decided_by.0,
            entitlements,
            booking,
        }
    }

    fn booking(&self, catalogue: &Catalogue) -> Booking {
        let (engine, entry) = (self.engine, self.entry);
        let now = engine.now();
        let id = BookingId::mint(&*engine.clock, &*engine.entropy);
        let services = vec![self.service(catalogue)];
        Booking {
            id,
            code: BookingCode::mint(&*engine.entropy),
            hold: entry.hold,
            person: entry.person,
            group: entry.group.clone(),
            status: BookingStatus::Confirmed,
            texts: BookedTexts::of(catalogue, &self.seat.location, &services),
            seat: self.seat.clone(),
            services,
            people: entry.people,
            channel: Channel::Public,
            level: entry.level,
            booked_by: entry.booked_by.clone(),
            doubt: entry.doubt,
            binding: entry.binding,
            language: entry.language.clone(),
            sequence: 0,
            replaces: None,
            series: id,
            attendee: entry.attendee.clone(),
            held_at: entry.entered_at,
            created_at: now,
            changed_at: now,
        }
    }
}
