//! Day plans: what always holds, and what ZMS expects.

mod day_plans;
mod order;
mod zms;
