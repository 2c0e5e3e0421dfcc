//! Holds and availability, without HTTP: one contract suite against every adapter.

mod availability;
mod contract;
mod site;
