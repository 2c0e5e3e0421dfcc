//! Time and randomness as inputs.
//!
//! Two things a program cannot compute from its arguments: the time and
//! randomness. Everything in Fairtermin takes them as parameters, so that a test can stand on the
//! night of a clock change, and a draw can be repeated. The direct calls are forbidden by lint;
//! [`SystemClock`] and [`SystemEntropy`] hold the only exceptions.
//!
//! ```
//! use ambient::{Clock, VirtualClock};
//! let clock = VirtualClock::at("2027-03-28T00:59:00Z".parse().unwrap());
//! clock.advance(jiff::SignedDuration::from_mins(2));
//! assert_eq!(clock.now().to_string(), "2027-03-28T01:01:00Z");
//! ```
//!
//! A function that needs the time takes `&dyn Clock`; a service holds an `Arc<dyn Clock>` and hands
//! it on. The same holds for [`Entropy`]: a draw is repeated by giving it the same source.

mod clock;
mod entropy;

pub use clock::{BERLIN, Clock, SystemClock, VirtualClock, berlin};
pub use entropy::{Entropy, SeededEntropy, SystemEntropy};
