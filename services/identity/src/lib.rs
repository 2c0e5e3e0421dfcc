//! Identity: proves a person once, and tells each authority no more than it needs.
//!
//! People log in at configured OpenID providers ([`settings::ProviderSettings`]). A log-in is
//! matched with the person behind it ([`person`]): one human is one person, whichever account or
//! card was used. Programs get tokens in which every authority sees its own pseudonym of the
//! person. Other services verify these tokens by `auth::Verifier` without asking.
//!
//! [`simulator`] is an OpenID provider with invented citizens for demo and tests.
//!
//! To connect a provider, add it to the settings; see README.md.

mod app;
mod application;
mod http;
mod jobs;
mod login_request;
mod operator;
mod pages;
mod parts;
pub mod person;
mod provider;
mod scope_name;
mod secrets;
pub mod settings;
pub mod simulator;
mod store;
mod text;
mod ticket_draw;

pub use application::Application;
pub use http::openapi_document;
pub use parts::BuildError;
pub use service::{Mode, RunError, Runtime};
pub use settings::Settings;
pub use text::english as english_texts;
