//! The checks T1 to T14, and what becomes of seats that change hands.

mod handover;
mod t01_hoarding;
mod t02_low_demand;
mod t03_customers_first;
mod t04_draw;
mod t05_stuffing;
mod t06_denial;
mod t07_freed_seat;
mod t08_waits;
mod t09_list_length;
mod t10_overbooking;
mod t11_speed;
mod t12_honest_lists;
mod t13_order;
mod t14_ranking;

use crate::{Findings, Study};

/// A check: it plays, and adds what it found.
type Check = fn(&Study, &mut Findings);

/// Seats of a day in the checks.
const SEATS: u16 = 100;
/// How often a person looks who searches by hand, in seconds.
const BY_HAND: f64 = 300.0;
/// What one identity costs the trader, where a seat is worth 0 to 1.
const COST: f64 = 0.01;

/// All, in order.
pub const ALL: &[(&str, Check)] = &[
    ("T1 hoarding", t01_hoarding::run),
    ("T2 low demand", t02_low_demand::run),
    ("T3 customers first", t03_customers_first::run),
    ("T4 draw", t04_draw::run),
    ("T5 stuffing a draw without identity", t05_stuffing::run),
    ("T6 denial", t06_denial::run),
    ("T7 freed seats", t07_freed_seat::run),
    ("T8 waits", t08_waits::run),
    ("T9 length of lists", t09_list_length::run),
    ("T10 overbooking", t10_overbooking::run),
    ("T11 speed", t11_speed::run),
    ("T12 honest lists", t12_honest_lists::run),
    ("T13 order", t13_order::run),
    ("T14 ranking", t14_ranking::run),
    ("seats that change hands", handover::run),
];
