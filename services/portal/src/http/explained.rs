//! Failures become pages.

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::Next,
};
use askama::Template;

use super::{
    frame::Frame,
    in_language::{in_spoken, language_of},
    link::desk_of,
    other_booking::OtherBooking,
    own_desks::{OwnDesk, own_desks},
    page_error::{PageError, ends_login},
    refused::prefers_pages,
    same_time::SameTime,
    visitor::{Visitor, go_to},
};
use crate::session::{NotedForm, TypedForm};

/// Middleware: answers every failure with a page in the visitor's language.
pub(crate) async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let page = {
        let failure = response.response().error().and_then(|error| error.as_error::<PageError>());
        match failure {
            Some(PageError::NotFound) => no_page(response.request()),
            Some(failure @ PageError::Forbidden) => {
                let desks = match Visitor::of(response.request()) {
                    Some(visitor) => own_desks(&visitor).await,
                    None => Vec::new(),
                };
                explain_beside(response.request(), failure, desks)
            }
            Some(failure) => explain(response.request(), failure),
            None if is_no_page(response.response()) => no_page(response.request()),
            None if is_other_method(&response) => explain(response.request(), &PageError::NotFound),
            None => None,
        }
    };
    let Some(page) = page else { return Ok(response) };
    let is_other_method = response.status() == StatusCode::METHOD_NOT_ALLOWED;
    let (request, mut response) = response.into_parts();
    // The error stays with the response, for the log. A program reads that only the method is wrong.
    if !is_other_method {
        *response.status_mut() = page.status();
    }
    for (name, value) in page.headers() {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    Ok(ServiceResponse::new(request, response.set_body(page.into_body())))
}

/// What the router answers by itself to an address that it does not know.
fn is_no_page(response: &HttpResponse<BoxBody>) -> bool {
    let is_empty = matches!(response.body().size(), BodySize::None | BodySize::Sized(0));
    response.status() == StatusCode::NOT_FOUND && is_empty
}

/// Whether a browser opened an address that only takes forms, or sent another method than it knows. What a program
/// sends with another method is answered as in every service.
fn is_other_method(response: &ServiceResponse<BoxBody>) -> bool {
    let request = response.request();
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    response.status() == StatusCode::METHOD_NOT_ALLOWED
        && (request.method() == Method::GET || prefers_pages(accept))
}

/// Leads from an address with a slash at its end to the one without, and from a language that is not spoken
/// to the browser's; else says that there is no page.
fn no_page(request: &HttpRequest) -> Option<HttpResponse> {
    let trimmed = request.path().trim_end_matches('/');
    let is_page = trimmed.starts_with('/') && !trimmed.starts_with("//");
    if is_page && trimmed != request.path() && request.method() == Method::GET {
        let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
        let link = format!("{trimmed}{query}");
        let mut response = HttpResponse::PermanentRedirect();
        return Some(response.insert_header((header::LOCATION, link)).finish());
    }
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let spoken = Visitor::of(request).and_then(|visitor| in_spoken(here, visitor.language()));
    if let Some(link) = spoken.filter(|_| request.method() == Method::GET) {
        return Some(go_to(link));
    }
    explain(request, &PageError::NotFound)
}

#[derive(Template)]
#[template(path = "failure.html")]
struct ErrorPage<'a> {
    frame: Frame,
    what: std::borrow::Cow<'static, str>,
    advice: std::borrow::Cow<'static, str>,
    /// The text that says what else it keeps the person from.
    also: Option<&'static str>,
    /// Nothing went wrong: the page only needs to know who reads it.
    is_invitation: bool,
    /// Severe: not what the person did, but what is broken.
    is_outage: bool,
    again: Option<&'a str>,
    /// The text of the way on.
    again_key: &'static str,
    login: Option<String>,
    shows_appointments: bool,
    /// The page that was too old, or that may work again soon.
    reopen: Option<String>,
    /// What was typed is kept for it, or not.
    typed: Typed,
    /// Where the slot that is held is booked.
    held: Option<String>,
    /// The person's appointment that it is about.
    other: Option<&'a OtherBooking>,
    /// The time of a hold that is over.
    same: Option<&'a SameTime>,
    /// The page has the search.
    searches: bool,
    /// The advice is to call.
    calls: bool,
    /// Back to the desk, on its pages.
    desk: Option<String>,
    /// The desks that the member of staff may use, if it is not this one.
    desks: Vec<OwnDesk>,
}

/// What became of what was typed.
enum Typed {
    /// Nothing was, or it is not asked for again.
    Nothing,
    Kept,
    /// It is too long, or it belongs to another person.
    Lost,
}

