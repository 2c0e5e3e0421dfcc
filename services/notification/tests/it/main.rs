//! The service as a whole: events in, e-mails out.

mod address_code;
mod agency;
mod calendar;
mod dates;
mod feed;
mod mailbox;
mod namespace;
mod reference;
mod smtp;
mod standard_webhooks;
mod support;
mod telling;
mod together;
mod undelivered;
mod webhook_faults;
mod webhook_options;
mod webhook_repeats;
mod webhooks;
