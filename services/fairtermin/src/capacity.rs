//! `fairtermin capacity`: how many pods of the slot service an authority needs.
//!
//! Nothing is assumed but what is said: the need comes from the authority's own figures, what a pod does from
//! `make bench` on the machines that it will have.

use crate::{
    arguments::{Capacity, Rate},
    command_error::CommandError,
    files,
};

/// The share of a pod's time that is planned. The rest is for deliveries to agencies, jobs, and waves within
/// the rush.
const PLANNED: f64 = 0.5;

/// Prints what comes in at the busiest time, which part of a pod that takes, and the number of pods.
pub fn run(arguments: &Capacity) -> Result<(), CommandError> {
    files::print(&table(arguments))
}

/// One kind of request at the busiest time.
struct Load {
    name: &'static str,
    /// A second, of all people together.
    asked: f64,
    /// A second, by one pod that does nothing else.
    done: f64,
}

impl Load {
    /// How many pods it takes by itself.
    fn pods(&self) -> f64 {
        self.asked / self.done
    }
}

fn loads(arguments: &Capacity) -> [Load; 3] {
    let bookings = f64::from(arguments.bookings_at_once) / f64::from(arguments.rush_seconds.get());
    let holds = bookings * f64::from(arguments.holds_per_booking.get());
    let looks = bookings * f64::from(arguments.looks_per_booking.get());
    let Capacity { looks_per_second, holds_per_second, confirms_per_second, .. } = arguments;
    let load = |name, asked, done: &Rate| Load { name, asked, done: done.get() };
    [
        load("looks at free times", looks, looks_per_second),
        load("holds", holds, holds_per_second),
        load("confirms", bookings, confirms_per_second),
    ]
}

/// Pods that do it all with time to spare, and one more, since one may be away.
fn pods(loads: &[Load]) -> f64 {
    let busy: f64 = loads.iter().map(Load::pods).sum();
    (busy / PLANNED).ceil().max(1.0) + 1.0
}

fn table(arguments: &Capacity) -> String {
    let loads = loads(arguments);
    let mut text = format!("{:<20} {:>12} {:>12} {:>8}\n", "a second", "asked", "one pod", "pods");
    for load in &loads {
        let Load { name, asked, done } = load;
        text.push_str(&format!("{name:<20} {asked:>12.1} {done:>12.1} {:>8.2}\n", load.pods()));
    }
    let percent = PLANNED * 100.0;
    let pods = pods(&loads);
    text.push_str(&format!(
        "\nslot.replicas: {pods:.0} (at most {percent:.0} % of a pod's time is planned, and one pod may be away)\n"
    ));
    text
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    fn capacity(bookings_at_once: u32, rush_seconds: u32) -> Capacity {
        let number = |number| NonZeroU32::new(number).unwrap();
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        Capacity {
            bookings_at_once,
            rush_seconds: number(rush_seconds),
            looks_per_booking: number(20),
            holds_per_booking: number(2),
            looks_per_second: rate("1000"),
            holds_per_second: rate("500"),
            confirms_per_second: rate("250"),
        }
    }

    #[test]
    fn every_kind_of_request_takes_its_part_of_a_pod() {
        // 100 bookings a second: 2,000 looks, 200 holds, 100 confirms.
        let loads = loads(&capacity(6_000, 60));
        let parts = loads.each_ref().map(Load::pods);
        assert_eq!(parts, [2.0, 0.4, 0.4]);
        // 2.8 pods of work, half of each planned, and one more.
        assert_eq!(pods(&loads), 7.0);
        let text = table(&capacity(6_000, 60));
        assert!(text.contains("slot.replicas: 7 "), "{text}");
        assert!(text.contains("holds                       200.0        500.0     0.40"), "{text}");
    }

    #[test]
    fn the_smallest_office_has_two_pods() {
        assert_eq!(pods(&loads(&capacity(1, 3_600))), 2.0);
        assert_eq!(pods(&loads(&capacity(0, 1))), 2.0);
    }

    #[test]
    fn a_rate_is_a_number_above_zero() {
        for wrong in ["0", "-1", "NaN", "inf", "fast", ""] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }
}