impl Typed {
    /// The sentence that says it.
    fn key(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Kept => Some("failure-kept"),
            Self::Lost => Some("failure-lost"),
        }
    }
}

/// The text of the way on: mostly to other appointments.
fn again_key(code: &str) -> &'static str {
    match code {
        "seat-kept" => "held-continue",
        "already-entered" => "draw-my-entry",
        "allocated-by-draw-open" => "draw-enter-or-see",
        _ => "choose-again",
    }
}

/// The number of all offices, as texts say it.
const OFFICES: &str = "115";

/// Whether the list of the person's appointments says more.
fn is_about_bookings(code: &str) -> bool {
    [
        "already-booked",
        "booking-gone",
        "booking-not-active",
        "booking-not-found",
        "booking-over",
        "booking-started",
        "nothing-held",
        "hold-given-up",
        "already-entered",
        "assigned-by-office",
        "date-not-found",
        "date-over",
        "date-accepted",
    ]
    .contains(&code)
}

fn explain(request: &HttpRequest, failure: &PageError) -> Option<HttpResponse> {
    explain_beside(request, failure, Vec::new())
}

/// The same with the ways to these desks.
fn explain_beside(
    request: &HttpRequest,
    failure: &PageError,
    desks: Vec<OwnDesk>,
) -> Option<HttpResponse> {
    use actix_web::ResponseError as _;
    let visitor = Visitor::of(request)?;
    let visitor = match failure {
        // The callback's address has no language; the page at which the log-in began has.
        PageError::LoginFailed { back, .. } | PageError::CookiesBlocked { back } => {
            visitor.reading(language_of(back))
        }
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
    let text = |part: &str| visitor.texts.fill_values(&format!("problem-{key}{part}"), &values);
    let advice = text(".do");
    let login = login(&visitor, failure);
    // A citizen who opens a page for staff stays logged in. Of staff it was forgotten when it ended.
    if failure.is_logged_out() && !matches!(failure, PageError::StaffOnly { .. }) {
        // Whose token a service refuses is logged in nowhere: the page must not look as if they were.
        visitor.session.change(|session| session.login = None);
    }
    let typed = keep_typed(request, &visitor, failure);
    let session = visitor.session.read();
    let logged_in = session.login.is_some();
    let held = session.held_at(visitor.now()).next_back().map(|held| held.hold.hold_id);
    let is_about_holds = matches!(code, "already-holding" | "hold-given-up");
    let is_invitation = is_invitation(request, failure);
    let frame = visitor.frame(text(""));
    let page = ErrorPage {
        what: if is_invitation { invitation(&visitor) } else { text(".what") },
        calls: advice.contains(OFFICES),
        advice,
        also: also_key(request, code),
        frame: if is_invitation { frame } else { frame.of_error() },
        is_invitation,
        is_outage: failure.is_outage(),
        // No time is chosen there.
        again: failure.again().filter(|_| !["assigned-by-office", "date-accepted"].contains(&code)),
        again_key: again_key(code),
        login,
        shows_appointments: logged_in && (is_about_bookings(code) || is_of_waiting_list(code)),
        reopen: can_reopen(request, failure).then(|| visitor.here.clone()),
        typed,
        held: held.filter(|_| is_about_holds).map(|hold| visitor.links.confirm(hold)),
        other: failure.other_booking(),
        same: failure.same_time(),
        searches: matches!(failure, PageError::NotFound | PageError::BadRequest),
        desk: desk(request, &visitor, failure),
        desks,
    };
    Some(visitor.page_with_status(failure.status_code(), &page))
}

/// The sentence for who sent a form that is no booking: who must wait reads from when on they can book again, and not
/// that the same holds for what they asked for.
fn also_key(request: &HttpRequest, code: &str) -> Option<&'static str> {
    let must_wait = matches!(
        code,
        "too-many-abandoned-holds"
            | "too-many-cancellations"
            | "too-many-seat-minutes"
            | "cooling-down"
    );
    let page = request.path().rsplit('/').next().filter(|_| must_wait)?;
    match page {
        "wishes" => Some("draw-barred-too"),
        "join" => Some("waiting-barred-too"),
        _ => None,
    }
}

/// Whether somebody who is not logged in opened a page of their own, and did nothing wrong.
fn is_invitation(request: &HttpRequest, failure: &PageError) -> bool {
    matches!(failure, PageError::LoginNeeded { .. }) && request.method() == Method::GET
}

