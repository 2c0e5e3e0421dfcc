//! A permission to book a service that requires one (for example: an application is on file).

use booking::entitlement::BoundTo;
use ids::{ClientId, EntitlementId, Pseudonym, ServiceId};
use jiff::Timestamp;

/// One permission, as an agency posted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// Its identifier.
    pub id: EntitlementId,
    /// What may be booked with it.
    pub service: ServiceId,
    /// Keyed hash of the reference; for [`BoundTo::Former`] of reference and date of birth.
    pub reference: Vec<u8>,
    /// By which key its hashes were made; `None` for those of an earlier version.
    pub key_id: Option<String>,
    /// What a person must prove besides the reference.
    pub bound_to: BoundTo,
    /// From when on it holds.
    pub valid_from: Timestamp,
    /// Until when it holds.
    pub valid_until: Timestamp,
    /// For how many appointments it is good.
    pub uses: u16,
    /// Which agency posted it.
    pub posted_by: ClientId,
    /// Whose it is, once it is claimed.
    pub person: Option<Pseudonym>,
    /// When the agency withdrew it.
    pub withdrawn_at: Option<Timestamp>,
    /// When it was posted.
    pub created_at: Timestamp,
}

/// One that a person has and can book with now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEntitlement {
    /// Its id.
    pub id: EntitlementId,
    /// The service that it is for.
    pub service: ServiceId,
    /// Until when.
    pub valid_until: Timestamp,
}
