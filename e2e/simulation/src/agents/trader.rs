//! The trader who sells a better chance: what is it worth, and what is the best offer?

use crate::measures::{Mean, Share};

/// What the trader chooses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// What a customer pays.
    pub price: f64,
    /// False or rented identities.
    pub identities: usize,
}

/// What people have seen of an offer: how customers and others fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trial {
    /// Customers who got a seat.
    pub customers: Share,
    /// Others who did.
    pub others: Share,
}

/// The best offer of a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Best {
    /// Which.
    pub offer: Offer,
    /// What it earns.
    pub profit: f64,
}

impl Trial {
    /// How much better a customer's chance is at least: the lower end of the customers' interval less the
    /// upper end of the others'. Customers do not pay for a difference within the error of measurement.
    #[must_use]
    pub fn sure_gap(&self) -> f64 {
        let (customers, others) = (self.customers.estimate(), self.others.estimate());
        (customers.low - others.high).max(0.0)
    }
}

/// How many of `customers` people with values evenly from 0 to 1 pay `price` for a chance that is
/// greater by `gap`.
#[must_use]
pub fn sales(customers: usize, price: f64, gap: f64) -> f64 {
    if price >= gap { 0.0 } else { customers as f64 * (1.0 - price / gap) }
}

/// What the trader earns in the mean over `markets` who sells `seats` places at the greatest price at
/// which all are sold. `values` are the people's, the highest first.
#[must_use]
pub fn price_for(markets: &[Vec<f64>], seats: usize, gap: f64) -> Mean {
    let marginal = |values: &Vec<f64>| values.get(seats.max(1) - 1).copied().unwrap_or(0.0);
    markets.iter().map(|values| seats as f64 * marginal(values) * gap.max(0.0)).collect()
}

/// The offer that earns most; of several, the one that is named first. To stay away comes first and
/// earns nothing.
#[must_use]
pub fn best_reply(offers: impl IntoIterator<Item = (Offer, f64)>) -> Best {
    let away = Best { offer: Offer { price: 0.0, identities: 0 }, profit: 0.0 };
    offers.into_iter().fold(
        away,
        |best, (offer, profit)| {
            if profit > best.profit { Best { offer, profit } } else { best }
        },
    )
}
