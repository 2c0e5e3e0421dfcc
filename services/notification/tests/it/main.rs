//! The service as a whole: events in, e-mails out.

mod calendar;
mod mailbox;
mod support;
mod telling;
