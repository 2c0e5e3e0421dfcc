//! When an appointment is free next, as pages say it: asked of the authority now, or said to be unknown.

use std::{borrow::Cow, time::Duration};

use client::{ClientError, FreeSlot};

use super::{
    another_time::AnotherTime, draws::notice::is_drawn, request::Authority, search::SearchCriteria,
    visitor::Visitor,
};
use crate::text::{Texts, local};

/// How long a page waits to learn it.
const WAIT: Duration = Duration::from_millis(800);

/// When something is free.
pub(super) enum NextAppointment {
    On(Cow<'static, str>),
    /// Nothing is free.
    None,
    /// Appointments are drawn.
    Drawn,
    /// The authority gives an appointment to each application.
    Assigned,
    /// Only the office books it.
    ForStaffAlone,
    /// The authority did not say in time.
    Unknown,
}

impl NextAppointment {
    /// For what is searched, and how many minutes that appointment is, if the authority says so now.
    pub(super) async fn of(
        visitor: &Visitor,
        authority: &Authority,
        criteria: &SearchCriteria,
    ) -> (Self, Option<i64>) {
        let offer = &authority.offer;
        if criteria.services.iter().any(|id| offer.is_for_staff_alone(id)) {
            return (Self::ForStaffAlone, None);
        }
        match AnotherTime::of(offer, &criteria.services) {
            AnotherTime::Drawn => return (Self::Drawn, None),
            AnotherTime::Given => return (Self::Assigned, None),
            AnotherTime::Chosen => {}
        }
        match tokio::time::timeout(WAIT, earliest(visitor, authority, criteria)).await {
            Ok(Ok(Some(slot))) => {
                let minutes = slot.end.duration_since(slot.start).as_mins();
                (Self::On(visitor.texts.date(local(slot.start).date())), Some(minutes))
            }
            Ok(Ok(None)) => {
                let mut services = criteria.services.iter().filter_map(|id| offer.service(id));
                (if services.any(is_drawn) { Self::Drawn } else { Self::None }, None)
            }
            // The page has more to say than this.
            Ok(Err(_)) | Err(_) => (Self::Unknown, None),
        }
    }

    /// The text of what is said about the way to an appointment.
    pub(super) const fn label_key(&self) -> &'static str {
        match self {
            Self::On(_) | Self::None | Self::Unknown => "service-wait",
            Self::Drawn | Self::Assigned | Self::ForStaffAlone => "service-how",
        }
    }

    /// What stands behind it.
    pub(super) fn words(&self, texts: Texts) -> Cow<'static, str> {
        match self {
            Self::On(date) => date.clone(),
            Self::None => texts.text("days-none"),
            Self::Drawn => texts.text("start-drawn"),
            Self::Assigned => texts.text("start-assigned"),
            Self::ForStaffAlone => texts.text("start-staff-alone"),
            Self::Unknown => texts.text("service-wait-unknown"),
        }
    }

    /// Both, as one sentence.
    pub(super) fn sentence(&self, texts: Texts) -> String {
        format!("{}: {}", texts.text(self.label_key()), self.words(texts))
    }
}

/// What many people look at is remembered for a moment.
async fn earliest(
    visitor: &Visitor,
    Authority { office, offer }: &Authority,
    criteria: &SearchCriteria,
) -> Result<Option<FreeSlot>, ClientError> {
    let visit = criteria.visit(offer);
    match criteria.services.as_slice() {
        [service] if criteria.people.is_none() && criteria.locations.is_empty() => {
            office.next_free.of(&office.api, service, &visit, visitor.now()).await
        }
        _ => Ok(office.api.earliest(&visit).await?.slot),
    }
}
