//! The promises of messaging, against every adapter that is there.

mod bus_contract;
mod effects;
mod support;
