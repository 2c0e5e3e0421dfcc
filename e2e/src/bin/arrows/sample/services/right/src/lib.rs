//! A service with everything that looks like a circle and is none.

mod app;
mod http;
mod store;
#[cfg(test)]
mod tests;
