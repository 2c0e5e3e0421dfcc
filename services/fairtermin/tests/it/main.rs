//! The program, as an operator types it.

mod dead_letters;
mod keys;
