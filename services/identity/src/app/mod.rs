//! What people and programs do here. Each file is one use case and owns its transaction.

mod admit;
mod authenticate_client;
mod begin_login;
mod choose_provider;
mod contact;
mod context;
pub(crate) mod desk;
mod end_provider_sessions;
mod end_session;
mod exchange_code;
mod finish_login;
mod grant_agency;
mod introduce;
mod issue;
mod login_request;
mod oauth_error;
mod read_userinfo;
mod recognise;
mod refresh;

pub(crate) use authenticate_client::{ClientProof, authenticate_client};
pub(crate) use begin_login::begin_login;
pub(crate) use choose_provider::choose_provider;
pub(crate) use contact::remember_contact;
pub(crate) use context::{Context, SigningKeys};
pub(crate) use end_provider_sessions::{LogoutFailure, end_provider_sessions};
pub(crate) use end_session::{end_session, end_session_within};
pub(crate) use exchange_code::{CodeExchange, exchange_code};
pub(crate) use finish_login::{FailedLogin, Failure, Returned, finish_login};
pub(crate) use grant_agency::grant_agency;
pub(crate) use issue::TokenResponse;
pub(crate) use login_request::LoginRequest;
pub(crate) use oauth_error::OAuthError;
pub(crate) use read_userinfo::read_userinfo;
pub(crate) use refresh::refresh;
