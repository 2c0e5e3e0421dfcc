//! The promises of messaging, against every adapter that is there.

mod address;
mod broker;
mod bus_contract;
mod effects;
mod faults;
mod gate;
mod republish;
mod support;
mod together;
mod traces;
mod unit_of_work;
mod wake;
