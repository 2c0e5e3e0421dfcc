//! Why to log in, and what for, before the identity service is opened.

use actix_web::HttpResponse;
use askama::Template;

use super::way::Way;
use crate::http::{
    frame::Frame,
    link::own_path,
    request::{Anybody, Anywhere, Request},
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    start: String,
}

pub(crate) async fn show(request: Request<Anybody, Anywhere, Way>) -> HttpResponse {
    let Request { visitor, asked: way, .. } = request;
    let back = own_path(&way.back, visitor.links);
    if visitor.session.read().login.is_some() {
        return go_to(back);
    }
    let start = visitor.links.login_start(&back, way.level);
    visitor.page(&LoginPage { frame: visitor.frame(visitor.texts.text("login-title")), start })
}
