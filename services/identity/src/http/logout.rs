//! `GET /logout` (OpenID Connect RP-Initiated Logout 1.0).

use actix_web::{HttpRequest, HttpResponse, ResponseError as _, http::header::LOCATION, web};
use problem::{Problem, types};
use serde::Deserialize;
use url::Url;

use super::pages;
use crate::{
    app::{Context, LoggedOut, after_log_out, leave_ended, log_out},
    pages::GoodbyePage,
    text::language_of,
};

#[derive(Deserialize)]
pub(super) struct Parameters {
    id_token_hint: Option<String>,
    client_id: Option<String>,
    logout_hint: Option<String>,
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
    ui_locales: Option<String>,
}

/// The part of our ID tokens that names the session.
#[derive(Deserialize)]
struct Hint {
    aud: ids::ClientId,
    sid: ids::SessionId,
}

/// Log a person out
///
/// Send the person's browser here (OpenID Connect RP-Initiated Logout 1.0). The session ends at once, and with it
/// every token; if the provider can log out too, the browser goes there next.
#[utoipa::path(
    get, path = "/logout", tag = "Browser", operation_id = "logOut",
    params(
        ("id_token_hint" = Option<String>, Query, description = "The ID token of the session; an expired one names it too. Without it no session ends here."),
        ("client_id" = Option<String>, Query, description = "The program, with `logout_hint`. With an ID token: the one that it is for."),
        ("logout_hint" = Option<String>, Query, description = "In the place of the ID token: the `sid` of a session that the program has ended itself, at `/revoke`, in the last five minutes. It ends nothing."),
        ("post_logout_redirect_uri" = Option<String>, Query, description = "One that is registered, character by character."),
        ("state" = Option<String>, Query, description = "Comes back to that address."),
        ("ui_locales" = Option<String>, Query, description = "In which languages the person reads, the best first."),
    ),
    responses(
        (status = 200, description = "The person reads that they are logged out, or that no session was named and none ended.", body = String, content_type = "text/html"),
        (status = 303, description = "To the provider, or back to the program with `state`."),
    ),
    extensions(("x-errors" = json!("page"))),
)]
pub(super) async fn logout(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Query<Parameters>,
) -> HttpResponse {
    let language = language_of(parameters.ui_locales.as_deref(), &request);
    let frame = pages::frame(&context, language);
    // An expired ID token still names the session, and a program one that it has ended. Nothing else does: no cookie
    // here knows who has logged in, since a shared computer must not know the last person.
    let hint = parameters.id_token_hint.as_deref().and_then(|token| context.own_id_token(token));
    // RP-Initiated Logout 1.0 section 2: a token of another program than the one that is named is none.
    let named = parameters.client_id.as_deref();
    let hint = hint.filter(|hint: &Hint| named.is_none_or(|client| client == hint.aud.as_str()));
    let left = match (hint, ended(&parameters)) {
        (Some(Hint { aud, sid }), _) => {
            log_out(&context, sid, destination(&context, &aud, &parameters)).await
        }
        (None, Some((client, session))) => {
            let destination = destination(&context, &client, &parameters);
            leave_ended(&context, &client, session, destination).await
        }
        (None, None) => Ok(LoggedOut::Nobody),
    };
    match left {
        Ok(LoggedOut::To(url)) => {
            HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish()
        }
        Ok(LoggedOut::Here) => pages::goodbye(&GoodbyePage::new(frame)),
        Ok(LoggedOut::Nobody) => {
            let portal = context.portal().map(String::from);
            pages::goodbye(&GoodbyePage::nobody(frame, portal))
        }
        Err(error) => {
            tracing::error!(%error, "cannot end the session; its tokens stay valid until they expire");
            Problem::new(&types::INTERNAL).error_response()
        }
    }
}

/// The session that a program says it has ended, and the program.
fn ended(parameters: &Parameters) -> Option<(ids::ClientId, ids::SessionId)> {
    let client = parameters.client_id.as_deref()?.parse().ok()?;
    Some((client, parameters.logout_hint.as_deref()?.parse().ok()?))
}

#[derive(Deserialize)]
pub(super) struct Returned {
    state: Option<String>,
}

/// `GET /logged-out`: back from a provider's log-out.
pub(super) async fn logged_out(
    context: web::Data<Context>,
    request: HttpRequest,
    returned: web::Query<Returned>,
) -> HttpResponse {
    match returned.state.as_deref().and_then(|state| after_log_out(&context, state)) {
        Some(url) => HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish(),
        None => pages::goodbye(&GoodbyePage::new(pages::frame_of(&context, &request))),
    }
}

fn destination(context: &Context, client: &ids::ClientId, parameters: &Parameters) -> Option<Url> {
    let mut wanted: Url = parameters.post_logout_redirect_uri.as_deref()?.parse().ok()?;
    if !context.client(client)?.post_logout_redirect_uris.contains(&wanted) {
        return None;
    }
    if let Some(state) = &parameters.state {
        wanted.query_pairs_mut().append_pair("state", state);
    }
    Some(wanted)
}
