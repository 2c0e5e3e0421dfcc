//! The bounded HTTP client as `openidconnect` wants it.

use auth::{BoundedHttp, HttpError};
use openidconnect::{HttpRequest, HttpResponse, http};

/// Sends one request of `openidconnect`: no redirects, limited in time and size.
pub(super) async fn send(
    http: BoundedHttp,
    request: HttpRequest,
) -> Result<HttpResponse, HttpError> {
    let request = request
        .try_into()
        .map_err(|error: reqwest::Error| HttpError::Setup(error.without_url().to_string()))?;
    let answer = http.execute(request).await?;
    let mut response = http::Response::new(answer.body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}
