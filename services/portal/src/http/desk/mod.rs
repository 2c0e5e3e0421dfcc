//! The front desk: find a visitor by code, compare the name, move the visit on.

pub(super) mod act;
mod catalogue;
pub(super) mod show;
