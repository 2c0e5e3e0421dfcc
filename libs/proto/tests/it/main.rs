//! The contracts stay readable by who speaks the released ones, and readers have a document.

mod asyncapi;
mod compatible;
mod descriptors;
mod event_kinds;
