//! Day plans: what always holds, and what ZMS expects.

mod closed_times;
mod day_plans;
mod order;
mod zms;
