//! Tells people about their appointments: e-mail with a calendar file, in their language.
//!
//! The service hears of everything by events (`bus/`) and asks nobody. A handler stores what is to
//! be told (`store/messages.rs`); the job in `jobs/send.rs` composes it (`mail/`) once the
//! person's address is known, hands it over and notes that.

mod agencies;
mod app;
mod application;
mod appointment;
mod bus;
mod http;
mod jobs;
mod mail;
mod parts;
pub mod preview;
mod settings;
mod store;
mod text;
mod webhook;

pub use application::Application;
pub use http::openapi_document;
pub use parts::BuildError;
pub use service::{RunError, Runtime};
pub use settings::{KeySettings, MailSettings, Settings, SmtpSettings, Tls, WebhookSettings};
