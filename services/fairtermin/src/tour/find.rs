//! Act 1: what anybody can see without logging in.

use client::{FreeSlot, Service, Visit};
use ids::{LocationId, ServiceId};
use jiff::{ToSpan as _, civil::Date};
use tokio::time::{Duration, Instant, sleep};
use url::Url;

use super::{
    Stage,
    report::{Report, StepError, proof},
};

/// How long the services may take to start.
const WAIT_TIMEOUT: Duration = Duration::from_secs(30);

/// What the tour will book.
pub struct Found {
    /// The service, and another one of the same group.
    pub service: ServiceId,
    pub sibling: ServiceId,
    /// Where only one visit at a time is possible, so that one hold takes the last seat.
    pub location: LocationId,
    /// The slot to book, and a later one to move to.
    pub first: FreeSlot,
    pub second: FreeSlot,
}

impl Found {
    /// The Berlin day of a slot.
    pub fn day_of(slot: &FreeSlot) -> Date {
        slot.start.to_zoned_datetime(ambient::berlin()).date()
    }
}

/// `needed` are the services that the tour goes on with.
pub async fn act(stage: &Stage, report: &mut Report, needed: &[&Url]) -> Option<Found> {
    report.step("every service is ready", ready(stage, needed).await)?;
    report.step("the portal's start page", start_page(stage).await);
    let services = report.step("what the authority offers", services(stage).await)?;
    let found = report.step("a slot with one seat left", scarce_slot(stage, &services).await)?;
    report.step("an unchanged answer costs nothing", unchanged(stage, &found).await);
    Some(found)
}

async fn ready(stage: &Stage, services: &[&Url]) -> Result<super::report::Proof<()>, StepError> {
    let until = Instant::now() + WAIT_TIMEOUT;
    for service in services {
        while let Err(reason) = is_ready(stage, service).await {
            if Instant::now() > until {
                return Err(StepError::new(format!("{service} is not ready: {reason}")));
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
    proof((), format!("{} services answer /readyz", services.len()))
}

async fn is_ready(stage: &Stage, service: &Url) -> Result<(), StepError> {
    let answer = stage.http.get(service.join("readyz")?).send().await?;
    // A slot service is ready before it has identity's keys; this tour logs in.
    let text = answer.text().await?;
    if text == "ok\n" { Ok(()) } else { Err(StepError::new(text)) }
}

async fn start_page(stage: &Stage) -> Result<super::report::Proof<()>, StepError> {
    let answer = stage.http.get(stage.target.portal.clone()).send().await?;
    let policy = answer.headers().contains_key("content-security-policy");
    let (status, body) = (answer.status(), answer.text().await?);
    if !status.is_success() || !body.contains("<main") || !policy {
        return Err(StepError::new(format!("status {status}, policy sent: {policy}")));
    }
    proof((), format!("{} bytes of HTML under a content security policy", body.len()))
}

async fn services(stage: &Stage) -> Result<super::report::Proof<Vec<Service>>, StepError> {
    let services = stage.slot.services().await?.services;
    let locations = stage.slot.locations().await?;
    let shown = format!("{} services at {} places", services.len(), locations.len());
    proof(services, shown)
}

/// Looks for two slots with exactly one seat left, of a service that has a sibling in its group.
async fn scarce_slot(
    stage: &Stage,
    services: &[Service],
) -> Result<super::report::Proof<Found>, StepError> {
    let today = stage.now().to_zoned_datetime(ambient::berlin()).date();
    let day = |days: i64| {
        today.checked_add(days.days()).map_err(|error| StepError::new(error.to_string()))
    };
    // A cancellation in the last hours before an appointment counts like a missed one.
    let (from, until) = (day(2)?, day(60)?);
    for service in services.iter().filter(|service| !service.entitlement_required) {
        let sibling = services.iter().find(|other| {
            other.group == service.group
                && other.id != service.id
                && !other.entitlement_required
                && other.trust_level <= service.trust_level
        });
        let Some(sibling) = sibling else { continue };
        let anywhere = Visit { services: vec![service.id.clone()], ..Visit::default() };
        let days = stage.slot.days(&anywhere, from, until).await?.days;
        for day in days.iter().filter(|day| day.free > 0) {
            let slots = stage.slot.slots(&anywhere, day.date).await?.slots;
            let mut last_seats = slots.into_iter().filter(|slot| slot.free == 1);
            // Late on a Friday only the large places are still open.
            let Some(first) = last_seats.next() else { continue };
            let Some(second) =
                last_seats.find(|slot| slot.location == first.location && slot.start >= first.end)
            else {
                continue;
            };
            let shown =
                format!("service {} at place {} on {}", service.id, first.location, day.date);
            let found = Found {
                service: service.id.clone(),
                sibling: sibling.id.clone(),
                location: first.location.clone(),
                first,
                second,
            };
            return proof(found, shown);
        }
    }
    Err(StepError::new("no service has two slots with one seat each; see the preset"))
}

async fn unchanged(stage: &Stage, found: &Found) -> Result<super::report::Proof<()>, StepError> {
    let mut url = stage.target.slot.join("v1/availability/slots")?;
    url.query_pairs_mut()
        .append_pair("service", found.service.as_str())
        .append_pair("location", found.location.as_str())
        .append_pair("date", &Found::day_of(&found.first).to_string());
    let answer = stage.http.get(url.clone()).send().await?;
    let tag = answer.headers().get("etag").cloned().ok_or_else(|| StepError::new("no ETag"))?;
    let again = stage.http.get(url).header("If-None-Match", tag).send().await?;
    if again.status() != 304 {
        return Err(StepError::new(format!("status {}", again.status())));
    }
    proof((), "304 for the same ETag")
}
