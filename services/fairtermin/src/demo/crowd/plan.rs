//! What other people come for, and how much of it they take.

use std::time::Duration;

use client::Visit;
use ids::{LocationId, ServiceId};

/// One kind of visit of other people at one authority.
#[derive(Debug)]
pub struct Plan {
    pub authority: &'static str,
    /// Where; anywhere if there is none.
    pub location: Option<&'static str>,
    pub services: &'static [&'static str],
    /// How many come together at most.
    pub most_people: u16,
    /// How many of the next days with free times are filled.
    pub days: usize,
    /// Each so many days one is left half free; 0 if none is.
    pub spare_every: usize,
    /// Whether others go on to book what is free while somebody looks.
    pub is_contested: bool,
    /// How long filling may take when the demo starts.
    pub fill_timeout: Duration,
}

/// All of them, in the order in which they are filled. The first one's seats are given up for those
/// who wait.
pub const PLANS: &[Plan] = &[
    // Everything that the waiting lists are for.
    Plan {
        authority: "lea",
        location: Some("keplerstrasse"),
        services: &["aufenthaltserlaubnis-beschaeftigung"],
        most_people: 5,
        days: usize::MAX,
        spare_every: 0,
        is_contested: true,
        fill_timeout: Duration::from_secs(40),
    },
    // Something is left for the person who has an application number.
    Plan {
        authority: "lea",
        location: Some("friedrich-krause-ufer"),
        services: &["aufenthaltserlaubnis-familie"],
        most_people: 5,
        days: usize::MAX,
        spare_every: 4,
        is_contested: false,
        fill_timeout: Duration::from_secs(8),
    },
    Plan {
        authority: "buergeramt",
        location: None,
        services: &["wohnung-anmelden", "personalausweis"],
        most_people: 6,
        days: 5,
        spare_every: 0,
        is_contested: true,
        fill_timeout: Duration::from_secs(4),
    },
    Plan {
        authority: "kfz",
        location: None,
        services: &["neuzulassung", "umschreibung"],
        most_people: 1,
        days: 5,
        spare_every: 0,
        is_contested: true,
        fill_timeout: Duration::from_secs(4),
    },
];

impl Plan {
    /// The visit of so many people.
    pub fn visit(&self, people: u16) -> Visit {
        let locations = self.location.iter().map(|id| id.parse::<LocationId>());
        Visit {
            services: self.services(),
            locations: locations
                .map(|id| id.expect("the plans name places by their ids"))
                .collect(),
            people: Some(people),
        }
    }

    pub fn services(&self) -> Vec<ServiceId> {
        let services = self.services.iter().map(|id| id.parse::<ServiceId>());
        services.map(|id| id.expect("the plans name services by their ids")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::places::PRESETS;

    #[test]
    fn each_plan_is_of_something_that_the_presets_offer() {
        for plan in PLANS {
            let (_, preset) = PRESETS.iter().find(|(id, _)| *id == plan.authority).unwrap();
            for name in plan.services.iter().chain(&plan.location) {
                assert!(preset.contains(&format!("\n    {name}:\n")), "{name}");
            }
        }
    }
}
