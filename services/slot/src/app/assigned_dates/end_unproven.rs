//! Dates of applications that nobody has proven yet end with an appointment of the person for whom they are: one
//! person takes one seat of a group. The application says who that is, by the name and the date of birth that
//! would prove it.

use std::collections::HashSet;

use catalogue::{Allocation, Service};
use ids::EntitlementId;

use super::{
    called_now, events, give_up,
    tell_end::{Because, told},
};
use crate::{
    app::{AppError, Engine, claim_entitlement::holder_hashes, rebook::visitor_on},
    domain::{Actor, AssignedDate, Booking, waiting::OfferStatus},
    store::{assigned_dates, entitlements},
};

/// Ends the open dates of the group of `booking` whose applications are for its person, though nobody has proven
/// them. The appointment stands whatever comes of it: a date that does not end now ends with its time to answer.
pub(in crate::app) async fn end_unproven(engine: &Engine, booking: &Booking) {
    let catalogue = engine.catalogue();
    let is_assigned =
        |it: &Service| it.group == booking.group && it.allocation == Allocation::Assign;
    if !catalogue.services().any(|(_, service)| is_assigned(service)) {
        return;
    }
    let dates = match meant_for(engine, booking).await {
        Ok(dates) => dates,
        Err(error) => {
            tracing::warn!(booking = %booking.id, %error, "the other dates of a person cannot be read; they end with their time to answer");
            return;
        }
    };
    for date in dates {
        let id = date.id;
        if let Err(error) = end(engine, booking, date).await {
            tracing::warn!(date = %id, %error, "a date does not end; it ends with its time to answer");
        }
    }
}

/// The open dates of the group whose application this person could prove by name and date of birth.
async fn meant_for(engine: &Engine, booking: &Booking) -> Result<Vec<AssignedDate>, AppError> {
    let db = engine.database.connection();
    let open = assigned_dates::unproven_in(db, &booking.group).await?;
    if open.is_empty() {
        return Ok(open);
    }
    let visitor = visitor_on(engine, booking)?;
    let applications: Vec<EntitlementId> = open.iter().map(|date| date.entitlement).collect();
    let on_file = entitlements::holdings(db, &applications).await?;
    let on_file: HashSet<(EntitlementId, Vec<u8>)> =
        on_file.into_iter().map(|holding| (holding.entitlement, holding.proof)).collect();
    let is_theirs = |date: &AssignedDate| {
        let hashes = holder_hashes(engine, date.entitlement, &visitor);
        hashes.into_iter().any(|hash| on_file.contains(&(date.entitlement, hash)))
    };
    Ok(open.into_iter().filter(is_theirs).collect())
}

async fn end(engine: &Engine, booking: &Booking, date: AssignedDate) -> Result<(), AppError> {
    let date = called_now(&engine.catalogue(), date);
    let mut unit = engine.begin().await?;
    if !give_up(engine, &mut unit, &date, OfferStatus::Withdrawn).await? {
        return Ok(());
    }
    let (action, details) = ("entitlement.date_withdrawn", serde_json::json!({ "date": date.id }));
    engine.record(&mut unit, &Actor::System, action, date.entitlement, details).await?;
    let because = told(Because::Baseless, false);
    let person = (booking.person, booking.language.as_str());
    unit.publish(&events::ended(engine, &date, person, because, false)).await?;
    Ok(unit.commit().await?)
}
