//! Tokens against a real key set server.

mod callers;
mod dpop;
mod identity;
mod keys;
mod revocations;
mod tokens;
