//! Day plans: what always holds, and what ZMS expects.

mod closed_times;
mod day_plans;
mod holidays;
mod order;
mod zms;
