//! The agents: people who need an appointment, and the trader.

mod hoarder;
mod race;
mod seekers;
mod trader;

pub use hoarder::{Deal, Unsold, best_price, sell};
pub use race::{Racer, Served, race};
pub use seekers::values;
pub use trader::{Best, Offer, Trial, best_reply, price_for, sales};
