//! The whole service over HTTP, with simulated providers.

mod act_for_person;
mod agency;
mod authorities;
mod bad_requests;
mod browser;
mod contact;
mod desk;
mod draw_tickets;
mod email;
mod endings;
mod events;
mod fapi;
mod honest_desk;
mod hostile;
mod log_in;
mod log_out;
mod own_data;
mod proven;
mod provisional;
mod recognition;
mod reference;
mod second_pair;
mod staff;
mod stolen;
mod tokens;
mod world;
