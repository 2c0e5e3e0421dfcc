//! A supervisor sees what the bookings of a month rest on, and what staff did beside the rules.

use std::collections::BTreeMap;

use auth::Reach;
use ids::{LocationId, ServiceId};
use jiff::civil::Date;

use super::{AppError, DeskRefusal, Engine};
use crate::{
    domain::{Binding, CountedAct},
    store::{counted_acts, queries::MonthShares},
};

/// One service in one month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceShares {
    /// Bookings, by what they rest on.
    pub bookings: BTreeMap<Binding, u32>,
    /// Numbers that were called before earlier ones.
    pub queue_jumps: u32,
}

/// One month, without who did what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shares {
    /// By service. A visit for several services counts for each.
    pub services: BTreeMap<ServiceId, ServiceShares>,
    /// Persons whose limits were lifted.
    pub limits_lifted: u32,
}

/// The month that begins on `first`, by the days of the appointments, at `location` or at all locations
/// within `reach`.
///
/// # Errors
/// The location is unknown or out of reach; the database does not answer.
pub async fn read_shares(
    engine: &Engine,
    reach: &Reach,
    location: Option<&LocationId>,
    first: Date,
) -> Result<Shares, AppError> {
    let locations = match location {
        Some(location) if !reach.covers(location) => {
            return Err(DeskRefusal::NOT_YOUR_LOCATION.into());
        }
        Some(location) => {
            engine.know(location)?;
            vec![location.clone()]
        }
        None => {
            let catalogue = engine.catalogue();
            let all = catalogue.locations().map(|(id, _)| id.clone());
            all.filter(|id| reach.covers(id)).collect()
        }
    };
    let (db, last) = (engine.database.connection(), first.last_of_month());
    let acts = counted_acts::list(db, &locations, first, last).await?;
    let counts = MonthShares { from: first, to: last, locations }.read(db).await?;
    let mut shares = Shares::default();
    for count in counts {
        for service in count.services {
            let here = shares.services.entry(service).or_default();
            *here.bookings.entry(count.binding).or_default() += count.bookings;
        }
    }
    for count in acts {
        match (count.service, count.act) {
            (None, CountedAct::LiftedLimits) => shares.limits_lifted += count.number,
            (Some(service), CountedAct::JumpedQueue) => {
                shares.services.entry(service).or_default().queue_jumps += count.number;
            }
            _ => {}
        }
    }
    Ok(shares)
}
