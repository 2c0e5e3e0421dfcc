//! Callers: signing tokens, verifying them offline, and an extractor per kind of caller.
//!
//! The identity service signs with a [`SigningKey`]. Every other service holds one [`Verifier`],
//! which fetches identity's public keys in the background and decides about each token alone:
//! identity may be away. A handler names its caller in its signature:
//!
//! ```
//! use actix_web::HttpResponse;
//! use auth::Citizen;
//! use vocabulary::TrustLevel;
//! use problem::Problem;
//!
//! async fn my_bookings(citizen: Citizen) -> Result<HttpResponse, Problem> {
//!     citizen.require_level(TrustLevel::Substantial)?;
//!     Ok(HttpResponse::Ok().body(citizen.pseudonym.to_string()))
//! }
//! ```
//!
//! The application puts `web::Data<Verifier>` into its app data, and `web::Data<DpopVerifier>` if
//! agencies call it, whose tokens are bound to a key ([`DpopVerifier`]). It runs
//! [`Verifier::keep_keys_fresh`] beside its server. It
//! also runs [`Revocations::follow`], which tells it the log-ins and programs that ended before their
//! tokens do.
//!
//! The commonest change, a new scope or role: add it to [`scope`] or [`Role`], name it in the
//! handler with `require_scope` or `require_role`, and grant it in identity's settings.
//!
//! What becomes of a request with a token, in order: the extractor of the caller's kind reads the
//! header ([`Authorization`]); [`Verifier`] checks signature, issuer, time, audience and
//! revocation; a token that is bound to a key needs its proof ([`DpopVerifier`]); [`Quotas`] counts
//! the request; the extractor refuses a token of another kind of caller. So a handler that names
//! its caller can forget none of these steps.
//!
//! Nothing here asks identity about a single token. What that costs: a log-in that ended is refused
//! within a second while the broker works, within another second by the signed list while it does
//! not, and otherwise when its token expires (ten minutes).
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | a kind of caller | `caller/`, one file each, and `libs/reference/src/callers.rs` for the API document |
//! | a claim of a token | `claims.rs`; identity writes it in `services/identity/src/app/issue.rs` |
//! | what makes a token refused | `verifier.rs` (time, audience), `public_keys.rs` (signature), `revoked.rs` |
//! | what a refused caller reads | `error.rs` |
//! | what happens while identity is away | `jwks.rs` |
//! | how fast a log-out counts | `revocations.rs` |
//! | how much a caller may ask | `quota.rs` (a minute), `concurrency.rs` (at once) |
//! | tokens that are bound to a key | `dpop/` |
//! | signing, key files, rotation | `signing.rs` |

mod authorities;
mod bounded_http;
mod caller;
mod claims;
mod concurrency;
mod dpop;
mod error;
mod jwks;
mod public_keys;
mod quota;
mod revocation_list;
mod revocations;
mod revoked;
mod role;
pub mod scope;
mod signing;
mod token_cache;
mod verifier;

pub use authorities::{AuthorityList, ListedAuthority};
pub use bounded_http::{BoundedHttp, HttpError, HttpResponse};
pub use caller::{Agency, Authorization, Booker, Citizen, Staff, Viewer};
pub use claims::{
    AccessClaims, ActingAgency, Actor, Attendee, AttendeeClaims, MergeClaims, MergeReversalClaims,
    ResolutionClaims,
};
pub use dpop::{
    Confirmation, DPOP_HEADER, DatabaseJtiStore, DpopError, DpopVerifier, FAPI_ALGORITHMS,
    JtiStore, JtiStoreError, MemoryJtiStore, ProofTarget, Thumbprint, WrongThumbprint,
};
pub use error::TokenError;
pub use public_keys::PublicKeys;
pub use quota::{Limits, Quotas, rate_limit_headers};
pub use revocation_list::{EndedSession, RevocationList, RevokedClient};
pub use revocations::Revocations;
pub use role::{Reach, Role};
pub use signing::{KeyError, SigningKey, TokenType};
pub use verifier::Verifier;
