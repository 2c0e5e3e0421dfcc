//! A service whose modules name each other in a circle, each in another way.

mod app;
mod bus;
mod http;
mod store;
mod zone;

pub use app::Visit;
