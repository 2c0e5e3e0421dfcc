//! What a draw promises.

mod greedy;
mod invented;
mod properties;
mod tampering;
mod tickets;
mod vectors;
mod verdicts;
