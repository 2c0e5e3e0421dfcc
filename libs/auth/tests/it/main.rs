//! Tokens against a real key set server.

mod callers;
mod identity;
mod keys;
mod revocations;
mod tokens;
