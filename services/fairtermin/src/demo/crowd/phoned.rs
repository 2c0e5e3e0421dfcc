//! Somebody without online ID and e-mail, whom a desk put in line and whom it phones about an offer.

use client::{DeskReason, Preference, SeatAtDesk};
use ids::LocationId;

use super::{Crowd, CrowdError, Office, application::AUTHORITY, plan::Plan, unless_refused};

/// A number that is never assigned: reserved for films and books (Bundesnetzagentur).
const PHONE: &str = "030 23125 042";
/// So that a repeat is one.
const KEY: &str = "demo-puts-somebody-in-line";

impl Crowd {
    /// A clerk enters a person in the waiting list of a service without free times, if the list is empty.
    pub(super) async fn put_in_line(&self, office: &Office) -> Result<(), CrowdError> {
        let plan = office.plans().into_iter().next();
        let Some(plan) = plan.filter(|_| office.authority.as_str() == AUTHORITY) else {
            return Ok(());
        };
        let lists = office.api.waiting_lists().await?;
        let (Some(service), Some(location)) = (plan.services().into_iter().next(), place(plan))
        else {
            return Ok(());
        };
        if lists.iter().any(|list| list.service == service && list.people > 0) {
            return Ok(());
        }
        let person = self.register.somebody(&self.choices);
        let papers = self.register.papers_at_desk(&person, &office.authority)?;
        let request = SeatAtDesk {
            attendee: papers.attendee,
            location,
            wishes: vec![Preference::default()],
            people: 1,
            language: "de".to_owned(),
            reason: DeskReason { code: "no-online-access".to_owned(), note: None },
        };
        let api = &office.api;
        let joined =
            api.join_waiting_list_at_desk(&papers.token, KEY, &service, &request, PHONE, false);
        unless_refused(joined.await)?;
        Ok(())
    }

    /// How many people a place has to phone. A seat is kept for each, so none is given up for them.
    pub(super) async fn to_phone(&self, office: &Office, plan: &Plan) -> Result<u32, CrowdError> {
        let Some(location) = place(plan) else { return Ok(0) };
        let clerk = self.register.phoning_clerk(&office.authority)?;
        let calls = office.api.due_calls(&clerk, &location).await?;
        Ok(u32::try_from(calls.len()).unwrap_or(u32::MAX))
    }
}

fn place(plan: &Plan) -> Option<LocationId> {
    plan.visit(1).locations.into_iter().next()
}
