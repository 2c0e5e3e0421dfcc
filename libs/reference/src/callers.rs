//! The kinds of caller, by token.

use utoipa::{
    Modify,
    openapi::{
        OpenApi,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// A kind of caller; `security(("citizen" = ["bookings"]))` at a handler names it with the scopes
/// that its token needs.
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
}

impl Caller {
    const fn name(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::OnBehalf => "on_behalf",
            Self::Staff => "staff",
            Self::Agency => "agency",
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Citizen => {
                "An access token of a person who logged in, for this authority (authorization code \
                 with PKCE at the identity service)."
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
        }
    }
}

/// Adds the kinds of caller that a service knows to its document.
#[derive(Debug)]
pub struct Callers(pub &'static [Caller]);

impl Modify for Callers {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        for caller in self.0 {
            let scheme = HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT (RFC 9068)")
                .description(Some(caller.description()))
                .build();
            components.add_security_scheme(caller.name(), SecurityScheme::Http(scheme));
        }
    }
}
