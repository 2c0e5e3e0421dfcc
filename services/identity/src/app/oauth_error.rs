//! Errors of the token endpoint and of pushed requests (RFC 6749 section 5.2, RFC 8693, RFC 8707, RFC 9126,
//! RFC 9449).

use ::store::StoreError;
use auth::DpopError;

use crate::{login_request::RequestError, scope_name::ScopeName};

/// A request for tokens that was refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OAuthError {
    #[error("{0}")]
    InvalidRequest(&'static str),
    #[error(
        "The client is unknown or its proof is wrong (an assertion lives 5 minutes at most by this service's clock and is used once; fairtermin agency assertion --now states another time)."
    )]
    InvalidClient,
    /// What is wrong with a proof whose client, or whose sender, learns nothing by it but their own mistake.
    #[error("{0}")]
    WrongProof(&'static str),
    #[error("{0}")]
    InvalidGrant(&'static str),
    #[error("This client may not use this grant.")]
    UnauthorizedClient,
    #[error(
        "Use authorization_code, refresh_token, client_credentials or token-exchange (RFC 8693)."
    )]
    UnsupportedGrantType,
    #[error("The client may not have the scope {0}.")]
    InvalidScope(ScopeName),
    /// The program acts for people, and asks without one.
    #[error(
        "The scope {0} needs a person: let them log in (authorization_code) and exchange their token (token-exchange, RFC 8693)."
    )]
    NeedsPerson(ScopeName),
    #[error(
        "`resource` must be urn:fairtermin:authority:<id> of an authority that this client may reach."
    )]
    InvalidTarget,
    #[error("This token cannot be revoked by itself: it ends in ten minutes.")]
    UnsupportedTokenType,
    #[error("{}", .0.sentence())]
    Request(RequestError),
    #[error("{}", .0.sentence())]
    InvalidDpopProof(#[source] DpopError),
    #[error("Something went wrong on our side.")]
    Server(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl OAuthError {
    /// The `error` member.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient | Self::WrongProof(_) => "invalid_client",
            Self::InvalidGrant(_) => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope(_) | Self::NeedsPerson(_) => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
            Self::Request(error) => error.code(),
            Self::InvalidDpopProof(_) => "invalid_dpop_proof",
            Self::UnsupportedTokenType => "unsupported_token_type",
            Self::Server(_) => "server_error",
        }
    }

    pub(crate) fn server(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Server(Box::new(error))
    }
}

impl From<DpopError> for OAuthError {
    fn from(error: DpopError) -> Self {
        match error {
            DpopError::Store(error) => Self::server(error),
            error => Self::InvalidDpopProof(error),
        }
    }
}

impl From<StoreError> for OAuthError {
    fn from(error: StoreError) -> Self {
        Self::server(error)
    }
}
