//! The program, as an operator types it.

mod agency;
mod dead_letters;
mod keys;
