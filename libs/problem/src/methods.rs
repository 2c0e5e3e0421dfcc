//! Which methods an address knows, the same in every service.
//!
//! HEAD is answered wherever GET is (RFC 9110 section 9.3.2), OPTIONS names the methods (section
//! 9.3.7), and every other method is refused with 405 and the same names (section 15.5.6). What is
//! [`OpenData`] may be read by a script of any page (CORS, Fetch standard section 3.2), without
//! cookies and without a token.
//!
//! Actix answers an unknown method with 404 or with an empty 405. Here every address is declared by
//! [`resource`], and its methods stand in one text beside its path, which `e2e` compares with the
//! API's document.

use std::future::ready;

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse, Resource, ResponseError as _,
    body::{BoxBody, MessageBody},
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
            ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
            ACCESS_CONTROL_REQUEST_METHOD, ALLOW, HeaderMap, HeaderName, HeaderValue,
        },
    },
    middleware::{Next, from_fn},
    web,
};

use crate::{Problem, body::invalid, types};

/// In the data of a resource whose GET everybody may know, such as a catalogue or free slots.
///
/// Never for what differs by caller: the answer may be read by any site that a person visits.
#[derive(Debug, Clone, Copy)]
pub struct OpenData;

/// The method of a request that is answered as another one.
#[derive(Debug, Clone)]
struct Sent(Method);

