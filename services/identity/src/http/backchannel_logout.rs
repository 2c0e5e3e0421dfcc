//! `POST /backchannel-logout/{provider}`: a person logged out at a provider.

use actix_web::{HttpResponse, ResponseError as _, web};
use problem::{Problem, types};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    app::{Context, LogoutFailure, end_provider_sessions},
    settings::ProviderId,
};

/// The log-out token of a provider.
#[derive(Deserialize, ToSchema)]
#[schema(as = BackchannelLogout)]
pub(super) struct Parameters {
    /// Signed by the provider, once.
    logout_token: String,
}

/// Hear of a log-out at a provider
///
/// Identity providers call it (OpenID Connect Back-Channel Logout 1.0): every session that the token means ends.
#[utoipa::path(
    post, path = "/backchannel-logout/{provider}", tag = "OAuth", operation_id = "hearOfLogout",
    params(("provider" = String, Path, description = "The provider, as identity's settings call it.", example = "bundid")),
    request_body(content = Parameters, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "They have ended.")),
    extensions(("x-errors" = json!("oauth"))),
)]
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
            Problem::new(&types::INTERNAL).error_response()
        }
        Err(failure) => {
            tracing::warn!(provider = %provider.id(), reason = %failure, "log-out token refused");
            let description = "`logout_token` is not one of this provider, or was used before.";
            let error = json!({ "error": "invalid_request", "error_description": description });
            HttpResponse::BadRequest().json(error)
        }
    }
}
