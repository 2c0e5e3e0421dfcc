//! Day plans of the present catalogue.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use calendar::DayPlan;
use catalogue::Catalogue;
use ids::LocationId;
use jiff::civil::Date;

/// How many plans are kept; all are dropped when there are more.
const LIMIT: usize = 50_000;

#[derive(Debug, Default)]
pub(super) struct Plans(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    /// Of which catalogue.
    catalogue: Option<Arc<Catalogue>>,
    plans: HashMap<LocationId, HashMap<Date, Arc<DayPlan>>>,
    count: usize,
}

impl Plans {
    pub fn get(
        &self,
        catalogue: &Arc<Catalogue>,
        location: &LocationId,
        date: Date,
    ) -> Option<Arc<DayPlan>> {
        {
            let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let same = state.catalogue.as_ref().is_some_and(|of| Arc::ptr_eq(of, catalogue));
            if let Some(plan) = state.plans.get(location).and_then(|days| days.get(&date))
                && same
            {
                return Some(plan.clone());
            }
        }
        let plan = Arc::new(catalogue.day_plan(location, date)?);
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let same = state.catalogue.as_ref().is_some_and(|of| Arc::ptr_eq(of, catalogue));
        if !same || state.count >= LIMIT {
            *state = State { catalogue: Some(catalogue.clone()), ..State::default() };
        }
        state.count += 1;
        state.plans.entry(location.clone()).or_default().insert(date, plan.clone());
        Some(plan)
    }
}
