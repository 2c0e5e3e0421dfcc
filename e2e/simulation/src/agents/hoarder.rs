//! The trader who holds all seats under false names and sells them (mechanism M1).

/// What becomes of seats that the trader does not sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsold {
    /// They are withheld to the end and spoiled.
    Withheld,
    /// They flow back and go by chance to people who did not buy.
    FlowBack,
}

/// What a price leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deal {
    /// The price of a seat.
    pub price: f64,
    /// Seats sold.
    pub sold: f64,
    /// What the trader earns.
    pub profit: f64,
    /// Seats that stayed unused.
    pub spoiled: f64,
    /// The sum of the values of those who are served.
    pub welfare: f64,
    /// The same, less what was paid.
    pub surplus: f64,
}

/// The chance of a person who does not buy, if `sold` seats are sold.
fn chance_without(people: usize, seats: usize, sold: usize, unsold: Unsold) -> f64 {
    match unsold {
        Unsold::Withheld => 0.0,
        Unsold::FlowBack if people <= sold => 1.0,
        Unsold::FlowBack => ((seats - sold) as f64 / (people - sold) as f64).min(1.0),
    }
}

/// How many buy at `price`: as many as can all think it worth it at once. `values` are the people's,
/// the highest first.
fn buyers(values: &[f64], seats: usize, price: f64, unsold: Unsold) -> usize {
    let worth_it = |sold: &usize| {
        let gap = 1.0 - chance_without(values.len(), seats, *sold, unsold);
        values[*sold - 1] * gap >= price
    };
    (1..=seats.min(values.len())).rev().find(worth_it).unwrap_or(0)
}

/// What `price` leads to.
#[must_use]
pub fn sell(values: &[f64], seats: usize, price: f64, unsold: Unsold) -> Deal {
    let sold = buyers(values, seats, price, unsold);
    let (bought, rest) = values.split_at(sold);
    let others: f64 = rest.iter().sum::<f64>() * chance_without(values.len(), seats, sold, unsold);
    let welfare = bought.iter().sum::<f64>() + others;
    let paid = price * sold as f64;
    let spoiled = if unsold == Unsold::Withheld { seats - sold } else { 0 };
    Deal {
        price,
        sold: sold as f64,
        profit: paid,
        spoiled: spoiled as f64,
        welfare,
        surplus: welfare - paid,
    }
}

/// The price that earns most over all `markets`, out of 400. The lowest if none earns anything.
#[must_use]
pub fn best_price(markets: &[Vec<f64>], seats: usize, unsold: Unsold) -> f64 {
    let profit = |price: f64| {
        let sold = markets.iter().map(|values| buyers(values, seats, price, unsold));
        price * sold.sum::<usize>() as f64
    };
    let prices = (1..=400).map(|step| f64::from(step) / 400.0);
    let best = prices
        .map(|price| (profit(price), price))
        .reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map_or(0.0, |(_, price)| price)
}
