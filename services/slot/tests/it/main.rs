//! The slot service as others see it: HTTP against the real application.

mod any_sequence;
mod bookings;
mod catalogue;
mod clocks;
mod closings;
mod contention;
mod desk;
mod desk_calendar;
mod events;
mod fhir;
mod handover;
mod holds;
mod leader;
mod limits;
mod loss;
mod manners;
mod office;
mod on_behalf;
mod person_limits;
mod reference;
mod refusals;
mod returning;
mod rules;
mod statistics;
mod store;
mod values;