/// Why a page of the person's own needs a log-in.
fn invitation(visitor: &Visitor) -> std::borrow::Cow<'static, str> {
    let page = visitor.here.split('?').next();
    let is_list = page == Some(visitor.links.appointments().as_str());
    visitor.texts.text(if is_list { "appointments-login" } else { "problem-login-needed.what" })
}

/// The desk whose page failed, with the place whose list led there; `None` for a member of staff of another authority, who is refused there again.
fn desk(request: &HttpRequest, visitor: &Visitor, failure: &PageError) -> Option<String> {
    let authority = desk_of(request.path())?;
    let desk = visitor.links.desk(&authority);
    // What failed may be the list itself.
    let is_list = request.path() == desk;
    let back = if is_list { desk } else { visitor.links.desk_behind(&authority, &visitor.here) };
    (!matches!(failure, PageError::Forbidden)).then_some(back)
}

/// Whether the same page may work when it is opened again: after a while, or with something else in its form.
fn can_reopen(request: &HttpRequest, failure: &PageError) -> bool {
    use PageError::{AuthorityDown, FormExpired, IdentityDown, Refused};
    match failure {
        FormExpired | IdentityDown(_) | AuthorityDown(_) => true,
        Refused { refusal, again: None, .. } if !needs_new_login(&refusal.code) => {
            request.method() == Method::POST || passes(&refusal.code)
        }
        _ => false,
    }
}

/// Whether a refusal is over after a while.
pub(super) fn passes(code: &str) -> bool {
    matches!(code, "rate-limited" | "unavailable" | "holds-unavailable" | "internal")
}

/// Whether another log-in ends a refusal.
fn needs_new_login(code: &str) -> bool {
    ends_login(code) || ["wrong-audience", "attendee-invalid"].contains(&code)
}

/// The log-in that leads on.
fn login(visitor: &Visitor, failure: &PageError) -> Option<String> {
    let links = visitor.links;
    Some(match failure {
        PageError::LoginNeeded { back }
        | PageError::PersonOnly { back }
        | PageError::SessionOver { back, is_staff: false } => links.login_start(back, None),
        PageError::StaffOnly { back } | PageError::SessionOver { back, is_staff: true } => {
            links.staff_login(back)
        }
        PageError::LevelTooLow { needed, back } | PageError::AddressLevel { needed, back } => {
            links.login_start(back, Some(*needed))
        }
        PageError::LoginFailed { back, is_staff: true, .. } => links.staff_login(back),
        PageError::LoginFailed { back, .. } | PageError::CookiesBlocked { back } => {
            links.login(back, None)
        }
        PageError::LoginExpired => links.login(&links.start(), None),
        PageError::Refused { refusal, .. } if needs_new_login(&refusal.code) => {
            match visitor.session.read().login {
                Some(known) if known.is_staff => links.staff_login(&visitor.back),
                None if desk_of(&visitor.back).is_some() => links.staff_login(&visitor.back),
                known => links.login_start(&visitor.back, known.map(|login| login.level)),
            }
        }
        _ => return None,
    })
}

/// Keeps what was typed, if the cookie has room for it; whether it does.
pub(super) fn keep(visitor: &Visitor, typed: TypedForm) -> bool {
    if !visitor.session.change(|session| session.keep(typed)) {
        return false;
    }
    let has_room = visitor.portal.cookie.has_room_for_typed(visitor.session.read(), visitor.now());
    if !has_room {
        visitor.session.change(|session| session.typed = None);
    }
    has_room
}

/// Keeps what was typed if it is asked for again: after a log-in, after an outage or for another hold.
fn keep_typed(request: &HttpRequest, visitor: &Visitor, failure: &PageError) -> Typed {
    use PageError::{AddressLevel, HoldExpired, LevelTooLow};
    let is_asked_again = can_reopen(request, failure)
        || failure.is_logged_out()
        || matches!(failure, LevelTooLow { .. } | AddressLevel { .. } | HoldExpired { .. });
    let noted = request.extensions_mut().remove::<NotedForm>().filter(|_| is_asked_again);
    let is_kept = match noted {
        Some(NotedForm::Keepable(typed)) => keep(visitor, typed),
        Some(NotedForm::Lost) => false,
        None => return Typed::Nothing,
    };
    if is_kept { Typed::Kept } else { Typed::Lost }
}

/// The list of appointments has the places in waiting lists and the offers, too.
fn is_of_waiting_list(code: &str) -> bool {
    matches!(
        code,
        "offer-over" | "offer-elsewhere" | "offer-not-found" | "not-waiting" | "already-waiting"
    )
}
