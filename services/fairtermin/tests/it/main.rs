//! The program, as an operator types it.

mod agency;
mod auditor;
mod canned;
mod check;
mod dead_letters;
mod demo;
mod doctor;
mod events;
mod import_safety;
mod imports;
mod init;
mod keys;
mod preview;
mod ready;
mod texts;
