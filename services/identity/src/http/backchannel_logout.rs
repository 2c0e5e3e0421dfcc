//! `POST /backchannel-logout/{provider}`: a person logged out at a provider.

use actix_web::{HttpResponse, ResponseError as _, web};
use problem::{Problem, types};
use serde::Deserialize;
use serde_json::json;

use crate::{
    app::{Context, LogoutFailure, end_provider_sessions},
    settings::ProviderId,
};

#[derive(Deserialize)]
pub(super) struct Parameters {
    logout_token: String,
}

pub(super) async fn backchannel_logout(
    context: web::Data<Context>,
    provider: web::Path<String>,
    parameters: web::Form<Parameters>,
) -> HttpResponse {
    let provider: Option<ProviderId> = provider.parse().ok();
    let Some(provider) = provider.and_then(|id| context.provider(&id)) else {
        return Problem::new(&types::NOT_FOUND).error_response();
    };
    match end_provider_sessions(&context, provider, &parameters.logout_token).await {
        Ok(sessions) => {
            tracing::info!(provider = %provider.id(), sessions, "logged out by the provider");
            HttpResponse::Ok().finish()
        }
        Err(LogoutFailure::Store(error)) => {
            tracing::error!(%error, "cannot end the sessions of a provider's log-out; the provider must repeat it");
            HttpResponse::InternalServerError().finish()
        }
        Err(failure) => {
            tracing::warn!(provider = %provider.id(), reason = %failure, "log-out token refused");
            HttpResponse::BadRequest().json(json!({ "error": "invalid_request" }))
        }
    }
}
