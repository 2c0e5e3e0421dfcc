//! Every number of the Berlin year that is assumed. The README has the sources.

/// Appointments a month: 180,000 (Senate's target, 2023).
pub const SEATS_A_MONTH: usize = 180_000;
/// Seats of a site in half a day, in which no-shows are pooled.
pub const POOL: usize = 100;
/// Weeks of waiting people at the beginning.
pub const BACKLOG_WEEKS: i32 = 8;
/// New people per seat, in the first quarter.
pub const LOAD_AT_FIRST: f64 = 1.1;
/// And then.
pub const LOAD_LATER: f64 = 0.95;
/// How far ahead people can book today, in days.
pub const HORIZON: i32 = 56;
/// The probability that a person cancels in time, so that the seat can be offered again.
pub const CANCELS: f64 = 0.10;
/// The chance that somebody who did not come still needs an appointment.
pub const COMES_BACK: f64 = 0.5;
/// How much of the no-shows automated reminders prevent (Hasvold and Wootton, 2011).
pub const REMINDED: f64 = 0.29;
/// How many of those cancel four days before, when they are reminded, and do not come.
pub const REMINDED_CANCEL: f64 = 0.5;
/// Days before the appointment of the message that makes people cancel.
pub const REMINDER_DAYS: i32 = 4;
/// The chance that a seat that is empty on the day is taken by somebody who stands by.
pub const STAND_BY: f64 = 0.4;
/// The chance that an offer is accepted.
pub const ACCEPTS: f64 = 0.7;
/// The chance that a person who does not accept says so at once; the offer lapses otherwise.
pub const DECLINES_AT_ONCE: f64 = 0.5;
/// Requests of a person who searches by hand for an hour of a working day, every five minutes.
pub const SEARCH_REQUESTS: usize = 12;
/// Requests of a booking: slot, hold, confirm.
pub const BOOKING_REQUESTS: usize = 3;
/// Requests of an entry in a draw: log-in, page, entry, receipt.
pub const ENTRY_REQUESTS: usize = 4;
/// Requests of an offer: its page and the answer.
pub const OFFER_REQUESTS: usize = 2;

/// The chance that somebody does not come who booked `lead` days before: 5 % and 0.3 % a day, at most
/// 25 %. That is 14 % at 30 days and 22 % at eight weeks, as districts report.
pub fn no_show(lead: i32) -> f64 {
    (0.05 + 0.003 * f64::from(lead)).min(0.25)
}
