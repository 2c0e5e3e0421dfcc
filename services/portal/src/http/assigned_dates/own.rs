//! The dates that wait for a person's answer, for the list of their appointments.

use std::borrow::Cow;

use client::{AccessToken, Allocation, AssignedDate};
use ids::AssignedDateId;

use crate::http::{
    request::Authority,
    visit::{self, Name},
    visitor::Visitor,
};

/// A date that the authority gave, or that was drawn and must be confirmed.
pub(crate) struct OwnDate {
    /// A drawn seat has none.
    pub(crate) id: Option<AssignedDateId>,
    pub(crate) service: Vec<Name>,
    pub(crate) authority_name: Name,
    pub(crate) moment: Cow<'static, str>,
    pub(crate) until: Cow<'static, str>,
    pub(crate) answer: String,
}

/// The person's dates at one authority. Left out when they cannot be learnt: the appointments matter more.
pub(crate) async fn dates(
    visitor: &Visitor,
    authority: &Authority,
    token: &AccessToken,
) -> Vec<OwnDate> {
    let Authority { office, offer } = authority;
    if !offer.services.iter().any(|service| service.allocation == Allocation::Assign) {
        return Vec::new();
    }
    match office.api.assigned_dates(token).await {
        Ok(dates) => dates.iter().map(|date| OwnDate::new(visitor, authority, date)).collect(),
        Err(error) => {
            tracing::info!(authority = %office.id, %error, "cannot list dates that an authority gave; the page shows none");
            Vec::new()
        }
    }
}

impl OwnDate {
    fn new(
        visitor: &Visitor,
        Authority { office, offer }: &Authority,
        date: &AssignedDate,
    ) -> Self {
        let texts = visitor.texts;
        Self {
            id: Some(date.id),
            service: visit::service_names(texts, offer, std::slice::from_ref(&date.service)),
            authority_name: Name::of(&offer.name, texts),
            moment: texts.moment(date.start),
            until: texts.moment(date.answer_by),
            answer: visitor.links.assigned_date(&office.id, &date.id),
        }
    }
}
