//! Sends the browser to the identity service.

use actix_web::HttpResponse;
use client::LoginRequirements;

use super::way::Way;
use crate::{
    http::{
        link::own_path,
        page_error::PageError,
        request::{Anybody, Anywhere, Request},
        visitor::go_to,
    },
    session::PendingLogin,
};

const CITIZEN_SCOPES: &[&str] = &["offline_access", "bookings"];
const STAFF_SCOPES: &[&str] = &["offline_access", "desk"];

pub(crate) async fn begin(
    request: Request<Anybody, Anywhere, Way>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: way, .. } = request;
    let requirements = LoginRequirements {
        scopes: if way.is_staff { STAFF_SCOPES } else { CITIZEN_SCOPES },
        level: way.level,
        language: visitor.language(),
    };
    let started = visitor.portal.identity.authorization_request(requirements).await;
    let started = started.map_err(PageError::identity_down)?;
    let pending = PendingLogin {
        state: started.state,
        nonce: started.nonce,
        verifier: started.verifier,
        back: own_path(&way.back, visitor.links),
        begun: visitor.now(),
        is_staff: way.is_staff,
    };
    visitor.session.change(|session| session.begin_login(pending));
    Ok(go_to(started.url))
}
