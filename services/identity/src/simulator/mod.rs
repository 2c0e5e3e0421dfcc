//! A simulated identity provider with invented citizens, for demo and tests.
//!
//! It is a real OpenID provider (discovery, authorization code, PKCE, signed ID token, key set)
//! whose log-in page looks like choosing a card. One instance plays BundID, another the eID
//! service: they name claims and levels differently, as the real ones do, and know the same
//! citizens by different keys. It refuses to start in production.
