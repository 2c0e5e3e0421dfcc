//! Properties of day plans.

mod day_plans;
