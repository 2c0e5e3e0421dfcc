//! What the log promises to strangers.

mod c2sp_example;
mod trees;
mod witnesses;
