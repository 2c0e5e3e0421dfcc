//! What a body may be written in: one rule for every service.

use actix_web::{HttpMessage as _, HttpRequest, http::header::CONTENT_TYPE};

use crate::{Problem, types};

/// What is read where nothing else is said.
const JSON: &[&str] = &["application/json"];

/// Other names of JSON, for one resource or scope; in its data.
#[derive(Debug, Clone, Copy)]
pub struct MediaTypes(
    /// Without parameters, for example `application/fhir+json`.
    pub &'static [&'static str],
);

/// Refuses a body that does not say to be JSON in UTF-8 (RFC 8259 section 8.1): what says nothing may
/// be anything, and is not guessed at (RFC 9110 section 8.3).
///
/// # Errors
/// `unsupported-media-type` that names what is read.
pub(super) fn check(request: &HttpRequest) -> Result<(), Problem> {
    let header = request.headers().get(CONTENT_TYPE);
    if header.is_some_and(|header| header.as_bytes() == b"application/json") {
        return Ok(());
    }
    let known = request.app_data::<MediaTypes>().map_or(JSON, |types| types.0);
    let is_known = request.mime_type().ok().flatten().is_some_and(|media_type| {
        let charset = media_type.get_param("charset");
        known.contains(&media_type.essence_str())
            && charset.is_none_or(|it| it.as_str().eq_ignore_ascii_case("utf-8"))
    });
    if is_known {
        return Ok(());
    }
    let detail = format!("Send `Content-Type: {}`, in UTF-8.", known.join("` or `"));
    Err(Problem::new(&types::UNSUPPORTED_MEDIA_TYPE).detail(detail))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn is_read(content_type: &str) -> bool {
        let request = TestRequest::post().insert_header((CONTENT_TYPE, content_type));
        check(&request.to_http_request()).is_ok()
    }

    #[test]
    fn json_in_utf_8_is_read_and_nothing_else() {
        for right in [
            "application/json",
            "Application/JSON",
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "application/json; profile=x",
        ] {
            assert!(is_read(right), "{right}");
        }
        for wrong in [
            "text/plain",
            "text/json",
            "application/xml",
            "application/json; charset=iso-8859-1",
            "application/x-www-form-urlencoded",
            "application/fhir+json",
            "json",
            "",
        ] {
            assert!(!is_read(wrong), "{wrong}");
        }
        assert!(check(&TestRequest::post().to_http_request()).is_err());
    }

    #[test]
    fn a_resource_may_know_other_names() {
        let request = TestRequest::post()
            .app_data(MediaTypes(&["application/fhir+json", "application/json"]))
            .insert_header((CONTENT_TYPE, "application/fhir+json; charset=utf-8"));
        assert!(check(&request.to_http_request()).is_ok());
    }
}
