//! Fields of queries and of posted forms.

use std::{future::Future, future::Ready, future::ready, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, dev::Payload, http::header::HeaderValue, web,
};

use super::page_error::PageError;
use crate::session::CurrentSession;

/// The fields of the query, in order; a field may occur several times.
pub(crate) struct Query(pub(crate) Vec<(String, String)>);

/// The fields of a posted form that is proven to come from a page of ours.
///
/// A handler that takes this cannot be reached by another site (cross-site request forgery):
/// the form must carry the secret of the session, and the browser must not say that another
/// site sent it.
pub(crate) struct Posted(pub(crate) Vec<(String, String)>);

/// The value of the first field called `name`.
pub(crate) fn field<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
}

fn parse(bytes: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(bytes).into_owned().collect()
}

impl FromRequest for Query {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(parse(request.query_string().as_bytes()))))
    }
}

impl FromRequest for Posted {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let session = request.extensions().get::<CurrentSession>().cloned().unwrap_or_default();
        let foreign = request.headers().get("sec-fetch-site").is_some_and(is_foreign);
        let body = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let fields = parse(&body.await.map_err(|_| PageError::BadRequest)?);
            let csrf = field(&fields, "csrf").unwrap_or_default();
            if foreign || !session.read().owns_form(csrf) {
                return Err(PageError::FormExpired);
            }
            Ok(Self(fields))
        })
    }
}

fn is_foreign(value: &HeaderValue) -> bool {
    !matches!(value.as_bytes(), b"same-origin" | b"none")
}
