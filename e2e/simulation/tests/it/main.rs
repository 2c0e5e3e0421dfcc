//! A short run has the signs of the long one, and the same seed has the same digits.

mod measures;
mod short_run;
