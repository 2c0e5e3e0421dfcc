//! The contracts stay readable for consumers of the released ones, and are documented.

mod asyncapi;
mod compatible;
mod descriptors;
mod event_kinds;
