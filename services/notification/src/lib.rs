//! Tells people about their appointments: e-mail with a calendar file, in their language.
//!
//! The service learns everything from events (`bus/`) and calls no other service. A handler stores a
//! message (`store/messages.rs`); the job in `jobs/send.rs` composes it (`mail/`) once the person's
//! address is known, hands it to the mail server and marks it sent.

mod address_code;
mod agencies;
mod app;
mod application;
mod appointment;
mod backlog;
mod bus;
mod date_ended;
mod former_address;
mod http;
mod jobs;
mod mail;
mod not_drawn;
mod notice;
mod parts;
mod paused_webhook;
pub mod preview;
mod settings;
mod store;
mod text;
mod waiting;
mod webhook;

pub use application::Application;
pub use backlog::Backlog;
pub use http::openapi_document;
pub use parts::BuildError;
pub use service::{RunError, Runtime};
pub use settings::{
    DeliverySettings, KeySettings, MailSettings, Settings, SmtpSettings, Tls, WebhookSettings,
};
pub use text::english as english_texts;
pub use webhook::networks::PrivateNetworks;
