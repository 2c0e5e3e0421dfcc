//! The slot service of one authority: holds (cut down while the rest is converted).

pub mod holds;
