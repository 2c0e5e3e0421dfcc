//! The promises of the reservation protocol, checked in every order of events.

mod model;
