//! Operations that will end: one table, from which answers carry `Deprecation` (RFC 9745), `Sunset`
//! (RFC 8594) and a link to what to do. The README says what is promised.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderName, HeaderValue, LINK},
    middleware::Next,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// An operation that will end.
#[derive(Debug)]
pub(super) struct Deprecated {
    pub method: &'static str,
    /// As the API's document writes it.
    pub path: &'static str,
    /// Since the beginning of this day, UTC.
    pub since: Date,
    /// It may be gone from the beginning of this day on, UTC: at least a year later.
    pub sunset: Date,
    /// What to do instead, as a page for people.
    pub page: &'static str,
}

/// The operations that will end. None so far.
pub(super) static DEPRECATED: [Deprecated; 0] = [];

/// Tells it with each answer of such an operation, refusals too.
pub(super) async fn deprecation_headers(
    table: &'static [Deprecated],
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    // Only now is it known which route it was.
    let path = response.request().match_pattern();
    let method = response.request().method();
    let found = table.iter().find(|it| Some(it.path) == path.as_deref() && it.method == method);
    if let Some(deprecated) = found {
        for (name, value) in deprecated.headers() {
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}

/// Marks them in the API's document.
pub(super) fn mark(document: &mut Value, table: &[Deprecated]) {
    for deprecated in table {
        let method = deprecated.method.to_lowercase();
        let operation = &mut document["paths"][deprecated.path][method];
        operation["deprecated"] = true.into();
    }
}

impl Deprecated {
    fn headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let midnight =
            |date: Date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
        let texts = [
            (DEPRECATION, format!("@{}", midnight(self.since).as_second())),
            (SUNSET, midnight(self.sunset).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()),
            (LINK, format!("<{}>; rel=\"deprecation\"; type=\"text/html\"", self.page)),
        ];
        let header = |(name, text): (_, String)| Some((name, HeaderValue::try_from(text).ok()?));
        texts.into_iter().filter_map(header)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App, HttpResponse,
        middleware::from_fn,
        test::{TestRequest, call_service, init_service},
        web,
    };
    use jiff::{ToSpan as _, civil::date};

    use super::*;

    static TABLE: [Deprecated; 1] = [Deprecated {
        method: "GET",
        path: "/v1/seats/{id}",
        since: date(2027, 1, 4),
        sunset: date(2028, 3, 1),
        page: "/reference#seats",
    }];

    #[actix_web::test]
    async fn each_answer_of_such_an_operation_says_since_when_until_when_and_what_instead() {
        let ok = || web::to(HttpResponse::Ok);
        let scope = web::scope("/v1")
            .wrap(from_fn(|request, next| deprecation_headers(&TABLE, request, next)))
            .route("/seats/{id}", web::get().to(HttpResponse::Conflict))
            .route("/seats/{id}", web::delete().to(HttpResponse::Ok))
            .route("/chairs/{id}", ok());
        let app = init_service(App::new().service(scope)).await;
        let call = async |request: TestRequest| call_service(&app, request.to_request()).await;
        let old = call(TestRequest::get().uri("/v1/seats/7")).await;
        let told = |name: &str| old.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(told("deprecation"), "@1799020800");
        assert_eq!(told("sunset"), "Wed, 01 Mar 2028 00:00:00 GMT");
        let link = "</reference#seats>; rel=\"deprecation\"; type=\"text/html\"";
        assert_eq!(told("link"), link);
        for other in
            [TestRequest::delete().uri("/v1/seats/7"), TestRequest::get().uri("/v1/chairs/7")]
        {
            let answer = call(other).await;
            assert!(!answer.headers().contains_key("deprecation"));
            assert!(!answer.headers().contains_key("sunset"));
        }
    }

    #[test]
    fn they_stand_in_the_document_and_have_a_year() {
        let document = crate::http::openapi_document();
        for deprecated in &DEPRECATED {
            let operation = &document["paths"][deprecated.path][deprecated.method.to_lowercase()];
            assert_eq!(operation["deprecated"], true, "{deprecated:?}");
            assert!(!operation["operationId"].is_null(), "{deprecated:?} is no operation");
            assert!(
                deprecated.sunset >= deprecated.since.saturating_add(1.year()),
                "{deprecated:?}"
            );
        }
    }

    #[test]
    fn the_document_marks_what_is_in_the_table() {
        let mut document = serde_json::json!({ "paths": { "/v1/seats/{id}": { "get": {} } } });
        mark(&mut document, &TABLE);
        assert_eq!(document["paths"]["/v1/seats/{id}"]["get"]["deprecated"], true);
    }
}