/// What a preflight is told (Fetch standard section 3.2.3), and for a day. `Authorization` is not
/// among the headers: a script of a page reads as everybody does.
const PREFLIGHT: &[(HeaderName, &str)] = &[
    (ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS"),
    (ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match, Prefer, Traceparent, X-Request-Id"),
    (ACCESS_CONTROL_MAX_AGE, "86400"),
];

/// What a script may read of an answer besides its body.
const EXPOSED: &str =
    "Content-Language, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/// A resource that knows `methods`, for example `GET, POST`, and those that follow from them. Its
/// handlers read the query, and refuse what they do not know.
#[must_use]
pub fn resource(path: &str, methods: &str) -> Resource {
    let allow = allowed(methods);
    web::resource(path)
        .default_service(web::to(move |request: HttpRequest| ready(other(&request, &allow))))
}

/// The same, whose handlers take no query: a parameter is refused, since it would be ignored.
#[must_use]
pub fn resource_without_query(
    path: &str,
    methods: &str,
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    resource(path, methods).wrap(from_fn(refuse_query))
}

/// Middleware of every service: answers HEAD as GET, of which the connection then sends the head
/// alone, and lets scripts of any page read [`OpenData`].
///
/// # Errors
/// What the service answers.
pub async fn answer_methods(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.method() == Method::HEAD {
        request.extensions_mut().insert(Sent(Method::HEAD));
        request.head_mut().method = Method::GET;
    }
    let mut response = next.call(request).await?;
    if response.request().app_data::<OpenData>().is_some() {
        let is_preflight = is_preflight(response.request());
        open_to_any_page(response.headers_mut(), is_preflight);
    }
    Ok(response)
}

/// The method that the caller sent: a HEAD is answered as GET, and a proof names what was sent.
#[must_use]
pub fn sent_method(request: &HttpRequest) -> Method {
    let sent = request.extensions().get::<Sent>().map(|Sent(method)| method.clone());
    sent.unwrap_or_else(|| request.method().clone())
}

/// `Allow` with what follows: HEAD from GET, OPTIONS always.
fn allowed(methods: &str) -> HeaderValue {
    let has_get = methods.split(", ").any(|method| method == "GET");
    let head = if has_get { ", HEAD" } else { "" };
    let allow = format!("{methods}{head}, OPTIONS");
    HeaderValue::try_from(allow).expect("methods are visible ASCII")
}

/// The answer to a method that has no handler.
fn other(request: &HttpRequest, allow: &HeaderValue) -> HttpResponse {
    let mut response = if request.method() == Method::OPTIONS {
        HttpResponse::NoContent().finish()
    } else {
        Problem::new(&types::METHOD_NOT_ALLOWED).error_response()
    };
    response.headers_mut().insert(ALLOW, allow.clone());
    response
}

/// A parameter that would be ignored is refused, so that a misspelt one is noticed at once.
async fn refuse_query(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.query_string().is_empty() {
        return next.call(request).await;
    }
    let refused = invalid(".", "the query takes no parameters").error_response();
    Ok(request.into_response(refused))
}

/// The question that a browser asks before a script's request (Fetch standard, section 3.2.2).
fn is_preflight(request: &HttpRequest) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// Without `Access-Control-Allow-Credentials`: a script reads what everybody may read, never what
/// belongs to the person at the browser.
fn open_to_any_page(headers: &mut HeaderMap, is_preflight: bool) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if is_preflight {
        for (name, value) in PREFLIGHT {
            headers.insert(name.clone(), HeaderValue::from_static(value));
        }
    } else {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App,
        test::{TestRequest, call_service, init_service, read_body},
    };

    use super::*;

    /// Status, some headers and the body of what a service with three resources answers.
    async fn answer(request: TestRequest) -> (u16, HeaderMap, String) {
        let told = |request: HttpRequest| ready(sent_method(&request).to_string());
        let app = App::new()
            .wrap(from_fn(answer_methods))
            .service(resource("/open", "GET").app_data(OpenData).route(web::get().to(told)))
            .service(
                resource_without_query("/own", "GET, POST")
                    .route(web::get().to(told))
                    .route(web::post().to(told)),
            );
        let app = init_service(app).await;
        let response = call_service(&app, request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = read_body(response).await;
        (status, headers, String::from_utf8(body.to_vec()).unwrap())
    }

    fn of(method: Method, uri: &str) -> TestRequest {
        TestRequest::default().method(method).uri(uri)
    }

    #[actix_web::test]
    async fn head_is_answered_as_get_and_known_as_what_was_sent() {
        for uri in ["/open", "/own"] {
            let (status, _, body) = answer(of(Method::HEAD, uri)).await;
            assert_eq!((status, body.as_str()), (200, "HEAD"), "{uri}");
            let (status, _, body) = answer(of(Method::GET, uri)).await;
            assert_eq!((status, body.as_str()), (200, "GET"), "{uri}");
        }
    }

    #[actix_web::test]
    async fn options_and_every_other_method_name_those_that_there_are() {
        for (uri, allow) in [("/open", "GET, HEAD, OPTIONS"), ("/own", "GET, POST, HEAD, OPTIONS")]
        {
            let (status, headers, body) = answer(of(Method::OPTIONS, uri)).await;
            assert_eq!((status, body.as_str()), (204, ""), "{uri}");
            assert_eq!(headers.get(ALLOW).unwrap(), allow);
            for method in [Method::PATCH, Method::DELETE, Method::PUT, Method::TRACE] {
                let (status, headers, body) = answer(of(method, uri)).await;
                assert_eq!(status, 405, "{uri}");
                assert_eq!(headers.get(ALLOW).unwrap(), allow);
                assert!(body.contains("method-not-allowed"), "{body}");
            }
        }
    }

    #[actix_web::test]
    async fn a_script_of_any_page_reads_open_data_and_nothing_else() {
        let preflight = |uri: &str| {
            of(Method::OPTIONS, uri)
                .insert_header(("origin", "https://page.example"))
                .insert_header((ACCESS_CONTROL_REQUEST_METHOD, "GET"))
        };
        let (_, headers, _) = answer(preflight("/open")).await;
        assert_eq!(headers.get(ACCESS_CONTROL_ALLOW_ORIGIN).unwrap(), "*");
        assert_eq!(headers.get(ACCESS_CONTROL_ALLOW_METHODS).unwrap(), "GET, HEAD, OPTIONS");
        assert!(!headers.contains_key("access-control-allow-credentials"));
        let (_, headers, _) = answer(of(Method::GET, "/open")).await;
        assert_eq!(headers.get(ACCESS_CONTROL_ALLOW_ORIGIN).unwrap(), "*");
        assert!(headers.contains_key(ACCESS_CONTROL_EXPOSE_HEADERS));
        // A refusal can be read too.
        let (status, headers, _) = answer(of(Method::POST, "/open")).await;
        assert_eq!(
            (status, headers.get(ACCESS_CONTROL_ALLOW_ORIGIN).unwrap().as_bytes()),
            (405, &b"*"[..])
        );
        for request in [preflight("/own"), of(Method::GET, "/own")] {
            let (_, headers, _) = answer(request).await;
            assert!(!headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN));
        }
    }

    #[actix_web::test]
    async fn a_parameter_that_would_be_ignored_is_refused() {
        let (status, _, body) = answer(of(Method::GET, "/own?surprise=1")).await;
        assert_eq!(status, 400);
        assert!(body.contains("the query takes no parameters"), "{body}");
        assert_eq!(answer(of(Method::GET, "/open?known=1")).await.0, 200);
    }
}
