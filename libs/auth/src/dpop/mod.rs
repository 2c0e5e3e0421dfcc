//! DPoP (RFC 9449): an access token that is bound to a key, and proofs made with that key.
//!
//! A program sends with each request a proof: a JWT that names method and URL and is signed with its
//! key. A token that says `cnf.jkt` is worth nothing without one. So a token that leaks from a log or
//! from a careless service is of no use to others, and a proof is of no use a minute later, at another
//! address, or twice: [`DpopVerifier`] remembers each in a [`JtiStore`] that all processes share.

mod database_jti_store;
mod error;
mod jti_store;
mod proof;
mod sign;
mod thumbprint;
mod verifier;

pub use database_jti_store::DatabaseJtiStore;
pub use error::DpopError;
pub use jti_store::{JtiStore, JtiStoreError, MemoryJtiStore};
pub use sign::ProofTarget;
pub use thumbprint::{Confirmation, Thumbprint, WrongThumbprint};
pub use verifier::DpopVerifier;

/// The header with the proof.
pub const DPOP_HEADER: &str = "dpop";
/// What proofs may be signed with, and client assertions too (FAPI 2.0 Security Profile, 5.4.1).
pub const FAPI_ALGORITHMS: [&str; 3] = ["ES256", "EdDSA", "PS256"];
/// The `typ` of a proof.
const PROOF_TYPE: &str = "dpop+jwt";
/// For how many seconds a proof is good.
const LIFETIME_SECONDS: i64 = 60;
/// How far the clocks of the sender and this machine may differ. FAPI 2.0 wants at least 10 and less
/// than 60.
const CLOCK_SKEW_SECONDS: i64 = 30;
