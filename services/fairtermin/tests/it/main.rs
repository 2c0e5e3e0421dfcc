//! The program, as an operator types it.

mod agency;
mod check;
mod dead_letters;
mod demo;
mod imports;
mod init;
mod keys;
mod preview;
mod ready;
