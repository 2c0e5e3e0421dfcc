//! The whole service over HTTP, with simulated providers.

mod browser;
mod contact;
mod log_in;
mod log_out;
mod recognition;
mod stolen;
mod tokens;
mod world;
