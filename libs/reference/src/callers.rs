//! The kinds of caller, by token.
//!
//! An operation says who may call it in OpenAPI's words, and the same names appear in the
//! document, on the page and in generated clients. What a token must contain is checked by
//! `libs/auth`; here it is only described. The scheme is a bearer token (RFC 6750), so the kinds
//! differ in their description; only a client of the token endpoint sends its secret.

use utoipa::{
    Modify,
    openapi::{
        OpenApi,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// A kind of caller; `security(("citizen" = ["bookings"]))` at a handler names it with the scopes
/// that its token needs.
///
/// One operation can list several: any of them will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// `citizen`
    Citizen,
    /// `on_behalf`
    OnBehalf,
    /// `staff`
    Staff,
    /// `agency`
    Agency,
    /// `client`
    Client,
}

impl Caller {
    /// Released: generated clients contain it.
    const fn name(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::OnBehalf => "on_behalf",
            Self::Staff => "staff",
            Self::Agency => "agency",
            Self::Client => "client",
        }
    }

    /// Says where such a token comes from, since that is what a reader needs first.
    const fn description(self) -> &'static str {
        match self {
            Self::Citizen => {
                "An access token of a person who logged in (authorization code with PKCE at the \
                 identity service), for the authority that is asked; the identity service takes one \
                 for any."
            }
            Self::OnBehalf => {
                "An access token of an agency's program that acts for a person who allowed it, for \
                 this authority (token exchange, RFC 8693, at the identity service). It is bound to \
                 the program's key: sent as `Authorization: DPoP`, with a proof in the header `DPoP` \
                 (RFC 9449)."
            }
            Self::Staff => "An access token of a member of staff with a role at this authority.",
            Self::Agency => {
                "An access token of an agency's program (`client_credentials` with \
                 `private_key_jwt`). It is bound to the program's key: sent as `Authorization: DPoP`, \
                 with a proof in the header `DPoP` (RFC 9449)."
            }
            Self::Client => {
                "A program with a secret, by its id and secret (RFC 6749 section 2.3.1). Programs of \
                 agencies prove their key in the form instead: `client_assertion` (RFC 7523)."
            }
        }
    }

    fn scheme(self) -> HttpBuilder {
        let builder = HttpBuilder::new();
        match self {
            Self::Client => builder.scheme(HttpAuthScheme::Basic),
            Self::Citizen | Self::OnBehalf | Self::Staff | Self::Agency => {
                builder.scheme(HttpAuthScheme::Bearer).bearer_format("JWT (RFC 9068)")
            }
        }
    }
}

/// Adds the kinds of caller that a service knows to its document.
///
/// For `modifiers(&Callers(&[...]))` at a service's `OpenApi`. A kind that no operation names
/// does no harm.
#[derive(Debug)]
pub struct Callers(pub &'static [Caller]);

impl Modify for Callers {
    /// Adds to the schemes that are there.
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        for caller in self.0 {
            let scheme = caller.scheme().description(Some(caller.description())).build();
            components.add_security_scheme(caller.name(), SecurityScheme::Http(scheme));
        }
    }
}
