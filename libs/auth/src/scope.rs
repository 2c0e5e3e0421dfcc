//! What a client may do in someone's name or its own: the words of the `scope` claim.
//!
//! A scope limits a *program*; what the *person* may do their session, level or role says. Identity
//! grants a program only scopes that it is registered for (RFC 6749 section 3.3).

/// The portal: hold, book, move and cancel for the person who is logged in.
pub const BOOKINGS: &str = "bookings";
/// The portal for staff: the front desk.
pub const DESK: &str = "desk";
/// An agency: read free slots in its own name, within its own rate limit. A caller without a token
/// shares that of its address.
pub const SLOTS_READ: &str = "slots:read";
/// An agency: hold, book, move and cancel for a person who allowed it at their log-in. Only a token
/// that was exchanged for one of the person's (RFC 8693) has it to any effect.
pub const BOOKINGS_WRITE_ON_BEHALF: &str = "bookings:write:onbehalf";
/// An agency: say that a person may book a service.
pub const ENTITLEMENTS_WRITE: &str = "entitlements:write";
/// An agency: subscribe to events of bookings.
pub const EVENTS_SUBSCRIBE: &str = "events:subscribe";
/// The slot service of an authority: announce draws, so that people get tickets for them. Its client
/// proves itself by a secret; no token has this scope.
pub const DRAWS_ANNOUNCE: &str = "draws:announce";

/// Every scope an agency can be granted.
///
/// `fairtermin agency` refuses another, and every authority lists them for developers in its
/// directory.
pub const FOR_AGENCIES: &[&str] =
    &[SLOTS_READ, BOOKINGS_WRITE_ON_BEHALF, ENTITLEMENTS_WRITE, EVENTS_SUBSCRIBE];
/// Those that it can use without a person (`client_credentials`).
pub const IN_OWN_NAME: &[&str] = &[SLOTS_READ, ENTITLEMENTS_WRITE, EVENTS_SUBSCRIBE];
/// Every scope, for identity's metadata (RFC 8414 section 2): those of OpenID Connect, of our own
/// programs and of agencies.
pub const ALL: &[&str] = &[
    "openid",
    "offline_access",
    BOOKINGS,
    DESK,
    SLOTS_READ,
    BOOKINGS_WRITE_ON_BEHALF,
    ENTITLEMENTS_WRITE,
    EVENTS_SUBSCRIBE,
];
