//! Sends the browser to the identity service.

use actix_web::HttpResponse;
use client::LoginRequirements;

use super::way::Way;
use crate::{
    http::{
        after_login::after_login,
        page_error::PageError,
        request::{Anybody, Anywhere, Request},
        visitor::{Visitor, go_to},
    },
    session::PendingLogin,
};

const CITIZEN_SCOPES: &[&str] = &["offline_access", "bookings"];
const STAFF_SCOPES: &[&str] = &["offline_access", "desk"];

pub(crate) async fn begin(
    request: Request<Anybody, Anywhere, Way>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, asked: way, .. } = request;
    let back = after_login(&way.back, visitor.links);
    if !visitor.keeps_cookies {
        return probe(&visitor, &way, back);
    }
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
        back,
        begun: visitor.now(),
        is_staff: way.is_staff,
        level: way.level,
        // Another site may lead people to a log-in, but not make them hold anything.
        holds: way.holds && !visitor.is_sent_by_another_site,
    };
    visitor.session.change(|session| session.begin_login(pending));
    Ok(go_to(started.url))
}

/// Sees whether the browser keeps cookies, before the person shows a card for nothing.
fn probe(visitor: &Visitor, way: &Way, back: String) -> Result<HttpResponse, PageError> {
    if way.is_probed {
        return Err(PageError::CookiesBlocked { back });
    }
    visitor.session.change(|session| session.is_probe = true);
    let separator = if visitor.here.contains('?') { '&' } else { '?' };
    Ok(go_to(format!("{}{separator}probed", visitor.here)))
}
