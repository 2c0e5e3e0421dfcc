//! Holds, without HTTP: one contract suite against every adapter.

mod availability;
mod compared;
mod contention;
mod contract;
mod failover;
mod feed;
mod rebuild;
mod sequences;
mod site;
mod size;
