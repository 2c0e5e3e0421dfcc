//! What a draw promises.

mod greedy;
mod invented;
mod properties;
mod tampering;
mod vectors;
mod verdicts;
