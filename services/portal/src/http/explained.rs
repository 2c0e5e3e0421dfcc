//! Failures become pages.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use askama::Template;

use super::{frame::Frame, link::language_of, page_error::PageError, visitor::Visitor};

/// Middleware: answers every failure with a page in the visitor's language.
pub(crate) async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let page = {
        let failure = response.response().error().and_then(|error| error.as_error::<PageError>());
        failure.and_then(|failure| explain(response.request(), failure))
    };
    let Some(page) = page else { return Ok(response) };
    let (request, mut response) = response.into_parts();
    // The error stays with the response, for the log.
    *response.status_mut() = page.status();
    for (name, value) in page.headers() {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    Ok(ServiceResponse::new(request, response.set_body(page.into_body())))
}

#[derive(Template)]
#[template(path = "failure.html")]
struct ErrorPage<'a> {
    frame: Frame,
    what: std::borrow::Cow<'static, str>,
    advice: std::borrow::Cow<'static, str>,
    /// Severe: not what the person did, but what is broken.
    is_outage: bool,
    again: Option<&'a str>,
    login: Option<String>,
    shows_appointments: bool,
    continues_hold: bool,
}

fn explain(request: &HttpRequest, failure: &PageError) -> Option<HttpResponse> {
    use actix_web::ResponseError as _;
    let visitor = Visitor::of(request)?;
    let visitor = match failure {
        // The callback's address has no language; the page at which the log-in began has.
        PageError::LoginFailed { back, .. } => visitor.reading(language_of(back)),
        _ => visitor,
    };
    let code = failure.code();
    let values = match failure {
        PageError::Refused { refusal, .. } => visitor.texts.arguments(refusal),
        _ => Some(Vec::new()),
    };
    let values = values.filter(|_| visitor.texts.has(&format!("problem-{code}")));
    let key = if values.is_some() { code } else { "unknown" };
    let values = values.unwrap_or_default();
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    let text = |part: &str| visitor.texts.fill_all(&format!("problem-{key}{part}"), &values);
    let logged_in = visitor.session.read().login.is_some();
    let page = ErrorPage {
        what: text(".what"),
        advice: text(".do"),
        frame: visitor.frame(text("")),
        is_outage: failure.is_outage(),
        again: failure.again(),
        login: match failure {
            PageError::LoginNeeded { back } => Some(visitor.links.login_start(back, None)),
            PageError::StaffOnly { back } => Some(visitor.links.staff_login(back)),
            PageError::LevelTooLow { needed, back } => {
                Some(visitor.links.login_start(back, Some(*needed)))
            }
            PageError::LoginFailed { back, is_staff: true, .. } => {
                Some(visitor.links.staff_login(back))
            }
            PageError::LoginFailed { back, .. } => Some(visitor.links.login(back, None)),
            PageError::LoginExpired => Some(visitor.links.login(&visitor.links.start(), None)),
            _ => None,
        },
        shows_appointments: logged_in
            && (matches!(code, "already-booked" | "booking-not-active" | "booking-not-found")
                || is_of_waiting_list(code)),
        continues_hold: code == "already-holding"
            && visitor.session.read().held_at(visitor.now()).is_some(),
    };
    Some(visitor.page_with_status(failure.status_code(), &page))
}

/// The list of appointments has the places in waiting lists and the offers, too.
fn is_of_waiting_list(code: &str) -> bool {
    matches!(code, "offer-over" | "offer-not-found" | "not-waiting" | "already-waiting")
}
