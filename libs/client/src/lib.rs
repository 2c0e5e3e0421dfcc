//! Our own client of the public APIs, used by the portal, the tour and the tests.
//!
//! * [`SlotApi`] speaks to the slot service of one authority.
//! * [`authorities`] reads from the identity service which authorities there are, and believes
//!   only what it signed.
//! * [`IdentityApi`] speaks to the identity service as a confidential OpenID client.
//! * [`ClientError`] tells a refusal ([`ClientError::Problem`], with the server's machine code)
//!   from an outage, so that a caller can say the right thing about either.
//!
//! Every call has a deadline ([`Timeouts`]); nothing is retried here, because only the caller
//! knows whether a repetition is safe (`POST /v1/bookings` is, with the same key).
//!
//! The commonest change: the slot service gets a new field. Add it to the type in
//! `src/slot/` with `#[serde(default)]` if an older server may leave it out. Unknown fields
//! are ignored, so an older client keeps working with a newer server.
//!
//! Instants are RFC 3339 with their offset; dates are calendar days in Berlin. Not here: the sealed
//! cookies and sessions of the portal, and any cache.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | another call of the slot service | the file of its resource in `src/slot/`; `slot/mod.rs` makes the request |
//! | another call of the identity service | `src/identity/`, one file for each errand |
//! | a deadline, or how an answer is read | `http.rs` |
//! | what a caller learns when a call fails | `error.rs` |
//! | a status or kind that an older client must survive | `known.rs`: what is unknown becomes `None` and never an error |
//!
//! Fields have the names of the API documents (`services/*/api/openapi.json`), where bounds and
//! examples are.

mod authorities;
mod caller;
mod error;
mod http;
mod identity;
mod known;
mod own_data;
mod slot;
mod token;

pub use authorities::authorities;
pub use error::{ClientError, Refusal};
pub use http::{Http, Timeouts};
pub use identity::{
    AddressProof, Agreement, Agreements, AuthorizationRequest, Callback, Candidate, CodeStanding,
    Contact, Document, FinishedLogin, IdentityApi, IssuedToken, Leaving, LoginError,
    LoginRequirements, MergedPerson, MergedPersons, PersonCase, PersonCaseState, PersonData,
    PersonEffect, PersonProposal, Registration, Stated,
};
pub use own_data::{DataSection, OwnData};
pub use slot::*;
pub use token::AccessToken;
pub use vocabulary::Language;
